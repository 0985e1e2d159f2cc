/** Sources that somebody names: they replace the default, and are never replaced themselves. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundle, expected, hashOfOne, hashOfTwo, isolated, load, one, three, two } from "../test/platform.ts";
import { refusal } from "../test/refusal.ts";
import { Tree, type TreeEntry } from "../test/tree.ts";
import { platformTrust } from "./index.ts";

describe("TRU-08: an explicit source replaces the default, and is never replaced itself", () => {
  const system = { "/etc/ssl/certs/ca-certificates.crt": three.toPem() };

  test("SSL_CERT_FILE", async () => {
    const root = await load(
      { ...system, "/my/roots.pem": bundle },
      { environment: { SSL_CERT_FILE: "/my/roots.pem" } },
    );
    expect(root.generation).toBe(expected);
    expect(root.source).toEqual({
      kind: "environment",
      locations: ["/my/roots.pem"],
      description: "SSL_CERT_FILE=/my/roots.pem",
    });
  });

  test("SSL_CERT_DIR, several directories", async () => {
    const tree = {
      ...system,
      [`/a/${hashOfOne}.0`]: one.toPem(),
      [`/b/${hashOfTwo}.1`]: two.toPem(),
      "/b/two.pem": three.toPem(),
    };
    const root = await load(tree, { environment: { SSL_CERT_DIR: "/a:/b" } });
    expect(root.generation).toBe(expected);
    expect(root.source.locations).toEqual(["/a", "/b"]);
    const windows = await load(tree, { os: "win32", environment: { SSL_CERT_DIR: "/a;/b" } });
    expect(windows.generation).toBe(expected);
  });

  test("both", async () => {
    const tree = { ...system, "/my/one.pem": one.toPem(), [`/b/${hashOfTwo}.0`]: two.toPem() };
    const root = await load(tree, { environment: { SSL_CERT_FILE: "/my/one.pem", SSL_CERT_DIR: "/b" } });
    expect(root.generation).toBe(expected);
  });

  test("reads no other path", async () => {
    await using tree = await Tree.make({ ...system, "/my/roots.pem": bundle });
    await platformTrust({ ...isolated, fileSystem: tree.fileSystem, environment: { SSL_CERT_FILE: "/my/roots.pem" } });
    expect(new Set(tree.asked)).toEqual(new Set(["/my/roots.pem"]));
  });

  test.each<[string, Record<string, TreeEntry>, Record<string, string>, string, object]>([
    [
      "a missing file",
      {},
      { SSL_CERT_FILE: "/no" },
      "TRUST_SOURCE_MISSING",
      { location: "/no", variable: "SSL_CERT_FILE" },
    ],
    ["a dangling link", { "/l": { link: "no" } }, { SSL_CERT_FILE: "/l" }, "TRUST_SOURCE_MISSING", { location: "/l" }],
    ["a path below a file", { "/f": "" }, { SSL_CERT_FILE: "/f/x" }, "TRUST_SOURCE_MISSING", { location: "/f/x" }],
    ["an empty file", { "/f": "" }, { SSL_CERT_FILE: "/f" }, "TRUST_SOURCE_EMPTY", { location: "/f", skipped: 1 }],
    [
      "damage only",
      { "/f": `-----BEGIN CERTIFICATE-----\n` },
      { SSL_CERT_FILE: "/f" },
      "TRUST_SOURCE_EMPTY",
      { skipped: 1 },
    ],
    [
      "a directory for a file",
      { "/d/x": "" },
      { SSL_CERT_FILE: "/d" },
      "TRUST_SOURCE_UNREADABLE",
      { problem: "it is a directory, not a file" },
    ],
    [
      "a file for a directory",
      { "/f": bundle },
      { SSL_CERT_DIR: "/f" },
      "TRUST_SOURCE_UNREADABLE",
      { variable: "SSL_CERT_DIR" },
    ],
    ["a missing directory", {}, { SSL_CERT_DIR: "/no" }, "TRUST_SOURCE_MISSING", { variable: "SSL_CERT_DIR" }],
    [
      "one missing of two",
      { [`/a/${hashOfOne}.0`]: one.toPem() },
      { SSL_CERT_DIR: "/a:/no" },
      "TRUST_SOURCE_MISSING",
      { location: "/no" },
    ],
    [
      "an empty directory",
      { "/d": { directory: true } },
      { SSL_CERT_DIR: "/d" },
      "TRUST_SOURCE_EMPTY",
      { location: "/d" },
    ],
    ["no hashed names", { "/d/ca.pem": bundle }, { SSL_CERT_DIR: "/d" }, "TRUST_SOURCE_EMPTY", { location: "/d" }],
    ["an empty variable", {}, { SSL_CERT_FILE: "" }, "TRUST_SOURCE_UNREADABLE", { variable: "SSL_CERT_FILE" }],
    ["an empty list", {}, { SSL_CERT_DIR: "" }, "TRUST_SOURCE_UNREADABLE", { variable: "SSL_CERT_DIR" }],
    ["nothing but delimiters", {}, { SSL_CERT_DIR: "::" }, "TRUST_SOURCE_MISSING", { variable: "SSL_CERT_DIR" }],
    [
      "a good file beside a missing directory",
      { "/f": bundle },
      { SSL_CERT_FILE: "/f", SSL_CERT_DIR: "/no" },
      "TRUST_SOURCE_MISSING",
      {},
    ],
    [
      "a good file beside an empty directory",
      { "/f": bundle, "/d": { directory: true } },
      { SSL_CERT_FILE: "/f", SSL_CERT_DIR: "/d" },
      "TRUST_SOURCE_EMPTY",
      { location: "/d" },
    ],
  ])("%s is an error", async (_name, tree, environment, code, details) => {
    const error = await refusal(load({ ...system, ...tree }, { environment }));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject(details);
  });

  test("an environment that may not be read is an error: it may name an explicit source", async () => {
    const environment = new Proxy(
      {},
      {
        get() {
          throw new Error("NotCapable");
        },
      },
    );
    const error = await refusal(load(system, { environment }));
    expect(error).toMatchObject({ code: "TRUST_ENVIRONMENT_UNREADABLE", details: { variable: "SSL_CERT_FILE" } });
  });

  test("DER is read as well as PEM", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
    try {
      const file = join(directory, "root.der");
      await writeFile(file, one.der);
      const root = await platformTrust({ environment: { SSL_CERT_FILE: file } });
      expect(root.why(one).message).toBe(`trusted: found in ${file}`);
      await writeFile(file, one.der.subarray(0, 200));
      const error = await refusal(platformTrust({ environment: { SSL_CERT_FILE: file } }));
      expect(error).toMatchObject({ code: "TRUST_SOURCE_EMPTY", cause: { code: "DER_TRUNCATED" } });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
