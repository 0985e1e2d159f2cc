// What programs can do to connections that they should not, and what must come of it.

import { once } from "node:events";
import { createServer, connect as dial, type Server, Socket } from "node:net";
import { CertificateOptions, type ClientTLSOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import type { Connection, Listener, PlainConnection } from "@tlskit/transport";
import { PrivateCertificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { connect, listen, startTls } from "../src/index.ts";

let server: CertificateOptions;
let tls: ClientTLSOptions;

beforeAll(async () => {
  const ca = await createTestCa();
  server = new CertificateOptions({ identity: await ca.issue("localhost") });
  tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
});

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function useAndEnd<C extends { abort(): void }>(
  client: C,
  listener: { accept(): Promise<C>; close(options: { timeoutMs: number }): Promise<void> },
  use: (client: C, server: C) => Promise<void>,
): Promise<void> {
  const accepted = await listener.accept();
  try {
    await use(client, accepted);
  } finally {
    client.abort();
    accepted.abort();
    await listener.close({ timeoutMs: 0 });
  }
}

async function withPair(use: (client: Connection, server: Connection) => Promise<void>): Promise<void> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: server });
  const client = await connect(`127.0.0.1:${listener.address.port}`, { tls });
  await useAndEnd(client, listener, use);
}

async function withPlainPair(use: (client: PlainConnection, server: PlainConnection) => Promise<void>): Promise<void> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: server, secureTransport: "starttls" });
  const client = await connect(`127.0.0.1:${listener.address.port}`, { tls, secureTransport: "starttls" });
  await useAndEnd(client, listener, use);
}

test("a buffer that is transferred while a read waits costs that read, and no byte", () =>
  withPair(async (client, accepted) => {
    const buffer = new Uint8Array(64);
    const reading = client.read(buffer);
    structuredClone(buffer, { transfer: [buffer.buffer] });
    const refused = expect(reading).rejects.toMatchObject({ code: "INVALID_STATE", details: { method: "read" } });
    await accepted.write(bytes("hello"));
    await refused;
    expect(await client.read(new Uint8Array(64))).toEqual(bytes("hello"));
  }));

test("the certificate that a connection shows has no key", () =>
  withPair(async (_, accepted) => {
    expect(accepted.localCertificate?.id).toBe(server.identity?.id);
    expect(accepted.localCertificate).not.toBeInstanceOf(PrivateCertificate);
    expect(accepted.localCertificate).not.toHaveProperty("keyPair");
  }));

describe("startTls where no handshake can succeed fails at once", () => {
  test("after the peer has ended", () =>
    withPlainPair(async (client, accepted) => {
      await accepted.closeWrite();
      expect(await client.read()).toBe(null);
      await expect(client.startTls()).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    }));

  test("on a socket that is not connected", async () => {
    const options = { role: "client", tls } as const;
    await expect(startTls(new Socket(), options)).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  test.each(["read", "unread"])("on a socket whose peer has ended (%s)", async (how) => {
    const native: Server = createServer((socket) => socket.end());
    native.listen(0, "127.0.0.1");
    await once(native, "listening");
    const { port } = native.address() as { port: number };
    const socket = dial({ host: "127.0.0.1", port, allowHalfOpen: true });
    await once(socket, "connect");
    if (how === "read") {
      socket.resume();
      await once(socket, "end");
    }
    const error = await startTls(socket, { role: "client", tls }).catch((reason: unknown) => reason);
    expect(["CONNECTION_CLOSED", "CONNECTION_RESET"]).toContain((error as { code?: string }).code);
    native.close();
  });
});

describe("what waits for accept on a listener in clear", () => {
  const open = (onError: (error: unknown) => void, handshakeTimeoutMs: number): Promise<Listener<PlainConnection>> =>
    listen({ host: "127.0.0.1", port: 0, tls: server, secureTransport: "starttls", onError, handshakeTimeoutMs });

  test("is dropped when it dies", async () => {
    const reported = Promise.withResolvers<unknown>();
    const listener = await open(reported.resolve, 60_000);
    const dying = dial(listener.address.port, "127.0.0.1");
    await once(dying, "connect");
    dying.resetAndDestroy();
    expect(await reported.promise).toMatchObject({ code: "CONNECTION_RESET" });
    const living = dial(listener.address.port, "127.0.0.1");
    await once(living, "connect");
    const accepted = await listener.accept();
    expect(accepted.remoteAddress?.port).toBe(living.localPort);
    living.destroy();
    accepted.abort();
    await listener.close({ timeoutMs: 0 });
  });

  test("is dropped when nobody takes it in time", async () => {
    const reported = Promise.withResolvers<unknown>();
    const listener = await open(reported.resolve, 100);
    const socket = dial(listener.address.port, "127.0.0.1");
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.once("close", resolve));
    expect(await reported.promise).toMatchObject({ code: "HANDSHAKE_TIMEOUT", details: { timeoutMs: 100 } });
    await closed;
    await listener.close({ timeoutMs: 0 });
  });

  test("and what is taken has no limit any more", async () => {
    const errors: unknown[] = [];
    // A clock that stands still: however slow the machine is, nothing is late until the limit is to be over.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const listener = await open((error) => errors.push(error), 100);
      const socket = dial(listener.address.port, "127.0.0.1");
      await once(socket, "connect");
      const accepted = await listener.accept();
      vi.advanceTimersByTime(250);
      socket.write("hello");
      expect(await accepted.read()).toEqual(bytes("hello"));
      expect(errors).toEqual([]);
      socket.destroy();
      accepted.abort();
      await listener.close({ timeoutMs: 0 });
    } finally {
      vi.useRealTimers();
    }
  });
});

test("an onError whose promise rejects is an uncaught exception, as one that throws is", async () => {
  const uncaught = Promise.withResolvers<unknown>();
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.once("uncaughtException", uncaught.resolve);
  try {
    const bug = new Error("a mistake in onError");
    const onError = async (): Promise<void> => {
      throw bug;
    };
    const listener = await listen({ host: "127.0.0.1", port: 0, tls: server, onError });
    const socket = dial(listener.address.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("this is no TLS");
    expect(await uncaught.promise).toBe(bug);
    await listener.close({ timeoutMs: 0 });
  } finally {
    for (const one of others) process.on("uncaughtException", one);
  }
});

test("TRN-37: a client that our server refuses sees a reset, which says what it may mean", async () => {
  const { certificate } = await createTestCa();
  const asking = server.with({ trustRoot: certificate, clientAuth: "require" });
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: asking });
  const client = await connect(`127.0.0.1:${listener.address.port}`, { tls });
  await expect(client.read()).rejects.toMatchObject({
    code: "CONNECTION_RESET",
    message: expect.stringContaining("refused client certificate"),
  });
  await listener.close({ timeoutMs: 0 });
});
