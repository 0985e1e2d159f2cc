// Endpoint strings that really connect and listen.

import { execFileSync, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, connect as dial, type Socket } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { connect as tlsConnect } from "node:tls";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { CertificateOptions, type Connection, type Listener, listen, loadIdentity, wrapTls } from "@tlskit/tls";
import {
  connectEndpoint,
  listenEndpoint,
  parseClientEndpoint,
  parseServerEndpoint,
  quoteStringArgument,
} from "@tlskit/tls/endpoints";
import type { PrivateCertificate } from "@tlskit/x509";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

let folder = "";
let ca: TestCa;
let intermediate: TestCa;
const listeners: Listener[] = [];
const q = quoteStringArgument;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tlskit-endpoints-"));
  ca = await createTestCa();
  intermediate = await ca.createIntermediate();
  await mkdir(file("cas"));
  await writeFile(file("cas/ca.pem"), ca.certificate.toPem());
  await write("server", await intermediate.issue("localhost"));
  await write("other", await intermediate.issue("other.example"));
  await write("client", await intermediate.issueWith({ names: ["client@example.org"], profile: "client" }));
});

async function write(name: string, identity: PrivateCertificate): Promise<void> {
  const key = await identity.keyPair.toPem();
  await writeFile(file(`${name}.cert.pem`), identity.toPem());
  await writeFile(file(`${name}.key.pem`), key);
  await writeFile(file(`${name}.chain.pem`), identity.chain.map((certificate) => certificate.toPem()).join(""));
  await writeFile(file(`${name}.both.pem`), identity.fullChainPem() + key);
  await mkdir(file(`${name}.live/${name}`), { recursive: true });
  await writeFile(file(`${name}.live/${name}/fullchain.pem`), identity.fullChainPem());
  await writeFile(file(`${name}.live/${name}/privkey.pem`), key);
}

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close({ timeoutMs: 0 })));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Listens, and greets everyone. */
async function serve(endpoint: string, onError: (error: unknown) => void = () => {}): Promise<number> {
  const listener = await listenEndpoint(endpoint, { onError });
  listeners.push(listener);
  (async () => {
    for await (const connection of listener) {
      await connection.write(new TextEncoder().encode("hello")).catch(() => {});
    }
  })();
  return (listener.address as { readonly port: number }).port;
}

async function hear(connecting: Promise<Connection>): Promise<string> {
  const connection = await connecting;
  const bytes = await connection.read();
  connection.abort();
  return new TextDecoder().decode(bytes ?? undefined);
}

const loopback = "interface=127.0.0.1";
const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
const trusting = (): string => `trustRoots=${q(file("cas"))}`;

