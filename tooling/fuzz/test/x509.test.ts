// A short run with a fixed seed and number of inputs, so that the outcome depends on neither clock nor machine, and
// proof that the fuzzer sees what it looks for.

import { expect, test } from "vitest";
import { minimise } from "../src/minimise.ts";
import { Mutator } from "../src/mutate.ts";
import { Random } from "../src/random.ts";
import { fuzz } from "../src/run.ts";
import { type FuzzTarget, loadTargets } from "../src/target.ts";

test("no reader of x509 fails on damaged inputs", async () => {
  const targets = await loadTargets("x509");
  // How long an input takes is for the command to say: a loaded machine must not fail a test.
  const report = await fuzz(targets, {
    seed: 20_261_123,
    inputs: 300 * targets.length,
    limitMs: Number.POSITIVE_INFINITY,
  });
  expect(report.failures.map(({ target, error }) => `${target}: ${error}`)).toEqual([]);
  expect(report.inputs).toBe(300 * targets.length);
  // A run in which nothing is accepted, or nothing refused, tests nothing.
  for (const [name, accepted] of Object.entries(report.accepted)) {
    expect([name, accepted > 5, accepted < 300]).toEqual([name, true, true]);
  }
});

const seeds = [Uint8Array.of(0x30, 6, 2, 1, 5, 2, 1, 7)];
const target = (check: FuzzTarget["check"]): FuzzTarget => ({ name: "planted", kind: "der", seeds, check });

test("a crash is found, made small, and counted once", async () => {
  const crash = target((input) => {
    if (input.includes(0x80)) throw new TypeError(`planted ${input.length}`);
    return true;
  });
  const { failures } = await fuzz([crash], { seed: 1, inputs: 3000 });
  expect(failures).toEqual([
    { target: "planted", error: expect.stringContaining("TypeError: planted"), input: Uint8Array.of(0x80) },
  ]);
});

test("a promise that is rejected is a failure, too", async () => {
  const { failures } = await fuzz([target(() => Promise.reject(new Error("planted")))], { seed: 1, inputs: 5 });
  expect(failures.map(({ error }) => error)).toEqual([expect.stringContaining("Error: planted")]);
});

test("what takes too long is found", async () => {
  const slow = target((input) => {
    const start = process.threadCpuUsage();
    if (input.length > 20) while (process.threadCpuUsage(start).user < 3000);
    return true;
  });
  const { failures, slowest } = await fuzz([slow], { seed: 1, inputs: 60, limitMs: 2 });
  expect(failures.some(({ error }) => /took \d+ ms of CPU time/.test(error))).toBe(true);
  expect(slowest.target).toBe("planted");
});

test("the same seed gives the same inputs, another seed others", () => {
  const some = (seed: number) => {
    const mutator = new Mutator(
      target(() => true),
      new Random(seed),
    );
    return Array.from({ length: 200 }, () => mutator.next());
  };
  expect(some(5)).toEqual(some(5));
  expect(some(5)).not.toEqual(some(6));
  expect(new Set(some(5).map(String)).size).toBeGreaterThan(100);
});

test("minimising keeps what fails", async () => {
  const input = Uint8Array.from({ length: 1000 }, (_, index) => (index === 500 ? 9 : 1));
  expect(await minimise(input, async (smaller) => smaller.includes(9))).toEqual(Uint8Array.of(9));
});
