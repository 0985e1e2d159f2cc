import type { HashName } from "./hash-name.ts";

/** The OIDs of the hash functions, and how many bytes each gives. */
export const hashOids: readonly { readonly name: HashName; readonly oid: string; readonly bytes: number }[] = [
  { name: "SHA-1", oid: "1.3.14.3.2.26", bytes: 20 },
  { name: "SHA-256", oid: "2.16.840.1.101.3.4.2.1", bytes: 32 },
  { name: "SHA-384", oid: "2.16.840.1.101.3.4.2.2", bytes: 48 },
  { name: "SHA-512", oid: "2.16.840.1.101.3.4.2.3", bytes: 64 },
];
