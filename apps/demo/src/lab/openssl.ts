// A handshake each way with OpenSSL's own command line tools, where they are on the PATH.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { connect, listen } from "@tlskit/transport-node";
import { connectedOutcome, refusedOutcome } from "./outcome.ts";
import type { Pki } from "./pki.ts";
import type { Errand, Outcome } from "./situation.ts";

/** Both directions; empty, with a remark, where there is no `openssl`. */
export async function opensslErrands(pki: Pki, say: (text: string) => void): Promise<Errand[]> {
  const version = spawnSync("openssl", ["version"], { encoding: "utf8" });
  if (version.status !== 0) {
    say("openssl is not on the PATH: the handshakes with it are left out.");
    return [];
  }
  const peer = version.stdout.trim().split(" ").slice(0, 2).join(" ");
  return [
    { id: "openssl-server", title: `${peer} s_server`, expected: "connected", run: () => toServer(pki) },
    { id: "openssl-client", title: `${peer} s_client`, expected: "connected", run: () => fromClient(pki) },
  ];
}

/** We connect to `openssl s_server`, which demands and verifies our client certificate. */
async function toServer(pki: Pki): Promise<Outcome> {
  return withFiles(pki, async (file) => {
    const server = spawn("openssl", [
      ...["s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-rev"],
      ...["-cert", file("server.pem"), "-cert_chain", file("chain.pem"), "-key", file("key.pem")],
      ...["-Verify", "3", "-CAfile", file("ca.pem"), "-verify_return_error"],
    ]);
    try {
      const port = await acceptingPort(server);
      const connection = await connect(
        { host: "localhost", port },
        { tls: optionsForClientTLS("localhost", { trustRoot: pki.ca.certificate, identity: pki.identities.client }) },
      );
      await connection.write(new TextEncoder().encode("live\n"));
      const answer = new TextDecoder().decode((await connection.read()) ?? new Uint8Array());
      await connection.close();
      return answer === "evil\n"
        ? connectedOutcome(connection)
        : unexpected(`s_server answered ${JSON.stringify(answer)}`);
    } catch (error) {
      return refusedOutcome(error);
    } finally {
      server.kill();
    }
  });
}

/** `openssl s_client` connects to us, verifies us, and shows its client certificate. */
async function fromClient(pki: Pki): Promise<Outcome> {
  return withFiles(pki, async (file) => {
    const tls = new CertificateOptions({
      identity: pki.identities.good,
      trustRoot: pki.ca.certificate,
      clientAuth: "require",
    });
    const errors: unknown[] = [];
    const listener = await listen({ host: "127.0.0.1", port: 0, tls, onError: (error: unknown) => errors.push(error) });
    const client = spawn("openssl", [
      ...["s_client", "-connect", `127.0.0.1:${listener.address.port}`, "-servername", "localhost", "-quiet"],
      ...["-CAfile", file("ca.pem"), "-verify_hostname", "localhost", "-verify_return_error"],
      ...["-cert", file("client.pem"), "-cert_chain", file("client-chain.pem"), "-key", file("client-key.pem")],
    ]);
    const exited = once(client, "exit");
    try {
      const greeting = once(client.stdout, "data");
      client.stdin.write("hello\n");
      const accepted = await Promise.race([listener[Symbol.asyncIterator]().next(), exited]);
      if (Array.isArray(accepted))
        return errors.length > 0 ? refusedOutcome(errors[0]) : unexpected("s_client gave up");
      const connection = accepted.value;
      await connection.read();
      await connection.write(new TextEncoder().encode("welcome\n"));
      const [text] = (await greeting) as [Uint8Array];
      await connection.close();
      const heard = new TextDecoder().decode(text);
      return heard === "welcome\n"
        ? connectedOutcome(connection)
        : unexpected(`s_client heard ${JSON.stringify(heard)}`);
    } catch (error) {
      return refusedOutcome(error);
    } finally {
      client.kill();
      await listener.close();
    }
  });
}

function unexpected(reason: string): Outcome {
  return { code: "UNEXPECTED", reasons: [reason] };
}

/** The PEM files that the tools want, in a folder that is gone afterwards. */
async function withFiles<T>(pki: Pki, use: (file: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-demo-"));
  const file = (name: string) => join(folder, name);
  const pem = (certificates: readonly { toPem(): string }[]) => certificates.map((c) => c.toPem()).join("");
  try {
    await Promise.all([
      writeFile(file("ca.pem"), pki.ca.certificate.toPem()),
      writeFile(file("server.pem"), pki.identities.good.toPem()),
      writeFile(file("chain.pem"), pem(pki.identities.good.chain)),
      writeFile(file("key.pem"), await pki.identities.good.keyPair.toPem(), { mode: 0o600 }),
      writeFile(file("client.pem"), pki.identities.client.toPem()),
      writeFile(file("client-chain.pem"), pem(pki.identities.client.chain)),
      writeFile(file("client-key.pem"), await pki.identities.client.keyPair.toPem(), { mode: 0o600 }),
    ]);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The port that `s_server` says it accepts on. The listener stays, so that the tool never blocks on a full pipe. */
function acceptingPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const look = (chunk: unknown) => {
      text += String(chunk);
      const found = /^ACCEPT .*:(\d+)\s*$/m.exec(text);
      if (found) resolve(Number(found[1]));
    };
    server.stdout?.on("data", look);
    server.stderr?.on("data", look);
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`openssl s_server did not start: ${text}`)));
  });
}
