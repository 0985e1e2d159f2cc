import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The runtimes that the vectors can be run on. */
export type RuntimeName = "node" | "bun" | "deno";

/** All of them. */
export const RUNTIMES: readonly RuntimeName[] = ["node", "bun", "deno"];

/** The one that runs this. */
export function currentRuntime(): RuntimeName {
  if ("Bun" in globalThis) return "bun";
  return "Deno" in globalThis ? "deno" : "node";
}

// The repository brings its own; whatever else is installed does not count.
const bin: string = fileURLToPath(new URL("../../../node_modules/.bin/", import.meta.url));

/** The command line that runs a TypeScript file of this repository from its sources, without the file. */
export function commandOf(runtime: RuntimeName): readonly [string, ...string[]] {
  const condition = "--conditions=@tlskit/source";
  const program = runtime === currentRuntime() ? process.execPath : join(bin, runtime);
  return runtime === "deno" ? [program, "run", "-A", "--quiet", condition] : [program, condition];
}
