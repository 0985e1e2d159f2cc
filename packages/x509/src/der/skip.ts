// Steps over elements by offset alone. Only for bytes that the strict walk has accepted: nothing is checked again, and the
// octets that are looked at are there.

import { contentLength } from "./walk.ts";

/** Where the contents of the element at `at` start. */
export function contentStart(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** Where the element at `at` ends, and so its neighbour starts. */
export function elementEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number;
  return at + 2 + (first < 0x80 ? first : (first & 0x7f) + contentLength(bytes, at + 1));
}
