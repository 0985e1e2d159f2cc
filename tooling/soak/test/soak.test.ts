import { describe, expect, test } from "vitest";
import { amountOf, runtimesOf } from "../src/arguments.ts";
import { faults, faultsOf } from "../src/faults/faults.ts";
import { growth } from "../src/flat.ts";
import { soak } from "../src/soak.ts";

describe("what is flat", () => {
  const rounds = 24;
  const noise = [0, 3, -2, 1, 4, -3];
  const around = (value: (round: number) => number): number[] =>
    Array.from({ length: rounds }, (_, round) => value(round) + (noise[round % noise.length] ?? 0));

  test("noise and a warm-up are no growth", () => {
    expect(Math.abs(growth(around(() => 100)).by)).toBeLessThanOrEqual(4);
    expect(Math.abs(growth(around((round) => Math.min(100, round * 20))).by)).toBeLessThanOrEqual(4);
  });

  test("a leak is, and by how much", () => {
    const { by } = growth(around((round) => 100 + round * 10));
    expect(by).toBeGreaterThan(60);
    expect(by).toBeLessThan(100);
  });
});

describe("the commands", () => {
  test("know their runtimes and amounts", () => {
    expect(runtimesOf(["node", "bun"])).toEqual(["node-26", "bun"]);
    expect(() => runtimesOf(["python"])).toThrow('no runtime "python"');
    expect(amountOf("gib", "0.5")).toBe(0.5);
    expect(() => amountOf("gib", "much")).toThrow("--gib much");
  });

  test("TRN-35: a server that is out of files closes those for whom it has none, and lives on", async () => {
    const cases = await faults("node-26", () => {}, faultsOf(["server-out-of-files"]));
    expect(cases).toMatchObject([{ ok: true, actual: "who finds no room is closed; still serves" }]);
  });

  test("a soak counts what it made, and looks at what is held", async () => {
    const cases = await soak("node-26", { connections: 24, gib: 0.001, progress: () => {} });
    expect(cases.map(({ id }) => id)).toEqual(
      ["connections", "bytes"].flatMap((phase) =>
        ["", "-heap", "-rss", "-files"].map((what) => `node-26/${phase}${what}`),
      ),
    );
    expect(cases[0]).toMatchObject({ ok: true, reason: expect.stringContaining("24 connections") });
    expect(cases.find(({ id }) => id.endsWith("connections-files"))?.ok).toBe(true);
  });
});
