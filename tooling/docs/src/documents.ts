// The documents that are made from the sources, so that they cannot drift from them.
import { CAPABILITIES, type Capabilities, type CapabilityName, capabilityState } from "@tlskit/options";
import { capabilities as bunCapabilities } from "@tlskit/transport-bun";
import { capabilities as denoCapabilities } from "@tlskit/transport-deno";
import { capabilities as nodeCapabilities } from "@tlskit/transport-node";
import { divergenceLines } from "./divergence-lines.ts";
import { errorCodes } from "./error-codes.ts";
import { standardsPage } from "./standards-page.ts";
import { trapsPage } from "./traps-page.ts";
import { twistedPage } from "./twisted-page.ts";

/** Path below the repository's root, and the text that must be there. */
export function documents(root: string): ReadonlyMap<string, string> {
  return new Map([
    ["docs/errors.md", errorsPage(root)],
    ["docs/runtimes.md", runtimesPage({ Node: nodeCapabilities, Bun: bunCapabilities, Deno: denoCapabilities })],
    ["docs/standards.md", standardsPage(root, generated)],
    ["docs/traps.md", trapsPage(generated)],
    ["docs/twisted-map.md", twistedPage(root, generated)],
  ]);
}

const generated = "<!-- Made from the sources by `pnpm generate`; a test compares. -->";

function errorsPage(root: string): string {
  const codes = errorCodes(root);
  const lines = [
    "# Error codes",
    "",
    generated,
    "",
    "Every error extends `TlsKitError` (`@tlskit/x509/error`) and has a `code`, typed `details` and, where there is one, a",
    "`cause`. Branch on codes, never on messages. A code is never renamed within a major version.",
  ];
  for (const packageName of new Set(codes.map((code) => code.packageName))) {
    lines.push("", `## ${packageName}`, "", "| code | when |", "|---|---|");
    for (const { code, meaning } of codes.filter((code) => code.packageName === packageName)) {
      lines.push(`| \`${code}\` | ${cell(meaning)} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function runtimesPage(tables: Readonly<Record<string, Capabilities>>): string {
  const runtimes = Object.keys(tables);
  const lines = [
    "# What each runtime can do",
    "",
    generated,
    "",
    "The capability tables of the adapters, as they answer on the runtime that made this page. Options that need an absent",
    "capability are refused with `OPTION_UNSUPPORTED` when they are compiled, before a socket is opened.",
    "",
    `| capability | ${runtimes.join(" | ")} |`,
    `|---|${runtimes.map(() => "---|").join("")}`,
  ];
  for (const [name, meaning] of Object.entries(CAPABILITIES)) {
    const states = Object.values(tables).map((table) => {
      const state = capabilityState(table, name as CapabilityName);
      return state === true ? "yes" : cell(`no: ${state.reason} ${state.alternative}`);
    });
    lines.push(`| \`${name}\`: ${cell(meaning)} | ${states.join(" | ")} |`);
  }
  lines.push("", ...divergenceLines());
  return `${lines.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
