// One runtime plays all situations, as a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Runtime } from "../peers/runtimes.ts";
import type { IdentitiesJson } from "./identities.ts";
import type { Played } from "./situation.ts";

/** What one runtime made of all situations. */
export interface RuntimeResult {
  readonly runtime: Runtime;
  readonly version: string;
  readonly played: ReadonlyMap<string, Played>;
  /** What it had to say besides, if it did not come to an end. */
  readonly trouble: string;
}

const child = fileURLToPath(new URL("./child.ts", import.meta.url));

/** Runs it; never rejects: what is missing in `played` has not been played. */
export async function play(runtime: Runtime, identities: IdentitiesJson): Promise<RuntimeResult> {
  const env = { ...process.env, NODE_NO_WARNINGS: "1", NO_COLOR: "1" };
  const running = spawn(runtime.program, [...runtime.args, child], { env });
  const [stdout, stderr] = [collect(running.stdout), collect(running.stderr)];
  running.stdin.on("error", () => {}); // It may end before it has read everything.
  running.stdin.end(JSON.stringify(identities));
  const [code] = await once(running, "close").catch((error: unknown) => [String(error)]);
  const lines = (await stdout).split("\n").filter((text) => text.startsWith("{"));
  const [head, ...rest] = lines.map((text) => JSON.parse(text) as Partial<Played> & { readonly version?: string });
  const played = new Map(rest.flatMap((one) => (one.id === undefined ? [] : [[one.id, one as Played] as const])));
  return {
    runtime,
    version: head?.version ?? "?",
    played,
    trouble: code === 0 ? "" : `exit ${code}: ${(await stderr).trim()}`,
  };
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of stream) text += decoder.decode(part, { stream: true });
  return text;
}
