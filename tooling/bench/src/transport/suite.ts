// What is measured on each runtime, beside its own API doing the same work, and what is to be reached.

import { fileURLToPath } from "node:url";
import { commandOf, type RuntimeName } from "@tlskit/runtimes";
import type { Comparison } from "../compare.ts";

export const child: string = fileURLToPath(new URL("./child.ts", import.meta.url));

/** The rows. CPU, at most so many times a peer's, is a limit on the ratio of theirs to ours. */
export function comparisons(count: number): readonly Comparison[] {
  return [...(["node", "bun", "deno"] as const).flatMap(common), ...onlyOnNode(count), ...onlyOnDeno(count)];
}

/** The runtime of a case is in its name. */
export function commandOfCase(name: string): Promise<readonly [string, ...string[]]> {
  const runtime = name.split("/")[0] ?? "";
  return commandOf(runtime === "node" ? "node-26" : (runtime as RuntimeName), { packages: "built" });
}

function common(runtime: "node" | "bun" | "deno"): readonly Comparison[] {
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
  const atMost = (times: number) => ({ unit: "us", target: { ratio: 1 / times } });
  const noStall = { unit: "ms", target: { limit: 20 } };
  const exchange = (text: string, name: string): Comparison =>
    row(`${text}, time`, [`${name}:ours`, `${name}:raw`], `${api}, as it comes`, noStall);
  return [
    row("full handshake, CPU", ["handshake:ours", "handshake:raw"], `${api}, shared context`, atMost(1.1)),
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

/** Contexts are dear there, and all the more with many roots. */
function onlyOnNode(count: number): readonly Comparison[] {
  const metric = `node: full handshake, ${count + 1} explicit roots, CPU`;
  const ours = { metric, ours: "node/roots:ours", unit: "us", scale: 1 };
  return [
    { ...ours, theirs: "node/roots:raw", peer: "node:tls, shared context", target: { ratio: 1 / 1.1 } },
    { ...ours, theirs: "node/roots:raw-each", peer: "node:tls, context each", target: { ratio: 4 } },
  ];
}

/** Bare node:tls parses all roots for each connection there, whatever context is shared. */
function onlyOnDeno(count: number): readonly Comparison[] {
  return [
    {
      metric: `deno: full handshake, ${count + 1} explicit roots, CPU`,
      peer: "node:tls, shared context",
      ours: "deno/roots:ours",
      theirs: "deno/roots:raw",
      unit: "us",
      scale: 1,
      target: { ratio: 4 },
    },
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
}
