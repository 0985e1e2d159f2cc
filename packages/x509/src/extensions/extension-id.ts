// Extensions by the text of their OID, for what reads many kinds.

import { oidOctets } from "../der/oid.ts";
import { oidName } from "../der/oid-names.ts";
import type { ExtensionId } from "./read-extension.ts";

/** The extension with this OID. */
export function extensionId(oid: string): ExtensionId {
  return { oid, octets: oidOctets(oid), name: oidName(oid) };
}
