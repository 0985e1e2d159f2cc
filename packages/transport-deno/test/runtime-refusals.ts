// Peers that our verifier accepts and Deno's refuses: its TLS library compares names byte for byte, knows no policies, and
// goes no deeper than six intermediates. All of it is real, on the wire.

import { type RefusedPeer, refusedByClient, refusedByServer } from "@tlskit/gate-mutations/refused-peer";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { ConformanceCase } from "@tlskit/transport/conformance";
import {
  type Certificate,
  ExtensionOid,
  encodeCertificatePolicies,
  encodeInhibitAnyPolicy,
  encodePolicyConstraints,
  PrivateCertificate,
} from "@tlskit/x509";

/** One situation: who shows what, and who is trusted. */
interface Situation {
  readonly id: string;
  make(): Promise<RefusedPeer>;
}

const names = ["localhost", "127.0.0.1"];

/** The issuer's name as it stands in what it issued, and as it stands in its own certificate: equal by RFC 5280, section 7.1. */
const otherwiseWritten: readonly (readonly [id: string, issuer: string, subject: string])[] = [
  ["case", "The Authority", "the authority"],
  ["upper-case", "authority", "AUTHORITY"],
  ["inner-space", "The Authority", "The   Authority"],
  ["outer-space", "The Authority", " The Authority "],
  ["case-and-space", "The Authority", " the  AUTHORITY"],
];

/** A CA whose certificate has its name written otherwise than the certificates that it issued. */
async function twoSpellings(
  issuer: string,
  subject: string,
): Promise<{ issues: PrivateCertificate; shown: PrivateCertificate }> {
  const issues = await PrivateCertificate.selfSigned({ subject: { CN: issuer }, profile: "ca" });
  const { keyPair } = issues;
  return { issues, shown: await PrivateCertificate.selfSigned({ subject: { CN: subject }, profile: "ca", keyPair }) };
}

const leafOf = (ca: PrivateCertificate, chain: readonly Certificate[] = []): Promise<PrivateCertificate> =>
  ca
    .issuePrivate({ subjectAltName: names, profile: "peer" })
    .then((identity) => PrivateCertificate.from(identity, identity.keyPair, { chain }));

const ofRoots: readonly Situation[] = otherwiseWritten.map(([id, issuer, subject]) => ({
  id: `root-name-${id}`,
  async make() {
    const { issues, shown } = await twoSpellings(issuer, subject);
    return { identity: await leafOf(issues), trust: shown };
  },
}));

const ofIntermediates: readonly Situation[] = otherwiseWritten.map(([id, issuer, subject]) => ({
  id: `intermediate-name-${id}`,
  async make() {
    const root = await createTestCa();
    const { issues, shown } = await twoSpellings(issuer, subject);
    const intermediate = await root.certificate.crossSign(shown);
    return { identity: await leafOf(issues, [intermediate]), trust: root.certificate };
  },
}));

const critical = (oid: string, value: Uint8Array): { oid: string; critical: true; value: Uint8Array } => ({
  oid,
  critical: true,
  value,
});

const anyPolicy = "2.5.29.32.0";

const ofPolicies: readonly Situation[] = (
  [
    ["policies", critical(ExtensionOid.certificatePolicies, encodeCertificatePolicies([anyPolicy]))],
    [
      "policy-constraints",
      critical(ExtensionOid.policyConstraints, encodePolicyConstraints({ inhibitPolicyMapping: 0 })),
    ],
    ["inhibit-any-policy", critical(ExtensionOid.inhibitAnyPolicy, encodeInhibitAnyPolicy(5))],
  ] as const
).map(([id, extension]) => ({
  id: `intermediate-critical-${id}`,
  async make() {
    const root = await createTestCa();
    const intermediate = await root.certificate.issuePrivate({
      subject: { CN: "with policies" },
      profile: "intermediate",
      extensions: [extension],
    });
    return { identity: await leafOf(intermediate, [intermediate]), trust: root.certificate };
  },
}));

const deep: Situation = {
  id: "seven-intermediates",
  async make() {
    const root = await createTestCa({ pathLength: 9 });
    let ca: TestCa = root;
    for (let depth = 7; depth > 0; depth--)
      ca = await ca.createIntermediate({ name: `level ${depth}`, pathLength: depth });
    return { identity: await ca.issueWith({ names, profile: "peer" }), trust: root.certificate };
  },
};

/** One case for each situation and role. */
export const runtimeRefusalCases: readonly ConformanceCase[] = [
  ...ofRoots,
  ...ofIntermediates,
  ...ofPolicies,
  deep,
].flatMap(({ id, make }) => [
  {
    id: `runtime-refuses-server-${id}`,
    name: "a server that only Deno refuses",
    run: async (context) => refusedByClient(context, await make()),
  },
  {
    id: `runtime-refuses-client-${id}`,
    name: "a client that only Deno refuses",
    run: async (context) => refusedByServer(context, await make()),
  },
]);
