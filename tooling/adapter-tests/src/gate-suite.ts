// Is the gate what keeps peers out? Each part of it is taken out in a child process of its own, and the cases about
// refusals must then end with the peer let in. Only that counts here, not a case that is red for another reason.

import { type ChildRuntime, jsonLines, runChild } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { describe, expect, test } from "vitest";
import { countLetIn } from "./let-in.ts";
import { runtimeNames } from "./runtime-names.ts";

/** The gate, whole and mutated; the child is told the name of the mutation. */
export function describeMutatedGate(runtime: ChildRuntime, child: URL): void {
  async function run(mutation: string): Promise<readonly ConformanceResult[]> {
    const { stdout, trouble } = await runChild(runtime, child, mutation);
    expect(trouble).toBe("");
    return jsonLines<ConformanceResult>(stdout);
  }

  describe(`the gate, mutated, on ${runtimeNames[runtime]}`, () => {
    test("whole: every refusal holds", async () => {
      const results = await run("none");
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
      expect(results.length).toBeGreaterThan(90);
    });

    test.each([
      ["gate-removed", "without it"],
      ["runtime-half-removed", "without the runtime's half"],
      ["our-half-removed", "without our half"],
    ])("%s: %s, both roles let bad peers in", async (mutation) => {
      const { client, server } = countLetIn(await run(mutation));
      expect(client, "servers let in by a client").toBeGreaterThanOrEqual(minimum);
      expect(server, "clients let in by a server").toBeGreaterThanOrEqual(minimum);
    });
  });
}

const minimum = 10;
