// The same options, ours on one side and Twisted's on the other, agree on what both document.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  DiffieHellmanParameters,
  optionsForClientTLS,
} from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { Negotiated } from "@tlskit/transport";
import { KeyPair, type PrivateCertificate } from "@tlskit/x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";
import { hasTwisted, type TwistedEvent, twistedClient, twistedServer } from "./twisted.ts";

let ca: TestCa;
let server: PrivateCertificate;
let client: PrivateCertificate;
let directory = "";
const file = (name: string): string => join(directory, name);

beforeAll(async () => {
  ca = await createTestCa();
  const keyPair = await KeyPair.generate({ type: "rsa", bits: 2048 });
  server = await ca.issueWith({ names: ["localhost"], keyPair });
  client = await ca.issueWith({ names: ["client@example.org"], profile: "client" });
  directory = await mkdtemp(join(tmpdir(), "tlskit-twisted-"));
  await writeFile(file("ca.pem"), ca.caPem);
  await writeFile(file("server.pem"), server.toPem() + (await server.keyPair.toPem()));
  await writeFile(file("client.pem"), client.toPem() + (await client.keyPair.toPem()));
  await writeFile(file("dh.pem"), DiffieHellmanParameters.named("ffdhe2048").toPem());
});

afterAll(() => rm(directory, { recursive: true }));

/** Our client on Twisted's server: what was agreed on, and what the server says of it. */
async function onTwisted(
  args: readonly string[],
  extra: ClientTLSExtra = {},
): Promise<{ readonly ours: Negotiated; readonly theirs: TwistedEvent }> {
  const peer = await twistedServer("--cert", file("server.pem"), ...args);
  try {
    const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate, ...extra } as ClientTLSExtra);
    await using connection = await connect({ host: "127.0.0.1", port: peer.port }, { tls });
    await connection.write(new TextEncoder().encode("hello"));
    expect(new TextDecoder().decode((await connection.read()) ?? undefined)).toBe("hello");
    return { ours: connection.negotiated, theirs: await peer.event("handshake") };
  } finally {
    await peer.stop();
  }
}

/** Twisted's client on our echo server. */
async function onOurs(options: Partial<CertificateOptionsInit>, ...args: readonly string[]): Promise<TwistedEvent> {
  const tls = new CertificateOptions({ ...options, identity: server } as CertificateOptionsInit);
  await using listener = await listen({ host: "127.0.0.1", port: 0, tls, onError: () => {} });
  const echoing = (async () => {
    for await (const connection of listener) {
      for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read())
        await connection.write(bytes);
      await connection.close();
    }
  })();
  echoing.catch(() => {});
  return await twistedClient(listener.address.port, "--hostname", "localhost", "--ca", file("ca.pem"), ...args);
}

// A Python takes its time to start.

describe.skipIf(!hasTwisted)("our client, Twisted's server", () => {
  test.each<[string, readonly string[], ClientTLSExtra, object]>([
    ["OPT-16: the defaults", [], {}, { version: "TLSv1.3" }],
    ["OPT-18: raiseMinimumTo", ["--raise-min", "TLSv1_3"], {}, { version: "TLSv1.3" }],
    ["OPT-20: lowerMaximumSecurityTo is inclusive", [], { lowerMaximumSecurityTo: "TLSv1.2" }, { version: "TLSv1.2" }],
    ["OPT-20: and theirs, as documented", ["--lower-max", "TLSv1_2", "--fix-max"], {}, { version: "TLSv1.2" }],
    ["OPT-43: protocols", ["--alpn", "h2,http/1.1"], { acceptableProtocols: ["http/1.1", "h2"] }, { alpn: "h2" }],
    [
      "OPT-29: a cipher string",
      ["--ciphers", "ECDHE+AESGCM:RSA+AES", "--lower-max", "TLSv1_2", "--fix-max"],
      { acceptableCiphers: "RSA+AES128+SHA" },
      { cipher: "TLS_RSA_WITH_AES_128_CBC_SHA" },
    ],
  ])("%s", async (_name, args, extra, agreed) => {
    expect((await onTwisted(args, extra)).ours).toMatchObject(agreed);
  });

  test("OPT-33: their Diffie-Hellman file, which ours wrote", async () => {
    const args = ["--dh", file("dh.pem"), "--ciphers", "DHE+AESGCM", "--lower-max", "TLSv1_2", "--fix-max"];
    const { ours } = await onTwisted(args, { acceptableCiphers: "DHE+AESGCM:!DSS" });
    expect(ours.cipher).toMatch(/^TLS_DHE_RSA_WITH_AES_\d+_GCM/);
  });

  test("OPT-11, CLI-13: mutual", async () => {
    const { theirs } = await onTwisted(["--mtls", file("ca.pem")], { identity: client });
    expect(theirs.peer).not.toBeNull();
  });
});

describe.skipIf(!hasTwisted)("our server, Twisted's client", () => {
  test.each<[string, Partial<CertificateOptionsInit>, readonly string[], object]>([
    ["OPT-16: the defaults", {}, [], { ok: true, version: "TLSv1.3" }],
    [
      "OPT-20: lowerMaximumSecurityTo is inclusive",
      { lowerMaximumSecurityTo: "TLSv1.2" },
      [],
      { ok: true, version: "TLSv1.2" },
    ],
    [
      "OPT-43: protocols, in our order",
      { acceptableProtocols: ["http/1.1", "h2"] },
      ["--alpn", "h2,http/1.1"],
      { ok: true, alpn: "http/1.1" },
    ],
    [
      "OPT-29, OPT-33: DHE by a cipher string",
      { acceptableCiphers: "DHE+AES256+AESGCM:!DSS", dhParameters: "ffdhe2048", lowerMaximumSecurityTo: "TLSv1.2" },
      [],
      { ok: true, cipher: "DHE-RSA-AES256-GCM-SHA384" },
    ],
  ])("%s", async (_name, options, args, said) => {
    expect(await onOurs(options, ...args)).toMatchObject(said);
  });

  test("OPT-09, OPT-11: a client certificate is required, and verified", async () => {
    const options = { trustRoot: ca.certificate };
    expect(await onOurs(options, "--cert", file("client.pem"))).toMatchObject({ ok: true });
    expect(await onOurs(options)).toMatchObject({ ok: false, received: 0 });
  });

  test("OPT-45: no protocol in common", async () => {
    expect(await onOurs({ acceptableProtocols: ["h2"] }, "--alpn", "http/1.1")).toMatchObject({ ok: false });
  });
});
