// The judge of the matrix must be able to say no; and a few pairs of real runtimes, in every run.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Files, makeFiles } from "../src/identities.ts";
import { tryPair } from "../src/matrix.ts";
import type { ClientPeer, ServerPeer, Sight } from "../src/peer.ts";
import { clients, servers, stopPeers } from "../src/peers/index.ts";
import { scenarios } from "../src/scenario.ts";

let files: Files;

beforeAll(async () => {
  files = await makeFiles();
});

afterAll(async () => {
  await stopPeers();
  await files.remove();
});

function scenario(name: string) {
  const found = scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

describe("the judge", () => {
  const hash = (): string => createHash("sha256").update(readFileSync(files.bodies.small)).digest("hex");
  const serverThatSaw = (sight: () => Sight): ServerPeer => ({
    name: "node",
    start: async () => ({ port: 1, sight: async () => sight(), close: async () => {} }),
  });
  const clientThatSaw = (sight: () => Sight): ClientPeer => ({ name: "node", connect: async () => sight() });
  const good = (): Sight => ({ version: "TLSv1.3", sha256: hash() });

  test.each<[what: string, scenario: string, server: () => Sight, client: () => Sight, actual: string | true]>([
    ["takes what is right", "tls", good, good, true],
    ["sees another version", "tls12-only", good, good, "TLSv1.3"],
    [
      "sees damage on the way there",
      "tls",
      () => ({ ...good(), sha256: "00" }),
      good,
      "the server received something else",
    ],
    ["sees damage on the way back", "tls", good, () => ({ ...good(), sha256: "00" }), "something else came back"],
    ["sees a client that takes an expired certificate", "expired", good, good, "the client is content"],
    [
      "sees a refusal for another reason",
      "expired",
      good,
      () => ({ refused: "NAME_MISMATCH" }),
      "the client refuses: NAME_MISMATCH",
    ],
    ["sees a server that takes any client", "wrong-client-ca", good, () => ({ refused: "x" }), "the server is content"],
    [
      "sees a refused client that was served",
      "wrong-client-ca",
      () => ({ refused: "UNKNOWN_ISSUER" }),
      good,
      "the client was served",
    ],
    ["sees a client of no name", "mtls", good, good, "TLSv1.3, the client is undefined"],
    ["sees a missing application protocol", "alpn", good, good, "TLSv1.3, undefined"],
  ])("%s", async (_, name, server, client, actual) => {
    const result = await tryPair(serverThatSaw(server), clientThatSaw(client), scenario(name), files);
    expect(result.ok ? true : result.actual).toBe(actual);
    expect(result).toMatchObject({ id: `node/node/${name}`, server: "node", client: "node", scenario: name });
  });
});

describe("real runtimes", () => {
  const peer = <T extends { readonly name: string }>(all: readonly T[], name: string): T => {
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no peer ${name}`);
    return found;
  };

  test.each([
    ["node", "bun"],
    ["bun", "node"],
  ])("%s serves %s", async (server, client) => {
    for (const name of ["mtls", "starttls", "expired", "wrong-client-ca"]) {
      const result = await tryPair(peer(servers, server), peer(clients, client), scenario(name), files);
      expect(result).toMatchObject({ ok: true, reason: "" });
    }
  });
});
