import { execFileSync } from "node:child_process";
import { rootCertificates } from "node:tls";
import { Certificate, opensslNameHash } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { Tree } from "../test/tree.ts";
import {
  type CommandRunner,
  OpenSSLDefaultPaths,
  platformTrust,
  TrustError,
  trustRootFromCertificates,
} from "./index.ts";

const [one, two, three] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
];

const [hashOfOne, hashOfTwo, hashOfThree] = [one, two, three].map(({ subject }) => opensslNameHash(subject));

describe("TRU-09: OpenSSLDefaultPaths", () => {
  test.each(["/usr/lib/ssl", "/etc/pki/tls", "/etc/ssl", "/usr/local/ssl"])("finds %s", async (directory) => {
    await using byFile = await Tree.make({ [`${directory}/cert.pem`]: one.toPem() });
    await using byDirectory = await Tree.make({ [`${directory}/certs/${hashOfOne}.0`]: one.toPem() });
    for (const tree of [byFile, byDirectory]) {
      const paths = await OpenSSLDefaultPaths.find({ fileSystem: tree.fileSystem, environment: {}, os: "linux" });
      expect(paths).toMatchObject({ directory, certFile: `${directory}/cert.pem`, certDir: `${directory}/certs` });
      const root = await paths.load();
      expect(root.certificates.map(({ id }) => id)).toEqual([one.id]);
      expect(root.source).toMatchObject({ kind: "openssl", locations: [paths.certFile, paths.certDir] });
    }
  });

  test("reads the bundle and the hash-named files, and says where each was", async () => {
    await using tree = await Tree.make({
      "/ssl/cert.pem": one.toPem() + two.toPem(),
      [`/ssl/certs/${hashOfTwo}.0`]: two.toPem(),
      [`/ssl/certs/${hashOfThree}.1`]: three.toPem(),
      "/ssl/certs/three.pem": three.toPem(),
      "/ssl/certs/0A1B2C3D.0": "not a hash: upper case",
    });
    const root = await new OpenSSLDefaultPaths("/ssl", { fileSystem: tree.fileSystem, environment: {} }).load();
    expect(root.generation).toBe(trustRootFromCertificates([one, two, three]).generation);
    expect(root.why(two).origins.map(({ location }) => location)).toEqual([
      "/ssl/cert.pem",
      `/ssl/certs/${hashOfTwo}.0`,
    ]);
    expect(root.why(three).origins.map(({ location }) => location)).toEqual([`/ssl/certs/${hashOfThree}.1`]);
    expect(root.skipped).toEqual([]);
  });

  test("the directory may be a file: URL", () => {
    const paths = new OpenSSLDefaultPaths(new URL("file:///usr/lib/ssl"), { environment: {} });
    expect([paths.directory, paths.certFile]).toEqual(["/usr/lib/ssl", "/usr/lib/ssl/cert.pem"]);
    expect(() => new OpenSSLDefaultPaths(new URL("https://example.org/ssl"))).toThrowError(/Its scheme is https:/);
  });

  test("each variable replaces its own default, as in OpenSSL, and must be good", async () => {
    await using tree = await Tree.make({ [`/ssl/certs/${hashOfOne}.0`]: one.toPem(), "/my.pem": two.toPem() });
    const { fileSystem } = tree;
    const environment = { SSL_CERT_FILE: "/my.pem" };
    const paths = new OpenSSLDefaultPaths("/ssl", { fileSystem, environment });
    expect([paths.certFile, paths.certDir]).toEqual(["/my.pem", "/ssl/certs"]);
    expect((await paths.load()).generation).toBe(trustRootFromCertificates([one, two]).generation);
    for (const broken of [{ SSL_CERT_FILE: "/no" }, { SSL_CERT_DIR: "/no" }]) {
      const loading = new OpenSSLDefaultPaths("/ssl", { fileSystem, environment: broken }).load();
      await expect(loading).rejects.toMatchObject({ code: "TRUST_SOURCE_MISSING" });
    }
  });

  test("what changes in the environment afterwards changes nothing", async () => {
    await using tree = await Tree.make({ "/my.pem": two.toPem() });
    const environment: Record<string, string> = { SSL_CERT_FILE: "/my.pem" };
    const paths = new OpenSSLDefaultPaths("/ssl", { fileSystem: tree.fileSystem, environment });
    environment.SSL_CERT_FILE = "/no";
    expect((await paths.load()).certificates.map(({ id }) => id)).toEqual([two.id]);
  });

  test("nothing found is an error, and so is nothing inside", async () => {
    await using tree = await Tree.make({ "/etc/ssl/certs/readme": "", "/usr/lib/ssl/certs": { directory: true } });
    const options = { fileSystem: tree.fileSystem, environment: {} };
    await expect(OpenSSLDefaultPaths.find(options)).rejects.toSatisfy(
      (error) => TrustError.is(error) && error.code === "TRUST_STORE_NOT_FOUND",
    );
    const loading = new OpenSSLDefaultPaths("/usr/lib/ssl", options).load();
    await expect(loading).rejects.toMatchObject({
      code: "TRUST_SOURCE_EMPTY",
      message: expect.not.stringContaining("Neither of the two exists."),
    });
    await expect(new OpenSSLDefaultPaths("/nowhere", options).load()).rejects.toMatchObject({
      code: "TRUST_SOURCE_EMPTY",
      message: expect.stringContaining("Neither of the two exists."),
    });
  });

  test("a certificate under another name than the hash of its subject is skipped: OpenSSL would not find it", async () => {
    await using tree = await Tree.make({
      [`/ssl/certs/${hashOfOne}.0`]: one.toPem() + two.toPem(),
      [`/ssl/certs/${opensslNameHash(three.subject, { old: true })}.0`]: three.toPem(),
    });
    const root = await new OpenSSLDefaultPaths("/ssl", { fileSystem: tree.fileSystem, environment: {} }).load();
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id]);
    expect(root.skipped.map(({ error }) => error.code)).toEqual(["TRUST_HASH_MISMATCH", "TRUST_HASH_MISMATCH"]);
    expect(root.skipped.map(({ error }) => error.details)).toContainEqual(
      expect.objectContaining({ expected: hashOfTwo }),
    );
  });

  test("looks a CA up by the hash of its name, as OpenSSL does", async () => {
    await using tree = await Tree.make({
      "/a/readme": "",
      [`/b/${hashOfOne}.0`]: two.toPem(),
      [`/b/${hashOfOne}.1`]: one.toPem(),
      [`/b/${hashOfOne}.3`]: one.toPem(),
    });
    const environment = { SSL_CERT_DIR: "/a:/b" };
    const paths = new OpenSSLDefaultPaths("/ssl", { fileSystem: tree.fileSystem, environment });
    expect((await paths.lookUp(one.subject)).map(({ id }) => id)).toEqual([one.id]);
    expect(await paths.lookUp(three.subject)).toEqual([]);
    // Number after number, up to the first that is missing.
    expect(tree.asked.filter((path) => path.startsWith("/b/")).some((path) => path.endsWith(".3"))).toBe(false);
  });

  test("takes the directory that the system's openssl says, and else looks for one", async () => {
    const said = (stdout: string, exitCode = 0): CommandRunner => ({
      run: async () => ({ exitCode, stdout: new TextEncoder().encode(stdout), stderr: "" }),
      withTemporaryFile: async () => expect.unreachable(),
    });
    await using tree = await Tree.make({ "/etc/ssl/cert.pem": one.toPem() });
    const { fileSystem } = tree;
    const find = async (commands: CommandRunner): Promise<string> =>
      (await OpenSSLDefaultPaths.find({ fileSystem, environment: {}, commands })).directory;
    expect(await find(said('OPENSSLDIR: "/opt/my ssl"\n'))).toBe("/opt/my ssl");
    expect(await find(said("OPENSSLDIR: relative\n"))).toBe("/etc/ssl");
    expect(await find(said("", 1))).toBe("/etc/ssl");
    expect(await find({ ...said(""), run: async () => undefined })).toBe("/etc/ssl");
    expect(await find({ ...said(""), run: () => Promise.reject(new Error("not allowed")) })).toBe("/etc/ssl");
  });

  test("agrees with this machine's openssl, and with its store", async () => {
    const directory = /OPENSSLDIR: "(.*)"/.exec(execFileSync("openssl", ["version", "-d"], { encoding: "utf8" }))?.[1];
    const paths = await OpenSSLDefaultPaths.find({ environment: {} });
    expect(paths.directory).toBe(directory);
    expect((await paths.load()).generation).toBe((await platformTrust({ environment: {} })).generation);
  });
});
