// What is measured, against whom, and what is to be reached.

import { fileURLToPath } from "node:url";
import type { Comparison } from "../compare.ts";

export const child: string = fileURLToPath(new URL("./child.ts", import.meta.url));

/**
 * The rows. A limit on the CPU, as a share of a peer's, is one on the ratio of theirs to ours. It is the same chain every
 * time, as a client meets it; x509 keeps the keys that it imported last, all of the peers import them anew.
 */
export function comparisons(): readonly Comparison[] {
  const chain = "verify a chain of three, mixed keys";
  const us = { unit: "us", scale: 1 };
  return [
    { metric: chain, ours: "chain:ours", theirs: "chain:node", peer: "node:crypto", ...us, target: { ratio: 1 } },
    { metric: chain, ours: "chain:ours", theirs: "chain:pkijs", peer: "pkijs", ...us, target: { ratio: 15 } },
    {
      metric: `${chain}, link cache warm`,
      ours: "chain:ours-warm",
      theirs: "chain:node",
      peer: "node:crypto",
      ...us,
      target: { ratio: 1.67 },
    },
    {
      metric: "match a name",
      ours: "name:ours",
      theirs: "name:node",
      peer: "node:tls",
      ...us,
      target: { limit: 2 },
    },
  ];
}
