// curl: HTTPS, and SMTP with STARTTLS.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cleanEnvironment } from "@tlskit/cases";
import type { ClientPeer, ClientSetup, Sight } from "../peer.ts";

/** A client only. */
export const curl: ClientPeer = { name: "curl", connect };

async function connect(setup: ClientSetup): Promise<Sight> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-curl-"));
  try {
    const answer = join(folder, "answer");
    const { code, stderr } = await run([...argumentsOf(setup), "--output", answer]);
    if (code !== 0) return { refused: refusalIn(stderr, code) };
    return { ...factsIn(stderr), ...(setup.startTls ? {} : { sha256: await sha256Of(answer) }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function argumentsOf({ port, name, trust, identity, startTls, body }: ClientSetup): string[] {
  const args = ["--disable", "--silent", "--show-error", "--verbose", "--noproxy", "*", "--max-time", "60"];
  args.push("--cacert", trust, "--capath", "/dev/null", "--resolve", `${name}:${port}:127.0.0.1`);
  if (identity !== undefined) args.push("--cert", identity.fullChain, "--key", identity.key);
  if (startTls) return [...args, "--ssl-reqd", "--request", "NOOP matrix", `smtp://${name}:${port}`];
  // It offers http/1.1 as an application protocol by itself; h2 would be another protocol. No waiting for "100 Continue".
  return [...args, "--http1.1", "--header", "Expect:", "--upload-file", body, `https://${name}:${port}/`];
}

function run(args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile("curl", args, { env: cleanEnvironment(), maxBuffer: 1 << 28 }, (error, _stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr });
    });
  });
}

function factsIn(words: string): Sight {
  const version = /^\* SSL connection using (TLSv1\.\d)/m.exec(words)?.[1];
  const alpn = /^\* ALPN: server accepted (\S+)/m.exec(words)?.[1];
  return { ...(version !== undefined && { version }), ...(alpn !== undefined && { alpn }) };
}

function refusalIn(words: string, code: number): string {
  return /^curl: \((.+)$/m.exec(words)?.[1]?.replace(")", ":") ?? `exit code ${code}`;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
