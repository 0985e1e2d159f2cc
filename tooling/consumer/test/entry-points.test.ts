// The sources run as they are on every runtime, and so does what is built: no entry point may fail to load, on any of
// them, and the runtime that ran must be the one that was meant. A class that is exported has the name of its export.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { entryPoints, root } from "../src/entry-points.ts";

const bin = (name: string) => join(root, "node_modules/.bin", name);
const child = fileURLToPath(new URL("../src/import-all.ts", import.meta.url));
const source = "--conditions=@tlskit/source";
const denoRights = ["--allow-env", "--allow-read", "--allow-sys", "--allow-net=127.0.0.1"];
const runtimes = {
  node: [bin("node"), [source]],
  bun: [bin("bun"), [source]],
  deno: [bin("deno"), ["run", ...denoRights, source]],
} as const;

describe.each(Object.entries(runtimes))("the sources, unbuilt, on %s", (runtime, [command, args]) => {
  test("load through every entry point, with classes by their names", () => {
    expect(importAll(command, args)).toEqual(allLoadedOn(runtime));
  });
});

const built = existsSync(join(root, "packages/x509/dist/node/index.js"));

describe.skipIf(!built).each(Object.entries(runtimes))("the built packages on %s", (runtime, [command, args]) => {
  test("load through every entry point, with classes by their names", () => {
    const withoutSource = args.filter((argument) => argument !== source);
    expect(importAll(command, withoutSource)).toEqual(allLoadedOn(runtime));
  });
});

function importAll(command: string, args: readonly string[]): unknown {
  const ran = spawnSync(command, [...args, child, JSON.stringify(entryPoints())], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const line = ran.stdout.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`no answer; exit ${ran.status}:\n${ran.stdout}${ran.stderr}`);
  return JSON.parse(line);
}

function allLoadedOn(runtime: string): unknown {
  const found = entryPoints().map((entry) => [entry, expect.any(Number)] as const);
  return { runtime, found: Object.fromEntries(found), misnamed: [] };
}
