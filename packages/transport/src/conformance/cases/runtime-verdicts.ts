// What some runtimes accept by themselves and others refuse: with us it is one decision, or its code says whose it is.

import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import { optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { VerifiedPath } from "@tlskit/verify";
import { Certificate, KeyPair, type PrivateCertificate } from "@tlskit/x509";
import { TransportError } from "../../error.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { daysFromNow, rootCa, strangerCa } from "../pki.ts";
import { clientRefuses, serverRefuses } from "../talk.ts";

/** A server of the runtime itself, which presents what ours would not. */
async function withNativeServer(
  { runtime }: ConformanceContext,
  { keyPair }: PrivateCertificate,
  chain: readonly Certificate[],
  use: (port: number) => Promise<void>,
): Promise<void> {
  const options: TlsOptions = {
    cert: chain.map((certificate) => certificate.toPem()).join(""),
    key: await keyPair.toPem(),
    // OpenSSL would not even load what is weak.
    ...(runtime === "node" ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
  };
  const server = createServer(options, (socket) => socket.on("error", () => {}));
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

/** A client must refuse what a native server presents. */
function refusesPresented(
  id: string,
  name: string,
  code: string,
  make: () => Promise<readonly [identity: PrivateCertificate, ...chain: Certificate[]]>,
): ConformanceCase {
  return {
    id,
    name,
    async run(context) {
      const [identity, ...chain] = await make();
      await withNativeServer(context, identity, chain, async (port) => {
        const tls = optionsForClientTLS("localhost", { trustRoot: (await rootCa()).certificate });
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(within(attempt, "connecting"), code, "a client must refuse this server");
      });
    },
  };
}

/** A root that has expired, while what it issued has not. */
async function expiredRoot(): ReturnType<typeof createTestCa> {
  return createTestCa({ name: "expired root", notBefore: daysFromNow(-20), notAfter: daysFromNow(-1) });
}

export const runtimeVerdictCases: readonly ConformanceCase[] = [
  {
    id: "root-expired",
    name: "what an expired root has issued is refused, though one runtime would take it",
    async run(context) {
      const ca = await expiredRoot();
      const identity = await ca.issueWith({ names: ["localhost"], notAfter: daysFromNow(1) });
      const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
      await clientRefuses(context, identity, "CERTIFICATE_EXPIRED", { tls });
    },
  },
  {
    id: "client-root-expired",
    name: "of clients as well",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const ca = await expiredRoot();
      const identity = await ca.issueWith({ names: ["c@example.org"], profile: "client", notAfter: daysFromNow(1) });
      await serverRefuses(context, identity, "CERTIFICATE_EXPIRED", { trustRoot: ca.certificate });
    },
  },
  {
    id: "useless-cross-sign-first",
    name: "a path past a useless cross-sign is found; if the runtime does not, the refusal says that it is the runtime's",
    async run(context) {
      const { identity, chain } = await crossSigned();
      await withNativeServer(context, identity, chain, async (port) => {
        const tls = optionsForClientTLS("localhost", { trustRoot: (await rootCa()).certificate });
        const attempt = within(context.transport.connect({ host: "127.0.0.1", port }, { tls }), "connecting");
        if (context.runtime === "deno") {
          const connection = await attempt;
          equal(connection.verifiedPath?.chain.length, 3, "the path");
          connection.abort();
          return;
        }
        const error = await rejects(attempt, "RUNTIME_REFUSED", "what the runtime alone refuses");
        ok(TransportError.is(error) && error.code === "RUNTIME_REFUSED", "a refusal by the runtime");
        ok(VerifiedPath.is(error.details.path), "our path is attached");
        equal(error.details.path.chain.length, 3, "it is the short one");
      });
    },
  },
  refusesPresented(
    "signed-with-sha1",
    "a certificate that is signed with SHA-1 is refused, though one runtime would take it",
    "WEAK_SIGNATURE",
    signedWithSha1,
  ),
  refusesPresented(
    "issued-by-small-key",
    "a certificate that 1024 bits of RSA have signed is refused, though one runtime would take it",
    "WEAK_KEY",
    issuedBySmallKey,
  ),
];

/** A leaf whose issuer has two certificates of one key: by a stranger, sent first, and by the root. */
async function crossSigned(): Promise<{ identity: PrivateCertificate; chain: Certificate[] }> {
  const keyPair = await KeyPair.generate();
  const subject = { CN: "cross-signed" };
  const by = async (ca: Awaited<ReturnType<typeof rootCa>>): Promise<PrivateCertificate> =>
    ca.certificate.issuePrivate({ subject, keyPair, profile: "intermediate" });
  const [useless, useful] = [await by(await strangerCa()), await by(await rootCa())];
  const identity = await useful.issuePrivate({ subjectAltName: ["localhost"] });
  return { identity, chain: [identity, useless, useful] };
}

/** RSA with SHA-256 becomes RSA with SHA-1 by one octet of its identifier, in both places; then it is signed again. */
async function signedWithSha1(): Promise<[PrivateCertificate, ...Certificate[]]> {
  const rsa = await (await rootCa()).certificate.issuePrivate({
    subject: { CN: "RSA intermediate" },
    profile: "intermediate",
    key: { type: "rsa", bits: 2048 },
  });
  const identity = await rsa.issuePrivate({ subjectAltName: ["localhost"] });
  const der = Buffer.from(identity.der);
  for (let at = der.indexOf(sha256WithRsa); at >= 0; at = der.indexOf(sha256WithRsa, at + 1)) {
    der[at + sha256WithRsa.length - 1] = 5;
  }
  const { signature, tbs } = partsOf(der);
  sign("sha1", tbs, createPrivateKey(await rsa.keyPair.toPem())).copy(signature);
  return [identity, Certificate.fromDer(new Uint8Array(der)), rsa];
}

/** An intermediate whose own certificate is as it should be, but for its key. */
async function issuedBySmallKey(): Promise<[PrivateCertificate, ...Certificate[]]> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const keyPair = await KeyPair.fromPem(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  const small = await (await rootCa()).certificate.issuePrivate({
    subject: { CN: "small intermediate" },
    profile: "intermediate",
    keyPair,
    force: true,
  });
  const identity = await small.issuePrivate({ subjectAltName: ["localhost"], force: true });
  return [identity, identity, small];
}

/** The object identifier of sha256WithRSAEncryption (RFC 8017, appendix C), as DER. */
const sha256WithRsa = Buffer.from("06092a864886f70d01010b", "hex");

/** What is signed, and the signature, which are the beginning and the end of a certificate (RFC 5280, section 4.1). */
function partsOf(certificate: Buffer): { readonly tbs: Buffer; readonly signature: Buffer } {
  const start = 4; // The header of the whole: more than 255 bytes, fewer than 64 KiB.
  const length = 4 + certificate.readUInt16BE(start + 2);
  return { tbs: certificate.subarray(start, start + length), signature: certificate.subarray(-256) };
}
