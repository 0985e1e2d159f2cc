import type { AdmittedWeakness, VerificationProfile } from "@tlskit/verify";

/** How cases of one origin are meant to be decided. */
export interface Namespace {
  readonly profile: VerificationProfile;
  readonly admit?: AdmittedWeakness;
}

/** What the namespace of an id says; nothing else looks at an id. */
export function namespaceOf(id: string): Namespace {
  return NAMESPACES[id.split("::", 1)[0] ?? ""] ?? { profile: "rfc5280" };
}

const NAMESPACES: Readonly<Record<string, Namespace>> = {
  webpki: { profile: "webpki" },
  // Of 2011: DSA keys and SHA-1 signatures were good then, and PKITS is about paths.
  pkits: { profile: "compatible", admit: { signatureHashes: ["SHA-1"], keyTypes: ["dsa"] } },
  bssl: { profile: "compatible" },
};
