// Do the conformance cases come to an end on an adapter that does not keep its promises, and say what is broken?

import { type ChildRuntime, jsonLines, runChild } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { beforeAll, describe, expect, test } from "vitest";
import { brokenCaseResults, brokenNames, sample } from "./broken-adapters.ts";
import { runtimeNames } from "./runtime-names.ts";

/** Adapters that are broken on purpose; the child reports them all. */
export function describeBrokenAdapters(runtime: ChildRuntime, child: URL): void {
  let results: readonly (ConformanceResult & { readonly broken: string })[] = [];

  beforeAll(async () => {
    const { stdout, trouble } = await runChild(runtime, child);
    expect(trouble).toBe("");
    results = jsonLines(stdout);
  });

  const of = (broken: string): Readonly<Record<string, boolean>> =>
    Object.fromEntries(results.filter((one) => one.broken === broken).map(({ id, ok }) => [id, ok]));

  describe(`broken adapters on ${runtimeNames[runtime]}`, () => {
    test.each(brokenNames)("%s: every case has a result, and some have failed", (broken) => {
      const found = of(broken);
      expect(Object.keys(found).sort()).toEqual([...sample].sort());
      expect(Object.values(found)).toContain(false);
    });

    test("cases that are broken have failed, and those after them hold", () => {
      expect(of("nothing")).toEqual({ ...brokenCaseResults, ...Object.fromEntries(sample.map((id) => [id, true])) });
    });

    test.each([
      ["connect throws where nobody catches", "good-name", "where nobody catches"],
      ["connect rejects where nobody waits", "good-name", "where nobody waits"],
      ["nothing", "throws-in-a-callback", "in a callback"],
      ["nothing", "rejects-unheard", "unheard"],
      ["nothing", "hangs", "an answer within 300 ms"],
    ])("what has failed says why: %s, %s", (broken, id, reason) => {
      expect(results.find((one) => one.broken === broken && one.id === id)?.reason).toContain(reason);
    });
  });
}
