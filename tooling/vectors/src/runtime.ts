/** The runtimes that the vectors can be run on. */
export type RuntimeName = "node" | "bun" | "deno";

/** All of them. */
export const RUNTIMES: readonly RuntimeName[] = ["node", "bun", "deno"];

/** The one that runs this. */
export function currentRuntime(): RuntimeName {
  if ("Bun" in globalThis) return "bun";
  return "Deno" in globalThis ? "deno" : "node";
}

/** The command line that runs a TypeScript file of this repository from its sources, without the file. */
export function commandOf(runtime: RuntimeName): readonly [string, ...string[]] {
  const condition = "--conditions=@tlskit/source";
  if (runtime === "deno") return ["deno", "run", "-A", "--quiet", condition];
  return [runtime, condition];
}
