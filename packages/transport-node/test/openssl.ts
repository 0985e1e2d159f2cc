// OpenSSL's command line as the other side.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PrivateCertificate } from "@tlskit/x509";

/** A directory with an identity and a CA in files, gone afterwards. */
export async function withFiles<T>(
  identity: PrivateCertificate,
  caPem: string,
  use: (files: {
    readonly cert: string;
    readonly chain: string;
    readonly key: string;
    readonly ca: string;
    readonly session: string;
  }) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "tlskit-openssl-"));
  const file = (name: string): string => join(directory, name);
  const files = {
    cert: file("cert.pem"),
    chain: file("chain.pem"),
    key: file("key.pem"),
    ca: file("ca.pem"),
    session: file("session.pem"),
  };
  try {
    await writeFile(files.cert, identity.toPem());
    await writeFile(files.chain, identity.chain.map((certificate) => certificate.toPem()).join(""));
    await writeFile(files.key, await identity.keyPair.toPem());
    await writeFile(files.ca, caPem);
    return await use(files);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A running openssl. */
export interface OpenSsl {
  readonly process: ChildProcess;
  /** Resolves with all output so far when it matches. */
  output(pattern: RegExp): Promise<string>;
  /** Resolves with all output when it has ended. */
  readonly ended: Promise<string>;
}

/** Starts openssl; `stdin` stays open, because s_client and s_server end with it. */
export function openssl(...args: readonly string[]): OpenSsl {
  const child = spawn("openssl", args);
  let text = "";
  const grow = (chunk: Buffer): void => {
    text += chunk.toString("latin1");
  };
  child.stdout.on("data", grow);
  child.stderr.on("data", grow);
  child.stdin.on("error", () => {}); // It may be gone before it has read everything.
  let over = false;
  // Not at its exit: what it has said may still be on the way.
  const ended = once(child, "close").then(() => {
    over = true;
    return text;
  });
  const output = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) {
      if (over) throw new Error(`openssl has ended without ${pattern}: ${text}`);
      await Promise.race([once(child.stdout, "data"), once(child.stderr, "data"), ended]);
    }
    return text;
  };
  return { process: child, output, ended };
}

/** Starts s_server on a free port of 127.0.0.1, waits until it accepts, and stops it afterwards. */
export async function withServer<T>(
  args: readonly string[],
  use: (port: number, server: OpenSsl) => Promise<T>,
): Promise<T> {
  const server = openssl("s_server", "-accept", "127.0.0.1:0", ...args);
  try {
    const port = Number(/ACCEPT 127\.0\.0\.1:(\d+)/.exec(await server.output(/ACCEPT 127\.0\.0\.1:\d+/))?.[1]);
    return await use(port, server);
  } finally {
    server.process.kill();
    await server.ended;
  }
}
