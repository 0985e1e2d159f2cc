// Runs a TypeScript file of this repository, unbuilt, in a child process of a runtime.

import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cleanEnvironment } from "./environment.ts";

/** The runtimes that the repository brings. */
export type ChildRuntime = "node" | "bun" | "deno";

/** What became of a child. */
export interface ChildResult {
  readonly stdout: string;
  /** What it wrote to standard error, and how it failed; empty if it did not. */
  readonly trouble: string;
}

/**
 * The command line that runs a file from its sources, without the file.
 *
 * @param flags what chooses the packages; default: as they are written
 */
export function childCommand(
  runtime: ChildRuntime,
  flags: readonly string[] = ["--conditions=@tlskit/source"],
): readonly [string, ...string[]] {
  if (runtime === "bun") return [bun, ...flags];
  if (runtime === "deno") return [deno, "run", "-A", "--quiet", "--no-check", ...flags];
  return [process.execPath, "--no-warnings", ...flags];
}

/** Runs a file to its end; never rejects. What was reached before it failed is in `stdout`. */
export async function runChild(runtime: ChildRuntime, script: URL, ...args: readonly string[]): Promise<ChildResult> {
  const [command, ...flags] = childCommand(runtime);
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...flags, fileURLToPath(script), ...args], {
      env: cleanEnvironment(),
      timeout: limitMs,
      maxBuffer: 16 * 1024 * 1024,
    });
    return { stdout, trouble: withoutWarnings(stderr) };
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & Partial<ChildResult> & { stderr?: string };
    return { stdout, trouble: `${message}\n${stderr}` };
  }
}

/** The lines that are JSON objects. */
export function jsonLines<T>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);
}

/** Deno has no flag against the warnings of a process, which are meant to be seen. */
function withoutWarnings(stderr: string): string {
  return stderr.replace(/^\(node:\d+\) .*TlsKitWarning.*\n/gm, "");
}

/** A hang becomes a failure, before the limit of the test that waits; no child should come near it. */
const limitMs = 280_000;

const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));
// The program itself: what is in `.bin` starts it as a child of its own, which would outlive it when it is killed.
const deno = fileURLToPath(new URL("../../../node_modules/deno/deno", import.meta.url));
