// Settings are the caller's own: read once, none inherited, none unknown.

import { Socket } from "node:net";
import { CertificateOptions, type ClientTLSOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import type { Listener } from "@tlskit/transport";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, listen, loadIdentity, startTls } from "../src/index.ts";

let evil: Listener;
let good: Listener;
let target: string;
let evilTarget: string;
let tls: ClientTLSOptions;

beforeAll(async () => {
  const ca = await createTestCa();
  const stranger = await createTestCa({ name: "a stranger" });
  tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
  const open = async (authority: typeof ca): Promise<Listener> => {
    const identity = await authority.issue("localhost");
    return listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  };
  good = await open(ca);
  evil = await open(stranger);
  target = `127.0.0.1:${good.address.port}`;
  evilTarget = `127.0.0.1:${evil.address.port}`;
});

afterAll(() => Promise.all([good.close({ timeoutMs: 0 }), evil.close({ timeoutMs: 0 })]));

async function polluted<T>(properties: Readonly<Record<string, unknown>>, run: () => Promise<T>): Promise<T> {
  try {
    for (const [name, value] of Object.entries(properties)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false });
    }
    return await run();
  } finally {
    for (const name of Object.keys(properties)) Reflect.deleteProperty(Object.prototype, name);
  }
}

describe("a polluted Object.prototype", () => {
  const values: readonly [name: string, value: unknown][] = [
    ["dangerouslySkipVerification", true],
    ["trustRoot", undefined],
    ["secureTransport", "starttls"],
    ["handshakeTimeoutMs", 1],
    ["tls", 5],
    ["leftover", new Uint8Array(5)],
    ["localAddress", "203.0.113.1"],
    ["path", "/nowhere"],
    ["lookup", 5],
    ["session", new Uint8Array(3)],
    ["pskCallback", () => null],
    ["rejectUnauthorized", false],
    ["checkServerIdentity", () => undefined],
    ["minVersion", "TLSv1"],
    ["passphrase", "x"],
    ["pfx", new Uint8Array(3)],
    ["crl", "nonsense"],
    ["fd", 1],
    ["host", "203.0.113.1"],
    ["port", 1],
  ];

  test.each(values)("%s lets nobody in, and keeps nobody out", async (name, value) => {
    const [refused, accepted] = await polluted({ [name]: value }, async () => [
      await connect(evilTarget, { tls }).then(
        (connection) => connection,
        (error: unknown) => error,
      ),
      await connect(target, { tls }),
    ]);
    expect(refused).toMatchObject({ code: "UNKNOWN_ISSUER" });
    expect(accepted).toMatchObject({ encrypted: true, negotiated: { version: "TLSv1.3" } });
    accepted.abort();
  });

  test("does not outlive itself in the options of those who give none", async () => {
    const connecting = (): Promise<unknown> => connect(evilTarget).catch((error: unknown) => error);
    expect(await polluted({ dangerouslySkipVerification: true }, connecting)).toMatchObject({
      name: "VerificationError",
    });
    expect(await connecting()).toMatchObject({ name: "VerificationError" });
  });
});

test("startTls uses the settings as they were when connecting", async () => {
  const own: { secureTransport: "starttls"; tls: ClientTLSOptions | CertificateOptions } = {
    secureTransport: "starttls",
    tls,
  };
  const plain = await connect(evilTarget, own);
  own.tls = new CertificateOptions({ dangerouslySkipVerification: true });
  await expect(plain.startTls()).rejects.toMatchObject({ code: "UNKNOWN_ISSUER" });
});

test("getters are read once", async () => {
  let reads = 0;
  const own = {
    secureTransport: "starttls" as const,
    get tls(): ClientTLSOptions | CertificateOptions {
      reads++;
      return reads === 1 ? tls : new CertificateOptions({ dangerouslySkipVerification: true });
    },
  };
  const plain = await connect(evilTarget, own);
  await expect(plain.startTls()).rejects.toMatchObject({ code: "UNKNOWN_ISSUER" });
  expect(reads).toBe(1);
});

describe("what is no setting is refused, with the one that was meant", () => {
  const identity = { tls: undefined as unknown as CertificateOptions };
  const calls: readonly [what: string, expected: string, call: () => Promise<unknown>][] = [
    ["handshakeTimeout", "handshakeTimeoutMs", () => connect(target, { handshakeTimeout: 5 } as never)],
    ["handshakeTimoutMs", "handshakeTimeoutMs", () => connect(target, { handshakeTimoutMs: 5 } as never)],
    ["rejectUnauthorized", "one of tls", () => connect(target, { rejectUnauthorized: false } as never)],
    ["backlogs", "backlog", () => listen({ port: 0, ...identity, backlogs: 5 } as never)],
    ["leftovers", "leftover", () => startTls(new Socket(), { role: "client", tls, leftovers: 1 } as never)],
    ["pasphrase", "passphrase", () => loadIdentity({ cert: "a", key: "b", pasphrase: "c" } as never)],
    ["timeout", "timeoutMs", () => good.close({ timeout: 5 } as never)],
  ];
  test.each(calls)("%s", async (setting, expected, call) => {
    await expect(call()).rejects.toMatchObject({
      code: "SETTING_INVALID",
      details: { setting, expected: expect.stringContaining(expected) },
    });
  });

  const noObjects: readonly [what: string, call: () => Promise<unknown>][] = [
    ["connect(target, null)", () => connect(target, null as never)],
    ["connect(target, text)", () => connect(target, "tls" as never)],
    ["listen()", () => (listen as (options?: unknown) => Promise<unknown>)()],
    ["listen(null)", () => listen(null as never)],
    ["loadIdentity()", () => (loadIdentity as (files?: unknown) => Promise<unknown>)()],
    ["loadIdentity(null)", () => loadIdentity(null as never)],
    ["startTls(socket)", () => (startTls as (socket: object) => Promise<unknown>)(new Socket())],
    ["startTls(null)", () => startTls(null as never, { role: "client", tls })],
    [
      "startTls of what only looks like a stream",
      () => {
        const method = (): void => {};
        return startTls({ pipe: method, write: method, destroy: method, on: method }, { role: "client", tls });
      },
    ],
    ["close(null)", () => good.close(null as never)],
  ];
  test.each(noObjects)("%s", async (_, call) => {
    await expect(call()).rejects.toMatchObject({ code: "SETTING_INVALID" });
  });

  test("the close of a connection", async () => {
    const connection = await connect(target, { tls });
    await expect(connection.close(null as never)).rejects.toMatchObject({ code: "SETTING_INVALID" });
    await expect(connection.close({ timeout: 5 } as never)).rejects.toMatchObject({ code: "SETTING_INVALID" });
    connection.abort();
  });

  test("a port that is text is said to be text", async () => {
    await expect(connect({ host: "127.0.0.1", port: "443" as never })).rejects.toMatchObject({
      code: "TARGET_INVALID",
      details: { reason: expect.stringContaining("a number") },
    });
    await expect(listen({ port: "443" as never, ...identity })).rejects.toMatchObject({
      code: "SETTING_INVALID",
      message: expect.stringContaining('number from 0 to 65535, but is the text "443"'),
    });
  });
});
