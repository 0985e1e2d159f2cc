// `pnpm matrix [--json] [--server NAME]… [--client NAME]… [--scenario NAME]…`: every server against every client.

import process from "node:process";
import { parseArgs } from "node:util";
import { jsonReport, textReport } from "@tlskit/cases";
import { makeFiles } from "./identities.ts";
import { type MatrixCase, tryPair } from "./matrix.ts";
import { clients, servers, stopPeers } from "./peers/index.ts";
import { scenarios } from "./scenario.ts";
import { tableOf } from "./table.ts";

const names = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(", ");

const usage = `usage: pnpm matrix [--json] [--server NAME]… [--client NAME]… [--scenario NAME]…

  --json           one JSON document on stdout
  --server NAME    ${names(servers)}; default: all of them
  --client NAME    ${names(clients)}; default: all of them
  --scenario NAME  ${names(scenarios)}; default: all of them`;

process.exitCode = await main();

async function main(): Promise<number> {
  const given = readArguments();
  if (typeof given === "string") return complain(`${given}\n\n${usage}`);
  if (given.help) return complain(usage, 0);
  const cases = await run(given);
  if (given.json) process.stdout.write(`${jsonReport(cases)}\n`);
  else process.stdout.write(`${tableOf(cases)}\n\n${textReport(cases)}\n`);
  return cases.every(({ ok }) => ok) ? 0 : 1;
}

async function run(wanted: Wanted): Promise<MatrixCase[]> {
  const files = await makeFiles();
  const cases: MatrixCase[] = [];
  try {
    for (const server of wanted.servers) {
      for (const client of wanted.clients) {
        for (const scenario of wanted.scenarios) cases.push(await tryPair(server, client, scenario, files));
        process.stderr.write(`${server.name} serves ${client.name}\n`);
      }
    }
    return cases;
  } finally {
    await stopPeers();
    await files.remove();
  }
}

interface Wanted {
  readonly servers: typeof servers;
  readonly clients: typeof clients;
  readonly scenarios: typeof scenarios;
}

function readArguments(): (Wanted & { readonly json: boolean; readonly help: boolean }) | string {
  try {
    const many = { type: "string", multiple: true } as const;
    const flag = { type: "boolean", default: false } as const;
    const options = { json: flag, help: flag, server: many, client: many, scenario: many };
    const { values } = parseArgs({ options });
    return {
      servers: picked("server", servers, values.server),
      clients: picked("client", clients, values.client),
      scenarios: picked("scenario", scenarios, values.scenario),
      json: values.json,
      help: values.help,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function picked<T extends { readonly name: string }>(
  kind: string,
  all: readonly T[],
  wanted?: readonly string[],
): readonly T[] {
  if (wanted === undefined) return all;
  const unknown = wanted.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`There is no ${kind} "${unknown}".`);
  return all.filter(({ name }) => wanted.includes(name));
}

function complain(message: string, code: number = 2): number {
  process.stderr.write(`${message}\n`);
  return code;
}
