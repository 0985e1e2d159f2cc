// `pnpm real-servers [--json] [--runtime node|bun|deno]…`: STARTTLS with PostgreSQL and Exim, and with somebody in between.

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { type CaseResult, jsonReport, textReport } from "@tlskit/cases";
import { makeFiles } from "../identities.ts";
import { runtimePeers, stopPeers } from "../peers/index.ts";
import { realServerCases } from "./cases.ts";
import { startExim } from "./exim.ts";
import { postgresUser, startPostgresql } from "./postgresql.ts";

const usage = `usage: pnpm real-servers [--json] [--runtime ${runtimePeers.map(({ name }) => name).join("|")}]…

Needs Debian's packages postgresql and exim4-daemon-light, and root for the latter.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = { json: { type: "boolean", default: false }, runtime: { type: "string", multiple: true } } as const;
  const { values } = parseArgs({ options });
  const wanted = values.runtime ?? runtimePeers.map(({ name }) => name);
  const peers = runtimePeers.filter(({ name }) => wanted.includes(name));
  if (peers.length !== wanted.length) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const cases = await run(peers);
  process.stdout.write(`${(values.json ? jsonReport : textReport)(cases)}\n`);
  return cases.every(({ ok }) => ok) ? 0 : 1;
}

async function run(peers: typeof runtimePeers): Promise<CaseResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-servers-"));
  // The servers run as users of their own.
  await chmod(folder, 0o755);
  const files = await makeFiles({ client: postgresUser, mode: 0o755 });
  const running: { stop(): Promise<void> }[] = [];
  try {
    const postgresql = await startPostgresql(folder, files.servers.good, files.root);
    running.push(postgresql);
    const exim = await startExim(folder, files.servers.good, files.root);
    running.push(exim);
    const cases: CaseResult[] = [];
    for (const peer of peers) cases.push(...(await realServerCases(peer, { files, postgresql, exim })));
    return cases;
  } finally {
    await stopPeers();
    await Promise.all(running.map((server) => server.stop()));
    await files.remove();
    await rm(folder, { recursive: true });
  }
}
