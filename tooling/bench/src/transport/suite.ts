// What is measured on each runtime, beside its own API doing the same work, and what is to be reached.

import { fileURLToPath } from "node:url";
import { commandOf, type RuntimeName } from "@tlskit/runtimes";
import type { Comparison } from "../compare.ts";

export const child: string = fileURLToPath(new URL("./child.ts", import.meta.url));

/** The rows. CPU, at most so many times a peer's, is a limit on the ratio of theirs to ours. */
export function comparisons(count: number): readonly Comparison[] {
  return [...(["node", "bun", "deno"] as const).flatMap((runtime) => common(runtime, count)), ...onlyOnDeno];
}

/** The runtime of a case is in its name. */
export function commandOfCase(name: string): Promise<readonly [string, ...string[]]> {
  const runtime = name.split("/")[0] ?? "";
  return commandOf(runtime === "node" ? "node-26" : (runtime as RuntimeName), { packages: "built" });
}

function common(runtime: "node" | "bun" | "deno", count: number): readonly Comparison[] {
  const row = (
    what: string,
    [ours, theirs]: readonly [string, string],
    peer: string,
    rest: Pick<Comparison, "unit" | "target">,
  ): Comparison => ({
    metric: `${runtime}: ${what}`,
    peer,
    ours: `${runtime}/${ours}`,
    theirs: `${runtime}/${theirs}`,
    scale: 1,
    ...rest,
  });
  const api = "node:tls";
  const roots = `full handshake, ${count + 1} explicit roots, CPU`;
  const atMost = (times: number) => ({ unit: "us", target: { ratio: 1 / times } });
  const noStall = { unit: "ms", target: { limit: 20 } };
  const exchange = (text: string, name: string): Comparison =>
    row(`${text}, time`, [`${name}:ours`, `${name}:raw`], `${api}, as it comes`, noStall);
  return [
    row("full handshake, CPU", ["handshake:ours", "handshake:raw"], `${api}, shared context`, atMost(1.1)),
    row(roots, ["roots:ours", "roots:raw"], `${api}, shared context`, atMost(runtime === "node" ? 1.1 : 1.15)),
    row(roots, ["roots:ours", "roots:raw-each"], `${api}, context each`, {
      unit: "us",
      target: { ratio: runtime === "node" ? 4 : 1 },
    }),
    row(
      "bulk through streams, CPU per MiB",
      ["bulk:ours", "bulk:raw"],
      `${api}, events`,
      atMost(runtime === "deno" ? 1.15 : 1.1),
    ),
    exchange("one small write each", "one-one"),
    exchange("two small writes, one back", "two-one"),
    exchange("two small writes each", "two-two"),
  ];
}

const onlyOnDeno: readonly Comparison[] = [
  {
    metric: "deno: first round trip, time",
    peer: "Deno.connectTls",
    ours: "deno/first-trip:ours",
    theirs: "deno/first-trip:native",
    unit: "ms",
    scale: 1,
    target: { ratio: 50 },
  },
];
