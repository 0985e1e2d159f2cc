// Damage: to bytes, to DER elements, to lines of text.

import { copyTree, type DerNode, parseTree, writeTree } from "./der-tree.ts";
import type { Random } from "./random.ts";
import type { FuzzTarget } from "./target.ts";

/** Makes inputs for one target, endlessly. */
export class Mutator {
  readonly #random: Random;
  readonly #seeds: readonly Uint8Array[];
  readonly #trees: readonly (readonly DerNode[] | undefined)[];
  readonly #isText: boolean;

  constructor(target: FuzzTarget, random: Random) {
    this.#random = random;
    this.#seeds = target.seeds;
    this.#isText = target.kind === "text";
    this.#trees = this.#isText ? [] : target.seeds.map((seed) => parseTree(seed));
  }

  /** The next input; what is larger than the limit is cut off, as what a stranger sends would be. */
  next(): Uint8Array {
    return this.#next().subarray(0, maxBytes);
  }

  #next(): Uint8Array {
    const random = this.#random;
    const index = random.below(this.#seeds.length);
    const seed = this.#seeds[index] ?? new Uint8Array(0);
    const choice = random.below(100);
    // Now and then the seed as it is, or nothing that resembles one.
    if (choice === 0) return seed;
    if (choice === 1) return random.bytes(random.below(200));
    if (this.#isText) return choice < 50 ? this.#lines(seed) : this.#bytes(seed);
    const tree = this.#trees[index];
    if (tree === undefined || choice < 35) return this.#bytes(seed);
    const damaged = this.#elements(tree);
    return choice < 90 ? damaged : this.#bytes(damaged);
  }

  #bytes(seed: Uint8Array): Uint8Array {
    const random = this.#random;
    let bytes = Array.from(seed);
    for (let count = 1 + random.below(3); count > 0; count--) {
      const at = random.below(bytes.length + 1);
      switch (random.below(8)) {
        case 0:
          bytes[at] = random.below(256);
          break;
        case 1:
          bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
          break;
        case 2:
          bytes[at] = random.pick(telling);
          break;
        case 3:
          bytes.splice(at, 1 + random.below(8));
          break;
        case 4:
          bytes.splice(at, 0, ...random.bytes(1 + random.below(4)));
          break;
        case 5:
          bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(40)));
          break;
        case 6:
          bytes = bytes.slice(0, at);
          break;
        default: {
          const other = random.pick(this.#seeds);
          const from = random.below(other.length + 1);
          bytes.splice(at, random.below(30), ...other.subarray(from, from + random.below(60)));
        }
      }
    }
    return Uint8Array.from(bytes);
  }

  #elements(tree: readonly DerNode[]): Uint8Array {
    const random = this.#random;
    const root: DerNode = { tag: 0, prefix: new Uint8Array(0), contents: undefined, children: tree.map(copyTree) };
    for (let count = 1 + random.below(3); count > 0; count--) this.#damageOne(root);
    return writeTree(root.children);
  }

  #damageOne(root: DerNode): void {
    const random = this.#random;
    const parents = branches(root);
    if (parents.length === 0) return;
    const parent = random.pick(parents);
    const at = random.below(parent.children.length);
    const node = parent.children[at];
    if (node === undefined) return;
    switch (random.below(11)) {
      case 0:
        parent.children.splice(at, 1);
        break;
      case 1:
        parent.children.splice(at, 0, copyTree(node));
        break;
      case 2: {
        const other = random.below(parent.children.length);
        parent.children[at] = parent.children[other] ?? node;
        parent.children[other] = node;
        break;
      }
      case 3:
      case 4:
        parent.children[at] = this.#foreign() ?? node;
        break;
      case 5:
        parent.children.splice(at, 0, this.#foreign() ?? copyTree(node));
        break;
      case 6:
        node.tag = random.below(3) === 0 ? random.below(256) : random.pick(tags);
        break;
      case 7:
        parent.children[at] = {
          tag: random.pick(tags),
          prefix: new Uint8Array(0),
          contents: undefined,
          children: [node],
        };
        break;
      case 8:
        // Many of the same, to find work that grows faster than the input.
        if (random.below(50) === 0) {
          const room = Math.floor(maxBytes / Math.max(1, writeTree([node]).length));
          const length = Math.min(room, 2 + random.below(400));
          parent.children.splice(at, 0, ...Array.from({ length }, () => copyTree(node)));
        }
        break;
      default:
        this.#contents(node);
    }
  }

  #contents(node: DerNode): void {
    const random = this.#random;
    if (node.contents === undefined) {
      node.prefix = random.below(4) === 0 ? random.bytes(random.below(3)) : node.prefix;
      return;
    }
    const old = node.contents;
    switch (random.below(7)) {
      case 0:
        node.contents = random.bytes(random.below(20));
        break;
      case 1:
        node.contents = old.subarray(0, random.below(old.length + 1));
        break;
      case 2:
        node.contents = Uint8Array.of(...old.subarray(0, 4000), ...random.bytes(1 + random.below(3)));
        break;
      case 3:
        node.contents = Uint8Array.of(random.pick(telling), ...old.subarray(0, 4000));
        break;
      case 4:
        node.contents = new Uint8Array(0);
        break;
      case 5:
        if (random.below(20) === 0) node.contents = new Uint8Array(random.below(5000)).fill(random.pick(telling));
        break;
      default: {
        const changed = old.slice();
        const at = random.below(changed.length + 1);
        if (at < changed.length) changed[at] = random.below(2) === 0 ? random.below(256) : random.pick(telling);
        node.contents = changed;
      }
    }
  }

  /** A piece of some seed. */
  #foreign(): DerNode | undefined {
    const random = this.#random;
    const tree = random.pick(this.#trees.map((one) => one ?? []));
    if (tree.length === 0) return undefined; // a seed that is no DER
    const root: DerNode = { tag: 0, prefix: new Uint8Array(0), contents: undefined, children: [...tree] };
    return copyTree(random.pick(random.pick(branches(root)).children));
  }

  #lines(seed: Uint8Array): Uint8Array {
    const random = this.#random;
    const lines = decoder.decode(seed).split("\n");
    for (let count = 1 + random.below(3); count > 0; count--) {
      const at = random.below(lines.length);
      const line = lines[at] ?? "";
      switch (random.below(8)) {
        case 0:
          lines.splice(at, 1);
          break;
        case 1:
          lines.splice(at, 0, line);
          break;
        case 2:
          lines.splice(at, 0, random.pick(decoder.decode(random.pick(this.#seeds)).split("\n")));
          break;
        case 3:
          lines[at] = `${line}\r`;
          break;
        case 4:
          lines[at] = ` ${line}\t`;
          break;
        case 5:
          lines[at] = line.slice(0, random.below(line.length + 1));
          break;
        case 6:
          lines[at] = random.pick(textPieces);
          break;
        default: {
          const cut = random.below(line.length + 1);
          lines[at] = line.slice(0, cut) + random.pick(textPieces) + line.slice(cut);
        }
      }
    }
    return new TextEncoder().encode(lines.join("\n"));
  }
}

/** All nodes with children. */
function branches(root: DerNode): DerNode[] {
  const found: DerNode[] = [];
  const visit = (node: DerNode) => {
    if (node.children.length > 0) found.push(node);
    node.children.forEach(visit);
  };
  visit(root);
  return found;
}

/** Inputs stay below: enough to show work that grows faster than its input; all seeds are smaller. */
const maxBytes = 32_768;

const decoder: TextDecoder = new TextDecoder();

/** Octets at which readers decide something. */
const telling: readonly number[] = [
  0, 1, 2, 0x20, 0x2a, 0x2b, 0x2e, 0x30, 0x40, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xfe, 0xff,
];

const tags: readonly number[] = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e, 0x30, 0x31,
  0x80, 0x81, 0x82, 0x83, 0x85, 0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5,
];

const textPieces: readonly string[] = [
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN ",
  "-----",
  "Proc-Type: 4,ENCRYPTED",
  "DEK-Info: AES-256-CBC,00",
  "=",
  "==",
  "AAAA",
  "\u0000",
  "\ud83d\ude00",
  "\\,",
  "\\00",
  "#3000",
  "+",
  ",",
  "1.2.3=",
  "CN=",
  "",
];
