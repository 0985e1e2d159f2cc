// Connections that must come about, and what they tell.

import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { VerifiedPath } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
import { currentRuntime } from "../../node-tls/runtime.ts";
import { equal, ok } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodClient, goodServer, intermediateCa, issued, rootCa } from "../pki.ts";
import { clientTls, echo, expectEcho, serverTls, withPair, withServer } from "../talk.ts";

/** A verified connection with this identity, and bytes both ways. */
async function connects(context: ConformanceContext, identity: PrivateCertificate, name = "localhost"): Promise<void> {
  const options = { server: await serverTls(identity), client: await clientTls(name) };
  await withPair(
    context,
    async (client, server) => {
      const echoing = echo(server);
      await expectEcho(client);
      ok(VerifiedPath.is(client.verifiedPath), "a client has the proof of verification");
      equal(client.peerCertificate?.id, identity.id, "the server's certificate");
      await client.closeWrite();
      await echoing;
    },
    options,
  );
}

export const handshakeCases: readonly ConformanceCase[] = [
  {
    id: "runtime-is-the-one-claimed",
    name: "the runtime is the one that the results are for",
    run: async ({ runtime }) => equal(currentRuntime(), runtime, "the runtime"),
  },
  {
    id: "good-name",
    name: "a server with the right name connects (TRN-09, TRN-11)",
    run: async (context) => connects(context, await goodServer()),
  },
  {
    id: "good-ip-address",
    name: "an IP address in the certificate is matched against the address",
    run: async (context) => connects(context, await goodServer(), "127.0.0.1"),
  },
  {
    id: "good-wildcard",
    name: "a wildcard stands for the left-most label",
    run: async (context) => connects(context, await issued({ names: ["*.example.org"] }), "www.example.org"),
  },
  {
    id: "good-international-name",
    name: "an international name is matched in its ASCII form",
    run: async (context) => connects(context, await issued({ names: ["xn--bcher-kva.example"] }), "Bücher.example"),
  },
  {
    id: "good-trailing-dot",
    name: "a trailing dot of the host name makes no difference",
    run: async (context) => connects(context, await goodServer(), "localhost."),
  },
  {
    id: "good-intermediate",
    name: "intermediates that the server sends complete the path",
    run: async (context) => connects(context, await (await intermediateCa()).issue("localhost")),
  },
  {
    id: "good-two-intermediates",
    name: "a path may have several intermediates",
    async run(context) {
      const outer = await (await rootCa()).createIntermediate({ name: "outer", pathLength: 1 });
      const inner = await outer.createIntermediate({ name: "inner" });
      await withPair(context, async (client) => equal(client.verifiedPath?.chain.length, 4, "the path's length"), {
        server: await serverTls(await inner.issue("localhost")),
      });
    },
  },
  {
    id: "good-rsa",
    name: "an RSA server connects",
    needs: ["identity-rsa"],
    run: async (context) => connects(context, await issued({ names: ["localhost"], key: { type: "rsa", bits: 2048 } })),
  },
  {
    id: "good-p384",
    name: "a P-384 server connects",
    needs: ["identity-ecdsa-p384"],
    run: async (context) =>
      connects(context, await issued({ names: ["localhost"], key: { type: "ecdsa", curve: "P-384" } })),
  },
  {
    id: "good-p521",
    name: "a P-521 server connects",
    needs: ["identity-ecdsa-p521"],
    run: async (context) =>
      connects(context, await issued({ names: ["localhost"], key: { type: "ecdsa", curve: "P-521" } })),
  },
  {
    id: "good-ed25519",
    name: "an Ed25519 server connects",
    needs: ["identity-ed25519"],
    run: async (context) => connects(context, await issued({ names: ["localhost"], key: { type: "ed25519" } })),
  },
  {
    id: "good-ed448",
    name: "an Ed448 server connects",
    needs: ["identity-ed448"],
    run: async (context) => connects(context, await issued({ names: ["localhost"], key: { type: "ed448" } })),
  },
  {
    id: "good-ml-dsa",
    name: "an ML-DSA server connects",
    needs: ["identity-ml-dsa"],
    run: async (context) => connects(context, await issued({ names: ["localhost"], key: { type: "ml-dsa-44" } })),
  },
  {
    id: "anchor-is-an-intermediate",
    name: "whoever is listed as trusted is an anchor, self-signed or not",
    async run(context) {
      const intermediate = await intermediateCa();
      const client = optionsForClientTLS("localhost", { trustRoot: intermediate.certificate });
      const server = await serverTls(await intermediate.issue("localhost"));
      await withPair(
        context,
        async ({ verifiedPath }) =>
          equal(verifiedPath?.anchor.certificate.id, intermediate.certificate.id, "the anchor"),
        { server, client },
      );
    },
  },
  {
    id: "anchor-is-the-leaf",
    name: "a self-signed certificate that is listed as trusted is trusted (TRU-05, OPT-11)",
    async run(context) {
      const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"] });
      const client = optionsForClientTLS("localhost", { trustRoot: identity });
      await withPair(context, async ({ verifiedPath }) => equal(verifiedPath?.chain.length, 1, "the path's length"), {
        server: await serverTls(identity),
        client,
      });
    },
  },
  {
    id: "name-is-not-the-address",
    name: "the name to verify may differ from the address that is dialled",
    run: async (context) => connects(context, await issued({ names: ["elsewhere.example"] }), "elsewhere.example"),
  },
  {
    id: "options-without-a-name",
    name: "CertificateOptions are for the host that is dialled",
    async run(context) {
      const tls = new CertificateOptions({ trustRoot: (await rootCa()).certificate });
      await withServer(context, await serverTls(), async ({ listener, port }) => {
        const accepted = listener.accept();
        const client = await context.transport.connect(`127.0.0.1:${port}`, { tls });
        equal(client.verifiedPath?.name?.reference.value, "127.0.0.1", "the verified name");
        (await accepted).abort();
        client.abort();
      });
    },
  },
  {
    id: "connection-tells-what-was-agreed",
    name: "version, cipher, addresses, certificates and roles are those of the connection (TRN-08)",
    async run(context) {
      const identity = await (await intermediateCa()).issue("localhost");
      await withPair(
        context,
        async (client, server) => {
          equal([client.role, server.role], ["client", "server"], "the roles");
          equal(client.negotiated.version, "TLSv1.3", "the version");
          equal(server.negotiated.version, "TLSv1.3", "the version, for the server");
          equal(client.negotiated.cipher, server.negotiated.cipher, "the cipher suite");
          ok(client.negotiated.cipher.startsWith("TLS_"), "the cipher suite has its IANA name");
          equal(client.negotiated.resumed, false, "resumed");
          equal(client.remoteAddress?.port, server.localAddress?.port, "the server's port");
          equal(client.localAddress?.port, server.remoteAddress?.port, "the client's port");
          equal(client.remoteAddress?.host, "127.0.0.1", "the server's address");
          equal(server.localCertificate?.id, identity.id, "the server's own certificate");
          equal(server.peerCertificate, undefined, "a client that was not asked shows nothing");
          equal(server.verifiedPath, undefined, "nothing was verified");
          equal([client.encrypted, server.encrypted], [true, true], "encrypted");
          equal((await client.opened).remoteAddress, client.remoteAddress, "opened tells the address");
        },
        { server: await serverTls(identity) },
      );
    },
  },
  {
    id: "peer-chain-as-presented",
    name: "the peer's chain holds what the peer sent, in its order",
    needs: ["client-peer-chain"],
    async run(context) {
      const identity = await (await intermediateCa()).issue("localhost");
      await withPair(
        context,
        async ({ peerChain }) => {
          const expected = [identity, ...identity.chain].map(({ id }) => id);
          equal(
            peerChain.map(({ id }) => id),
            expected,
            "the chain",
          );
        },
        { server: await serverTls(identity) },
      );
    },
  },
  {
    id: "skipped-verification-shows",
    name: "OPT-06: dangerouslySkipVerification connects to anyone; the connection has no proof, and says so",
    needs: ["client-skip-verification"],
    async run(context) {
      const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["nobody.example"] });
      const client = optionsForClientTLS("localhost", { dangerouslySkipVerification: true });
      await withPair(
        context,
        async ({ verifiedPath, peerCertificate, dangerouslyUnverified }, server) => {
          equal(verifiedPath, undefined, "the proof");
          equal([dangerouslyUnverified, server.dangerouslyUnverified], [true, false], "the trace, on either side");
          equal(peerCertificate?.id, identity.id, "the certificate can be looked at");
        },
        { server: await serverTls(identity), client },
      );
    },
  },
  {
    id: "client-shows-nothing-unasked",
    name: "a client's identity stays at home if the server does not ask for it",
    async run(context) {
      const client = await clientTls("localhost", { identity: await goodClient() });
      await withPair(context, async (_, server) => equal(server.peerChain.length, 0, "what the server got"), {
        client,
      });
    },
  },
];
