// Every server against every client, in every situation.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type CaseResult, runCase } from "@tlskit/cases";
import type { Files } from "./identities.ts";
import type { ClientPeer, RunningServer, ServerPeer, Sight } from "./peer.ts";
import { clientRefusals, serverGaps, serverRefusals } from "./refusals.ts";
import type { Scenario } from "./scenario.ts";
import { within } from "./within.ts";

/** A case, and whose it is. */
export interface MatrixCase extends CaseResult {
  readonly server: string;
  readonly client: string;
  readonly scenario: string;
}

/** Tries one situation with one pair. */
export async function tryPair(
  server: ServerPeer,
  client: ClientPeer,
  scenario: Scenario,
  files: Files,
): Promise<MatrixCase> {
  const expected = expectation(server.name, client.name, scenario);
  const id = `${server.name}/${client.name}/${scenario.name}`;
  const result = await runCase(id, expected, () => meet(server, client, scenario, files));
  return { ...result, server: server.name, client: client.name, scenario: scenario.name };
}

function expectation(server: string, client: string, { name, refuses, expected }: Scenario): string {
  const gap = serverGaps[server]?.[name];
  if (gap !== undefined) return `the server cannot: ${gap}`;
  if (refuses === "client") return `the client refuses: ${(clientRefusals[client] ?? clientRefusals.tlskit)?.[name]}`;
  if (refuses === "server") return `the server refuses: ${serverRefusals[server] ?? serverRefusals.tlskit}`;
  return expected;
}

async function meet(server: ServerPeer, client: ClientPeer, scenario: Scenario, files: Files): Promise<string> {
  const { root, servers, bodies } = files;
  let running: RunningServer;
  try {
    running = await within(
      server.start({ identity: servers.good, startTls: false, ...scenario.server(files) }),
      "the server starting",
    );
  } catch (error) {
    return `the server cannot: ${error instanceof Error ? error.message : error}`;
  }
  try {
    const { port } = running;
    const setup = {
      port,
      name: "localhost",
      trust: root,
      startTls: false,
      body: bodies.small,
      ...scenario.client(files),
    };
    const saw = await within(client.connect(setup), "the client");
    if (scenario.refuses === "client")
      return `the client ${saw.refused === undefined ? "is content" : `refuses: ${saw.refused}`}`;
    const served = await within(running.sight(), "what the server saw");
    if (scenario.refuses === "server") return refusedByServer(saw, served);
    if (saw.refused !== undefined) return `the client: ${saw.refused}; the server: ${served.refused ?? "nothing"}`;
    const damage = setup.startTls ? undefined : await damageTo(setup.body, saw, served);
    return damage ?? scenario.facts({ client: saw, server: served });
  } finally {
    await running.close();
  }
}

/** In TLS 1.3 a client is done before it is judged: what counts is that it got nothing. */
function refusedByServer(client: Sight, server: Sight): string {
  if (client.refused === undefined) return "the client was served";
  return server.refused === undefined ? "the server is content" : `the server refuses: ${server.refused}`;
}

/** The body must have come to the server, and back, as it is. */
async function damageTo(path: string, client: Sight, server: Sight): Promise<string | undefined> {
  const sent = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  if (server.sha256 !== sent) return "the server received something else";
  return client.sha256 === sent ? undefined : "something else came back";
}
