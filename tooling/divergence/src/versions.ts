import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commandOf } from "@tlskit/runtimes";
import type { Recorded } from "./recorded.ts";

/** Which ones were asked. */
export async function versions(): Promise<Recorded["versions"]> {
  const version = async (name: "node-26" | "bun" | "deno"): Promise<string> => {
    const [program] = await commandOf(name, { packages: "sources" });
    const { stdout } = await promisify(execFile)(program, ["--version"]);
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim();
  };
  return { node: await version("node-26"), bun: await version("bun"), deno: await version("deno") };
}
