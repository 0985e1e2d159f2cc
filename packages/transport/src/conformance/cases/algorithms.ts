// The algorithms that options choose: ciphers, groups, signatures, Diffie-Hellman parameters. Each choice is seen on the
// wire: in what the client offers, or in what comes out of it.

import {
  AcceptableCiphers,
  type CapabilityName,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  capabilityState,
  cipherByName,
  DEFAULT_GROUPS,
  DiffieHellmanParameters,
  GROUPS,
  type KeyExchangeGroup,
  SCHEMES,
  type SignatureScheme,
} from "@tlskit/options";
import { KeyPair } from "@tlskit/x509";
import { equal, hasCode, ok, rejects } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { HelloExtension } from "../client-hello.ts";
import { issued, once, rootCa } from "../pki.ts";
import { clientTls, echo, expectEcho, serverTls, withPair, withServer } from "../talk.ts";

const tls12 = { raiseMinimumTo: "TLSv1.2", lowerMaximumSecurityTo: "TLSv1.2" } as const;
const tls13 = { raiseMinimumTo: "TLSv1.3" } as const;

/** A server with an RSA key: with it there are several ways to sign, and DHE suites. */
const rsaServer = once(async () =>
  issued({ names: ["localhost", "127.0.0.1"], keyPair: await KeyPair.generate({ type: "rsa", bits: 2048 }) }),
);

type Server = Partial<CertificateOptionsInit>;

/** What two sides agree on. */
async function agreed(
  context: ConformanceContext,
  server: Server,
  client: ClientTLSExtra,
): Promise<{ readonly version: string; readonly cipher: string; readonly group?: string }> {
  let negotiated: { readonly version: string; readonly cipher: string; readonly group?: string } | undefined;
  const identity = server.identity;
  const sides = { server: await serverTls(identity, server), client: await clientTls("localhost", client) };
  await withPair(
    context,
    async (one, other) => {
      const echoing = echo(other);
      await expectEcho(one);
      negotiated = one.negotiated;
      equal(other.negotiated.cipher, one.negotiated.cipher, "the suite, for the server");
      await one.closeWrite();
      await echoing;
    },
    sides,
  );
  ok(negotiated !== undefined, "a connection");
  return negotiated;
}

/** Two sides that have nothing in common; both say so. */
async function disagree(context: ConformanceContext, server: Server, client: ClientTLSExtra): Promise<void> {
  await withServer(context, await serverTls(server.identity, server), async ({ port, nextError }) => {
    const tls = await clientTls("localhost", client);
    const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
    await rejects(attempt, ["NO_COMMON_PARAMETERS", "HANDSHAKE_ALERT", "HANDSHAKE_FAILED"], "the client");
    hasCode(await nextError(), ["NO_COMMON_PARAMETERS", "HANDSHAKE_FAILED", "CONNECTION_RESET"], "the server");
  });
}

/** The numbers in an extension that is a list of them. */
function numbers(contents: Uint8Array | undefined): number[] {
  const found: number[] = [];
  for (let at = 2; contents !== undefined && at + 1 < contents.length; at += 2) {
    found.push(((contents[at] ?? 0) << 8) | (contents[at + 1] ?? 0));
  }
  return found;
}

/** The groups that a client sends a key share for. */
function keyShares(contents: Uint8Array | undefined): number[] {
  const found: number[] = [];
  for (let at = 2; contents !== undefined && at + 3 < contents.length; ) {
    found.push(((contents[at] ?? 0) << 8) | (contents[at + 1] ?? 0));
    at += 4 + (((contents[at + 2] ?? 0) << 8) | (contents[at + 3] ?? 0));
  }
  return found;
}

/** A group that both sides insist on. */
function onlyGroup(name: KeyExchangeGroup): ConformanceCase {
  const { capability } = GROUPS[name];
  const needs: CapabilityName[] = capability === "groups" ? ["groups"] : ["groups", capability];
  return {
    id: `group-${name.toLowerCase()}`,
    name: `keys are exchanged by ${name} where it is the only group (OPT-34, OPT-35)`,
    needs,
    async run(context) {
      const choice = { ...tls13, groups: [name] } as const;
      const { group = name } = await agreed(context, choice, choice);
      equal(group, name, "the group");
      const { extensions } = await clientHello(context, await clientTls("localhost", choice));
      equal(numbers(extensions.get(HelloExtension.supportedGroups)), [GROUPS[name].id], "the groups offered");
    },
  };
}

/** A scheme that not every runtime has. */
function offersScheme(name: SignatureScheme, capability: CapabilityName): ConformanceCase {
  return {
    id: `signature-scheme-${name.replaceAll("_", "-")}`,
    name: `a client can accept signatures by ${name}`,
    needs: ["client-signature-algorithms", capability],
    async run(context) {
      const signatureAlgorithms = [name, "ecdsa_secp256r1_sha256"] as const;
      const { extensions } = await clientHello(context, await clientTls("localhost", { signatureAlgorithms }));
      const offered = numbers(extensions.get(HelloExtension.signatureAlgorithms));
      equal(offered, [SCHEMES[name].id, SCHEMES.ecdsa_secp256r1_sha256.id], "the schemes offered");
    },
  };
}

