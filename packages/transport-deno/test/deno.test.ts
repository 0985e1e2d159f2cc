import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { connect } from "../src/index.ts";

const repository = new URL("../../../", import.meta.url);
const entry = new URL("../src/index.ts", import.meta.url).href;

/** What a program prints on Deno. */
async function onDeno(program: string): Promise<string> {
  const deno = fileURLToPath(new URL("node_modules/.bin/deno", repository));
  // From a file beside the sources: that is where package names resolve.
  const child = fileURLToPath(new URL("./deno-child.ts", import.meta.url));
  const args = ["run", "-A", "--no-check", "--conditions=@tlskit/source", child, entry, program];
  const { stdout } = await promisify(execFile)(deno, args, { timeout: 60_000 });
  return stdout.trim();
}

describe("on Deno", () => {
  test.each(["connect", "listen", "startTls"])(
    "%s says that it is not there yet, and what to use instead",
    async (name) => {
      expect(JSON.parse(await onDeno(name))).toMatchObject({
        code: "RUNTIME_UNSUPPORTED",
        details: { runtime: "deno", feature: name, alternative: expect.stringContaining("Node or Bun") },
      });
    },
    70_000,
  );

  test("loadIdentity works, and names a missing file", async () => {
    expect(JSON.parse(await onDeno("loadIdentity"))).toMatchObject({
      code: "IDENTITY_FILE_MISSING",
      details: { option: "cert", path: "no-such-file.pem" },
    });
  }, 70_000);
});

test("elsewhere it names the adapter to use", async () => {
  await expect(connect("localhost:443")).rejects.toMatchObject({
    code: "RUNTIME_MISMATCH",
    details: { expected: "deno", actual: "node", alternative: "@tlskit/transport-node" },
  });
});
