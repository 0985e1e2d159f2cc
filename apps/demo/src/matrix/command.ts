import { parseArgs } from "node:util";
import { identitiesToJson } from "../lab/identities.ts";
import { createPki } from "../lab/pki.ts";
import { isInstalled, type Runtime, runtimes } from "../peers/runtimes.ts";
import { columns, columnWidths, paint } from "../print.ts";
import { type Answer, PeerProcess } from "./peer-process.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

/** One cell: a server, a client, a scenario. */
interface Cell {
  readonly server: Runtime;
  readonly client: Runtime;
  readonly scenario: Scenario;
  readonly actual: string;
  readonly reason: string | null;
  readonly negotiated: Answer["negotiated"];
  readonly ok: boolean;
  readonly ms: number;
}

/** `demo matrix`: every runtime as the server of every runtime, each with tlskit. */
export async function matrixCommand(args: string[]): Promise<number> {
  const { json } = parseArgs({ args, options: { json: { type: "boolean", default: false } } }).values;
  const say = json ? console.error : console.log;
  const identities = await identitiesToJson(await createPki());
  const servers = runtimes.filter(isInstalled).map((runtime) => new PeerProcess(runtime));
  const clients = runtimes.filter(isInstalled).map((runtime) => new PeerProcess(runtime));
  try {
    const versions = await Promise.all(servers.map((peer) => peer.start(identities)));
    await Promise.all(clients.map((peer) => peer.start(identities)));
    for (const [i, { runtime }] of servers.entries())
      say(`${runtime.title} ${versions[i]?.version ?? "does not start"}`);
    const cells = await all(servers, clients);
    show(cells, say);
    return finish(cells, json, say);
  } finally {
    for (const peer of [...servers, ...clients]) peer.end();
  }
}

async function all(servers: readonly PeerProcess[], clients: readonly PeerProcess[]): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    for (const server of servers) {
      const serving = await server.order({ order: "serve", scenario });
      for (const client of clients) cells.push(await cell(server, client, scenario, serving));
      await server.order({ order: "close" });
    }
  }
  return cells;
}

async function cell(
  server: PeerProcess,
  client: PeerProcess,
  scenario: Scenario,
  { port, code, message }: Answer,
): Promise<Cell> {
  const start = performance.now();
  const answer: Answer =
    port === undefined
      ? { code: "NOT_SERVED", message: `${code ?? ""} ${message ?? ""}`.trim() }
      : await client.order({ order: "connect", scenario, port });
  const { code: actual = "UNEXPECTED", message: reason = null, negotiated } = answer;
  const ms = Math.round(performance.now() - start);
  const ok = actual === scenario.expected;
  return { server: server.runtime, client: client.runtime, scenario, actual, reason, negotiated, ok, ms };
}

function show(cells: readonly Cell[], say: (text: string) => void): void {
  const pairs = [...new Map(cells.map((one) => [pairOf(one), one])).keys()];
  const rows = scenarios.map(({ id, title }) => [
    title,
    ...pairs.map((pair) => {
      const found = cells.find((one) => one.scenario.id === id && pairOf(one) === pair);
      return found === undefined ? "–" : found.ok ? "✓" : "✗";
    }),
  ]);
  const header = ["server ← client", ...pairs];
  const widths = columnWidths([header, ...rows]);
  say("");
  say(columns(header, widths, (text) => paint("dim", text)));
  for (const row of rows) {
    say(columns(row, widths, (text) => (text.trim() === "✓" ? paint("green", text) : paintBad(text))));
  }
  for (const { scenario, actual, reason, ok, ...one } of cells) {
    if (!ok) say(`${pairOf(one)}, ${scenario.title}: expected ${scenario.expected}, got ${actual}: ${reason ?? ""}`);
  }
  say("");
}

function paintBad(text: string): string {
  return text.trim() === "✗" ? paint("red", text) : text;
}

function pairOf({ server, client }: Pick<Cell, "server" | "client">): string {
  return `${server.title} ← ${client.title}`;
}

function finish(cells: readonly Cell[], json: boolean, say: (text: string) => void): number {
  const passed = cells.filter(({ ok }) => ok).length;
  const failed = cells.length - passed;
  if (json) {
    const cases = cells.map(({ server, client, scenario, actual, reason, ok, ms }) => ({
      id: `${server.id}/${client.id}/${scenario.id}`,
      server: server.id,
      client: client.id,
      scenario: scenario.id,
      ok,
      expected: scenario.expected,
      actual,
      reason,
      ms,
    }));
    console.log(JSON.stringify({ passed, failed, skipped: 0, cases }, null, 2));
  }
  say(`${passed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