export const algorithmCases: readonly ConformanceCase[] = [
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
      const options = { ...tls12, acceptableCiphers: AcceptableCiphers.fromNames(["RC4-SHA"]) };
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
  ...(["X25519", "P-256", "P-384", "P-521", "X448", "X25519MLKEM768"] as const).map(onlyGroup),
  ...(["SecP256r1MLKEM768", "SecP384r1MLKEM1024", "ffdhe2048"] as const).map(onlyGroup),
  {
    id: "groups-in-order",
    name: "groups are offered in the order given (OPT-34)",
    needs: ["groups"],
    async run(context) {
      const groups = ["P-384", "X25519", "P-256"] as const;
      const { extensions } = await clientHello(context, await clientTls("localhost", { groups }));
      const offered = numbers(extensions.get(HelloExtension.supportedGroups));
      equal(
        offered,
        groups.map((name) => GROUPS[name].id),
        "the groups offered",
      );
    },
  },
  {
    id: "groups-none-in-common",
    name: "without a group in common, both sides say so",
    needs: ["groups"],
    run: (context) => disagree(context, { groups: ["P-384"] }, { groups: ["X25519"] }),
  },
  {
    id: "groups-default",
    name: "by default keys resist quantum computers where the runtime can, and older servers need no second hello",
    async run(context) {
      const { capabilities } = context;
      const { extensions } = await clientHello(context, await clientTls());
      const offered = numbers(extensions.get(HelloExtension.supportedGroups));
      const shares = keyShares(extensions.get(HelloExtension.keyShare));
      if (capabilityState(capabilities, "groups") !== true) {
        // The runtime's own selection.
        ok(shares.includes(GROUPS.X25519.id), "a share for what every server has");
        const hybrid = capabilityState(capabilities, GROUPS.X25519MLKEM768.capability) === true;
        equal(offered.includes(GROUPS.X25519MLKEM768.id), hybrid, "X25519MLKEM768 is offered");
        return;
      }
      const expected = DEFAULT_GROUPS.filter(
        (name) => capabilityState(capabilities, GROUPS[name].capability) === true,
      ).map((name) => GROUPS[name].id);
      equal(offered, expected, "the groups offered");
      equal(shares, expected.slice(0, expected.includes(GROUPS.X25519MLKEM768.id) ? 2 : 1), "the key shares");
    },
  },
  {
    id: "groups-of-certificates",
    name: "in TLS 1.2 a certificate's curve must be among the groups: those that identities can have are, by default",
    needs: ["tls1.2", "identity-ecdsa-p521", "server-client-auth-require", "client-identity"],
    async run(context) {
      const keyPair = await KeyPair.generate({ type: "ecdsa", curve: "P-521" });
      const server = await issued({ names: ["localhost", "127.0.0.1"], keyPair });
      await agreed(context, { ...tls12, identity: server }, {});
      const trustRoot = (await rootCa()).certificate;
      const client = await issued({ names: ["client@example.org"], profile: "client", keyPair });
      await agreed(context, { ...tls12, trustRoot }, { identity: client });
    },
  },
  {
    id: "signature-algorithms-of-the-client",
    name: "a client offers the signature schemes that it accepts, in its order, and no other",
    needs: ["client-signature-algorithms"],
    async run(context) {
      const signatureAlgorithms = ["ecdsa_secp384r1_sha384", "ecdsa_secp256r1_sha256"] as const;
      const client = { signatureAlgorithms };
      const { extensions } = await clientHello(context, await clientTls("localhost", client));
      const offered = numbers(extensions.get(HelloExtension.signatureAlgorithms));
      equal(
        offered,
        signatureAlgorithms.map((name) => SCHEMES[name].id),
        "the schemes offered",
      );
      await agreed(context, {}, client);
      await disagree(context, {}, { signatureAlgorithms: ["ed25519"] });
    },
  },
  offersScheme("rsa_pss_pss_sha256", "signature-rsa-pss-pss"),
  offersScheme("ed448", "signature-ed448"),
  offersScheme("mldsa44", "signature-ml-dsa"),
  {
    id: "signature-algorithms-of-the-server",
    name: "a server signs with the schemes that it is given, and with no other",
    needs: ["server-signature-algorithms", "client-signature-algorithms"],
    async run(context) {
      const identity = await rsaServer();
      const server = { identity, signatureAlgorithms: ["rsa_pss_rsae_sha384"] } as const;
      await agreed(context, server, {});
      // The certificate is signed with ECDSA; that must be allowed for the rest to be what is judged.
      const client = ["rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256"] as const;
      await disagree(context, server, { signatureAlgorithms: client });
      await agreed(context, { identity }, { signatureAlgorithms: client });
    },
  },
  {
    id: "signature-algorithms-default",
    name: "by default nothing is signed with SHA-1 (RFC 9155)",
    async run(context) {
      const { extensions } = await clientHello(context, await clientTls());
      const known = new Set(Object.values(SCHEMES).map(({ id }) => id));
      const others = numbers(extensions.get(HelloExtension.signatureAlgorithms)).filter((id) => !known.has(id));
      equal(others, [], "schemes of another kind");
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
