// The commands as a person runs them: their output, their exit codes, and that --json is one document and nothing else.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { situations } from "../src/lab/situations.ts";
import { scenarios } from "../src/matrix/scenarios.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function demo(...args: string[]): Promise<Ran> {
  const main = join(root, "apps/demo/src/main.ts");
  const child = spawn(join(root, "node_modules/.bin/node"), ["--conditions=@tlskit/source", main, ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

describe("demo", () => {
  test("plays every situation on every runtime as expected, and says so on its last line", async () => {
    const { code, stdout } = await demo();
    const [, passed, all] = /^demo: (\d+) of (\d+) as expected$/.exec(stdout.trimEnd().split("\n").at(-1) ?? "") ?? [];
    expect(stdout).not.toContain("UNEXPECTED");
    expect(passed, stdout).toBe(all);
    const playing = 3 - (stdout.match(/is not installed/g) ?? []).length;
    expect(playing).toBeGreaterThanOrEqual(2);
    expect(Number(all)).toBe(playing * situations.length + (hasOpenssl ? 3 : 1));
    expect(stdout).toMatch(
      new RegExp(`with tlskit: the same answer in ${situations.length} of ${situations.length}\\.`),
    );
    expect(stdout).toMatch(/Let in by .*Node.* without tlskit: name in the common name only\./);
    expect(code).toBe(0);
  });

  test("--json is one document with every case", async () => {
    const { code, stdout } = await demo("--json");
    const counts = JSON.parse(stdout) as {
      passed: number;
      failed: number;
      cases: { id: string; ok: boolean; alone?: string }[];
    };
    expect(counts.failed, stdout).toBe(0);
    expect(counts.cases.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["node/good", "bun/starttls", "node/silence", "trust-store"]),
    );
    expect(counts.cases.find(({ id }) => id === "node/expired")).toMatchObject({ alone: "CERT_HAS_EXPIRED" });
    expect(counts.passed).toBe(counts.cases.length);
    expect(code).toBe(0);
  });

  test.each([
    ["bogus"],
    ["doctor"],
    ["--bogus"],
    ["doctor", "a b"],
    ["doctor", "localhost:0"],
    ["doctor", "x", "--ca", "/nowhere.pem"],
    ["doctor", "x", "--starttls", "gopher"],
    ["matrix", "--bogus"],
    ["inspect", "--port", "x"],
  ])("refuses wrong usage: %s %s", async (...args) => {
    const { code, stdout, stderr } = await demo(...args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: "" });
    expect(stderr).toMatch(/Usage:|^[A-Z_]+: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("demo matrix", () => {
  test("every runtime serves every runtime, and --json says each cell", async () => {
    const { code, stdout, stderr } = await demo("matrix", "--json");
    const counts = JSON.parse(stdout) as {
      passed: number;
      failed: number;
      cases: { server: string; client: string; scenario: string; ok: boolean }[];
    };
    expect(counts.failed, stdout).toBe(0);
    const pairs = new Set(counts.cases.map(({ server, client }) => `${server} ${client}`));
    expect([...pairs]).toEqual(expect.arrayContaining(["node node", "node bun", "bun node", "bun bun"]));
    expect(counts.passed).toBe(pairs.size * scenarios.length);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(`${counts.passed} passed, 0 failed, 0 skipped`);
    expect(code).toBe(0);
  });
});

describe.skipIf(!hasOpenssl)("demo doctor", () => {
  const folder = mkdtempSync(join(tmpdir(), "tlskit-doctor-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  let server: ChildProcess;
  let port = "";

  beforeAll(async () => {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const key_ = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key];
    spawnSync("openssl", ["req", "-x509", ...key_, ...subject, "-days", "30", "-out", certificate]);
    server = spawn("openssl", ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key]);
    let text = "";
    for (const stream of [server.stdout, server.stderr]) stream?.on("data", (chunk) => (text += String(chunk)));
    while (!/^ACCEPT .*:(\d+)/m.test(text)) await once(server.stdout ?? server, "data");
    port = /^ACCEPT .*:(\d+)/m.exec(text)?.[1] ?? "";
  });

  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test("says why a self-signed certificate is not trusted", async () => {
    const { code, stdout, stderr } = await demo("doctor", `localhost:${port}`, "--json");
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      trusted: false,
      host: "localhost",
      port: Number(port),
      reasons: [
        { code: "SELF_SIGNED", message: expect.any(String), remedy: expect.any(String), certificate: "CN=localhost" },
      ],
      chain: [{ subject: "CN=localhost", issuer: "CN=localhost", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      negotiated: { version: "TLSv1.3", resumed: false },
      daysLeft: 29,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("trusts it when told to, and tells how long it lasts", async () => {
    const { code, stdout } = await demo("doctor", `localhost:${port}`, "--ca", certificate, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ trusted: true, reasons: [], daysLeft: 29 });
    expect(code).toBe(0);
  });

  test("prints the same for people", async () => {
    const { code, stdout } = await demo("doctor", `localhost:${port}`, "--name", "other.example");
    expect(stdout).toMatch(
      /NOT TRUSTED[\s\S]*SELF_SIGNED[\s\S]*What to do:[\s\S]*NAME_MISMATCH[\s\S]*negotiated {2}TLSv1\.3/,
    );
    expect(code).toBe(1);
  });

  test.each([
    ["smtp", ["220 mail ESMTP\r\n", "250-mail\r\n250 STARTTLS\r\n", "220 go\r\n"]],
    ["imap", ["* OK IMAP4rev2\r\n", "a OK begin\r\n"]],
    ["pop3", ["+OK POP3\r\n", "+OK begin\r\n"]],
    ["postgres", ["", "S"]],
  ] as const)("--starttls %s", async (protocol, [greeting, ...answers]) => {
    const context = { key: readFileSync(key), cert: readFileSync(certificate) };
    const server = createServer((socket) => {
      const left = [...answers];
      socket.on("error", () => {});
      if (greeting !== "") socket.write(greeting);
      const answer = (): void => {
        socket.write(left.shift() ?? "");
        if (left.length > 0) return;
        socket.off("data", answer);
        new TLSSocket(socket, { isServer: true, ...context }).on("error", () => {}).resume();
      };
      socket.on("data", answer);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port: plain } = server.address() as { port: number };
    const more = ["--starttls", protocol, "--ca", certificate, "--json"];
    const { code, stdout } = await demo("doctor", `localhost:${plain}`, ...more);
    expect(JSON.parse(stdout)).toMatchObject({ trusted: true, chain: [{ subject: "CN=localhost" }] });
    expect(code).toBe(0);
    const untrusted = await demo("doctor", `localhost:${plain}`, "--starttls", protocol, "--json");
    expect(JSON.parse(untrusted.stdout)).toMatchObject({ trusted: false, reasons: [{ code: "SELF_SIGNED" }] });
    server.close();
  });

  test.each([
    ["a server that refuses", "220 hello\r\n", "500 no\r\n", "NO_STARTTLS", "100000"],
    ["a server that says nothing", "", "", "HANDSHAKE_TIMEOUT", "600"],
    [
      "bytes in clear after the switch",
      "220 hello\r\n",
      "250 x\r\n220 go\r\n250 injected\r\n",
      "STARTTLS_INJECTION",
      "100000",
    ],
  ])("--starttls: %s", async (_title, greeting, answer, expected, limit) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.write(greeting);
      socket.once("data", () => socket.write(answer));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const target = `localhost:${(server.address() as { port: number }).port}`;
    const { code, stdout } = await demo("doctor", target, "--starttls", "smtp", "--timeout", limit, "--json");
    server.close();
    expect(JSON.parse(stdout)).toMatchObject({ trusted: false, reasons: [{ code: expected }], chain: [] });
    expect(code).toBe(2);
  });

  test("tells unreachable from untrusted", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const free = (taken.address() as { port: number }).port;
    await new Promise((resolve) => taken.close(resolve));
    const { code, stdout } = await demo("doctor", `127.0.0.1:${free}`, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      trusted: false,
      reasons: [{ code: "CONNECTION_REFUSED" }],
      chain: [],
      negotiated: null,
    });
    expect(code).toBe(2);
  });
});
