// Peers that our verifier accepts and the runtime refuses. Nature has few of them, so the runtime is told more than the
// options say: revocation lists, fewer roots, a higher security level. On the wire all of it is real.

import { createRequire, syncBuiltinESMExports } from "node:module";
import type { SecureContextOptions } from "node:tls";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { ConformanceCase, ConformanceContext } from "@tlskit/transport/conformance";
import { CertificateRevocationList, issueCrl, PrivateCertificate } from "@tlskit/x509";
import { type RefusedPeer, refusedByClient, refusedByServer } from "./refused-peer.ts";

/** What the runtime is told in secret. */
type Secret = SecureContextOptions & { readonly allowPartialTrustChain?: boolean };

let secret: Secret = {};

/** From now on every native context gets what is set with `withSecret`. */
function interceptContexts(): void {
  const tls = createRequire(import.meta.url)("node:tls") as {
    createSecureContext: (options?: SecureContextOptions) => unknown;
    createServer: (options: SecureContextOptions, ...more: unknown[]) => unknown;
  };
  const { createSecureContext, createServer } = tls;
  tls.createSecureContext = (options) => createSecureContext({ ...options, ...secret });
  tls.createServer = (options, ...more) => createServer({ ...options, ...secret }, ...more);
  syncBuiltinESMExports();
}

/** One situation: who shows what, who is trusted, what the runtime is told, and the code it then gives. */
interface Situation {
  readonly id: string;
  /** One, or several where OpenSSL's answer depends on the role. */
  readonly nativeCode: string | readonly string[];
  make(ca: TestCa): Promise<RefusedPeer & { readonly secret: Secret }>;
}

const day = 86_400_000;
const at = (days: number): Date => new Date(Date.now() + days * day);
const names = ["localhost", "127.0.0.1"];
const rsa = { type: "rsa", bits: 2048 } as const;

const noIssuer = ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"];

const issuedBy = async (ca: TestCa, more: Secret): Promise<Awaited<ReturnType<Situation["make"]>>> => ({
  identity: await ca.issue(...names),
  trust: ca.certificate,
  secret: more,
});

/** A list of what a CA has revoked, from one day to another. */
async function listOf(
  ca: PrivateCertificate,
  from: number,
  to: number,
  ...revoked: PrivateCertificate[]
): Promise<string> {
  const entries = revoked.map(({ serialNumber }) => ({ serialNumber }));
  return (await issueCrl(ca, { crlNumber: 1, thisUpdate: at(from), nextUpdate: at(to), entries })).toPem();
}

/** The same with a signature that is not right, and can be read. */
async function forgedListOf(ca: PrivateCertificate): Promise<string> {
  const der = CertificateRevocationList.fromPem(await listOf(ca, -1, 1)).der.slice();
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return CertificateRevocationList.fromDer(der).toPem();
}

const otherCa = async (): Promise<string> => (await createTestCa({ name: "another CA" })).caPem;

const situations: readonly Situation[] = [
  {
    id: "other-root",
    nativeCode: noIssuer,
    make: async (ca) => issuedBy(ca, { ca: await otherCa() }),
  },
  { id: "no-root", nativeCode: noIssuer, make: (ca) => issuedBy(ca, { ca: [] }) },
  {
    id: "root-of-the-chain",
    nativeCode: "SELF_SIGNED_CERT_IN_CHAIN",
    async make(ca) {
      const identity = await ca.issue(...names);
      const withRoot = PrivateCertificate.from(identity, identity.keyPair, { chain: [ca.certificate] });
      return { identity: withRoot, trust: ca.certificate, secret: { ca: await otherCa() } };
    },
  },
  {
    id: "intermediate-without-root",
    nativeCode: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    make: async (ca) => {
      const intermediate = await ca.createIntermediate();
      return { identity: await intermediate.issue(...names), trust: ca.certificate, secret: { ca: await otherCa() } };
    },
  },
  {
    id: "self-signed-anchor",
    // The other one is BoringSSL's.
    nativeCode: ["DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
    async make() {
      const identity = await PrivateCertificate.selfSigned({ subjectAltName: names, profile: "peer" });
      return { identity, trust: identity, secret: { ca: await otherCa() } };
    },
  },
  {
    id: "intermediate-anchor",
    nativeCode: "UNABLE_TO_GET_ISSUER_CERT",
    async make(ca) {
      const { certificate } = await ca.createIntermediate();
      const identity = await certificate.issuePrivate({ subjectAltName: names, profile: "peer" });
      return { identity, trust: certificate, secret: { allowPartialTrustChain: false } };
    },
  },
  {
    id: "revoked",
    nativeCode: "CERT_REVOKED",
    async make(ca) {
      const identity = await ca.issue(...names);
      const crl = await listOf(ca.certificate, -1, 1, identity);
      return { identity, trust: ca.certificate, secret: { crl } };
    },
  },
  {
    id: "no-list",
    nativeCode: "UNABLE_TO_GET_CRL",
    async make(ca) {
      const { certificate } = await createTestCa({ name: "another CA" });
      return issuedBy(ca, { crl: await listOf(certificate, -1, 1) });
    },
  },
  {
    id: "old-list",
    nativeCode: "CRL_HAS_EXPIRED",
    make: async (ca) => issuedBy(ca, { crl: await listOf(ca.certificate, -9, -8) }),
  },
  {
    id: "future-list",
    nativeCode: "CRL_NOT_YET_VALID",
    make: async (ca) => issuedBy(ca, { crl: await listOf(ca.certificate, 8, 9) }),
  },
  {
    id: "forged-list",
    nativeCode: "CRL_SIGNATURE_FAILURE",
    make: async (ca) => issuedBy(ca, { crl: await forgedListOf(ca.certificate) }),
  },
  {
    id: "small-ca-key",
    // OpenSSL's CA_KEY_TOO_SMALL, for which Node has no name.
    nativeCode: "UNSPECIFIED",
    async make() {
      const ca = await createTestCa({ name: "small", key: rsa });
      return issuedBy(ca, { ciphers: "TLS_AES_256_GCM_SHA384:ECDHE+AESGCM:@SECLEVEL=3" });
    },
  },
];

/** One case for each situation and role. */
export const runtimeRefusalCases: readonly ConformanceCase[] = situations.flatMap((situation) => [
  {
    id: `runtime-refuses-server-${situation.id}`,
    name: `a server that only the runtime refuses (${[situation.nativeCode].flat()[0]})`,
    run: (context) => refused(refusedByClient, context, situation),
  },
  {
    id: `runtime-refuses-client-${situation.id}`,
    name: `a client that only the runtime refuses (${[situation.nativeCode].flat()[0]})`,
    run: (context) => refused(refusedByServer, context, situation),
  },
]);

async function refused(
  by: typeof refusedByClient,
  context: ConformanceContext,
  { make, nativeCode }: Situation,
): Promise<void> {
  const { secret: told, ...peer } = await make(await createTestCa());
  await by(context, { ...peer, nativeCodes: [nativeCode].flat() }, (act) => withSecret(told, act));
}

async function withSecret<T>(told: Secret, act: () => Promise<T>): Promise<T> {
  if (!intercepted) interceptContexts();
  intercepted = true;
  secret = told;
  try {
    return await act();
  } finally {
    secret = {};
  }
}

let intercepted = false;
