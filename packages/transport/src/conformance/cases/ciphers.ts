// Cipher suites that options choose, seen on the wire: in what a client offers, or in what comes out of it.

import { AcceptableCiphers, cipherByName, DiffieHellmanParameters } from "@tlskit/options";
import { agreed, disagree, rsaServer, tls12, tls13 } from "../agreement.ts";
import { equal, rejects } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { clientTls, serverTls } from "../talk.ts";

export const cipherCases: readonly ConformanceCase[] = [
  {
    id: "ciphers-chosen-by-the-client",
    name: "a client offers the suites of TLS 1.2 that it accepts, in its order, and no other (OPT-27)",
    needs: ["ciphers-tls1.2"],
    async run(context) {
      const names = ["ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"];
      const acceptableCiphers = AcceptableCiphers.fromNames(names);
      const client = { ...tls12, acceptableCiphers };
      const { cipherSuites } = await clientHello(context, await clientTls("localhost", client));
      const signalling = [0x00ff, 0x5600];
      const offered = cipherSuites.filter((id) => !signalling.includes(id));
      equal(
        offered,
        names.map((name) => cipherByName(name)?.id),
        "the suites offered",
      );
      equal((await agreed(context, {}, client)).cipher, acceptableCiphers.ciphers[0]?.ianaName, "the suite");
    },
  },
  {
    id: "ciphers-chosen-by-the-server",
    name: "a server's selection decides, and its order, too (OPT-13, OPT-27)",
    needs: ["ciphers-tls1.2"],
    async run(context) {
      const acceptableCiphers = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
      const other = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
      for (const [server, client, name] of [
        [acceptableCiphers, other, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
        [other, acceptableCiphers, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
      ] as const) {
        const { cipher } = await agreed(
          context,
          { ...tls12, acceptableCiphers: server },
          { ...tls12, acceptableCiphers: client },
        );
        equal(cipher, name, "the suite");
      }
    },
  },
  {
    id: "ciphers-none-in-common",
    name: "without a suite in common, both sides say so",
    needs: ["ciphers-tls1.2"],
    run: (context) =>
      disagree(
        context,
        { ...tls12, acceptableCiphers: "ECDHE-ECDSA-AES256-GCM-SHA384" },
        { ...tls12, acceptableCiphers: "ECDHE-ECDSA-AES128-GCM-SHA256" },
      ),
  },
  {
    id: "ciphers-none-available",
    name: "suites of which the runtime has none are refused before anything listens or connects (OPT-28)",
    async run(context) {
      const options = { ...tls12, acceptableCiphers: AcceptableCiphers.fromNames(["ECDHE-ECDSA-RC4-SHA"]) };
      const listening = context.transport.listen({
        host: "127.0.0.1",
        port: 0,
        tls: await serverTls(undefined, options),
      });
      await rejects(listening, "OPTION_UNSUPPORTED", "a server");
      const tls = await clientTls("localhost", options);
      await rejects(
        context.transport.connect({ host: "127.0.0.1", port: 1 }, { tls }),
        "OPTION_UNSUPPORTED",
        "a client",
      );
    },
  },
  {
    id: "ciphers-default",
    name: "by default a client offers AEAD suites with forward secrecy, and no other (OPT-26)",
    async run(context) {
      const { cipherSuites } = await clientHello(context, await clientTls());
      const expected = Array.from(AcceptableCiphers.mozilla("intermediate"), ({ id }) => id);
      const unexpected = cipherSuites.filter((id) => id !== 0x00ff && !expected.includes(id));
      equal(unexpected, [], "other suites");
    },
  },
  {
    id: "ciphers-of-tls13",
    name: "suites of TLS 1.3 can be chosen, on either side",
    needs: ["ciphers-tls1.3"],
    async run(context) {
      const choice = { ...tls13, acceptableCiphers: AcceptableCiphers.fromNames(["TLS_CHACHA20_POLY1305_SHA256"]) };
      equal((await agreed(context, choice, {})).cipher, "TLS_CHACHA20_POLY1305_SHA256", "the server's");
      equal((await agreed(context, {}, choice)).cipher, "TLS_CHACHA20_POLY1305_SHA256", "the client's");
      const ccm = AcceptableCiphers.fromNames(["TLS_AES_128_CCM_SHA256"]);
      const both = { ...tls13, acceptableCiphers: ccm };
      equal((await agreed(context, both, both)).cipher, "TLS_AES_128_CCM_SHA256", "the one that is off by default");
    },
  },
  {
    id: "cipher-security-level",
    name: "a security level above what a key can give refuses that key",
    needs: ["ciphers-tls1.2", "cipher-security-level"],
    async run(context) {
      const listen = async (level: number) =>
        context.transport.listen({
          host: "127.0.0.1",
          port: 0,
          tls: await serverTls(await rsaServer(), { acceptableCiphers: `ECDHE+AESGCM:@SECLEVEL=${level}` }),
        });
      // 2048 bits of RSA are 112 of security, which is level 2.
      await rejects(listen(3), "RUNTIME_REFUSED_OPTIONS", "level 3");
      const listener = await listen(2);
      await listener.close({ timeoutMs: 0 });
    },
  },
  {
    id: "dh-parameters",
    name: "a server with Diffie-Hellman parameters has DHE suites, and none without (OPT-33)",
    needs: ["dh-parameters"],
    async run(context) {
      const identity = await rsaServer();
      const acceptableCiphers = "DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";
      const client = { ...tls12, acceptableCiphers };
      const dhParameters = DiffieHellmanParameters.named("ffdhe2048");
      const { cipher } = await agreed(context, { ...tls12, identity, acceptableCiphers, dhParameters }, client);
      equal(cipher, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "the suite");
      const without = await agreed(context, { ...tls12, identity, acceptableCiphers }, client);
      equal(without.cipher, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "the suite without parameters");
    },
  },
];
