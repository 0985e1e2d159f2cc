// STARTTLS on streams that are no sockets, and so cannot be told apart by their addresses.

import { duplexPair } from "node:stream";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { Connection } from "@tlskit/transport";
import type { PrivateCertificate } from "@tlskit/x509";
import { beforeAll, expect, test } from "vitest";
import { startTls } from "../src/index.ts";

let ca: TestCa;
let identity: PrivateCertificate;

beforeAll(async () => {
  ca = await createTestCa();
  identity = await ca.issue("localhost");
});

async function inMemory(names: string): Promise<[client: Connection, server: Connection]> {
  const [near, far] = duplexPair();
  const client = await ca.issueWith({ names: [names], profile: "client" });
  return Promise.all([
    startTls(near, {
      role: "client",
      tls: optionsForClientTLS("localhost", { trustRoot: ca.certificate, identity: client }),
    }),
    startTls(far, { role: "server", tls: serverOptions }),
  ]);
}

let serverOptions: CertificateOptions;

test("TRN-34: many at once, each with its own peer", async () => {
  serverOptions = new CertificateOptions({ identity, trustRoot: ca.certificate, clientAuth: "require" });
  const names = Array.from({ length: 12 }, (_, index) => `client-${index}@example.org`);
  const pairs = await Promise.all(names.map(inMemory));
  for (const [index, [client, server]] of pairs.entries()) {
    const [name] = server.peerCertificate?.subjectAltName ?? [];
    expect(name).toMatchObject({ type: "email", value: names[index] });
    await client.write(new Uint8Array([index]));
    expect(await server.read()).toEqual(new Uint8Array([index]));
    await Promise.all([client.close(), server.close()]);
  }
});

test("a refused peer is refused here as well", async () => {
  const [near, far] = duplexPair();
  const tls = optionsForClientTLS("elsewhere.example", { trustRoot: ca.certificate });
  // A pair in memory does not pass its end on, so the server has to be told.
  const over = new AbortController();
  const settings = { tls: new CertificateOptions({ identity }), signal: over.signal };
  const serving = startTls(far, { role: "server", ...settings }).catch((error: unknown) => error);
  await expect(startTls(near, { role: "client", tls })).rejects.toMatchObject({ code: "NAME_MISMATCH" });
  over.abort();
  await serving;
  expect(near.destroyed).toBe(true);
});

test("a stream that is already gone is reported, not waited for", async () => {
  const [near] = duplexPair();
  near.destroy();
  const tls = new CertificateOptions({ identity });
  await expect(startTls(near, { role: "server", tls })).rejects.toMatchObject({ code: "CONNECTION_RESET" });
  const client = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
  await expect(startTls(near, { role: "client", tls: client })).rejects.toMatchObject({ code: "CONNECTION_RESET" });
});
