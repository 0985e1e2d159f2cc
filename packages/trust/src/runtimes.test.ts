import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { platformTrust } from "./index.ts";

/** Run by each runtime on its own: which one it is, and what it reads. */
const SCRIPT = `
import { platformTrust } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
const root = await platformTrust({ environment: {} });
const bundled = await platformTrust({ environment: {}, fileSystem: { status: async () => undefined } });
const failed = await platformTrust({ environment: { SSL_CERT_FILE: "/nowhere" } }).catch((error) => error.code);
console.log(JSON.stringify({
  runtime: globalThis.Bun ? "bun" : globalThis.Deno ? "deno" : "node",
  generation: root.generation, source: root.source.kind, bundled: bundled.size, from: bundled.source.kind, failed,
}));
process.exit(0);
`;

const COMMANDS = {
  node: ["node", "--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", SCRIPT],
  bun: ["bun", "--conditions=@tlskit/source", "--eval", SCRIPT],
  deno: ["deno", "eval", "--ext=ts", "--conditions=@tlskit/source", SCRIPT],
};

test.each(Object.entries(COMMANDS))(
  "TRU-08: %s reads the same store, and has roots of its own",
  async (runtime, command) => {
    const [program = "", ...args] = command;
    const binary = fileURLToPath(new URL(`../../../node_modules/.bin/${program}`, import.meta.url));
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    const output = JSON.parse(execFileSync(binary, args, { cwd, encoding: "utf8" }));
    const here = await platformTrust({ environment: {} });
    expect(output).toMatchObject({
      runtime,
      generation: here.generation,
      source: "system",
      from: "runtime",
      failed: "TRUST_SOURCE_MISSING",
    });
    expect(output.bundled).toBeGreaterThan(100);
  },
  60_000,
);

test.each([
  ["the environment", [], "TRUST_ENVIRONMENT_UNREADABLE"],
  ["files", ["--allow-env"], "TRUST_SOURCE_UNREADABLE"],
])(
  "TRU-08: without permission to read %s nothing else is trusted in its place",
  (_what, permissions, code) => {
    const script = `
import { platformTrust } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
console.log(await platformTrust().then(String, ({ code, cause }) => code + " " + cause.name));
`;
    const binary = fileURLToPath(new URL("../../../node_modules/.bin/deno", import.meta.url));
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    const args = ["run", "--no-prompt", "--conditions=@tlskit/source", ...permissions, "--ext=ts", "-"];
    expect(execFileSync(binary, args, { cwd, encoding: "utf8", input: script }).trim()).toBe(`${code} NotCapable`);
  },
  60_000,
);
