// Every runtime that the adapters promise to work on, and how it is started. The repository brings its own; whatever
// else is installed on the machine does not count.

import process from "node:process";
import { childCommand } from "@tlskit/cases";
import { otherNode } from "./other-node.ts";

/** A runtime, in the versions that differ. */
export type RuntimeName = "node-22" | "node-24" | "node-26" | "bun" | "deno";

/** Which adapter it takes. */
export type RuntimeFamily = "node" | "bun" | "deno";

/** All of them. */
export const RUNTIMES: readonly RuntimeName[] = ["node-22", "node-24", "node-26", "bun", "deno"];

/** Whether there is a runtime of that name. */
export function isRuntime(name: string): name is RuntimeName {
  return RUNTIMES.some((one) => one === name);
}

/** The adapter's name for a runtime. */
export function familyOf(name: RuntimeName): RuntimeFamily {
  return name === "bun" || name === "deno" ? name : "node";
}

/** How the packages are loaded: as they are written, or as they are published. */
export interface CommandOptions {
  readonly packages: "sources" | "built";
}

/**
 * The command line that runs a TypeScript file of this repository, without the file. Nodes other than the repository's
 * own are installed when they are first asked for.
 *
 * @throws if there is no such Node for this platform
 */
export async function commandOf(name: RuntimeName, options: CommandOptions): Promise<readonly [string, ...string[]]> {
  const condition = options.packages === "sources" ? ["--conditions=@tlskit/source"] : [];
  const [command, ...flags] = childCommand(familyOf(name), condition);
  return [name.startsWith("node-") ? await nodeOf(name) : command, ...flags];
}

/** The repository's Node runs this, unless there is none for the platform; then whatever is on the path must be it. */
async function nodeOf(name: RuntimeName): Promise<string> {
  const major = name.slice("node-".length);
  return process.versions.node.split(".")[0] === major ? process.execPath : otherNode(major);
}
