// A switch of Deno's turns its own verification off for the whole process: ours goes on, on both sides. Without its
// permissions nothing is trusted in the place of what cannot be read.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { childCommand, cleanEnvironment, jsonLines } from "@tlskit/cases";
import type { ConformanceResult } from "@tlskit/transport/conformance";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("./conformance-child.ts", import.meta.url));
const cases = ["good-name", "untrusted-root", "self-signed", "expired", "wrong-name", "client-good", "client-wrong-ca"];

test("--unsafely-ignore-certificate-errors lets nobody in", () => {
  const [deno, ...flags] = childCommand("deno", [
    "--conditions=@tlskit/source",
    "--unsafely-ignore-certificate-errors",
  ]);
  const { stdout } = spawnSync(deno, [...flags, program, ...cases], { encoding: "utf8", env: cleanEnvironment() });
  const results = jsonLines<ConformanceResult>(stdout);
  expect(results.map(({ id }) => id).sort()).toEqual(cases.toSorted());
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
});

const connecting = `
  import { connect } from "@tlskit/transport-deno";
  await connect("localhost:1").catch((error) => console.log(error.code, error.message));
`;
const loading = `
  import { loadIdentity } from "@tlskit/transport-deno";
  await loadIdentity({ cert: "/a.pem", key: "/b.pem" }).catch((error) => console.log(error.code, error.message));
`;

test.each([
  ["connecting", connecting, "--allow-net", /^TRUST_ENVIRONMENT_UNREADABLE .*--allow-env/],
  ["connecting", connecting, "--allow-env", /^TRUST_SOURCE_UNREADABLE .*--allow-read/],
  ["loading a certificate", loading, "--allow-env", /^IDENTITY_FILE_UNREADABLE .*--allow-read/],
])("%s: what may not be read, and how to allow it", (_, program, flag, says) => {
  const deno = fileURLToPath(new URL("../../../node_modules/.bin/deno", import.meta.url));
  const args = ["run", "--no-prompt", "--no-check", "--conditions=@tlskit/source", flag, "-"];
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { stdout, stderr } = spawnSync(deno, args, { input: program, encoding: "utf8", cwd, env: cleanEnvironment() });
  expect(stderr).toBe("");
  expect(stdout).toMatch(says);
});
