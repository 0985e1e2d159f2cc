import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { type PrivateCertificate, X509Error } from "@tlskit/x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadIdentity } from "../src/index.ts";

let directory: string;
let ca: TestCa;
let identity: PrivateCertificate;
const file = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tlskit-identity-"));
  ca = await createTestCa();
  identity = await (await ca.createIntermediate()).issue("localhost");
  const key = await identity.keyPair.toPem();
  const intermediates = identity.chain.map((certificate) => certificate.toPem()).join("");
  await writeFile(file("cert.pem"), identity.toPem());
  await writeFile(file("chain.pem"), intermediates);
  await writeFile(file("fullchain.pem"), identity.fullChainPem());
  await writeFile(file("reversed.pem"), intermediates + identity.toPem());
  await writeFile(file("key.pem"), key);
  await writeFile(file("no-newline.pem"), key.trimEnd());
  await writeFile(file("all.pem"), key + identity.fullChainPem());
  await writeFile(file("encrypted.pem"), await identity.keyPair.toPem({ passphrase: "open sesame" }));
  await writeFile(file("other-key.pem"), await (await ca.issue("other")).keyPair.toPem());
  await writeFile(file("broken.pem"), identity.toPem().replace(/\n[A-Za-z0-9+/]{10}/, "\n!!!!!!!!!!"));
  await writeFile(file("prose.pem"), "nothing of that kind\n");
  await writeFile(file("der.pem"), identity.der);
});

afterAll(() => rm(directory, { recursive: true }));

describe("loadIdentity", () => {
  test.each([
    ["END-02: certificate, chain and key", { cert: "cert.pem", key: "key.pem", chain: "chain.pem" }],
    ["certbot's files", { cert: "fullchain.pem", key: "key.pem" }],
    ["the chain before the certificate", { cert: "reversed.pem", key: "key.pem" }],
    ["everything in one file", { cert: "all.pem", key: "all.pem" }],
    ["END-04: no newline at the end", { cert: "fullchain.pem", key: "no-newline.pem" }],
    ["KEY: encrypted", { cert: "fullchain.pem", key: "encrypted.pem", passphrase: "open sesame" }],
  ])("%s", async (_, files) => {
    const paths = Object.fromEntries(
      Object.entries(files).map(([name, value]) => [name, name === "passphrase" ? value : file(value)]),
    );
    const loaded = await loadIdentity(paths as never);
    expect(loaded.id).toBe(identity.id);
    expect(loaded.chain.map(({ id }) => id)).toEqual(identity.chain.map(({ id }) => id));
  });

  test("file URLs", async () => {
    const loaded = await loadIdentity({ cert: pathToFileURL(file("cert.pem")), key: pathToFileURL(file("key.pem")) });
    expect(loaded.id).toBe(identity.id);
  });

  test.each([
    ["a URL with the scheme https:", new URL("https://example.org/key.pem")],
    ["a URL with the scheme data:", new URL("data:,key")],
    ["a file: URL that leads to no path here", new URL("file:///etc/a%2fb.pem")],
    ["the text of a URL (https:); file: URLs are URL objects", "https://example.org/key.pem"],
    ["the text of a URL (file:); file: URLs are URL objects", "file:///etc/key.pem"],
    ["empty", ""],
    ["object", {}],
    ["null", null],
  ])("what is no file is refused by name: %s", async (actual, key) => {
    await expect(loadIdentity({ cert: file("cert.pem"), key: key as string })).rejects.toMatchObject({
      code: "SETTING_INVALID",
      message: `key must be the path or file: URL of a PEM file, but is ${actual}.`,
      details: { setting: "key", actual },
    });
  });

  test.each([
    ["cert", { cert: "missing.pem", key: "key.pem" }],
    ["key", { cert: "cert.pem", key: "missing.pem" }],
    ["chain", { cert: "cert.pem", key: "key.pem", chain: "missing.pem" }],
  ])("END-06: a missing file is named (%s)", async (option, { cert, key, ...rest }) => {
    const chain = "chain" in rest ? { chain: file(rest.chain) } : {};
    await expect(loadIdentity({ cert: file(cert), key: file(key), ...chain })).rejects.toMatchObject({
      code: "IDENTITY_FILE_MISSING",
      details: { option, path: file("missing.pem") },
      message: expect.stringContaining(file("missing.pem")),
    });
  });

  test("a directory is no file", async () => {
    await expect(loadIdentity({ cert: directory, key: file("key.pem") })).rejects.toMatchObject({
      code: "IDENTITY_FILE_UNREADABLE",
      details: { option: "cert", path: directory, nativeCode: "EISDIR" },
    });
  });

  test.each([
    ["cert", "broken.pem", { cert: "broken.pem", key: "key.pem" }, "PEM_BAD_BASE64"],
    ["cert", "prose.pem", { cert: "prose.pem", key: "key.pem" }, "PEM_NO_BLOCK"],
    ["cert", "key.pem", { cert: "key.pem", key: "key.pem" }, "PEM_WRONG_LABEL"],
    ["key", "cert.pem", { cert: "cert.pem", key: "cert.pem" }, "PEM_WRONG_LABEL"],
    ["key", "encrypted.pem", { cert: "cert.pem", key: "encrypted.pem" }, "KEY_ENCRYPTED"],
  ])("a %s file that holds something else is named: %s", async (option, path, { cert, key }, causeCode) => {
    await expect(loadIdentity({ cert: file(cert), key: file(key) })).rejects.toMatchObject({
      code: "IDENTITY_FILE_INVALID",
      details: { option, path: file(path) },
      cause: { code: causeCode },
    });
  });

  test("a wrong passphrase is told apart", async () => {
    const files = { cert: file("cert.pem"), key: file("encrypted.pem"), passphrase: "guess" };
    await expect(loadIdentity(files)).rejects.toMatchObject({
      code: "IDENTITY_FILE_INVALID",
      cause: { code: "KEY_WRONG_PASSPHRASE" },
    });
  });

  test("files that do not belong together", async () => {
    const error = await loadIdentity({ cert: file("cert.pem"), key: file("other-key.pem") }).catch(
      (reason: unknown) => reason,
    );
    expect(X509Error.is(error) && error.code).toBe("KEY_MISMATCH");
    expect(String(error)).toContain(file("cert.pem"));
    expect(String(error)).toContain(file("other-key.pem"));
  });

  test("a key's base64 on one line, or with line breaks, is no path either", async () => {
    const pem = await identity.keyPair.toPem();
    const base64 = pem.replace(/-----[^-]+-----|\n/g, "");
    for (const key of [base64, base64.replace(/.{64}/g, "$&\n")]) {
      const error = await loadIdentity({ cert: file("cert.pem"), key }).catch((reason: unknown) => reason as Error);
      expect(error).toMatchObject({ code: "SETTING_INVALID", details: { setting: "key" } });
      expect(JSON.stringify(error) + String(error)).not.toContain(base64.slice(0, 30));
    }
  });

  test("a key's text in place of a path is refused, and not repeated", async () => {
    const key = await identity.keyPair.toPem();
    const error = await loadIdentity({ cert: file("cert.pem"), key }).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ code: "SETTING_INVALID", details: { setting: "key" } });
    expect(JSON.stringify(error) + String(error)).not.toContain(key.split("\n")[1]);
  });
});
