// What the page about runtimes says must be true: a part of the chains, every time; all of them by the command.
import { describe, expect, test } from "vitest";
import { shownCases } from "../src/cases.ts";
import { measure } from "../src/measure.ts";
import { divergences, recorded, type Verdict } from "../src/recorded.ts";

const cases = shownCases();

describe("what is recorded", () => {
  const { verdicts } = recorded();

  test.skipIf(cases === undefined)("is what the runtimes that differ say today", async () => {
    const differing = new Set(divergences({ verdicts }).map(({ id }) => id));
    const some = (cases ?? []).filter(({ id }, index) => differing.has(id) || index % 16 === 0);
    const ids = new Set(some.map(({ id }) => id));
    expect(await measure(some, () => {})).toEqual(verdicts.filter(({ id }) => ids.has(id)));
  });

  test("is about all three, and has both kinds", () => {
    const found = divergences({ verdicts });
    for (const runtime of ["node", "bun", "deno"]) expect(found.some((one) => one.runtime === runtime)).toBe(true);
    expect(new Set(found.map(({ refuses }) => refuses))).toEqual(new Set(["we", "the runtime"]));
    expect(verdicts.length).toBeGreaterThan(100);
  });
});

describe("what differs", () => {
  const both = { native: "accepts", ours: "accepts" };
  const verdict = (node: Verdict["node"]): Verdict => ({ id: "one", node, bun: both, deno: both });

  test.each<[what: string, said: Verdict["node"], found: object[]]>([
    ["both accept", both, []],
    ["both refuse", { native: "CERT_HAS_EXPIRED", ours: "CERTIFICATE_EXPIRED" }, []],
    ["only we refuse", { native: "accepts", ours: "WEAK_KEY" }, [{ refuses: "we", code: "WEAK_KEY" }]],
    ["only it refuses", { native: "X", ours: "RUNTIME_REFUSED" }, [{ refuses: "the runtime", code: "X" }]],
    ["nobody can tell", { native: "X", ours: "RUNTIME_REFUSED, chain not shown" }, []],
  ])("%s", (_, said, found) => {
    expect(divergences({ verdicts: [verdict(said)] })).toEqual(found.map((one) => expect.objectContaining(one)));
  });
});
