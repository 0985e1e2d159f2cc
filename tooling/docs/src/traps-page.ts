// The page about the traps of the runtimes' TLS.

import { TRAPS, type Trap } from "./traps.ts";

/** docs/traps.md. */
export function trapsPage(generated: string): string {
  return `${[
    "# Traps of the runtimes",
    "",
    generated,
    "",
    "What a program would not expect of the TLS of Node, Bun and Deno, and the conformance cases that prove that programs with",
    "tlskit are not affected. The cases run on every runtime (`pnpm conformance:runtimes`); what a runtime cannot do must be",
    "refused there, by name. Traps that a case cannot show have a test of their own. The few that do affect you say so.",
    ...TRAPS.flatMap(({ title, traps }) => [
      "",
      `## ${title}`,
      "",
      "| trap | on | what happens without us | proven by |",
      "|---|---|---|---|",
      ...traps.map(line),
    ]),
  ].join("\n")}\n`;
}

function line(trap: Trap): string {
  return `| ${trap.id} | ${trap.runtimes.join(", ")} | ${trap.what} | ${proofOf(trap)} |`;
}

function proofOf({ cases, tests, because }: Trap): string {
  const named = tests.map(([file, name]) => `“${name}” (\`${file}\`)`);
  const proofs = [...cases.map((id) => `\`${id}\``), ...named].join(", ");
  return [proofs, because].filter((part) => part !== undefined && part !== "").join(". ");
}