describe("servers", () => {
  test.each([
    [
      "END-01: tls: with key and certificate",
      () => `tls:0:key=${q(file("server.key.pem"))}:cert=${q(file("server.both.pem"))}`,
    ],
    ["END-01: tls: with one file for both", () => `tls:0:key=${q(file("server.both.pem"))}`],
    [
      "END-02: tls: with a chain of its own file",
      () =>
        `tls:0:key=${q(file("server.key.pem"))}:cert=${q(file("server.cert.pem"))}:chain=${q(file("server.chain.pem"))}`,
    ],
    [
      "END-01: ssl: with Twisted's names",
      () => `ssl:0:privateKey=${q(file("server.key.pem"))}:certKey=${q(file("server.both.pem"))}`,
    ],
    [
      "END-02: ssl: with extraCertChain",
      () =>
        `ssl:0:privateKey=${q(file("server.key.pem"))}:certKey=${q(file("server.cert.pem"))}:extraCertChain=${q(file("server.chain.pem"))}`,
    ],
    ["END-06: tls: with a directory as certbot keeps it", () => `tls:directory=${q(file("server.live"))}:port=0`],
  ])("%s", async (_title, endpoint) => {
    const port = await serve(`${endpoint()}:${loopback}`);
    expect(await hear(connectEndpoint(`tls:localhost:${port}:${trusting()}`))).toBe("hello");
  });

  test("END-06: tls: over a directory: each name its certificate, the default for others, renewals without a restart", async () => {
    const folderOf = (name: string): string => file(`sni.live/${name}`);
    const put = async (name: string, identity: PrivateCertificate): Promise<void> => {
      await mkdir(folderOf(name), { recursive: true });
      await writeFile(join(folderOf(name), "fullchain.pem"), identity.fullChainPem());
      await writeFile(join(folderOf(name), "privkey.pem"), await identity.keyPair.toPem());
    };
    await put("one", await intermediate.issue("one.localhost"));
    await put("two", await intermediate.issue("*.two.localhost"));
    const port = await serve(`tls:directory=${q(file("sni.live"))}:port=0:default=one.localhost:${loopback}`);
    const shown = async (name: string): Promise<string | undefined> => {
      const carrier = `endpoint=${q(`tcp:127.0.0.1:${port}`)}`;
      const connection = await connectEndpoint(`tls:${name}:443:${trusting()}:${carrier}`);
      const { peerCertificate } = connection;
      connection.abort();
      return peerCertificate?.id;
    };
    expect(await shown("one.localhost")).not.toBe(await shown("a.two.localhost"));
    // Who asks for a name that nobody has gets the default, and judges it.
    await expect(shown("three.localhost")).rejects.toMatchObject({ code: "NAME_MISMATCH" });
    const anonymous = async (): Promise<string> => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const socket = tlsConnect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256.replaceAll(":", "").toLowerCase());
        socket.destroy();
      }).on("error", reject);
      return promise;
    };
    expect(await anonymous()).toBe(await shown("one.localhost"));
    // A name that is new, and a default that is renewed, for clients that name nobody as well.
    const renewed = await intermediate.issue("one.localhost");
    await put("one", renewed);
    await put("three", await intermediate.issue("three.localhost"));
    await expect
      .poll(() => shown("three.localhost").catch(() => undefined), { interval: 300 })
      .toEqual(expect.any(String));
    expect(await shown("one.localhost")).toBe(renewed.id);
    await expect.poll(anonymous, { interval: 100 }).toBe(renewed.id);
  });

  test("END-04: key and certificate files without a final newline", async () => {
    const identity = await ca.issue("localhost");
    await writeFile(file("nonl.cert.pem"), identity.toPem().trimEnd());
    await writeFile(file("nonl.key.pem"), (await identity.keyPair.toPem()).trimEnd());
    const port = await serve(`tls:0:key=${q(file("nonl.key.pem"))}:cert=${q(file("nonl.cert.pem"))}:${loopback}`);
    expect(await hear(connectEndpoint(`tls:localhost:${port}:${trusting()}`))).toBe("hello");
  });

  test("END-03: Diffie-Hellman parameters are read, and judged", async () => {
    execFileSync("openssl", [
      "genpkey",
      "-genparam",
      "-algorithm",
      "DH",
      "-pkeyopt",
      "group:ffdhe2048",
      "-out",
      file("dh.pem"),
    ]);
    await write("rsa", await ca.issueWith({ names: ["localhost"], key: { type: "rsa", bits: 2048 } }));
    const port = await serve(`tls:0:key=${q(file("rsa.both.pem"))}:dh=${q(file("dh.pem"))}:${loopback}`);
    expect(await hear(connectEndpoint(`tls:localhost:${port}:${trusting()}`))).toBe("hello");
    const dhe = ["-connect", `127.0.0.1:${port}`, "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"];
    const client = spawn("openssl", ["s_client", ...dhe]);
    client.stdin.end();
    let text = "";
    for await (const part of client.stdout) text += String(part);
    expect(text).toMatch(/Temp Key: DH, 2048/);
    const wrong = listenEndpoint(`tls:0:key=${q(file("server.both.pem"))}:dh=${q(file("server.key.pem"))}:${loopback}`);
    await expect(wrong).rejects.toMatchObject({ code: expect.stringMatching(/^(DH_|PEM_)/) });
  });

  test("END-05: min and max choose among safe versions", async () => {
    const port = await serve(`tls:0:key=${q(file("server.both.pem"))}:min=TLSv1.3:${loopback}`);
    const old = connectEndpoint(`tls:localhost:${port}:${trusting()}:max=TLSv1.2`);
    await expect(old).rejects.toMatchObject({ code: "PROTOCOL_VERSION_MISMATCH" });
    const insecure = listenEndpoint(`tls:0:key=${q(file("server.both.pem"))}:max=TLSv1.0:${loopback}`);
    await expect(insecure).rejects.toMatchObject({ code: expect.stringMatching(/^TLS_VERSION/) });
  });

  test("trustRoots make client certificates required; certificate and privateKey show one", async () => {
    const errors: unknown[] = [];
    const port = await serve(
      `tls:0:key=${q(file("server.both.pem"))}:trustRoots=${q(file("cas/ca.pem"))}:${loopback}`,
      (error) => errors.push(error),
    );
    const pair = `certificate=${q(file("client.both.pem"))}:privateKey=${q(file("client.both.pem"))}`;
    expect(await hear(connectEndpoint(`tls:localhost:${port}:${trusting()}:${pair}`))).toBe("hello");
    await expect(hear(connectEndpoint(`tls:localhost:${port}:${trusting()}`))).rejects.toThrow();
    await expect.poll(() => errors).toMatchObject([{ code: "CLIENT_CERTIFICATE_REQUIRED" }]);
  });

  test("alpn", async () => {
    const port = await serve(`tls:0:key=${q(file("server.both.pem"))}:alpn=h2,http/1.1:${loopback}`);
    const connection = await connectEndpoint(`tls:localhost:${port}:${trusting()}:alpn=http/1.1`);
    expect(connection.negotiated.alpn).toBe("http/1.1");
    connection.abort();
  });

  test.each([
    ["END-06: a file that is not there", () => "ssl:0:privateKey=/nowhere.pem", "IDENTITY_FILE_MISSING"],
    ["END-01: no server.pem here", () => "ssl:0", "IDENTITY_FILE_MISSING"],
    [
      "END-06: a key that is another's",
      () => `tls:0:key=${q(file("other.key.pem"))}:cert=${q(file("server.cert.pem"))}`,
      "KEY_MISMATCH",
    ],
    [
      "END-02: a chain file without a certificate",
      () => `tls:0:key=${q(file("server.both.pem"))}:chain=${q(file("server.key.pem"))}`,
      "IDENTITY_FILE_INVALID",
    ],
    ["END-06: a directory that is not there", () => "tls:/nowhere:0", "IDENTITY_DIRECTORY_UNREADABLE"],
    [
      "trust roots that are not there",
      () => `tls:0:key=${q(file("server.both.pem"))}:trustRoots=/nowhere`,
      "TRUST_SOURCE_MISSING",
    ],
  ])("%s", async (_title, endpoint, code) => {
    await expect(listenEndpoint(endpoint())).rejects.toMatchObject({ code });
  });
});

