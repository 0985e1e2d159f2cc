// The page that shows every name of Twisted's twisted.internet.ssl beside ours, and which behaviours tests prove.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, TWISTED_ARGUMENTS, TWISTED_NAMES, type TwistedName } from "./twisted-names.ts";

/** docs/twisted-map.md. */
export function twistedPage(root: string, generated: string): string {
  const proven = provenRows(root);
  return `${[
    "# Twisted, name by name",
    "",
    generated,
    "",
    "What `twisted.internet.ssl` has, and what there is here. Everything on the right is also exported by `@tlskit/tls`,",
    "but for what lives in a `compat` entry. Rows (`OPT-20`) are entries of a catalogue of Twisted's behaviours that was",
    "measured on two of its versions; the tests that prove ours carry their ids.",
    "",
    "| Twisted | here | rows | what differs |",
    "|---|---|---|---|",
    ...TWISTED_NAMES.map((name) => line(name, oursOf(name))),
    "",
    "## The arguments of CertificateOptions",
    "",
    "`twistedCertificateOptions()` in `@tlskit/options/compat` takes them as they are.",
    "",
    "| Twisted | option here | rows | what differs |",
    "|---|---|---|---|",
    ...TWISTED_ARGUMENTS.map((name) => line(name, name.ours.map((option) => `\`${option}\``).join(", "))),
    "",
    "## Behaviours with tests",
    "",
    "| area | rows | with tests | without |",
    "|---|---|---|---|",
    ...Object.entries(CATALOGUE).map(([prefix, { area, rows }]) => {
      const ids = Array.from({ length: rows }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
      const without = ids.filter((id) => !proven.has(id));
      return `| ${area} (${prefix}) | ${rows} | ${rows - without.length} | ${without.join(", ")} |`;
    }),
  ].join("\n")}\n`;
}

/** The ids of rows that tests and conformance cases carry. */
export function provenRows(root: string): ReadonlySet<string> {
  const patterns = [
    "packages/*/{src,test}/**/*.test.ts",
    "packages/*/src/**/*.test-d.ts",
    "packages/*/src/conformance/**/*.ts",
  ];
  const files = [...patterns, "apps/*/{src,test}/**/*.test.ts", "tooling/*/test/**/*.test.ts"].flatMap((pattern) =>
    globSync(pattern, { cwd: root, exclude: (name) => name === "node_modules" }),
  );
  const id = new RegExp(`\\b(?:${Object.keys(CATALOGUE).join("|")})-\\d{2}\\b`, "g");
  const range = new RegExp(`\\b(${Object.keys(CATALOGUE).join("|")})-(\\d{2}) to \\1-(\\d{2})\\b`, "g");
  const found = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [one] of text.matchAll(id)) found.add(one);
    for (const [, prefix, first, last] of text.matchAll(range)) {
      for (let n = Number(first); n <= Number(last); n++) found.add(`${prefix}-${String(n).padStart(2, "0")}`);
    }
  }
  return found;
}

function line({ name, rows, note }: TwistedName, ours: string): string {
  const names = name.split(", ").map((each) => `\`${each}\``);
  return `| ${names.join(", ")} | ${ours === "" ? "—" : ours} | ${rows.join(", ")} | ${note} |`;
}

/** `Certificate.fromPem`, with its package the first time it is not the same as before. */
function oursOf({ ours }: TwistedName): string {
  let before = "";
  return ours
    .map((place) => {
      const [packageName = "", name = ""] = place.split("#");
      const from = packageName === before ? "" : ` (${packageName})`;
      before = packageName;
      return `\`${name}\`${from}`;
    })
    .join(", ");
}
