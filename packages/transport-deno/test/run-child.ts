// Runs a program of this folder on the Deno that is installed here.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What became of it. */
export interface ChildResult {
  readonly stdout: string;
  /** What it wrote to standard error, and how it failed; empty if it did not. */
  readonly trouble: string;
}

/** The Deno that is installed here. */
export const deno: string = fileURLToPath(new URL("../../../node_modules/.bin/deno", import.meta.url));

/** How it runs sources, unbuilt. */
export const denoFlags: readonly string[] = ["run", "-A", "--no-check", "--quiet", "--conditions=@tlskit/source"];

/** Runs `test/<name>` with these arguments. Roots from the environment would be trusted beside those of the tests. */
export async function runChild(name: string, ...args: readonly string[]): Promise<ChildResult> {
  const program = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
  try {
    const { stdout, stderr } = await promisify(execFile)(deno, [...denoFlags, program, ...args], {
      env: environment,
      timeout: 170_000,
      maxBuffer: 1 << 24,
    });
    return { stdout, trouble: withoutWarnings(stderr) };
  } catch (error) {
    // What was reached has its result; the rest fails, and says this.
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    return { stdout, trouble: `${message}\n${stderr}` };
  }
}

/** Deno has no flag against the warnings of a process, which are meant to be seen. */
function withoutWarnings(stderr: string): string {
  return stderr.replace(/^\(node:\d+\) .*TlsKitWarning.*\n/gm, "");
}

/** The lines that are JSON. */
export function jsonLines<T>(stdout: string): T[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);
}
