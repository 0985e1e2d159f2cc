import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const child = fileURLToPath(new URL("./wrong-runtime-child.ts", import.meta.url));

test.each([
  ["bun", ["--conditions=@tlskit/source"]],
  ["deno", ["run", "-A", "--no-check", "--conditions=@tlskit/source"]],
])(
  "in %s, Node's adapter names the right one",
  async (runtime, args) => {
    const program = fileURLToPath(new URL(`../../../node_modules/.bin/${runtime}`, import.meta.url));
    const { stdout } = await promisify(execFile)(program, [...args, child], { timeout: 60_000 });
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
  70_000,
);
