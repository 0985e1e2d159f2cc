// Client certificates, asked for and insisted on.

import { type CapabilityName, CertificateOptions } from "@tlskit/options";
import { VerificationError, VerifiedPath } from "@tlskit/verify";
import {
  ExtendedKeyUsage,
  ExtensionOid,
  encodeAuthorityKeyIdentifier,
  encodeBasicConstraints,
  encodeNameConstraints,
  generalSubtree,
  PrivateCertificate,
} from "@tlskit/x509";
import { equal, ok } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { daysFromNow, goodClient, goodServer, intermediateCa, issued, once, rootCa, strangerCa } from "../pki.ts";
import { clientTls, echo, expectEcho, serverRefuses, serverTls, withPair } from "../talk.ts";

const requiring = once(async () => {
  return new CertificateOptions({
    identity: await goodServer(),
    trustRoot: (await rootCa()).certificate,
    clientAuth: "require",
  });
});

const requesting = once(async () => (await requiring()).with({ clientAuth: "request" }));

/** A client that the server accepts. */
function accepts(id: string, name: string, make: () => Promise<PrivateCertificate>): ConformanceCase {
  return {
    id,
    name,
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const identity = await make();
      const client = await clientTls("localhost", { identity });
      await withPair(
        context,
        async (ours, theirs) => {
          equal(theirs.peerCertificate?.id, identity.id, "the client's certificate");
          ok(VerifiedPath.is(theirs.verifiedPath), "the server has the proof");
          equal(theirs.verifiedPath.purpose, "client", "it is about clients");
          equal(ours.localCertificate?.id, identity.id, "the client's own");
          const echoing = echo(theirs);
          await expectEcho(ours);
          await ours.closeWrite();
          await echoing;
        },
        { server: await requiring(), client },
      );
    },
  };
}

