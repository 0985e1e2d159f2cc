// DER as a tree that can be damaged and written again. Independent of the reader that is tested, and lenient: what does
// not look like DER is a leaf. Octet and bit strings that hold DER are opened, because extensions and keys live there.

/** An element. A leaf has `contents`; a branch has `children`, after `prefix` (the unused bits of a bit string). */
export interface DerNode {
  tag: number;
  prefix: Uint8Array;
  contents: Uint8Array | undefined;
  children: DerNode[];
}

/** The elements that fill `bytes`, or undefined. */
export function parseTree(bytes: Uint8Array, depth = 0): DerNode[] | undefined {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (header === undefined) return undefined;
    const contents = bytes.subarray(header.start, header.end);
    nodes.push(makeNode(bytes[at] ?? 0, contents, depth));
    at = header.end;
  }
  return nodes;
}

/** The bytes of elements in a row. */
export function writeTree(nodes: readonly DerNode[]): Uint8Array {
  const sizes = new Map<DerNode, number>();
  const total = nodes.reduce((sum, node) => sum + measure(node, sizes), 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const node of nodes) at = write(node, bytes, at, sizes);
  return bytes;
}

/** A copy that shares no branch with the original; leaves' bytes are shared and must be replaced, not changed. */
export function copyTree(node: DerNode): DerNode {
  return { ...node, children: node.children.map(copyTree) };
}

function makeNode(tag: number, contents: Uint8Array, depth: number): DerNode {
  const nothing = new Uint8Array(0);
  if (depth < 24) {
    const prefix = tag === 0x03 ? contents.subarray(0, 1) : nothing;
    const isString = tag === 0x04 || (tag === 0x03 && contents[0] === 0);
    if ((tag & 0x20) !== 0 || isString) {
      const children = parseTree(contents.subarray(prefix.length), depth + 1);
      // A string that happens to look like DER is a string, unless it is one whole constructed element or several.
      const worthwhile = (tag & 0x20) !== 0 || (children !== undefined && children.length > 0);
      if (children !== undefined && worthwhile) return { tag, prefix, contents: undefined, children };
    }
  }
  return { tag, prefix: nothing, contents, children: [] };
}

function readHeader(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | undefined {
  const first = bytes[at + 1];
  if (first === undefined || ((bytes[at] ?? 0) & 0x1f) === 0x1f) return undefined;
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 3) return undefined;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[start++] ?? 0);
  }
  const end = start + length;
  return end > bytes.length ? undefined : { start, end };
}

function measure(node: DerNode, sizes: Map<DerNode, number>): number {
  const inner =
    node.contents?.length ?? node.children.reduce((sum, child) => sum + measure(child, sizes), node.prefix.length);
  sizes.set(node, inner);
  return 1 + lengthSize(inner) + inner;
}

function write(node: DerNode, bytes: Uint8Array, start: number, sizes: ReadonlyMap<DerNode, number>): number {
  const inner = sizes.get(node) ?? 0;
  const size = lengthSize(inner);
  bytes[start] = node.tag;
  let at = start + 1;
  if (size === 1) bytes[at++] = inner;
  else {
    bytes[at++] = 0x80 | (size - 1);
    for (let index = size - 2; index >= 0; index--) bytes[at++] = inner >>> (8 * index);
  }
  if (node.contents !== undefined) {
    bytes.set(node.contents, at);
    return at + node.contents.length;
  }
  bytes.set(node.prefix, at);
  at += node.prefix.length;
  for (const child of node.children) at = write(child, bytes, at, sizes);
  return at;
}

function lengthSize(length: number): number {
  return length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 4;
}
