// docs/standards.md: what is implemented, where and proven by what; which rule applies when; the scores beside the peers'.
import { allExceptions, type FileScore, recordedScores, type Scores, type Share, type Tally } from "@tlskit/vectors";
import { STANDARDS, type Standard } from "./standards-rows.ts";
import { verifyRules } from "./verify-rules.ts";

/** The page. */
export function standardsPage(root: string, generated: string): string {
  const scores = recordedScores();
  return `${[
    "# Standards",
    "",
    generated,
    "",
    ...STANDARDS.flatMap(standardLines),
    ...ruleLines(root),
    ...scoreLines(scores),
    ...algorithmLines(scores),
  ].join("\n")}\n`;
}

function standardLines({ name, rows }: Standard): readonly string[] {
  return [
    `## ${name}`,
    "",
    "| section | what | in | proven by | status |",
    "|---|---|---|---|---|",
    ...rows.map(({ section, what, files, tests, status, note }) => {
      const state = note === undefined ? status : `${status}: ${note}`;
      return `| ${section} | ${what} | ${links(files)} | ${links(tests)} | ${state} |`;
    }),
    "",
  ];
}

function ruleLines(root: string): readonly string[] {
  return [
    "## Which rule applies where",
    "",
    "The rule table of the verifier. Two rules are the path builder itself: that the issuer's name is the next subject (RFC",
    "5280 6.1.3 (a)(4)), and that the signature verifies with the next key (6.1.3 (a)(1)).",
    "",
    "| rule | stands on | profiles | positions |",
    "|---|---|---|---|",
    ...verifyRules(root).map(({ id, section, profiles, positions }) => {
      return `| \`${id}\` | ${section} | ${profiles} | ${positions} |`;
    }),
    "",
  ];
}

function scoreLines({ files, peers }: Scores): readonly string[] {
  const core = files.find(({ file }) => file === "limbo-dev-core.json.gz");
  const all = files.find(({ file }) => file === "limbo-dev.json.gz");
  return [
    "## Scores",
    "",
    "Vectors made by others, each case under the profile that its origin means, by `pnpm conformance:vectors`. A case that",
    "is decided by an unsupported algorithm, or by the budget without being about that, counts as failed.",
    "",
    "| vectors | passed | failed | exceptions | accepted of those to be accepted | refused of those to be refused |",
    "|---|---|---|---|---|---|",
    ...files.map(fileLine),
    "",
    "Cases that ask for something without an equivalent here (BoringSSL's strict purposes, constraints on anchors, distrust)",
    "are not counted. The exceptions, each for a reason:",
    "",
    ...allExceptions()
      .filter(({ algorithm }) => algorithm === undefined)
      .map(({ id, expected, reason }) => `- \`${id}\` (${expected} expected): ${reason}`),
    "",
    "Others, as measured by x509-limbo's own harness on the same cases (passed / failed / skipped). Refusing everything would",
    "score 90 % of the whole, because most of it must be refused.",
    "",
    "| implementation | limbo core | limbo with BetterTLS |",
    "|---|---|---|",
    ...(core && all ? [`| **tlskit** | ${tally(tallyOf(core))} | ${tally(tallyOf(all))} |`] : []),
    ...peers.map((peer) => `| ${peer.peer} | ${tally(peer.core)} | ${tally(peer.all)} |`),
    "",
    "And on the whole corpora, of which the above is a part (limbo core 208, limbo 9,780, PKITS 249 cases):",
    "",
    "| implementation | limbo core | limbo with BetterTLS | PKITS, passed |",
    "|---|---|---|---|",
    ...WHOLE_CORPORA.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ];
}

function algorithmLines({ algorithms }: Scores): readonly string[] {
  return [
    "## Algorithms by runtime",
    "",
    "Whether a signature can be checked. `with promises`: by `verifyPath`, not by `verifyPathSync`. What a runtime lacks is",
    "`ALGORITHM_UNSUPPORTED`, never a wrong verdict: apart from that all three decide every case alike.",
    "",
    "| algorithm | Node 26 | Bun | Deno |",
    "|---|---|---|---|",
    ...Object.entries(algorithms).map(([name, { node, bun, deno }]) => `| ${name} | ${node} | ${bun} | ${deno} |`),
    "",
    "Also: Deno calls ECDSA signatures wrong whose hash is shorter than half the curve; with P-521 they go to WebCrypto there,",
    "and P-384 with SHA-1 is refused as unsupported.",
  ];
}

function fileLine(score: FileScore): string {
  const { file, passed, failed, exceptions, accepts, rejects } = score;
  const share = ({ right, all }: Share): string => `${thousands(right)} of ${thousands(all)}`;
  return `| ${file.replace(".json.gz", "")} | ${thousands(passed)} | ${failed} | ${exceptions} | ${share(accepts)} | ${share(rejects)} |`;
}

function tallyOf({ passed, failed, exceptions }: FileScore): Tally {
  return { passed, failed, skipped: exceptions };
}

function tally({ passed, failed, skipped }: Tally): string {
  return `${thousands(passed)} / ${failed} / ${skipped}`;
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}

function links(paths: readonly string[]): string {
  return paths.map((path) => `[${path.split("/").slice(-1)}](../${path})`).join(", ");
}

// Measured by others, once, and written down with the vectors.
const WHOLE_CORPORA: readonly (readonly string[])[] = [
  ["OpenSSL CLI 3.0.19", "153 / 55 / 0", "9,543 / 237 / 0", "247"],
  ["pyca cryptography 49", "148 / 13 / 47", "9,720 / 13 / 47", "-"],
  ["rustls-webpki", "133 / 58 / 17", "9,705 / 58 / 17", "-"],
  ["Go 1.27", "128 / 56 / 24", "9,700 / 56 / 24", "-"],
  ["GnuTLS 3.8.13", "123 / 61 / 24", "9,542 / 214 / 24", "-"],
  ["pkijs 4.0.0", "123, 5 hang", "9,634, 38 hang", "204"],
  ["@peculiar/x509 2.2.0", "112", "7,536", "118"],
  ["node:crypto by hand", "112", "7,562", "129"],
];
