// What the tests read of the data beside the repository, and of the machine.

import { readFileSync } from "node:fs";
import { hasShared as isAtHand, sharedPath } from "@tlskit/cases";

export { sharedJson, sharedPath } from "@tlskit/cases";

/** Is the data there? For `describe.skipIf(!hasShared)`. */
export const hasShared: boolean = isAtHand(".");

/** The bytes of a file of the shared data. */
export function sharedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(sharedPath(name)));
}

/** Debian's bundle of roots, where the machine has one. */
export const debianRoots = "/etc/ssl/certs/ca-certificates.crt";
