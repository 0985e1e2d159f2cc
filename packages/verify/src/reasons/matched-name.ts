import type { Certificate } from "@tlskit/x509";
import { describeIdentity, matchNames } from "../identity/match.ts";
import type { ReferenceIdentity } from "../identity/reference.ts";
import type { MatchedName } from "../verified-path.ts";

/** The name of the leaf that is the wanted one. */
export function matchedName(leaf: Certificate, reference: ReferenceIdentity | undefined): MatchedName | undefined {
  const matched = reference && matchNames(leaf.subjectAltName ?? [], reference).matched;
  return reference && matched && { reference, presented: describeIdentity(matched) };
}
