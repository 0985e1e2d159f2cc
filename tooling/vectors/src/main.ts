// `pnpm conformance:vectors FILE… [--json] [--profile P] [--runtime node|bun|deno]`: runs path validation vectors made by
// others. Exit code 0: all as expected or excepted; 1: something is not; 2: the command cannot be run so.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type CommandArguments, readArguments, USAGE } from "./arguments.ts";
import { readExceptions } from "./exceptions.ts";
import { readCases, VectorFileError } from "./read-cases.ts";
import { jsonReport, textReport, total } from "./report.ts";
import { type FileResult, runCases } from "./run.ts";
import { commandOf, currentRuntime, type RuntimeName } from "./runtime.ts";

/** Set on the process that was started to be another runtime, so that a wrong one cannot go on starting others. */
const STARTED = "TLSKIT_VECTORS_RUNTIME";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const given = readArguments(args);
  if (typeof given === "string") return complain(`${given}\n${USAGE}`);
  const { runtime = currentRuntime() } = given;
  if (runtime !== currentRuntime()) return runOn(runtime, args);
  try {
    return await run(given, runtime);
  } catch (error) {
    if (error instanceof VectorFileError) return complain(error.message);
    throw error;
  }
}

async function run({ files, json, profile }: CommandArguments, runtime: RuntimeName): Promise<number> {
  const exceptions = readExceptions(runtime);
  const results: FileResult[] = [];
  for (const file of files) {
    const cases = readCases(locate(file));
    results.push(await runCases(file, cases, exceptions, profile === undefined ? {} : { profile }));
  }
  process.stdout.write(`${(json ? jsonReport : textReport)(results)}\n`);
  return total(results).failed === 0 ? 0 : 1;
}

// A package manager runs scripts in the folder of the manifest; the person may have been elsewhere.
function locate(file: string): string {
  const here = resolve(file);
  const from = process.env.INIT_CWD;
  return existsSync(here) || from === undefined ? here : resolve(from, file);
}

function runOn(runtime: RuntimeName, args: readonly string[]): number {
  if (process.env[STARTED] !== undefined) return complain(`This was to be ${runtime}, but is ${currentRuntime()}.`);
  const [command, ...flags] = commandOf(runtime);
  const script = fileURLToPath(import.meta.url);
  const env = { ...process.env, [STARTED]: runtime };
  const { status, error } = spawnSync(command, [...flags, script, ...args], { stdio: "inherit", env });
  return error === undefined ? (status ?? 2) : complain(`${runtime} cannot be started: ${error.message}`);
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
