// Extensions by the text of their OID, for what reads many kinds.

import { oidOctets } from "../der/oid.ts";
import { oidName } from "./oid-names.ts";
import type { ExtensionId } from "./read-extension.ts";

/** The extension with this OID, which is one of ours: it is remembered. */
export function extensionId(oid: string): ExtensionId {
  let id = known.get(oid);
  if (id === undefined) {
    id = { oid, octets: oidOctets(oid), name: oidName(oid) };
    known.set(oid, id);
  }
  return id;
}

const known: Map<string, ExtensionId> = /* @__PURE__ */ new Map();
