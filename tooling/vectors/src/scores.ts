/** The scores that the documents show: measured where the vectors are at hand, and recorded in `data/scores.json`. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readExceptions } from "./exceptions.ts";
import { isPathCase } from "./path-case.ts";
import { readCases } from "./read-cases.ts";
import { runCases, type Share } from "./run.ts";
import { commandOf, RUNTIMES, type RuntimeName } from "./runtime.ts";
import { makeSamples, type Support } from "./samples.ts";
import { vectorFile } from "./shared.ts";

/** How one file came out. */
export interface FileScore {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  /** Those of the skipped that are exceptions. */
  readonly exceptions: number;
  /** Those of the skipped that ask for something that has no equivalent here. */
  readonly inapplicable: number;
  readonly accepts: Share;
  readonly rejects: Share;
}

/** How another implementation came out on the same cases of x509-limbo. */
export interface PeerScore {
  readonly peer: string;
  readonly core: Tally;
  readonly all: Tally;
}

/** Counted verdicts. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Everything that is recorded. */
export interface Scores {
  readonly files: readonly FileScore[];
  readonly peers: readonly PeerScore[];
  /** What each runtime can check, by algorithm. */
  readonly algorithms: Readonly<Record<string, Readonly<Record<RuntimeName, Support>>>>;
}

/** Where the scores are kept. */
export const SCORES_FILE: string = fileURLToPath(new URL("../data/scores.json", import.meta.url));

/** The recorded scores. */
export function recordedScores(): Scores {
  return JSON.parse(readFileSync(SCORES_FILE, "utf8"));
}

/** The scores of the files, measured on this runtime; undefined where the vectors are not at hand. */
export async function measureFiles(): Promise<readonly FileScore[] | undefined> {
  const scores: FileScore[] = [];
  for (const name of FILES) {
    const path = vectorFile(name);
    if (path === undefined) return undefined;
    const result = await runCases(name, readCases(path), readExceptions("node"));
    const inapplicable = result.cases.filter(({ expected }) => expected === "-").length;
    const { passed, failed, skipped, accepts, rejects } = result;
    scores.push({ file: name, passed, failed, exceptions: skipped - inapplicable, inapplicable, accepts, rejects });
  }
  return scores;
}

/** What others say of the same cases of x509-limbo, as it was measured there. */
export function measurePeers(): readonly PeerScore[] | undefined {
  const [file, natives] = [vectorFile("limbo-dev.json.gz"), vectorFile("limbo-natives-dev.json.gz")];
  if (file === undefined || natives === undefined) return undefined;
  const { columns, results } = JSON.parse(gunzipSync(readFileSync(natives)).toString());
  const cases = readCases(file).filter(isPathCase);
  const core = cases.filter(({ id }) => !id.startsWith("bettertls::"));
  const names: readonly string[] = columns;
  return names.map((peer, column) => {
    const tally = (some: typeof cases): Tally => {
      const verdicts = some.map((test) => outcome(String(results[test.id])[column], test.expected_result));
      const count = (wanted: string): number => verdicts.filter((one) => one === wanted).length;
      return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
    };
    return { peer, core: tally(core), all: tally(cases) };
  });
}

/** What each runtime can check, by algorithm. */
export async function measureAlgorithms(): Promise<Scores["algorithms"]> {
  const samples = await makeSamples();
  const script = fileURLToPath(new URL("./probe.ts", import.meta.url));
  const support = RUNTIMES.map((runtime) => {
    const [command, ...flags] = commandOf(runtime);
    const { stdout, stderr, status } = spawnSync(command, [...flags, script], {
      input: JSON.stringify(samples),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${runtime} cannot be asked:\n${stderr}`);
    return [runtime, JSON.parse(stdout)] as const;
  });
  return Object.fromEntries(
    samples.map(({ algorithm }) => [
      algorithm,
      Object.fromEntries(support.map(([runtime, can]) => [runtime, can[algorithm]])) as Record<RuntimeName, Support>,
    ]),
  );
}

function outcome(verdict: string | undefined, expected: "SUCCESS" | "FAILURE"): keyof Tally {
  if (verdict !== "S" && verdict !== "F") return "skipped";
  return (verdict === "S") === (expected === "SUCCESS") ? "passed" : "failed";
}

const FILES: readonly string[] = [
  "limbo-dev-core.json.gz",
  "limbo-dev.json.gz",
  "limbo-rfc9881.json.gz",
  "pkits-dev.json.gz",
  "boringssl-chains-dev.json.gz",
  "boringssl-crl-dev.json.gz",
  "boringssl-ocsp-dev.json.gz",
];
