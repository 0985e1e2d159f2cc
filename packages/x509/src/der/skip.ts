// Steps over elements by offset alone. Only for bytes that the strict walk has accepted: nothing is checked again.

import { contentLength } from "./walk.ts";

/** Where the contents of the element at `at` start. */
export function contentStart(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** Where the element at `at` ends, and so its neighbour starts. */
export function elementEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return at + 2 + first;
  // The two that nearly all long elements have.
  if (first === 0x82) return at + 4 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  if (first === 0x81) return at + 3 + (bytes[at + 2] ?? 0);
  return at + 2 + (first & 0x7f) + contentLength(bytes, at + 1);
}
