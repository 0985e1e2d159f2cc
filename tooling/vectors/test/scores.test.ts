/** What the documents show is what comes out. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readExceptions } from "../src/exceptions.ts";
import { vectorFile } from "../src/index.ts";
import { commandOf } from "../src/runtime.ts";
import { measureAlgorithms, measureFiles, measurePeers, recordedScores } from "../src/scores.ts";

const recorded = recordedScores();
const hasVectors = vectorFile("limbo-dev.json.gz") !== undefined;

describe.skipIf(!hasVectors)("the recorded scores", () => {
  test("are those of the files, BetterTLS and all", async () => {
    expect(await measureFiles()).toEqual(recorded.files);
    expect(recorded.files.every(({ failed }) => failed === 0)).toBe(true);
  });

  test("are those of the peers on the same cases", () => {
    expect(measurePeers()).toEqual(recorded.peers);
  });

  test("name what each runtime can check", async () => {
    expect(await measureAlgorithms()).toEqual(recorded.algorithms);
  });
});

describe.skipIf(!hasVectors).each(["bun", "deno"] as const)("on %s", (runtime) => {
  const names = [
    "limbo-dev-core",
    "limbo-rfc9881",
    "pkits-dev",
    "boringssl-chains-dev",
    "boringssl-crl-dev",
    "boringssl-ocsp-dev",
  ];
  const files = names.map((name) => vectorFile(`${name}.json.gz`) ?? name);

  interface Case {
    readonly id: string;
    readonly actual: string;
  }

  function verdicts(on: "node" | "bun" | "deno"): readonly Case[] {
    const [command, ...flags] = commandOf("node");
    const script = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const args = [...flags, script, "--json", "--runtime", on, ...files];
    const { stdout } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
    return JSON.parse(stdout).cases;
  }

  test("the verdicts are those of Node, but for the algorithms that it lacks", () => {
    const theirs = new Map(verdicts(runtime).map(({ id, actual }) => [id, actual]));
    const differing = verdicts("node").filter(({ id, actual }) => theirs.get(id) !== actual);
    const listed = [...readExceptions(runtime).values()].filter(({ algorithm }) => algorithm !== undefined);
    expect(differing.map(({ id }) => id).sort()).toEqual(listed.map(({ id }) => id).sort());
  });
});
