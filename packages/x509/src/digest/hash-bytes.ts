import type { HashName } from "./hash-name.ts";

/** How many bytes each hash has. */
export const hashBytes: Readonly<Record<HashName, number>> = {
  MD5: 16,
  "SHA-1": 20,
  "SHA-256": 32,
  "SHA-384": 48,
  "SHA-512": 64,
};
