// The certificates that are read: a PEM bundle, by default the root store of Debian.

import { readFileSync } from "node:fs";

export const defaultCorpus: string = "/etc/ssl/certs/ca-certificates.crt";

export interface Corpus {
  /** The bundle. */
  readonly pem: Buffer;
  /** Each block of it, as text. */
  readonly blocks: readonly string[];
  /** Each certificate, with memory of its own. */
  readonly ders: readonly Uint8Array<ArrayBuffer>[];
}

/** Reads the bundle; without any of the libraries that are measured. */
export function readCorpus(file: string): Corpus {
  const pem = readFileSync(file);
  const blocks = pem.toString("latin1").match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ?? [];
  if (blocks.length === 0) throw new Error(`${file}: no certificates`);
  const ders = blocks.map((block) => Uint8Array.from(Buffer.from(block.replace(/-----[^-]*-----/g, ""), "base64")));
  return { pem, blocks, ders };
}
