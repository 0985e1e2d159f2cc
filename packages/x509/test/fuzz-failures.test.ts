// Inputs that once made a reader fail, found by `pnpm fuzz x509` and made as small as possible: none may fail again.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { targets } from "./fuzz/targets.ts";

const folder = new URL("fuzz-failures/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test("there is something to replay", () => {
  expect(files.length).toBeGreaterThan(0);
});

test.each(files)("%s", async (file) => {
  const { target, input } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
    target: string;
    input: string;
  };
  const found = targets.find(({ name }) => name === target);
  if (found === undefined) throw new Error(`no target ${target}`);
  const start = process.threadCpuUsage();
  expect(await found.check(new Uint8Array(Buffer.from(input, "base64")))).toBeTypeOf("boolean");
  // Far above what any input takes, far below what the slow ones took.
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(1000);
});
