// Clients that a server refuses, and why.

import type { CapabilityName } from "@tlskit/options";
import { VerificationError } from "@tlskit/verify";
import { ExtensionOid, encodeNameConstraints, generalSubtree, PrivateCertificate } from "@tlskit/x509";
import { equal } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { daysFromNow, intermediateCa, issued, rootCa, strangerCa } from "../pki.ts";
import { serverRefuses } from "../talk.ts";

/** A client that the server refuses. */
export function refusesClient(
  id: string,
  name: string,
  code: string | readonly string[],
  make: () => Promise<PrivateCertificate>,
  server: Parameters<typeof serverRefuses>[3] = {},
  more: readonly CapabilityName[] = [],
): ConformanceCase {
  return {
    id,
    name,
    needs: ["server-client-auth-require", "client-identity", ...more],
    async run(context) {
      const identity = await make();
      const error = await serverRefuses(context, identity, code, server);
      if (VerificationError.is(error)) equal(error.chain[0]?.id, identity.id, "the chain that was refused");
    },
  };
}

/** A client of the CA that cases trust, special in some way. */
export function clientOf(more: Parameters<typeof issued>[0] = {}): Promise<PrivateCertificate> {
  return issued({ names: ["client@example.org"], profile: "client", ...more });
}

export const clientRefusalCases: readonly ConformanceCase[] = [
  refusesClient(
    "client-wrong-ca",
    "a client of an unknown CA is refused (CLI-14)",
    ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"],
    async () => (await strangerCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
  ),
  refusesClient("client-self-signed", "a self-signed client is refused", "SELF_SIGNED", () =>
    PrivateCertificate.selfSigned({ subjectAltName: ["client@example.org"], profile: "client" }),
  ),
  refusesClient("client-expired", "an expired client is refused", "CERTIFICATE_EXPIRED", () =>
    clientOf({ notAfter: daysFromNow(-1) }),
  ),
  refusesClient("client-not-yet-valid", "a client that is not yet valid is refused", "CERTIFICATE_NOT_YET_VALID", () =>
    clientOf({ notBefore: daysFromNow(1), notAfter: daysFromNow(9) }),
  ),
  refusesClient(
    "client-wrong-extended-key-usage",
    "a server's certificate is no client's",
    "EXTENDED_KEY_USAGE_MISMATCH",
    () => clientOf({ profile: "server" }),
  ),
  refusesClient(
    "client-missing-intermediate",
    "a client that forgets its intermediate is refused",
    "UNKNOWN_ISSUER",
    async () => {
      const complete = await (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" });
      return PrivateCertificate.from(complete, complete.keyPair);
    },
  ),
  refusesClient(
    "client-unknown-critical-extension",
    "a client with a critical extension that nobody knows is refused",
    "CRITICAL_EXTENSION_UNKNOWN",
    () => clientOf({ extensions: [{ oid: "1.3.6.1.4.1.99999.1", critical: true, value: new Uint8Array([5, 0]) }] }),
    {},
    ["identity-critical-extension"],
  ),
  refusesClient(
    "client-issuer-is-no-ca",
    "a client that a leaf issued is refused",
    ["ISSUER_NOT_CA", "KEY_USAGE_MISSING"],
    async () => {
      const leaf = await clientOf();
      return leaf.issuePrivate({ subjectAltName: ["client@example.org"], profile: "client", force: true });
    },
  ),
  refusesClient(
    "client-name-constraint",
    "a CA for one domain vouches for no client of another",
    "NAME_CONSTRAINT_VIOLATION",
    async () => {
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.com")] });
      const limited = await (await rootCa()).certificate.issuePrivate({
        subject: { CN: "example.com only" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.nameConstraints, critical: true, value }],
      });
      return limited.issuePrivate({ subjectAltName: ["www.example.org"], profile: "client", force: true });
    },
  ),
  refusesClient(
    "client-beyond-verify-depth",
    "verifyDepth limits the client's intermediates",
    "PATH_LENGTH_EXCEEDED",
    async () => (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
    { verifyDepth: 0 },
    ["server-peer-chain"],
  ),
];
