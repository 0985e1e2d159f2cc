// A script of this folder in a child process of real Bun.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));

/** What it printed, and what it had to say besides; never rejects. What was reached before it failed is in `stdout`. */
export async function runChild(script: string, ...args: string[]): Promise<{ stdout: string; trouble: string }> {
  const child = fileURLToPath(new URL(script, import.meta.url));
  try {
    const { stdout, stderr } = await promisify(execFile)(bun, ["--conditions=@tlskit/source", child, ...args], {
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
      timeout: 170_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    return { stdout, trouble: stderr };
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
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
