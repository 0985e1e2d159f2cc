/** The little of DER that is needed to put known good parts together anew. What is read here was checked by x509. */

/** Where the contents of the element at `at` begin. */
export function contentStart(bytes: Uint8Array, at = 0): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** Where the element at `at` ends. */
export function elementEnd(bytes: Uint8Array, at = 0): number {
  const start = contentStart(bytes, at);
  const first = bytes[at + 1] ?? 0;
  return start + (first < 0x80 ? first : bytes.subarray(at + 2, start).reduce((sum, octet) => sum * 256 + octet, 0));
}

/** An element of these contents. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return concat(Uint8Array.from(length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]), ...parts);
}

/** All parts, one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
