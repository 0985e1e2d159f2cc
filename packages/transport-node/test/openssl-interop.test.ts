// Real peers: OpenSSL's s_server and s_client.

import { once } from "node:events";
import { connect as connectTcp, createServer, type Socket } from "node:net";
import { CertificateOptions, type ClientTLSExtra, optionsForClientTLS } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { type Connection, TransportError } from "@tlskit/transport";
import { VerificationError } from "@tlskit/verify";
import type { PrivateCertificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test } from "vitest";
import { connect, listen, startTls } from "../src/index.ts";
import { openssl, withFiles, withServer } from "./openssl.ts";

let ca: TestCa;
let server: PrivateCertificate;
let client: PrivateCertificate;

beforeAll(async () => {
  ca = await createTestCa();
  const intermediate = await ca.createIntermediate();
  server = await intermediate.issue("localhost", "127.0.0.1");
  client = await intermediate.issueWith({ names: ["client@example.org"], profile: "client" });
});

const text = (message: string): Uint8Array => new TextEncoder().encode(message);

function trusting(extra: ClientTLSExtra = {}): ReturnType<typeof optionsForClientTLS> {
  return optionsForClientTLS("localhost", { trustRoot: ca.certificate, ...extra } as ClientTLSExtra);
}

/** Our client against s_server, which sends every line back reversed. */
async function withOurClient(
  args: readonly string[],
  use: (connecting: (extra?: ClientTLSExtra) => Promise<Connection>) => Promise<void>,
): Promise<void> {
  await withFiles(server, ca.caPem, async ({ cert, chain, key, ca: caFile }) => {
    const material = ["-cert", cert, "-cert_chain", chain, "-key", key, "-CAfile", caFile, "-rev"];
    await withServer([...material, ...args], (port) =>
      use((extra) => connect({ host: "127.0.0.1", port }, { tls: trusting(extra) })),
    );
  });
}

describe("our client, s_server", () => {
  test.each(["-tls1_2", "-tls1_3"])("%s: verified, and bytes both ways", async (version) => {
    await withOurClient([version], async (connecting) => {
      const connection = await connecting();
      expect(connection.negotiated.version).toBe(version === "-tls1_2" ? "TLSv1.2" : "TLSv1.3");
      expect(connection.peerChain.map(({ id }) => id)).toEqual([server, ...server.chain].map(({ id }) => id));
      await connection.write(text("stressed\n"));
      expect(new TextDecoder().decode((await connection.read()) ?? undefined)).toBe("desserts\n");
      await connection.close();
    });
  });

  test("mutual TLS with an intermediate", async () => {
    await withOurClient(["-Verify", "5", "-verify_return_error"], async (connecting) => {
      const connection = await connecting({ identity: client });
      await connection.write(text("live\n"));
      expect(new TextDecoder().decode((await connection.read()) ?? undefined)).toBe("evil\n");
      await connection.close();
    });
  });

  test("TRN-37: TLS 1.3, a client certificate is missing: told by the first read, as what it is", async () => {
    await withOurClient(["-tls1_3", "-Verify", "5", "-verify_return_error"], async (connecting) => {
      const connection = await connecting();
      await expect(connection.read()).rejects.toMatchObject({
        code: "CLIENT_CERTIFICATE_REQUIRED",
        details: { during: "open" },
      });
      await expect(connection.closed).rejects.toMatchObject({ code: "CLIENT_CERTIFICATE_REQUIRED" });
    });
  });

  test("TLS 1.2, a client certificate is missing: connect rejects with the alert", async () => {
    await withOurClient(["-tls1_2", "-Verify", "5", "-verify_return_error"], async (connecting) => {
      await expect(connecting()).rejects.toMatchObject({
        code: "HANDSHAKE_ALERT",
        details: { alert: "handshake_failure" },
      });
    });
  });

  test("CLI-14: a client certificate of an unknown CA: the alert is named", async () => {
    const stranger = await createTestCa({ name: "stranger" });
    const identity = await stranger.issueWith({ names: ["client@example.org"], profile: "client" });
    await withOurClient(["-tls1_3", "-Verify", "5", "-verify_return_error"], async (connecting) => {
      const connection = await connecting({ identity });
      await expect(connection.read()).rejects.toMatchObject({
        code: "HANDSHAKE_ALERT",
        details: { alert: "unknown_ca" },
      });
    });
  });

  test("ALPN agreed, and none in common", async () => {
    await withOurClient(["-alpn", "h2,http/1.1"], async (connecting) => {
      const connection = await connecting({ acceptableProtocols: ["http/1.1"] });
      expect(connection.negotiated.alpn).toBe("http/1.1");
      connection.abort();
      await expect(connecting({ acceptableProtocols: ["imap"] })).rejects.toMatchObject({
        code: "NO_APPLICATION_PROTOCOL",
      });
    });
  });

  test("no version in common", async () => {
    await withOurClient(["-tls1_2"], async (connecting) => {
      await expect(connecting({ raiseMinimumTo: "TLSv1.3" })).rejects.toMatchObject({
        code: "PROTOCOL_VERSION_MISMATCH",
      });
    });
  });

  test("no cipher suite in common: a server without forward secrecy is left, with the alert named", async () => {
    await withOurClient(["-tls1_2", "-cipher", "AES128-SHA256:AES128-GCM-SHA256"], async (connecting) => {
      await expect(connecting()).rejects.toMatchObject({
        code: "HANDSHAKE_ALERT",
        details: { alert: "handshake_failure" },
      });
    });
  });

  test("refused: self-signed, with chain and reason", async () => {
    const other = await createTestCa({ name: "other" });
    await withOurClient([], async (connecting) => {
      const error = await connecting({ trustRoot: other.certificate }).catch((reason: unknown) => reason);
      expect(VerificationError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: "UNKNOWN_ISSUER" });
    });
  });
});

