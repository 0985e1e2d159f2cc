import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { publicSuffixList } from "../src/public-suffix.ts";

test("the README's example runs, and prints what it promises", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const flags = ["--conditions=@tlskit/source", "--input-type=module-typescript", "-e", code];
  const output = execFileSync(process.execPath, flags, { cwd: new URL("..", import.meta.url), encoding: "utf8" });
  expect(output).toContain("example.com");
  expect(output).toMatch(/expired on .*Renew the certificate/);
  expect(output).toMatch(/is for DNS:example\.com, not for DNS:example\.org/);
});

test("the public-suffix list knows both of its sections", () => {
  expect(["co.uk", "github.io", "com"].map(publicSuffixList.isPublicSuffix)).toEqual([true, true, true]);
  expect(["example.co.uk", "example.com"].map(publicSuffixList.isPublicSuffix)).toEqual([false, false]);
});
