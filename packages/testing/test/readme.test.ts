import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [first = "", second = ""] = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);

function run(code: string): string {
  const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
  // Types are not checked here, only run: the port of an address would need narrowing.
  const args = ["--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", code];
  return execFileSync(node, args, { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" });
}

test("the README's example runs, and prints what it says", () => {
  expect(run(first)).toBe("true\n");
}, 30_000);

test("the README's list of what is issued runs", () => {
  const prelude = 'import { createTestCa } from "@tlskit/testing";\nconst ca = await createTestCa();\n';
  const afterwards = "console.log(chain.length, expired.certificate.notAfter.toISOString());";
  expect(run(prelude + second + afterwards)).toBe("1 2020-01-01T00:00:00.000Z\n");
}, 30_000);