describe("clients", () => {
  test("END-07: ssl: verifies, as tls: does", async () => {
    const port = await serve(`tls:0:key=${q(file("other.both.pem"))}:${loopback}`);
    const refused = connectEndpoint(`ssl:localhost:${port}:caCertsDir=${q(file("cas"))}`);
    await expect(refused).rejects.toMatchObject({ code: "NAME_MISMATCH" });
    await expect(connectEndpoint(`ssl:localhost:${port}`)).rejects.toMatchObject({ name: "VerificationError" });
    const named = connectEndpoint(`ssl:localhost:${port}:hostname=other.example:caCertsDir=${q(file("cas"))}`);
    expect(await hear(named)).toBe("hello");
  });

  test("END-08: timeout and bindAddress", async () => {
    const silent = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const timedOut = connectEndpoint(`tls:127.0.0.1:${port}:timeout=1`);
    await expect(timedOut).rejects.toMatchObject({ code: "HANDSHAKE_TIMEOUT", details: { timeoutMs: 1000 } });
    silent.close();
    const tls = await serve(`tls:0:key=${q(file("server.both.pem"))}:interface=127.0.0.1`);
    const connection = await connectEndpoint(`tls:localhost:${tls}:${trusting()}:bindAddress=127.0.0.2`);
    expect(connection.localAddress).toMatchObject({ host: "127.0.0.2" });
    connection.abort();
  });

  test("END-13: servers and clients are objects of either protocol: a name, IPv4 and IPv6 (where there is one) reach the same server", async () => {
    const port = await serve(`tls:0:key=${q(file("server.both.pem"))}`);
    for (const dialled of ["localhost", "127.0.0.1", ...(hasIPv6 ? ["[::1]"] : [])]) {
      const to = `tls:localhost:443:${trusting()}:endpoint=${q(`tcp:${dialled}:${port}`)}`;
      expect(await hear(connectEndpoint(to)), dialled).toBe("hello");
    }
    expect(parseClientEndpoint("tls:localhost:443")).toMatchObject({ host: "localhost", port: 443 });
    expect(parseServerEndpoint("tls:443:key=server.pem")).toMatchObject({ port: 443 });
  });

  test("END-09, END-11: endpoint=tcp dials one host and verifies another", async () => {
    const port = await serve(`tls:0:key=${q(file("other.both.pem"))}:${loopback}`);
    const carrier = (to: string): string => `endpoint=${q(to)}`;
    const connecting = connectEndpoint(`tls:other.example:443:${trusting()}:${carrier(`tcp:127.0.0.1:${port}`)}`);
    expect(await hear(connecting)).toBe("hello");
    const wrong = connectEndpoint(`tls:third.example:443:${trusting()}:${carrier(`tcp:127.0.0.1:${port}`)}`);
    await expect(wrong).rejects.toMatchObject({ code: "NAME_MISMATCH" });
  });

  test("END-09, END-11: endpoint=unix", async () => {
    const path = file("socket");
    const identity = await ca.issue("localhost");
    const listener = await listen({ path, tls: new CertificateOptions({ identity }) });
    const accepted = listener.accept();
    const connection = await connectEndpoint(`tls:localhost:443:${trusting()}:endpoint=${q(`unix:${path}`)}`);
    expect(connection.negotiated.version).toBe("TLSv1.3");
    (await accepted).abort();
    connection.abort();
    await listener.close({ timeoutMs: 0 });
  });

  test("END-09, END-11: TLS in TLS, each verified", async () => {
    const outer = await listenEndpoint(`tls:0:key=${q(file("server.both.pem"))}:${loopback}`);
    listeners.push(outer);
    const inner = outer.accept().then(async (connection) => {
      const both = file("other.both.pem");
      const identity = await loadIdentity({ cert: both, key: both });
      return wrapTls(connection, { role: "server", tls: new CertificateOptions({ identity }) });
    });
    const { port } = outer.address as { readonly port: number };
    const carrier = `endpoint=${q(`tls:localhost:${port}:${trusting()}`)}`;
    const connection = await connectEndpoint(`tls:other.example:443:${trusting()}:${carrier}`);
    await (await inner).write(new TextEncoder().encode("from within"));
    expect(new TextDecoder().decode((await connection.read()) ?? undefined)).toBe("from within");
    connection.abort();
  });

  test("END-06: types of others are opened by who knows them", async () => {
    const port = await serve(`tls:0:key=${q(file("server.both.pem"))}:${loopback}`);
    const text = `tls:localhost:443:${trusting()}:endpoint=${q(`proxy:${port}:user=me`)}`;
    await expect(connectEndpoint(text)).rejects.toMatchObject({ code: "ENDPOINT_UNSUPPORTED" });
    const seen: unknown[] = [];
    const carriers = {
      proxy: async (endpoint: { positional: readonly string[]; named: Readonly<Record<string, string>> }) => {
        seen.push(endpoint.named);
        return connectPlain(Number(endpoint.positional[0]));
      },
    };
    expect(await hear(connectEndpoint(text, { carriers }))).toBe("hello");
    expect(seen).toEqual([{ user: "me" }]);
  });

  test("a signal cancels", async () => {
    const signal = AbortSignal.abort(new Error("no longer"));
    await expect(connectEndpoint("tls:localhost:1", { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });

  test.each(["tcp", "unix"])("a signal cancels a handshake over %s, too", async (type) => {
    const aborting = new AbortController();
    const silent = createServer((socket) => {
      socket.on("error", () => {}).once("data", () => aborting.abort(new Error("no longer")));
    });
    const path = file(`silent.${type}`);
    await new Promise<void>((resolve) =>
      silent.listen(type === "tcp" ? { port: 0, host: "127.0.0.1" } : path, resolve),
    );
    try {
      const address = silent.address();
      const carrier = typeof address === "string" ? `unix:${path}` : `tcp:127.0.0.1:${address?.port}`;
      const attempt = connectEndpoint(`tls:localhost:443:${trusting()}:endpoint=${q(carrier)}`, {
        signal: aborting.signal,
      });
      await expect(attempt).rejects.toMatchObject({ code: "ABORTED", details: { during: "handshake" } });
    } finally {
      silent.close();
    }
  });

  test("what is wrong with the layer above ends the one below", async () => {
    const [over] = duplexPair();
    const bad = { ...parseClientEndpoint(`tls:localhost:443:${trusting()}:endpoint=proxy\\:x`), timeoutMs: -1 };
    await expect(connectEndpoint(bad, { carriers: { proxy: async () => over } })).rejects.toMatchObject({
      code: "SETTING_INVALID",
    });
    expect(over.destroyed).toBe(true);
  });
});

async function connectPlain(port: number): Promise<Socket> {
  const socket = dial(port, "127.0.0.1");
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return socket;
}

describe("options of the functions", () => {
  test.each([{ timeout: 5 }, { handshakeTimeoutMs: 5 }, { tls: new CertificateOptions() }])(
    "connectEndpoint refuses %o before it reads or dials anything",
    async (options) => {
      const connecting = connectEndpoint("tls:localhost:1:trustRoots=nowhere", options as object);
      await expect(connecting).rejects.toMatchObject({ code: "SETTING_INVALID" });
    },
  );

  test.each([{ port: 5 }, { host: "::1" }, { tls: new CertificateOptions() }, { onerror: () => {} }])(
    "listenEndpoint refuses %o before it reads anything",
    async (options) => {
      const listening = listenEndpoint("tls:nowhere:0", options as object);
      await expect(listening).rejects.toMatchObject({ code: "SETTING_INVALID" });
    },
  );
});
