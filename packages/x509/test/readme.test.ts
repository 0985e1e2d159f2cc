// The examples of the README run as they stand there.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(`${folder}/README.md`, "utf8");
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

function run(code: string): string {
  const args = ["--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", code];
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

test("the first example", () => {
  const output = run(examples[0] ?? "");
  expect(output).toContain("Subject Alternative Names: DNS:localhost, IP Address:::1");
  expect(output).toContain("PEM_BAD_BASE64 { line: 2");
});

test("keys and containers", () => {
  const code = examples.find((example) => example.includes("writePkcs12"));
  const output = run(code ?? "");
  expect(output).toContain("[ { type: 'dns', value: 'localhost' } ] Example CA\n2\n");
  expect(output).toContain("KEY_WRONG_PASSPHRASE { line: ");
});

test("revocation", () => {
  const code = examples.find((example) => example.includes("issueCrl"));
  expect(run(code ?? "")).toMatch(/^keyCompromise\ntrue \d+\ntryLater\n$/);
});
