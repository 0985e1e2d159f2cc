// A peer cannot push data at a connection that nobody reads, and loses nothing and no end when somebody does. The peer is
// Node's own TLS, the connection is in a child process of real Deno.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect as connectInClear, createServer as createPlainServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { childCommand } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { afterEach, describe, expect, test } from "vitest";
import type { FlowOrder } from "./flow-child.ts";

const megabyte = 1024 * 1024;
const program = fileURLToPath(new URL("./flow-child.ts", import.meta.url));
const children = new Set<ChildProcessWithoutNullStreams>();

afterEach(() => {
  for (const child of children) child.kill();
  children.clear();
});

interface End {
  /** The next line that the child says. */
  hear(): Promise<Readonly<Record<string, unknown>>>;
  say(line: string): void;
}

function start(order: FlowOrder): End {
  const [deno, ...flags] = childCommand("deno");
  const child = spawn(deno, [...flags, program]);
  children.add(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let trouble = "";
  child.stderr.on("data", (text: Buffer) => {
    trouble += text.toString();
  });
  const say = (line: string): void => {
    child.stdin.write(`${line}\n`);
  };
  say(JSON.stringify(order));
  return {
    say,
    async hear() {
      const { value } = await lines.next();
      if (value === undefined) throw new Error(`the child is gone: ${trouble}`);
      return JSON.parse(value) as Record<string, unknown>;
    },
  };
}

/** Node's end of a connection with a child in this role. */
async function pair(
  role: FlowOrder["role"],
  { secureTransport = "on", version = "TLSv1.3", pauseMs = 0 }: Partial<FlowOrder> = {},
  more: { readonly ecdhCurve?: string } = {},
): Promise<{ child: End; socket: Socket | TLSSocket }> {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost", "127.0.0.1");
  const key = await identity.keyPair.toPem();
  const order = {
    role,
    secureTransport,
    version,
    pauseMs,
    ca: ca.caPem,
    identity: `${identity.fullChainPem()}${key}`,
    port: 0,
  };
  const settings = { maxVersion: version, minVersion: version, noDelay: true, ...more } as const;
  if (role === "server") {
    const child = start(order);
    const { port } = (await child.hear()) as { port: number };
    const socket =
      secureTransport === "on"
        ? connectTls({ ...settings, host: "127.0.0.1", port, servername: "localhost", ca: ca.caPem })
        : connectInClear({ host: "127.0.0.1", port });
    await Promise.all([child.hear(), once(socket, secureTransport === "on" ? "secureConnect" : "connect")]);
    return { child, socket };
  }
  const server =
    secureTransport === "on"
      ? createTlsServer({ ...settings, cert: identity.fullChainPem(), key })
      : createPlainServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const child = start({ ...order, port: (server.address() as AddressInfo).port });
  const accepted = once(server, secureTransport === "on" ? "secureConnection" : "connection");
  const [[socket]] = await Promise.all([accepted as Promise<[Socket]>, child.hear()]);
  server.close();
  return { child, socket };
}

const chunk = new Uint8Array(64 * 1024).map((_, index) => (index * 131) % 251);

/** Sends so many chunks, and then the end. `sent()` tells how many bytes the system has taken. */
function send(socket: Socket, chunks: number): { readonly sent: () => number; readonly done: Promise<void> } {
  let sent = 0;
  const done = (async () => {
    for (let count = 0; count < chunks; count++) {
      await new Promise<void>((resolve, reject) => socket.write(chunk, (error) => (error ? reject(error) : resolve())));
      sent += chunk.byteLength;
    }
    socket.end();
    socket.resume();
    await once(socket, "close");
  })();
  return { sent: () => sent, done };
}

function hashOf(chunks: number): string {
  const hash = createHash("sha256");
  for (let count = 0; count < chunks; count++) hash.update(chunk);
  return hash.digest("hex");
}

/** Resolves when a number has moved, and then not for a while: for a bound that must hold however long one waits. */
async function standstill(value: () => number): Promise<void> {
  for (let before = 0; before === 0 || before !== value(); ) {
    before = value();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

const ways = [
  ["client", {}],
  ["server", {}],
  ["client", { version: "TLSv1.2" }],
  ["server", { version: "TLSv1.2" }],
  ["client", { secureTransport: "starttls" }],
  ["server", { secureTransport: "starttls" }],
] as const;

describe("nobody reads", () => {
  test.each(ways)(
    "on a %s %o a peer pushes less than 8 MiB of 64, and all of it arrives in the end",
    async (role, how) => {
      const { child, socket } = await pair(role, how);
      const chunks = 1024;
      const sending = send(socket, chunks);
      await standstill(sending.sent);
      expect(sending.sent()).toBeGreaterThan(0);
      expect(sending.sent()).toBeLessThan(8 * megabyte);
      child.say("read");
      const { grown } = await child.hear();
      expect(grown).toBeLessThan(64 * megabyte);
      expect(await child.hear()).toEqual({ length: chunks * chunk.byteLength, sha256: hashOf(chunks) });
      await sending.done;
    },
  );
});

describe("somebody reads, and stays away now and then", () => {
  test.each(ways)("on a %s %o all of it arrives, and the end", async (role, how) => {
    const { child, socket } = await pair(role, { ...how, pauseMs: 3 });
    child.say("read");
    const chunks = 512;
    const sending = send(socket, chunks);
    await child.hear();
    expect(await child.hear()).toEqual({ length: chunks * chunk.byteLength, sha256: hashOf(chunks) });
    await sending.done;
  });
});

// The option that chooses groups is refused; that this one is there shows with a peer that insists on it.
test.each(["client", "server"] as const)("a %s exchanges keys by X25519MLKEM768", async (role) => {
  const { child, socket } = await pair(role, {}, { ecdhCurve: "X25519MLKEM768" });
  child.say("read");
  await child.hear();
  await send(socket, 1).done;
  expect(await child.hear()).toMatchObject({ length: chunk.byteLength });
});
