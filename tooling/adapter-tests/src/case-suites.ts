// Cases that run in a child process of a real runtime: one test per case, and a case without a result has failed.

import { type ChildRuntime, jsonLines, runChild } from "@tlskit/cases";
import {
  type ConformanceCase,
  type ConformanceResult,
  conformanceCases,
  httpCases,
} from "@tlskit/transport/conformance";
import type { HttpHandOver } from "@tlskit/transport/node-tls";
import { beforeAll, describe, expect, test } from "vitest";
import { runtimeNames } from "./runtime-names.ts";

/** Every conformance case. */
export function describeConformance(runtime: ChildRuntime, child: URL): void {
  describeCases(`conformance on ${runtimeNames[runtime]}`, runtime, child, conformanceCases, 150);
}

/** Every case of the HTTP hand-overs. */
export function describeHandOvers(runtime: ChildRuntime, child: URL): void {
  // Only their names are needed here.
  const cases = httpCases({} as HttpHandOver);
  describeCases(`HTTP hand-overs on ${runtimeNames[runtime]}`, runtime, child, cases, 20);
}

function describeCases(
  title: string,
  runtime: ChildRuntime,
  child: URL,
  cases: readonly ConformanceCase[],
  atLeast: number,
): void {
  const results = new Map<string, ConformanceResult>();
  let trouble = "";

  beforeAll(async () => {
    const start = performance.now();
    const { stdout, trouble: said } = await runChild(runtime, child);
    trouble = said;
    for (const result of jsonLines<ConformanceResult>(stdout)) results.set(result.id, result);
    // A process that hung for its whole time has left none for another one.
    if (performance.now() - start < hungMs) await resume();
  });

  /** A case that ends its process, as crashes do, has failed; those after it are run all the same. */
  async function resume(): Promise<void> {
    for (let deaths = 1; deaths <= maxDeaths; deaths++) {
      const [ended, ...left] = cases.filter(({ id }) => !results.has(id));
      if (ended === undefined || left.length === 0) return;
      results.set(ended.id, { id: ended.id, ok: false, reason: `the process ended: ${trouble}`, ms: 0 });
      const { stdout } = await runChild(runtime, child, ...left.map(({ id }) => id));
      for (const result of jsonLines<ConformanceResult>(stdout)) results.set(result.id, result);
    }
  }

  describe(title, () => {
    test("the child process ends well, and every case has a stable id of its own", () => {
      expect(trouble).toBe("");
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
      expect(cases.length).toBeGreaterThanOrEqual(atLeast);
    });

    test.each(cases.map(({ id, name }) => [id, name]))("%s: %s", (id) => {
      expect(results.get(id) ?? `no result: ${trouble}`).toMatchObject({ id, ok: true });
    });
  });
}

const hungMs = 120_000;

/** A runtime that dies more often has said enough. */
const maxDeaths = 5;
