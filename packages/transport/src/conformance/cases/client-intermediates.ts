// Intermediates that a server knows of its clients: for runtimes that hide those that a client sends.

import type { CertificateOptionsInit, ClientTLSExtra } from "@tlskit/options";
import { optionsForClientTLS } from "@tlskit/options";
import { VerifiedPath } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
import { equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { goodServer, intermediateCa, rootCa, strangerCa } from "../pki.ts";
import { clientTls, serverRefuses, serverTls, withPair } from "../talk.ts";

const needs = ["server-client-auth-require", "client-identity"] as const;

/** A client below the intermediate, with that in its chain. */
async function clientBelow(): Promise<PrivateCertificate> {
  return (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" });
}

export const clientIntermediateCases: readonly ConformanceCase[] = [
  {
    id: "client-intermediates-given",
    name: "clientIntermediates complete the path of a client whose own are hidden by the runtime",
    needs,
    async run(context) {
      const identity = await clientBelow();
      const server = await serverTls(undefined, {
        trustRoot: (await rootCa()).certificate,
        clientAuth: "require",
        clientIntermediates: [(await intermediateCa()).certificate],
      });
      for (const lowerMaximumSecurityTo of ["TLSv1.3", "TLSv1.2"] as const) {
        const client = await clientTls("localhost", { identity, lowerMaximumSecurityTo });
        await withPair(
          context,
          async (_, theirs) => {
            equal(theirs.peerCertificate?.id, identity.id, "the client's certificate");
            ok(VerifiedPath.is(theirs.verifiedPath), "the proof");
            equal(theirs.verifiedPath.chain.length, 3, "leaf, intermediate, anchor");
          },
          { server, client },
        );
      }
    },
  },
  {
    id: "client-intermediates-are-no-anchors",
    name: "clientIntermediates vouch for nothing themselves",
    needs,
    async run(context) {
      const identity = await (await strangerCa()).issueWith({ names: ["client@example.org"], profile: "client" });
      const clientIntermediates = [(await strangerCa()).certificate];
      await serverRefuses(context, identity, ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"], { clientIntermediates });
    },
  },
  {
    id: "client-intermediates-are-ours-alone",
    name: "the runtime is not given clientIntermediates: a client that sends none is refused by it",
    needs,
    async run(context) {
      const complete = await clientBelow();
      const identity = PrivateCertificate.from(complete, complete.keyPair);
      const clientIntermediates = [(await intermediateCa()).certificate];
      await serverRefuses(context, identity, "RUNTIME_REFUSED", { clientIntermediates });
    },
  },
  {
    id: "client-intermediates-mistakes",
    name: "clientIntermediates are refused where nobody is verified by them",
    async run({ transport }) {
      const clientIntermediates = [(await intermediateCa()).certificate];
      const listening = async (): Promise<unknown> =>
        transport.listen({
          host: "127.0.0.1",
          port: 0,
          tls: await serverTls(await goodServer(), { clientIntermediates } as Partial<CertificateOptionsInit>),
        });
      await rejects(listening(), "OPTION_CONFLICT", "a server that asks for no certificate");
      const asking = async (): Promise<unknown> =>
        optionsForClientTLS("localhost", { clientIntermediates } as unknown as ClientTLSExtra);
      await rejects(asking(), "OPTION_CONFLICT", "a client");
    },
  },
];
