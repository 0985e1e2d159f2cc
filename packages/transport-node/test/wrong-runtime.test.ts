import { runChild } from "@tlskit/cases";
import { expect, test } from "vitest";

test.each(["bun", "deno"] as const)(
  "in %s, Node's adapter names the right one",
  async (runtime) => {
    const { stdout, trouble } = await runChild(runtime, new URL("./wrong-runtime-child.ts", import.meta.url));
    expect(trouble).toBe("");
    const errors = JSON.parse(stdout) as unknown[];
    expect(errors).toHaveLength(3);
    for (const error of errors) {
      expect(error).toMatchObject({
        name: "TransportError",
        code: "RUNTIME_MISMATCH",
        details: { expected: "node", actual: runtime, alternative: `@tlskit/transport-${runtime}` },
      });
    }
  },
  180_000,
);
