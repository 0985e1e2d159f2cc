// Groups that options choose for key exchange, seen on the wire.

import { type CapabilityName, capabilityState, DEFAULT_GROUPS, GROUPS, type KeyExchangeGroup } from "@tlskit/options";
import { KeyPair } from "@tlskit/x509";
import { agreed, disagree, numbers, tls12, tls13 } from "../agreement.ts";
import { equal, ok } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { HelloExtension } from "../client-hello.ts";
import { issued, rootCa } from "../pki.ts";
import { clientTls } from "../talk.ts";

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

export const groupCases: readonly ConformanceCase[] = [
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
];
