// Revocation by our verifier, on both sides: CRLs, responses at hand, stapled responses. The runtime never sees a CRL.

import type { CertificateOptionsInit, RevocationOption } from "@tlskit/options";
import { CertificateOptions } from "@tlskit/options";
import { issueCrl, type OcspResponse, type PrivateCertificate } from "@tlskit/x509";
import { equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { ocspAbout } from "../ocsp.ts";
import { issued, rootCa } from "../pki.ts";
import { clientRefuses, clientTls, serverRefuses, serverTls, withPair } from "../talk.ts";

/** The root's list with these on it. */
async function listOf(...revoked: readonly PrivateCertificate[]): Promise<Uint8Array> {
  const { certificate } = await rootCa();
  const crl = await issueCrl(certificate, {
    crlNumber: 1,
    entries: revoked.map(({ serialNumber }) => ({ serialNumber })),
  });
  return crl.der;
}

async function freshServer(): Promise<PrivateCertificate> {
  return issued({ names: ["localhost"] });
}

async function freshClient(): Promise<PrivateCertificate> {
  return issued({ names: ["client@example.org"], profile: "client" });
}

async function stapleFor(identity: PrivateCertificate, revoked: boolean): Promise<OcspResponse> {
  return ocspAbout(identity, (await rootCa()).certificate, revoked);
}

export const revocationCases: readonly ConformanceCase[] = [
  {
    id: "crl-revoked-server",
    name: "a client refuses a server that a CRL lists (TRU-13)",
    async run(context) {
      const identity = await freshServer();
      const revocation: RevocationOption = { mode: "prefer", crls: [await listOf(identity)] };
      await clientRefuses(context, identity, "CERTIFICATE_REVOKED", {
        tls: await clientTls("localhost", { revocation }),
      });
    },
  },
  {
    id: "crl-good-server",
    name: "and accepts one that it does not list, with the proof",
    async run(context) {
      const identity = await freshServer();
      const revocation: RevocationOption = { mode: "require", crls: [await listOf()] };
      await withPair(
        context,
        async ({ verifiedPath }) => equal(verifiedPath?.revocation[0]?.status, "good", "the status"),
        {
          server: await serverTls(identity),
          client: await clientTls("localhost", { revocation }),
        },
      );
    },
  },
  {
    id: "crl-status-unknown",
    name: "what is not known is refused with require, and let pass with prefer: the runtime is given no CRL",
    async run(context) {
      const identity = await freshServer();
      await clientRefuses(context, identity, "REVOCATION_STATUS_UNKNOWN", {
        tls: await clientTls("localhost", { revocation: { mode: "require", crls: [] } }),
      });
      await withPair(context, async ({ verifiedPath }) => ok(verifiedPath !== undefined, "the proof"), {
        server: await serverTls(identity),
        client: await clientTls("localhost", { revocation: { mode: "prefer", crls: [] } }),
      });
    },
  },
  {
    id: "crl-revoked-client",
    name: "a server refuses a client that a CRL lists",
    needs: ["server-client-auth-require"],
    async run(context) {
      const identity = await freshClient();
      const revocation = { mode: "prefer", crls: [await listOf(identity)] } as const;
      await serverRefuses(context, identity, "CERTIFICATE_REVOKED", { revocation } as Partial<CertificateOptionsInit>);
    },
  },
  {
    id: "ocsp-response-at-hand",
    name: "an OCSP response that is at hand decides as a CRL does",
    async run(context) {
      const identity = await freshServer();
      const options = async (revoked: boolean): Promise<RevocationOption> => ({
        mode: "require",
        ocspResponses: [await stapleFor(identity, revoked)],
      });
      await clientRefuses(context, identity, "CERTIFICATE_REVOKED", {
        tls: await clientTls("localhost", { revocation: await options(true) }),
      });
      await withPair(context, async ({ verifiedPath }) => ok(verifiedPath !== undefined, "the proof"), {
        server: await serverTls(identity),
        client: await clientTls("localhost", { revocation: await options(false) }),
      });
    },
  },
  {
    id: "revocation-fetched",
    name: "what is missing may be fetched, while the peer waits before the gate",
    async run(context) {
      const identity = await freshServer();
      let asked = 0;
      const fetch = async (): Promise<{ crls: Uint8Array[] }> => {
        asked++;
        return { crls: [await listOf(identity)] };
      };
      await clientRefuses(context, identity, "CERTIFICATE_REVOKED", {
        tls: await clientTls("localhost", { revocation: { mode: "require", fetch } }),
      });
      ok(asked > 0, "it was fetched");
    },
  },
  {
    id: "staple-good",
    name: "a stapled response proves that the server is not revoked",
    needs: ["client-ocsp-staple", "server-ocsp-staple"],
    async run(context) {
      const identity = await freshServer();
      const client = await clientTls("localhost", { revocation: { mode: "require", staple: true } });
      for (const ocspStaple of [await stapleFor(identity, false), async () => (await stapleFor(identity, false)).der]) {
        await withPair(
          context,
          async ({ verifiedPath }) => equal(verifiedPath?.revocation[0]?.status, "good", "the status"),
          { server: await serverTls(identity, { ocspStaple }), client },
        );
      }
    },
  },
  {
    id: "staple-revoked",
    name: "or that it is",
    needs: ["client-ocsp-staple", "server-ocsp-staple"],
    async run(context) {
      const identity = await freshServer();
      await clientRefuses(context, identity, "CERTIFICATE_REVOKED", {
        tls: await clientTls("localhost", { revocation: { mode: "prefer", staple: true } }),
        server: { ocspStaple: await stapleFor(identity, true) },
      });
    },
  },
  {
    id: "staple-missing",
    name: "without a staple the status is not known; a staple of another certificate does not count",
    needs: ["client-ocsp-staple", "server-ocsp-staple"],
    async run(context) {
      const identity = await freshServer();
      const tls = await clientTls("localhost", { revocation: { mode: "require", staple: true } });
      const other = await stapleFor(await freshServer(), false);
      for (const ocspStaple of [async () => undefined, other]) {
        await clientRefuses(context, identity, "REVOCATION_STATUS_UNKNOWN", { tls, server: { ocspStaple } });
      }
    },
  },
  {
    id: "revocation-mistakes",
    name: "lists and responses that are none are refused when options are made",
    async run() {
      const wrong = [
        { mode: "ignore" },
        {},
        { mode: "prefer", crls: [new Uint8Array([1, 2, 3])] },
        { mode: "prefer", ocspResponses: [new Uint8Array()] },
        { mode: "prefer", maxAge: -1 },
        { mode: "prefer", crl: [] },
      ];
      for (const revocation of wrong) {
        const attempt = Promise.resolve().then(() => new CertificateOptions({ revocation: revocation as never }));
        await rejects(attempt, ["OPTION_VALUE_INVALID", "OPTION_TYPE_INVALID", "OPTION_UNKNOWN"], "revocation");
      }
    },
  },
];
