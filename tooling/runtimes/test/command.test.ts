import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runConformance } from "../src/conformance.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function command(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const flags = ["--no-warnings", "--conditions=@tlskit/source", main];
  return spawnSync(process.execPath, [...flags, ...args], { encoding: "utf8" });
}

describe("conformance:runtimes", () => {
  test("prints one document, with ids namespaced by the runtime", () => {
    const { status, stdout } = command("--json", "--runtime", "node-26", "--runtime", "bun", "--sources", "good-name");
    const { cases, ...counts } = JSON.parse(stdout);
    expect(counts).toEqual({ passed: 4, failed: 0, skipped: 0 });
    expect(cases.map(({ id }: { id: string }) => id)).toEqual([
      "node-26/version",
      "node-26/good-name",
      "bun/version",
      "bun/good-name",
    ]);
    expect(status).toBe(0);
  });

  test("says what it does not know", () => {
    expect(command("--runtime", "node-18")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/no runtime "node-18"/),
    });
    expect(command("no-such-case")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no case "no-such-case"/),
    });
  });

  test("a wrong Node under a Node's name has failed", async () => {
    process.env.TLSKIT_NODE_22 = process.execPath;
    try {
      const [version] = await runConformance("node-22", { packages: "sources", only: ["good-name"] });
      expect(version).toMatchObject({ id: "node-22/version", ok: false, reason: expect.stringMatching(/^node 26/) });
    } finally {
      delete process.env.TLSKIT_NODE_22;
    }
  });
});
