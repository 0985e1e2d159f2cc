import { execFileSync } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { type Certificate, ExtendedKeyUsage, type KeyGenerationOptions, type PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { createTestCa, type TestCa } from "./index.ts";

/** A handshake of node:tls with itself: undefined if the client accepts the server, else its reason. */
async function handshake(ca: TestCa, identity: PrivateCertificate, servername: string): Promise<string | undefined> {
  const server = createServer({ cert: identity.fullChainPem(), key: await identity.keyPair.toPem() });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", servername, ca: ca.caPem });
  try {
    await once(socket, "secureConnect");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
    server.close();
  }
}

const names = (certificate: Certificate) => certificate.subjectAltName?.map(({ type, value }) => [type, value]);

describe("a test CA", () => {
  test("issues an identity that a TLS client accepts, for its names only", async () => {
    const ca = await createTestCa();
    const identity = await ca.issue("localhost", "*.example.com");
    expect(await handshake(ca, identity, "localhost")).toBeUndefined();
    expect(await handshake(ca, identity, "www.example.com")).toBeUndefined();
    expect(await handshake(ca, identity, "example.org")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await handshake(await createTestCa(), identity, "localhost")).toMatch(
      /UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET/,
    );
  });

  test.each<KeyGenerationOptions>([{ type: "rsa" }, { type: "ecdsa", curve: "P-384" }, { type: "ed25519" }])(
    "with keys of the kind %j",
    async (key) => {
      const ca = await createTestCa({ key });
      const intermediate = await ca.createIntermediate({ key });
      const identity = await intermediate.issueWith({ names: ["localhost"], key });
      expect(await handshake(ca, identity, "localhost")).toBeUndefined();
    },
  );

  test("intermediates are in the chain, the root is not", async () => {
    const ca = await createTestCa({ name: "root" });
    const outer = await ca.createIntermediate({ name: "outer" });
    const inner = await outer.createIntermediate({ name: "inner" });
    const identity = await inner.issue("localhost");
    expect(identity.chain.map(({ subject }) => subject.CN)).toEqual(["inner", "outer"]);
    expect(await handshake(ca, identity, "localhost")).toBeUndefined();
    expect((await ca.issue("localhost")).chain).toEqual([]);
    expect(outer.caPem).toBe(outer.certificate.toPem());
  });

  test("names of every kind, told apart by their form", async () => {
    const ca = await createTestCa();
    const identity = await ca.issue("example.com", "10.0.0.1", "::1", "a@example.com", "https://example.com/a");
    expect(names(identity)).toEqual([
      ["dns", "example.com"],
      ["ip", "10.0.0.1"],
      ["ip", "::1"],
      ["email", "a@example.com"],
      ["uri", "https://example.com/a"],
    ]);
    const nameless = await ca.issueWith({ names: [] });
    expect(nameless.subjectAltName).toBeUndefined();
    expect(nameless.subject.isEmpty).toBe(false);
  });

  test("what is wrong in one way", async () => {
    const ca = await createTestCa();
    const expired = await ca.issueWith({ names: ["localhost"], notAfter: new Date("2020-01-01") });
    expect(expired.notAfter).toEqual(new Date("2020-01-01"));
    expect(await handshake(ca, expired, "localhost")).toBe("CERT_HAS_EXPIRED");
    const early = await ca.issueWith({ names: ["localhost"], notBefore: new Date("2100-01-01"), days: 1 });
    expect(await handshake(ca, early, "localhost")).toBe("CERT_NOT_YET_VALID");
    const client = await ca.issueWith({ names: ["localhost"], profile: "client" });
    expect(client.extendedKeyUsage).toEqual([ExtendedKeyUsage.clientAuth]);
    expect(await handshake(ca, client, "localhost")).toBe("INVALID_PURPOSE");
    const signer = await ca.issueWith({ names: ["localhost"], extendedKeyUsage: [ExtendedKeyUsage.codeSigning] });
    expect(await handshake(ca, signer, "localhost")).toBe("INVALID_PURPOSE");
  });

  test("an expired CA issues all the same, within its own time unless asked otherwise", async () => {
    const ca = await createTestCa({ notAfter: new Date("2020-01-01") });
    const identity = await ca.issue("localhost");
    expect(identity.notAfter).toEqual(ca.certificate.notAfter);
    expect((await ca.createIntermediate()).certificate.notAfter).toEqual(ca.certificate.notAfter);
    const outliving = await ca.issueWith({
      names: ["localhost"],
      notBefore: new Date("2019-01-01"),
      notAfter: new Date("2100-01-01"),
    });
    expect(outliving.isValidAt(new Date())).toBe(true);
    expect(await handshake(ca, outliving, "localhost")).toBe("CERT_HAS_EXPIRED");
  });

  test("a CA that is not valid yet issues as well", async () => {
    const ca = await createTestCa({ notBefore: new Date("2100-01-01"), notAfter: new Date("2101-01-01") });
    const identity = await ca.issue("localhost");
    expect(identity.notBefore.getTime()).toBeGreaterThanOrEqual(ca.certificate.notBefore.getTime());
    expect(identity.notAfter.getTime()).toBeLessThanOrEqual(ca.certificate.notAfter.getTime());
  });

  test("path lengths, where a test is about them", async () => {
    const ca = await createTestCa({ pathLength: 1 });
    const intermediate = await ca.createIntermediate();
    expect(intermediate.certificate.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    await expect(intermediate.createIntermediate()).rejects.toMatchObject({ code: "NOT_A_CA" });
    const unlimited = await (await createTestCa()).createIntermediate();
    expect(unlimited.certificate.basicConstraints).toEqual({ ca: true });
  });
});

test.each(["bun", "deno"])(
  "runs on %s",
  (runtime) => {
    const command = fileURLToPath(new URL(`../../../node_modules/.bin/${runtime}`, import.meta.url));
    const code = `
    import { createTestCa } from "@tlskit/testing";
    const ca = await createTestCa();
    const identity = await (await ca.createIntermediate()).issue("localhost", "127.0.0.1");
    console.log(await identity.verifySignature(identity.chain[0].publicKey), identity.chain.length);
  `;
    const condition = "--conditions=@tlskit/source";
    const args = runtime === "bun" ? [condition, "--eval", code] : ["eval", condition, code];
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    expect(execFileSync(command, args, { cwd, encoding: "utf8" })).toBe("true 1\n");
  },
  30_000,
);

test.each<[string, (ca: TestCa) => unknown]>([
  ["options", (ca) => ca.issueWith(undefined as never)],
  ["subjectAltName", (ca) => ca.issueWith({ subjectAltName: ["a"] } as never)],
  ["name", (ca) => ca.issueWith({ name: "a" } as never)],
  ["names[1]", (ca) => ca.issue("a.example", { names: ["b.example"] } as never)],
  ["options", () => createTestCa(null as never)],
  ["nme", () => createTestCa({ nme: "a" } as never)],
])("%s: what would be passed over is refused", async (argument, call) => {
  const ca = await createTestCa();
  await expect((async () => call(ca))()).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details: { argument } });
});

test("what all objects inherit does not count", async () => {
  const inherited = { name: "somebody", notAfter: new Date("2020-01-01"), names: ["x.example"], subjectAltName: ["y"] };
  let leaf: PrivateCertificate | undefined;
  try {
    for (const [name, value] of Object.entries(inherited)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true });
    }
    leaf = await (await createTestCa()).issueWith({});
  } finally {
    for (const name of Object.keys(inherited)) Reflect.deleteProperty(Object.prototype, name);
  }
  expect([leaf.issuer.CN, leaf.subject.CN, leaf.subjectAltName]).toEqual(["tlskit test CA", "nameless", undefined]);
  expect(leaf.isValidAt(new Date())).toBe(true);
});
