// Peers that only Node can play, and that every runtime must survive: they sign the handshake with another key than their
// certificate's, or want to negotiate again.

import { type ChildProcess, spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { type ConnectionOptions, connect, createServer, type Server, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { type ChildRuntime, childCommand, cleanEnvironment } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { afterEach, beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("./hostile-child.ts", import.meta.url));
const versions = ["TLSv1.2", "TLSv1.3"] as const;
const children = new Set<ChildProcess>();
const servers = new Set<Server>();
let pki: {
  readonly ca: string;
  /** A certificate with its key. */
  readonly identity: string;
  /** A certificate, and a key that claims to be that certificate's, and is not. */
  readonly server: Impostor;
  readonly client: Impostor;
};

interface Impostor {
  readonly cert: string;
  readonly key: string;
}

beforeAll(async () => {
  const ca = await createTestCa();
  const impostor = async (profile: "server" | "client"): Promise<Impostor> => {
    const [shown, held] = await Promise.all([1, 2].map(() => ca.issueWith({ names: ["localhost"], profile })));
    if (shown === undefined || held === undefined) throw new Error("two certificates");
    const [claimed, own] = await Promise.all([derOf(await shown.keyPair.toPem()), derOf(await held.keyPair.toPem())]);
    // A private key on P-256 ends with its public one (RFC 5915), which OpenSSL believes.
    const der = Buffer.concat([own.subarray(0, -65), claimed.subarray(-65)]);
    const key = `-----BEGIN PRIVATE KEY-----\n${der.toString("base64")}\n-----END PRIVATE KEY-----\n`;
    return { cert: shown.toPem(), key };
  };
  const identity = await ca.issue("localhost");
  pki = {
    ca: ca.caPem,
    identity: `${identity.toPem()}${await identity.keyPair.toPem()}`,
    server: await impostor("server"),
    client: await impostor("client"),
  };
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  for (const server of servers) server.close();
  children.clear();
  servers.clear();
});

describe.each(["node", "bun", "deno"] as const)("%s", (runtime) => {
  // Deno's own code for it is that for certificates, and it ends the handshake before it shows one.
  const refusal = runtime === "deno" ? "RUNTIME_REFUSED" : expect.stringMatching(/^HANDSHAKE_(FAILED|ALERT)$/);

  test("a server that signs with another key than its certificate's is refused", async () => {
    const ports = await Promise.all(versions.map((version) => serve(version)));
    const next = start(runtime, "client", { ports });
    for (const version of versions) {
      expect(await next(), version).toEqual({ outcome: refusal });
    }
  });

  test("so is a client", async () => {
    const next = start(runtime, "server", {});
    const { port } = (await next()) as { readonly port: number };
    for (const version of versions) {
      const socket = dial(port, { ...pki.client, minVersion: version, maxVersion: version });
      expect(await next(), version).toEqual({ error: refusal });
      socket.destroy();
    }
  });

  test("a client that wants to negotiate again does not get it", async () => {
    const next = start(runtime, "server", {});
    const { port } = (await next()) as { readonly port: number };
    const socket = dial(port, { maxVersion: "TLSv1.2" });
    await once(socket, "data");
    expect(await next()).toEqual({ accepted: "TLSv1.2", client: false });
    const outcome = new Promise<string>((resolve) => {
      socket.on("error", () => resolve("refused")).on("close", () => resolve("refused"));
      socket.renegotiate({ rejectUnauthorized: false }, (error) => resolve(error === null ? "done" : "refused"));
    });
    expect(await outcome).toBe("refused");
    socket.destroy();
  });
});

function derOf(pem: string): Buffer {
  return createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
}

async function serve(version: (typeof versions)[number]): Promise<number> {
  const server = createServer({ ...pki.server, minVersion: version, maxVersion: version }, (socket) =>
    socket.on("error", () => {}),
  );
  servers.add(server);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function dial(port: number, more: ConnectionOptions): TLSSocket {
  const socket = connect({ ...more, host: "127.0.0.1", port, servername: "localhost", ca: pki.ca });
  return socket.on("error", () => {});
}

/** The lines that the child says, one by one. */
function start(runtime: ChildRuntime, role: string, more: object): () => Promise<unknown> {
  const [command, ...flags] = childCommand(runtime);
  const settings = JSON.stringify({ ca: pki.ca, identity: pki.identity, ports: [], ...more });
  const child = spawn(command, [...flags, program, runtime, role, settings], { env: cleanEnvironment() });
  children.add(child);
  let trouble = "";
  child.stderr.on("data", (text: Buffer) => {
    trouble += text.toString();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`the child is gone: ${trouble}`);
    return JSON.parse(value);
  };
}
