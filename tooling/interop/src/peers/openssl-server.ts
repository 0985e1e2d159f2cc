// OpenSSL's s_server. It knows no protocol: what it receives comes out of its standard output, and what it is to send
// goes into its standard input. The answering is done here.

import { spawn } from "node:child_process";
import { cleanEnvironment } from "@tlskit/cases";
import { readMessage, responseHead } from "../http.ts";
import type { RunningServer, ServerPeer, ServerSetup, Sight } from "../peer.ts";
import { Sights } from "../sights.ts";
import { OutputReader } from "./output-reader.ts";

/** s_server; one connection each. */
export const opensslServer: ServerPeer = { name: "openssl", start };

async function start(setup: ServerSetup): Promise<RunningServer> {
  const child = spawn("openssl", argumentsOf(setup), { env: cleanEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
  const said = new OutputReader(child);
  const sights = new Sights();
  child.stdin.on("error", () => {}); // It may be gone before it has sent everything.
  const listening = await said.until(/ACCEPT 127\.0\.0\.1:(\d+)/);
  if (listening === undefined) throw new Error(said.complaints.split("\n")[0]?.trim() ?? "it did not start");
  serve(said, child.stdin)
    .catch((error: unknown) => ({ refused: refusalIn(said.complaints) ?? String(error) }))
    .then((sight) => sights.push(sight));
  return { port: Number(listening[1]), sight: () => sights.next(), close: () => said.kill() };
}

function argumentsOf({ identity, clientCa, alpn, only, startTls }: ServerSetup): string[] {
  const args = ["s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", identity.cert, "-key", identity.key];
  args.push("-cert_chain", identity.chain);
  if (clientCa !== undefined) args.push("-Verify", "5", "-verify_return_error", "-CAfile", clientCa);
  if (alpn !== undefined) args.push("-alpn", alpn.join(","));
  if (only !== undefined) args.push(only === "TLSv1.2" ? "-tls1_2" : "-tls1_3");
  // There is no such option: what it says to it is what the matrix wants to hear.
  if (startTls) args.push("-starttls", "smtp");
  return args;
}

async function serve(said: OutputReader, input: NodeJS.WritableStream): Promise<Sight> {
  if ((await said.until(/(?=PUT \/)/)) === undefined) throw new Error("it received no request");
  const { body, length, sha256 } = await readMessage(() => said.read());
  input.write(responseHead(length));
  for (const part of body) input.write(part);
  // Of the verification it tells what it found at each depth; 0 is the peer's own certificate.
  const peer = /depth=0 .*?CN = ([^\n,]+)/.exec(said.complaints)?.[1];
  return { sha256, ...(peer !== undefined && { peer }) };
}

function refusalIn(complaints: string): string | undefined {
  const found = /verify error:num=(\d+:[^\n]+)/.exec(complaints)?.[1];
  return found ?? /error:[0-9A-F]+:SSL routines:[^:]*:([^:\n]+)/.exec(complaints)?.[1];
}
