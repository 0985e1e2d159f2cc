// Client certificates, asked for and insisted on.

import { CertificateOptions } from "@tlskit/options";
import { VerifiedPath } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
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
