// The example of the README runs as it stands there.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("the README's example", () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${folder}/README.md`, "utf8")) ?? [];
  expect(code).toContain("@tlskit/x509");
  const run = ["--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", code];
  const output = execFileSync(process.execPath, run, { cwd: folder, encoding: "utf8" });
  expect(output).toContain("Subject Alternative Names: DNS:localhost, IP Address:::1");
  expect(output).toContain("PEM_BAD_BASE64 { line: 2");
});
