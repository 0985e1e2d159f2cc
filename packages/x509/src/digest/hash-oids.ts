// The SHA family: what fingerprints, ids and the parameters of algorithms are made with.

import type { HashName } from "./hash-name.ts";

/** A hash function of the SHA family. */
export type ShaName = Exclude<HashName, "MD5">;

/** Their OIDs. */
export const hashOids: Readonly<Record<ShaName, string>> = {
  "SHA-1": "1.3.14.3.2.26",
  "SHA-256": "2.16.840.1.101.3.4.2.1",
  "SHA-384": "2.16.840.1.101.3.4.2.2",
  "SHA-512": "2.16.840.1.101.3.4.2.3",
};

/** Their names. */
export const SHA: readonly ShaName[] = /* @__PURE__ */ Object.keys(hashOids) as ShaName[];

/** The hash function with this OID. */
export function hashByOid(oid: string): ShaName | undefined {
  return SHA.find((name) => hashOids[name] === oid);
}