describe("our server, s_client", () => {
  test.each(["-tls1_2", "-tls1_3"])("%s: verified by it, and it by us", async (version) => {
    await withListener({ trustRoot: ca.certificate, clientAuth: "require" }, async (port, accept) => {
      await withFiles(client, ca.caPem, async ({ cert, chain, key, ca: caFile }) => {
        const material = ["-cert", cert, "-cert_chain", chain, "-key", key, "-CAfile", caFile, "-verify_return_error"];
        const peer = openssl(
          "s_client",
          "-connect",
          `127.0.0.1:${port}`,
          "-verify_hostname",
          "localhost",
          version,
          "-quiet",
          ...material,
        );
        const connection = await accept();
        expect(connection.peerCertificate?.id).toBe(client.id);
        expect(connection.verifiedPath?.chain).toHaveLength(3);
        await connection.write(text("welcome\n"));
        await peer.output(/welcome/);
        connection.abort();
        await peer.ended;
      });
    });
  });

  test.each([["-tls1_2"], ["-tls1_3"]])("%s: nothing can be resumed, with or without a ticket", async (version) => {
    await withListener({}, async (port, accept) => {
      await withFiles(server, ca.caPem, async ({ session }) => {
        for (const [round, more] of [
          ["-sess_out", []],
          ["-sess_in", []],
          ["-sess_in", ["-no_ticket"]],
        ] as const) {
          const peer = openssl("s_client", "-connect", `127.0.0.1:${port}`, version, round, session, ...more);
          const connection = await accept();
          expect(connection.negotiated.resumed).toBe(false);
          // A session of TLS 1.3 comes after the handshake, before the first bytes.
          await connection.write(text("after the handshake\n"));
          await peer.output(/after the handshake/);
          await connection.closeWrite();
          peer.process.stdin?.end();
          const output = await peer.ended;
          connection.abort();
          if (output.includes("unable to load session") || output.includes("Can't open session")) return; // Nothing to offer at all.
          expect(output).toContain("New, TLSv1");
          expect(output).not.toContain("Reused, TLSv1");
        }
      });
    });
  });

  test("renegotiation is refused, and the connection is not taken over", async () => {
    await withListener({}, async (port, accept) => {
      const peer = openssl("s_client", "-connect", `127.0.0.1:${port}`, "-tls1_2");
      const connection = await accept();
      await connection.write(text("ready\n"));
      await peer.output(/ready/);
      peer.process.stdin?.write("R\n");
      const output = await peer.output(/no renegotiation|RENEGOTIATING[\s\S]*error/);
      expect(output).toMatch(/no renegotiation/);
      connection.abort();
      peer.process.kill();
      await peer.ended;
    });
  });

  test("a client without forward secrecy finds no suite in common, and the listener reports it", async () => {
    const reports: unknown[] = [];
    await withListener(
      {},
      async (port) => {
        const peer = openssl("s_client", "-connect", `127.0.0.1:${port}`, "-tls1_2", "-cipher", "AES128-SHA256");
        expect(await peer.ended).toMatch(/alert handshake failure/);
        await expect.poll(() => reports).toHaveLength(1);
      },
      reports,
    );
    expect(reports).toMatchObject([{ code: "NO_COMMON_PARAMETERS" }]);
  });

  test("a client that does not trust us: its alert is named in the report", async () => {
    const reports: unknown[] = [];
    const other = await createTestCa({ name: "other" });
    await withListener(
      { lowerMaximumSecurityTo: "TLSv1.2" },
      async (port) => {
        await withFiles(other.certificate, other.caPem, async ({ ca: caFile }) => {
          const peer = openssl("s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", caFile, "-verify_return_error");
          await peer.ended;
        });
        // What it said last is read after it has gone, or before.
        await expect.poll(() => reports).toHaveLength(1);
      },
      reports,
    );
    expect(reports).toMatchObject([{ code: "HANDSHAKE_ALERT", details: { alert: "unknown_ca" } }]);
  });
});

