/** The store of the system, on trees as distributions have them. */
import { execFileSync } from "node:child_process";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { opensslNameHash } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { bundle, expected, hashOfOne, hashOfTwo, isolated, load, one, runtime, three, two } from "../test/platform.ts";
import { refusal } from "../test/refusal.ts";
import { Tree, type TreeEntry } from "../test/tree.ts";
import { platformTrust } from "./index.ts";

describe("TRU-08: the system's store", () => {
  test.each<[string, string, Record<string, TreeEntry>, string]>([
    [
      "Debian, Ubuntu, Arch, Gentoo",
      "linux",
      { "/etc/ssl/certs/ca-certificates.crt": bundle },
      "/etc/ssl/certs/ca-certificates.crt",
    ],
    [
      "RHEL, Fedora",
      "linux",
      {
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem": bundle,
        "/etc/pki/tls/certs/ca-bundle.crt": { link: "../../ca-trust/extracted/pem/tls-ca-bundle.pem" },
        "/etc/ssl/certs": { link: "../pki/tls/certs" },
      },
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    ],
    ["CentOS 6", "linux", { "/etc/pki/tls/certs/ca-bundle.crt": bundle }, "/etc/pki/tls/certs/ca-bundle.crt"],
    [
      "SUSE",
      "linux",
      {
        "/var/lib/ca-certificates/ca-bundle.pem": bundle,
        "/etc/ssl/ca-bundle.pem": { link: "../../var/lib/ca-certificates/ca-bundle.pem" },
      },
      "/var/lib/ca-certificates/ca-bundle.pem",
    ],
    ["old SUSE", "linux", { "/etc/ssl/ca-bundle.pem": bundle }, "/etc/ssl/ca-bundle.pem"],
    [
      "Alpine",
      "linux",
      { "/etc/ssl/certs/ca-certificates.crt": bundle, "/etc/ssl/cert.pem": { link: "certs/ca-certificates.crt" } },
      "/etc/ssl/certs/ca-certificates.crt",
    ],
    ["Alpine with cert.pem alone", "linux", { "/etc/ssl/cert.pem": bundle }, "/etc/ssl/cert.pem"],
    [
      "a hashed directory without a bundle",
      "linux",
      {
        [`/etc/ssl/certs/${hashOfOne}.0`]: one.toPem(),
        [`/etc/ssl/certs/${hashOfTwo}.0`]: { link: "two.pem" },
        "/etc/ssl/certs/two.pem": two.toPem(),
        "/etc/ssl/certs/not-hashed.pem": three.toPem(),
      },
      "/etc/ssl/certs",
    ],
    ["FreeBSD", "freebsd", { "/etc/ssl/cert.pem": bundle }, "/etc/ssl/cert.pem"],
    [
      "FreeBSD's port",
      "freebsd",
      { "/usr/local/share/certs/ca-root-nss.crt": bundle },
      "/usr/local/share/certs/ca-root-nss.crt",
    ],
    [
      "FreeBSD's certctl",
      "freebsd",
      { [`/etc/ssl/certs/${hashOfOne}.0`]: one.toPem(), [`/etc/ssl/certs/${hashOfTwo}.0`]: two.toPem() },
      "/etc/ssl/certs",
    ],
    ["OpenBSD", "openbsd", { "/etc/ssl/cert.pem": bundle }, "/etc/ssl/cert.pem"],
    [
      "Android, which has the old hashes",
      "android",
      {
        [`/system/etc/security/cacerts/${opensslNameHash(one.subject, { old: true })}.0`]: one.toPem(),
        [`/system/etc/security/cacerts/${opensslNameHash(two.subject, { old: true })}.0`]: two.toPem(),
      },
      "/system/etc/security/cacerts",
    ],
  ])("%s", async (_name, os, tree, location) => {
    const root = await load(tree, { os });
    expect(root.generation).toBe(expected);
    expect(root.source).toEqual({
      kind: "system",
      locations: [location],
      description: `the system's store, ${location}`,
    });
    expect(root.skipped).toEqual([]);
    expect(root.why(one).origins[0]?.location.startsWith(location)).toBe(true);
  });

  test("says the file and line of each certificate, and merges duplicates", async () => {
    const root = await load({ "/etc/ssl/cert.pem": `# roots\n\n${one.toPem()}${two.toPem()}${one.toPem()}` });
    const lines = one.toPem().split("\n").length - 1;
    const second = 3 + lines + two.toPem().split("\n").length - 1;
    expect(root.size).toBe(2);
    expect(root.find(one)?.source).toBe("/etc/ssl/cert.pem:3");
    expect(root.why(one).message).toBe(`trusted: found in /etc/ssl/cert.pem:3, /etc/ssl/cert.pem:${second}`);
  });

  test("a damaged certificate is skipped, and listed with file, line and error", async () => {
    const damaged = two.toPem().replace(/\n(.)/, "\n!");
    const root = await load({ "/etc/ssl/cert.pem": one.toPem() + damaged });
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id]);
    const line = one.toPem().split("\n").length;
    expect(root.skipped).toMatchObject([{ location: "/etc/ssl/cert.pem", line, error: { code: "PEM_BAD_BASE64" } }]);
  });

  test("in a directory, what cannot be read is skipped: dangling and looping links, directories, pipes", async () => {
    await using tree = await Tree.make({
      [`/etc/ssl/certs/${hashOfOne}.0`]: one.toPem(),
      [`/etc/ssl/certs/${hashOfTwo}.0`]: two.toPem(),
      "/etc/ssl/certs/22222222.0": { link: "nowhere" },
      "/etc/ssl/certs/33333333.0": { link: "33333333.0" },
      "/etc/ssl/certs/44444444.0/inside": "x",
      "/etc/ssl/certs/66666666.0": "",
      "/etc/ssl/certs/77777777.r0": three.toPem(),
    });
    execFileSync("mkfifo", [join(tree.root, "/etc/ssl/certs/55555555.0")]);
    const root = await platformTrust({ ...isolated, fileSystem: tree.fileSystem });
    expect(root.generation).toBe(expected);
    expect(root.skipped.map(({ location }) => location.slice(-10))).toEqual(
      ["2", "3", "4", "5", "6"].map((digit) => `${digit.repeat(8)}.0`),
    );
    expect(root.skipped.every(({ error }) => error.code === "TRUST_SOURCE_UNREADABLE")).toBe(true);
  });

  test("a store that exists and is empty is an error, and the runtime's roots do not take its place", async () => {
    for (const text of ["", "no certificates here\n"]) {
      const error = await refusal(load({ "/etc/ssl/certs/ca-certificates.crt": text, "/etc/ssl/cert.pem": bundle }));
      expect(error.code).toBe("TRUST_SOURCE_EMPTY");
      expect(error.details).toMatchObject({ location: "/etc/ssl/certs/ca-certificates.crt" });
    }
  });

  test("a store that exists and cannot be read is an error", async () => {
    const looping = await refusal(load({ "/etc/ssl/certs/ca-certificates.crt": { link: "ca-certificates.crt" } }));
    expect(looping.code).toBe("TRUST_SOURCE_UNREADABLE");
    const directory = await refusal(load({ "/etc/ssl/cert.pem/x": "" }));
    expect(directory.code).toBe("TRUST_SOURCE_UNREADABLE");
    const denied = {
      status: async () => {
        throw Object.assign(new Error("denied"), { code: "EACCES" });
      },
      readFile: async () => new Uint8Array(),
      readDirectory: async () => [],
    };
    const error = await refusal(platformTrust({ ...isolated, fileSystem: denied }));
    expect(error.code).toBe("TRUST_SOURCE_UNREADABLE");
    expect(error.cause).toMatchObject({ code: "EACCES" });
  });

  test("a store that is too large is an error before it is read", async () => {
    await using tree = await Tree.make({ "/etc/ssl/cert.pem": bundle });
    await truncate(join(tree.root, "/etc/ssl/cert.pem"), 17 * 1024 * 1024);
    const error = await refusal(platformTrust({ ...isolated, fileSystem: tree.fileSystem }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_TOO_LARGE", details: { unit: "bytes" } });
  });

  test("a directory with more files than any store has is an error", async () => {
    const names = Array.from({ length: 10_001 }, (_, index) => `${index.toString(16).padStart(8, "0")}.0`);
    const fileSystem = {
      status: async (path: string) =>
        path === "/etc/ssl/certs" ? ({ kind: "directory", size: 0 } as const) : undefined,
      readFile: async () => new TextEncoder().encode(bundle),
      readDirectory: async () => names,
    };
    const error = await refusal(platformTrust({ ...isolated, fileSystem }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_TOO_LARGE", details: { unit: "files", limit: 10_000 } });
  });

  test("many large files are an error before the last of them is read", async () => {
    let read = 0;
    const garbage = new Uint8Array(16 * 1024 * 1024);
    const names = Array.from({ length: 100 }, (_, index) => `${index.toString(16).padStart(8, "0")}.0`);
    const fileSystem = {
      status: async (path: string) =>
        path === "/etc/ssl/certs" ? ({ kind: "directory", size: 0 } as const) : undefined,
      readFile: async () => (++read > 0 ? garbage : garbage),
      readDirectory: async () => names,
    };
    const error = await refusal(platformTrust({ ...isolated, fileSystem }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_TOO_LARGE", details: { unit: "bytes", limit: 67_108_864 } });
    expect(read).toBeLessThan(names.length);
  });

  test("a file that grows while it is read is stopped at the limit", async () => {
    const fileSystem = {
      status: async (path: string) =>
        path === "/etc/ssl/cert.pem" ? ({ kind: "file", size: 10 } as const) : undefined,
      readFile: async (_path: string, maxBytes: number) => {
        throw new Error(`larger than ${maxBytes} bytes`);
      },
      readDirectory: async () => [],
    };
    expect((await refusal(platformTrust({ ...isolated, fileSystem }))).code).toBe("TRUST_SOURCE_UNREADABLE");
  });

  test("no more blocks are read than any store has", async () => {
    const flood = "-----BEGIN CERTIFICATE-----\n".repeat(20_001);
    const error = await refusal(load({ "/etc/ssl/cert.pem": flood }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_TOO_LARGE", details: { unit: "blocks", limit: 20_000 } });
  });

  test("where there is no store, the runtime's roots serve, and the source says so", async () => {
    const root = await load({ "/etc/ssl/certs": { directory: true } });
    expect(root.certificates.map(({ id }) => id)).toEqual([three.id]);
    expect(root.source.kind).toBe("runtime");
    expect(root.source.locations).toEqual(["the test's bundled list"]);
    expect(root.source.description).toContain("because no system store was found");
    const error = await refusal(load({}, { runtimeCertificates: runtime({}) }));
    expect(error.code).toBe("TRUST_STORE_NOT_FOUND");
    expect(error.details).toMatchObject({ locations: expect.arrayContaining(["/etc/ssl/cert.pem"]) });
  });

  test.each(["darwin", "win32"])("on %s the runtime reads the store, and the source says so", async (os) => {
    const root = await load({}, { os, runtimeCertificates: runtime({ system: [one.toPem(), two.toPem()] }) });
    expect(root.generation).toBe(expected);
    expect(root.source.kind).toBe("runtime");
    expect(root.source.description).toBe("the system's store, as the runtime reads it (the test's system list)");
    expect((await refusal(load({}, { os, runtimeCertificates: runtime({}) }))).code).toBe("PLATFORM_UNSUPPORTED");
    const empty = await refusal(load({}, { os, runtimeCertificates: runtime({ system: [] }) }));
    expect(empty.code).toBe("TRUST_SOURCE_EMPTY");
  });
});
