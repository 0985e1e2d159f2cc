/** The part of the page about runtimes that says where they alone decide otherwise than we do. */
import { type Divergence, divergences, recorded } from "@tlskit/divergence";

/** As Markdown, from what `pnpm divergence` recorded. */
export function divergenceLines(): readonly string[] {
  const found = recorded();
  const { node, bun, deno } = found.versions;
  const all = divergences(found);
  const pkits = found.verdicts.filter(({ id }) => id.startsWith("pkits::"));
  const limbo = found.verdicts.filter((one) => !pkits.includes(one));
  return [
    "## Where a runtime alone decides otherwise",
    "",
    `${limbo.length} chains of x509-limbo's core and ${pkits.length} of NIST's PKITS were sent by a real server to Node ${node}, Bun ${bun} and`,
    `Deno ${deno}. Each was judged in a real handshake, by the runtime's own verifier and by a connection of ours, with the same`,
    "trust (`pnpm divergence`). PKITS has no keys for its leaves: its chains are re-issued, the same except for keys and signatures,",
    "and each leaf also has a name to connect to. Chains that are not listed are accepted by both, or refused by both. Both must",
    "accept before a connection is handed out, so the chains in both lists are refused.",
    "",
    "### Only the runtime refuses",
    "",
    "Our verifier accepts; the code is `RUNTIME_REFUSED`, with the runtime's own code and our path in its details.",
    "",
    ...table(all.filter(({ refuses }) => refuses === "the runtime")),
    "",
    "### Only we refuse",
    "",
    "The runtime alone would let these in.",
    "",
    ...table(all.filter(({ refuses }) => refuses === "we")),
  ];
}

function table(some: readonly Divergence[]): string[] {
  const ids = [...new Set(some.map(({ id }) => id))].sort();
  const cell = (id: string, runtime: Divergence["runtime"]): string => {
    const one = some.find((other) => other.id === id && other.runtime === runtime);
    return one === undefined ? "" : `\`${one.code}\``;
  };
  const rows = ids.map((id) => `| \`${id}\` | ${cell(id, "node")} | ${cell(id, "bun")} | ${cell(id, "deno")} |`);
  return ["| chain | Node | Bun | Deno |", "|---|---|---|---|", ...rows];
}
