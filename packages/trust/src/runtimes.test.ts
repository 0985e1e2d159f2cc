import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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

/** Formats and tools, as each runtime reads and runs them. */
const STORES = `
import { FakeSecurity, settingsList } from ${JSON.stringify(new URL("../test/macos.ts", import.meta.url).href)};
import { nodePlatform } from ${JSON.stringify(new URL("./platform/node-platform.ts", import.meta.url).href)};
import { OpenSSLDefaultPaths, platformTrust, trustRootFromDirectory } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
const here = await platformTrust({ environment: {} });
const [one, two, three] = here.certificates;
const tool = new FakeSecurity({ systemRoots: [one, two], systemKeychain: [three], user: settingsList([two, [{ result: 3 }]], [three, []]) });
const mac = await platformTrust({ os: "darwin", environment: {}, commands: tool.commands, fileSystem: tool.fileSystem });
const { commands, fileSystem } = nodePlatform();
const limits = { maxBytes: 10, timeout: 60_000 };
const echo = await commands.run("/bin/echo", ["hi"], limits);
const flood = await commands.run("/usr/bin/yes", [], limits).catch((error) => error.message);
const missing = await commands.run("/no/such/program", [], limits);
const kept = await commands.withTemporaryFile(async (path) => (await fileSystem.status(path)) === undefined);
const names = await fileSystem.readDirectory("/etc/ssl", 1000);
const paths = await OpenSSLDefaultPaths.find({ environment: {} });
const directory = await trustRootFromDirectory("/etc/ssl/certs").then(({ generation }) => generation);
console.log(JSON.stringify({
  mac: [mac.certificates.length, mac.why(two).trusted, mac.distrusted.length],
  echo: [echo.exitCode, new TextDecoder().decode(echo.stdout)], flood, missing: missing === undefined, kept,
  names: names.includes("certs"), directory: directory === here.generation, openssl: paths.directory,
  limited: here.forPurposes("server").pin(one, two).generation,
}));
process.exit(0);
`;

test.skipIf(!existsSync("/etc/ssl/certs/ca-certificates.crt"))(
  "TRU-08: the readers of stores, tools and directories do the same on Node, Bun and Deno",
  () => {
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    const outputs = Object.values(COMMANDS).map(([program = "", ...args]) => {
      const binary = fileURLToPath(new URL(`../../../node_modules/.bin/${program}`, import.meta.url));
      return JSON.parse(execFileSync(binary, [...args.slice(0, -1), STORES], { cwd, encoding: "utf8" }));
    });
    const [node] = outputs;
    expect(node).toMatchObject({
      mac: [2, false, 1],
      echo: [0, "hi\n"],
      flood: "it wrote more than 10 bytes",
      missing: true,
      kept: true,
      names: true,
      directory: true,
    });
    for (const output of outputs) expect(output).toEqual(node);
  },
);

test("TRU-08: on Deno, a tool that may not be run is an error, and nothing takes its place", () => {
  const script = `
import { platformTrust } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
console.log(await platformTrust({ os: "darwin", environment: {} }).then(String, ({ code, cause }) => code + " " + cause.name));
`;
  const binary = fileURLToPath(new URL("../../../node_modules/.bin/deno", import.meta.url));
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["run", "--no-prompt", "--allow-read", "--conditions=@tlskit/source", "--ext=ts", "-"];
  expect(execFileSync(binary, args, { cwd, encoding: "utf8", input: script }).trim()).toBe(
    "TRUST_TOOL_FAILED NotCapable",
  );
});
