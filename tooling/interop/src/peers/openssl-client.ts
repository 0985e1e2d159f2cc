// OpenSSL's s_client.

import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { cleanEnvironment } from "@tlskit/cases";
import { readMessage, requestHead } from "../http.ts";
import type { ClientPeer, ClientSetup, Sight } from "../peer.ts";
import { OutputReader } from "./output-reader.ts";

/** s_client, told to end the handshake on what it would only mention else. */
export const opensslClient: ClientPeer = { name: "openssl", connect };

async function connect(setup: ClientSetup): Promise<Sight> {
  const trace = setup.alpn === undefined ? undefined : `${setup.trust}.trace`;
  const child = spawn("openssl", argumentsOf(setup, trace), {
    env: cleanEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const said = new OutputReader(child);
  child.stdin.on("error", () => {}); // It may be gone before it has sent everything.
  try {
    const heard = await (setup.startTls ? mail(said, child.stdin) : putThereAndBack(setup, said, child.stdin));
    return { ...factsIn(said.complaints), ...(await applicationProtocol(trace)), ...heard };
  } catch {
    return { refused: refusalIn(said.complaints) };
  } finally {
    await said.kill();
  }
}

function argumentsOf(
  { port, name, trust, identity, alpn, startTls }: ClientSetup,
  trace: string | undefined,
): string[] {
  const args = ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", name, "-verify_hostname", name];
  args.push("-verify_return_error", "-CAfile", trust, "-no-CApath", "-no-CAstore");
  // What it finds goes to standard error, so that standard output is data; and no letter of the data is a command.
  args.push("-brief", "-ign_eof", "-nocommands");
  if (identity !== undefined) args.push("-cert", identity.cert, "-key", identity.key, "-cert_chain", identity.chain);
  if (alpn !== undefined) args.push("-alpn", alpn.join(","));
  // The brief form does not tell the application protocol: the trace of the messages does.
  if (trace !== undefined) args.push("-trace", "-msgfile", trace);
  if (startTls) args.push("-starttls", "smtp", "-name", "localhost");
  return args;
}

async function putThereAndBack(
  { name, body }: ClientSetup,
  said: OutputReader,
  input: NodeJS.WritableStream,
): Promise<Sight> {
  input.write(requestHead(name, (await stat(body)).size));
  createReadStream(body).pipe(input, { end: false });
  if ((await said.until(/(?=HTTP\/1\.1 200)/)) === undefined) throw new Error("no answer");
  const { sha256 } = await readMessage(() => said.read());
  return { sha256 };
}

async function mail(said: OutputReader, input: NodeJS.WritableStream): Promise<Sight> {
  // It greets in clear, switches, and greets no more: that is ours to do.
  input.write("EHLO localhost\r\nNOOP matrix\r\nQUIT\r\n");
  if ((await said.until(/250 NOOP matrix/)) === undefined) throw new Error("no answer");
  return {};
}

function factsIn(words: string): Sight {
  const version = /^Protocol version: (TLSv1\.\d)$/m.exec(words)?.[1];
  return version === undefined ? {} : { version };
}

/** The last message that has the extension is the server's answer. */
async function applicationProtocol(trace: string | undefined): Promise<Sight> {
  if (trace === undefined) return {};
  const messages = await readFile(trace, "utf8");
  const answer = [...messages.matchAll(/application_layer_protocol_negotiation\(16\), length=\d+\n\s+(\S+)\n/g)].at(-1);
  return answer?.[1] === undefined ? {} : { alpn: answer[1] };
}

function refusalIn(complaints: string): string {
  const verify = /verify error:num=(\d+:[^\n]+)/.exec(complaints)?.[1];
  const alert = /SSL alert number (\d+)/.exec(complaints)?.[1];
  return verify ?? (alert === undefined ? "the connection ended" : `alert ${alert}`);
}
