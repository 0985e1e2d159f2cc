import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Runs the README's example as a reader would, and compares what it prints with its comments. */
test("the README's example runs, and prints what it says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
  const args = ["--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", example];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const lines = execFileSync(node, args, { cwd, encoding: "utf8" }).trim().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe("xn--bcher-kva.example");
  expect(lines[1]).toBe("TLSv1.3 TLSv1.2");
  expect(lines[2]).toMatch(/^TLS_VERSION_INSECURE .*insecurelyLowerMinimumTo/);
}, 30_000);
