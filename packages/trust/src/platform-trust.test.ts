import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { Certificate, opensslNameHash } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { Tree, type TreeEntry } from "../test/tree.ts";
import {
  type PlatformTrustOptions,
  platformTrust,
  TrustError,
  type TrustRoot,
  trustRootFromCertificates,
} from "./index.ts";

const [one, two, three] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
];
const [hashOfOne, hashOfTwo] = [opensslNameHash(one.subject), opensslNameHash(two.subject)];
const bundle = one.toPem() + two.toPem();
const expected = trustRootFromCertificates([one, two]).generation;

/** The runtime's lists, as a test wants them. */
function runtime(lists: {
  system?: string[];
  bundled?: string[];
}): NonNullable<PlatformTrustOptions["runtimeCertificates"]> {
  return async (list) => {
    const pem = lists[list];
    return pem === undefined ? undefined : { name: `the test's ${list} list`, pem };
  };
}

const isolated = { os: "linux", environment: {}, runtimeCertificates: runtime({ bundled: [three.toPem()] }) };

async function load(tree: Readonly<Record<string, TreeEntry>>, options: PlatformTrustOptions = {}): Promise<TrustRoot> {
  await using made = await Tree.make(tree);
  return await platformTrust({ ...isolated, fileSystem: made.fileSystem, ...options });
}

async function refusal(promise: Promise<unknown>): Promise<TrustError> {
  try {
    await promise;
  } catch (error) {
    if (TrustError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

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

describe("the real file system", () => {
  test("pipes and devices are refused at once, whoever names them", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
    try {
      execFileSync("mkfifo", [join(directory, "pipe")]);
      await symlink("/dev/zero", join(directory, "zero"));
      for (const file of ["pipe", "zero"]) {
        const error = await refusal(platformTrust({ environment: { SSL_CERT_FILE: join(directory, file) } }));
        expect(error.code).toBe("TRUST_SOURCE_UNREADABLE");
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission is unreadable, with the cause", async () => {
    await using tree = await Tree.make({ "/f": bundle });
    await chmod(join(tree.root, "/f"), 0);
    const error = await refusal(platformTrust({ environment: { SSL_CERT_FILE: join(tree.root, "/f") } }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_UNREADABLE", cause: { code: "EACCES" } });
  });

  const store = "/etc/ssl/certs/ca-certificates.crt";
  test.skipIf(!hasFile(store))(
    "every certificate of this machine's store is read, as OpenSSL counts them",
    async () => {
      const root = await platformTrust({ environment: {} });
      const count = readFileSync(store, "latin1").split("-----BEGIN CERTIFICATE-----").length - 1;
      expect(root.source.locations).toEqual([store]);
      expect(root.skipped).toEqual([]);
      expect(root.size).toBe(count);
      const listed = execFileSync("openssl", ["storeutl", "-noout", "-certs", store], { encoding: "utf8" });
      expect(listed).toContain(`Total found: ${count}`);
      for (const { certificate } of root) {
        expect(root.bySubject(certificate.subject).some((anchor) => anchor.certificate === certificate)).toBe(true);
      }
    },
  );
});

function hasFile(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