describe("STARTTLS on sockets of Node itself", () => {
  test("s_client -starttls smtp gets TLS from a plain net.Server", async () => {
    const listening = createServer();
    listening.listen(0, "127.0.0.1");
    await once(listening, "listening");
    const { port } = listening.address() as { port: number };
    const peer = openssl("s_client", "-connect", `127.0.0.1:${port}`, "-starttls", "smtp", "-quiet");
    const [socket] = (await once(listening, "connection")) as [Socket];
    await smtpUntilStartTls(socket);
    const connection = await startTls(socket, { role: "server", tls: new CertificateOptions({ identity: server }) });
    await connection.write(text("220 secure now\r\n"));
    await peer.output(/220 secure now/);
    connection.abort();
    await peer.ended;
    listening.close();
  });

  test("a net.Socket becomes a verified TLS connection to s_server", async () => {
    await withFiles(server, ca.caPem, async ({ cert, chain, key }) => {
      await withServer(["-cert", cert, "-cert_chain", chain, "-key", key, "-rev"], async (port) => {
        const socket = connectTcp({ host: "127.0.0.1", port });
        await once(socket, "connect");
        const connection = await startTls(socket, { role: "client", tls: trusting() });
        await connection.write(text("drawer\n"));
        expect(new TextDecoder().decode((await connection.read()) ?? undefined)).toBe("reward\n");
        await connection.close();
      });
    });
  });

  test("without a name to verify it is refused, and the socket is left alone", async () => {
    const socket = connectTcp({ host: "127.0.0.1", port: 9 });
    socket.on("error", () => {});
    const attempt = startTls(socket, { role: "client", tls: new CertificateOptions({ trustRoot: ca.certificate }) });
    await expect(attempt).rejects.toMatchObject({ code: "SETTING_INVALID", details: { setting: "tls" } });
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  test("what is no socket is refused", async () => {
    const attempt = startTls({}, { role: "client", tls: trusting() });
    await expect(attempt).rejects.toMatchObject({ code: "SETTING_INVALID", details: { setting: "plain" } });
    expect(TransportError.is(await attempt.catch((error: unknown) => error))).toBe(true);
  });
});

type ServerInit = Partial<ConstructorParameters<typeof CertificateOptions>[0]>;

async function withListener(
  more: ServerInit,
  use: (port: number, accept: () => Promise<Connection>) => Promise<void>,
  reports: unknown[] = [],
): Promise<void> {
  const tls = new CertificateOptions({ ...more, identity: server } as ConstructorParameters<
    typeof CertificateOptions
  >[0]);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const onError = (error: unknown): void => {
    reports.push(error);
    failed.reject(error);
  };
  const listener = await listen({ host: "127.0.0.1", port: 0, tls, onError });
  try {
    await use(listener.address.port, () => Promise.race([listener.accept(), failed.promise]));
  } finally {
    await listener.close({ timeoutMs: 0 });
  }
}

/** The server's half of SMTP up to STARTTLS, line by line. */
async function smtpUntilStartTls(socket: Socket): Promise<void> {
  socket.write("220 localhost ESMTP\r\n");
  let received = "";
  for (;;) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    received += chunk.toString("latin1");
    if (/^EHLO .*\r\n$/.test(received)) {
      socket.write("250-localhost\r\n250 STARTTLS\r\n");
      received = "";
    } else if (received === "STARTTLS\r\n") {
      socket.write("220 go ahead\r\n");
      return;
    }
  }
}
