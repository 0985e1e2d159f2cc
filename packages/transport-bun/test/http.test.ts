// Every case of the HTTP hand-overs, in a child process of real Bun: one test per case, and a case without a result has
// failed.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ConformanceResult, httpCases } from "@tlskit/transport/conformance";
import type { HttpHandOver } from "@tlskit/transport/node-tls";
import { beforeAll, describe, expect, test } from "vitest";

const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));
const child = fileURLToPath(new URL("./http-child.ts", import.meta.url));
// Only their names are needed here.
const cases = httpCases({} as HttpHandOver);
const results = new Map<string, ConformanceResult>();
let trouble = "";

beforeAll(async () => {
  const { stdout, stderr } = await runChild();
  trouble = stderr;
  for (const line of stdout.split("\n").filter((text) => text.startsWith("{"))) {
    const result = JSON.parse(line) as ConformanceResult;
    results.set(result.id, result);
  }
}, 180_000);

async function runChild(): Promise<{ stdout: string; stderr: string }> {
  const args = ["--conditions=@tlskit/source", child];
  try {
    return await promisify(execFile)(bun, args, {
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
      timeout: 170_000,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    // The cases that were reached have their results; the others fail, and say this.
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    return { stdout, stderr: `${message}\n${stderr}` };
  }
}

describe("HTTP hand-overs on Bun", () => {
  test("the child process ends well", () => {
    expect(trouble).toBe("");
  });

  test.each(cases.map(({ id, name }) => [id, name]))("%s: %s", (id) => {
    expect(results.get(id) ?? `no result: ${trouble}`).toMatchObject({ id, ok: true });
  });
});