/** A client that the server refuses. */
function refuses(
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

const client = (more: Parameters<typeof issued>[0] = {}): Promise<PrivateCertificate> =>
  issued({ names: ["client@example.org"], profile: "client", ...more });

const refusals: readonly ConformanceCase[] = [
  refuses(
    "client-wrong-ca",
    "a client of an unknown CA is refused (CLI-14)",
    ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"],
    async () => (await strangerCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
  ),
  refuses("client-self-signed", "a self-signed client is refused", "SELF_SIGNED", () =>
    PrivateCertificate.selfSigned({ subjectAltName: ["client@example.org"], profile: "client" }),
  ),
  refuses("client-expired", "an expired client is refused", "CERTIFICATE_EXPIRED", () =>
    client({ notAfter: daysFromNow(-1) }),
  ),
  refuses("client-not-yet-valid", "a client that is not yet valid is refused", "CERTIFICATE_NOT_YET_VALID", () =>
    client({ notBefore: daysFromNow(1), notAfter: daysFromNow(9) }),
  ),
  refuses(
    "client-wrong-extended-key-usage",
    "a server's certificate is no client's",
    "EXTENDED_KEY_USAGE_MISMATCH",
    () => client({ profile: "server" }),
  ),
  refuses(
    "client-missing-intermediate",
    "a client that forgets its intermediate is refused",
    "UNKNOWN_ISSUER",
    async () => {
      const complete = await (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" });
      return PrivateCertificate.from(complete, complete.keyPair);
    },
  ),
  refuses(
    "client-unknown-critical-extension",
    "a client with a critical extension that nobody knows is refused",
    "CRITICAL_EXTENSION_UNKNOWN",
    () => client({ extensions: [{ oid: "1.3.6.1.4.1.99999.1", critical: true, value: new Uint8Array([5, 0]) }] }),
    {},
    ["identity-critical-extension"],
  ),
  refuses(
    "client-issuer-is-no-ca",
    "a client that a leaf issued is refused",
    ["ISSUER_NOT_CA", "KEY_USAGE_MISSING"],
    async () => {
      const leaf = await client();
      return leaf.issuePrivate({ subjectAltName: ["client@example.org"], profile: "client", force: true });
    },
  ),
  refuses(
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
  refuses(
    "client-beyond-verify-depth",
    "verifyDepth limits the client's intermediates",
    "PATH_LENGTH_EXCEEDED",
    async () => (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
    { verifyDepth: 0 },
    ["server-peer-chain"],
  ),
];

const rfc5280 = { profile: "rfc5280" } as const;
const webpki = { profile: "webpki" } as const;
const nonconforming = "CERTIFICATE_NOT_CONFORMING";

/** What the stricter profiles refuse, and no runtime does by itself. */
const formal: readonly ConformanceCase[] = [
  refuses(
    "client-rfc5280-no-key-identifier",
    "rfc5280: authorityKeyIdentifier has a key identifier",
    nonconforming,
    async () => {
      const { subject, serialNumber } = (await rootCa()).certificate;
      const issuer = [{ type: "directory" as const, value: subject }];
      const value = encodeAuthorityKeyIdentifier({ issuer, serialNumber });
      return client({ extensions: [{ oid: ExtensionOid.authorityKeyIdentifier, critical: false, value }] });
    },
    rfc5280,
  ),
  refuses(
    "client-rfc5280-basic-constraints-not-critical",
    "rfc5280: basicConstraints of a CA is critical",
    nonconforming,
    async () => {
      const value = encodeBasicConstraints({ ca: true });
      const lax = await (await rootCa()).certificate.issuePrivate({
        subject: { CN: "lax CA" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.basicConstraints, critical: false, value }],
      });
      return lax.issuePrivate({ subjectAltName: ["client@example.org"], profile: "client", force: true });
    },
    rfc5280,
    ["server-peer-chain"],
  ),
  refuses(
    "client-rfc5280-name-constraints-not-critical",
    "rfc5280: nameConstraints is critical",
    nonconforming,
    async () => {
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.org")] });
      const lax = await (await rootCa()).certificate.issuePrivate({
        subject: { CN: "lax constraints" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.nameConstraints, critical: false, value }],
      });
      return lax.issuePrivate({ subjectAltName: ["www.example.org"], profile: "client" });
    },
    rfc5280,
    ["server-peer-chain"],
  ),
  refuses(
    "client-rfc5280-key-cert-sign",
    "rfc5280: a leaf does not sign certificates",
    nonconforming,
    () => client({ keyUsage: ["digitalSignature", "keyCertSign"] }),
    rfc5280,
  ),
  refuses(
    "client-rfc5280-name-constraints-in-leaf",
    "rfc5280: nameConstraints is for CAs",
    nonconforming,
    () => {
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.org")] });
      return client({ extensions: [{ oid: ExtensionOid.nameConstraints, critical: true, value }] });
    },
    rfc5280,
  ),
  refuses(
    "client-webpki-no-extended-key-usage",
    "webpki: extKeyUsage is there",
    nonconforming,
    () => client({ extendedKeyUsage: [] }),
    webpki,
  ),
  refuses(
    "client-webpki-any-extended-key-usage",
    "webpki: extKeyUsage does not say any",
    nonconforming,
    () => client({ extendedKeyUsage: [ExtendedKeyUsage.clientAuth, "2.5.29.37.0"] }),
    webpki,
  ),
  refuses(
    "client-webpki-common-name",
    "webpki: the common name is one of the names",
    nonconforming,
    () => client({ names: ["www.example.org"], subject: { CN: "elsewhere.example" } }),
    webpki,
  ),
  refuses(
    "client-webpki-wildcard",
    "webpki: no wildcard for a whole top-level domain",
    nonconforming,
    () => client({ names: ["*.example"], subject: { CN: "*.example" } }),
    webpki,
  ),
  refuses(
    "client-webpki-leaf-is-ca",
    "webpki: a leaf is no CA",
    nonconforming,
    () => {
      const value = encodeBasicConstraints({ ca: true });
      return client({
        extensions: [{ oid: ExtensionOid.basicConstraints, critical: true, value }],
        keyUsage: ["digitalSignature", "keyCertSign"],
      });
    },
    webpki,
  ),
];

export const clientIdentityCases: readonly ConformanceCase[] = [
  accepts("client-good", "a client of the trusted CA is accepted", goodClient),
  {
    ...accepts("client-good-intermediate", "a client's intermediates complete its path", async () =>
      (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
    ),
    needs: ["server-client-auth-require", "client-identity", "server-peer-chain"],
  },
  {
    id: "client-missing",
    name: "a client without a certificate is refused where one is required (TRN-37, OPT-09)",
    needs: ["server-client-auth-require"],
    run: async (context) => {
      await serverRefuses(context, undefined, "CLIENT_CERTIFICATE_REQUIRED");
    },
  },
  {
    id: "client-missing-tls12",
    name: "and in TLS 1.2 as well",
    needs: ["server-client-auth-require", "tls1.2"],
    run: async (context) => {
      await serverRefuses(context, undefined, "CLIENT_CERTIFICATE_REQUIRED", { lowerMaximumSecurityTo: "TLSv1.2" });
    },
  },
  {
    id: "client-requested-and-missing",
    name: "where a certificate is only requested, a client without one is let in, unverified (OPT-07)",
    needs: ["server-client-auth-request"],
    run: async (context) =>
      withPair(
        context,
        async (_, server) => {
          equal(server.peerCertificate, undefined, "the certificate");
          equal(server.verifiedPath, undefined, "the proof");
        },
        { server: await requesting() },
      ),
  },
  {
    id: "client-requested-and-good",
    name: "and one with a good certificate is verified: both sides are (OPT-11)",
    needs: ["server-client-auth-request", "client-identity"],
    run: async (context) =>
      withPair(context, async (_, server) => ok(VerifiedPath.is(server.verifiedPath), "the proof"), {
        server: await requesting(),
        client: await clientTls("localhost", { identity: await goodClient() }),
      }),
  },
  {
    id: "client-requested-and-bad",
    name: "and a bad one is refused",
    needs: ["server-client-auth-request", "client-identity"],
    run: async (context) => {
      const identity = await issued({ names: ["client@example.org"], profile: "client", notAfter: daysFromNow(-1) });
      await serverRefuses(context, identity, "CERTIFICATE_EXPIRED", { clientAuth: "request" });
    },
  },
  {
    id: "client-skipped-verification",
    name: "a server may look at client certificates without verifying them, by name",
    needs: ["server-skip-verification", "client-identity"],
    async run(context) {
      const identity = await PrivateCertificate.selfSigned({ subject: { CN: "anyone" }, profile: "client" });
      const server = new CertificateOptions({
        identity: await goodServer(),
        clientAuth: "require",
        dangerouslySkipVerification: true,
      });
      await withPair(
        context,
        async (_, theirs) => {
          equal(theirs.peerCertificate?.id, identity.id, "the certificate");
          equal(theirs.verifiedPath, undefined, "the proof");
          equal(theirs.dangerouslyUnverified, true, "the trace");
        },
        { server, client: await clientTls("localhost", { identity }) },
      );
    },
  },
  ...refusals,
  ...formal,
  {
    id: "client-of-another-listener",
    name: "two listeners with different trust do not share decisions",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const trustRoot = (await strangerCa()).certificate;
      await serverRefuses(context, await goodClient(), ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"], { trustRoot });
      const server = await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" });
      const ours = await clientTls("localhost", { identity: await goodClient() });
      await withPair(context, async (_, theirs) => ok(theirs.verifiedPath !== undefined, "the proof"), {
        server,
        client: ours,
      });
    },
  },
];
