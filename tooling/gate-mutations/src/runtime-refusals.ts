// Peers that our verifier accepts and the runtime refuses. Nature has few of them, so the runtime is told more than the
// options say: revocation lists, fewer roots, a higher security level. On the wire all of it is real.

import { createRequire, syncBuiltinESMExports } from "node:module";
import type { SecureContextOptions } from "node:tls";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { type Connection, TransportError } from "@tlskit/transport";
import type { ConformanceCase, ConformanceContext } from "@tlskit/transport/conformance";
import { VerifiedPath } from "@tlskit/verify";
import { type Certificate, PrivateCertificate } from "@tlskit/x509";
import { makeCrl, makeForgedCrl } from "./crl.ts";

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
  make(ca: TestCa): Promise<{
    readonly identity: PrivateCertificate;
    readonly trust: Certificate;
    readonly secret: Secret;
  }>;
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
      const crl = await makeCrl(ca.certificate, { thisUpdate: at(-1), nextUpdate: at(1), revoked: [identity] });
      return { identity, trust: ca.certificate, secret: { crl } };
    },
  },
  {
    id: "no-list",
    nativeCode: "UNABLE_TO_GET_CRL",
    async make(ca) {
      const { certificate } = await createTestCa({ name: "another CA" });
      return issuedBy(ca, { crl: await makeCrl(certificate, { thisUpdate: at(-1), nextUpdate: at(1) }) });
    },
  },
  {
    id: "old-list",
    nativeCode: "CRL_HAS_EXPIRED",
    make: async (ca) =>
      issuedBy(ca, { crl: await makeCrl(ca.certificate, { thisUpdate: at(-9), nextUpdate: at(-8) }) }),
  },
  {
    id: "future-list",
    nativeCode: "CRL_NOT_YET_VALID",
    make: async (ca) => issuedBy(ca, { crl: await makeCrl(ca.certificate, { thisUpdate: at(8), nextUpdate: at(9) }) }),
  },
  {
    id: "forged-list",
    nativeCode: "CRL_SIGNATURE_FAILURE",
    make: async (ca) =>
      issuedBy(ca, { crl: await makeForgedCrl(ca.certificate, { thisUpdate: at(-1), nextUpdate: at(1) }) }),
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
    run: (context) => refusedByClient(context, situation),
  },
  {
    id: `runtime-refuses-client-${situation.id}`,
    name: `a client that only the runtime refuses (${[situation.nativeCode].flat()[0]})`,
    run: (context) => refusedByServer(context, situation),
  },
]);

async function refusedByClient({ transport }: ConformanceContext, { make, nativeCode }: Situation): Promise<void> {
  const ca = await createTestCa();
  const { identity, trust, secret: told } = await make(ca);
  const listener = await transport.listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  try {
    const tls = optionsForClientTLS("localhost", { trustRoot: trust });
    const connecting = withSecret(told, () =>
      transport.connect({ host: "127.0.0.1", port: listener.address.port }, { tls }),
    );
    assertRefusal(await outcomeOf(connecting), nativeCode, "a client must refuse this server");
  } finally {
    await listener.close({ timeoutMs: 0 });
  }
}

async function refusedByServer({ transport }: ConformanceContext, { make, nativeCode }: Situation): Promise<void> {
  const ca = await createTestCa();
  const { identity, trust, secret: told } = await make(ca);
  const own = await PrivateCertificate.selfSigned({ subjectAltName: names });
  const reported = Promise.withResolvers<unknown>();
  const tls = new CertificateOptions({ identity: own, trustRoot: trust, clientAuth: "require" });
  const settings = { host: "127.0.0.1", port: 0, tls, onError: reported.resolve };
  const listener = await withSecret(told, () => transport.listen(settings));
  let client: Connection | undefined;
  try {
    const accepted = listener.accept();
    accepted.catch(() => {});
    const options = { tls: optionsForClientTLS("localhost", { trustRoot: own, identity }) };
    client = await transport
      .connect({ host: "127.0.0.1", port: listener.address.port }, options)
      .catch(() => undefined);
    const outcome = await Promise.race([reported.promise, accepted]);
    assertRefusal(outcome, nativeCode, "a server must refuse this client");
  } finally {
    client?.abort();
    await listener.close({ timeoutMs: 0 });
  }
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

function outcomeOf(promise: Promise<Connection>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

function assertRefusal(outcome: unknown, nativeCode: Situation["nativeCode"], what: string): void {
  if (TransportError.is(outcome) && outcome.code === "RUNTIME_REFUSED") {
    const { path } = outcome.details;
    if ([nativeCode].flat().includes(outcome.details.nativeCode) && VerifiedPath.is(path)) return;
    throw new Refused(
      `${what}: with ${nativeCode} and our path, not ${outcome.details.nativeCode} (path: ${path !== undefined})`,
    );
  }
  if (outcome instanceof Error)
    throw new Refused(`${what}: RUNTIME_REFUSED, not ${outcome.message}`, { cause: outcome });
  throw new Refused(`${what}: got "success"`);
}

class Refused extends Error {}
