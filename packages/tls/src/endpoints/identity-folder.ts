// One folder of PEM files: which keys and certificates belong together.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Certificate, KeyPair, type PemBlock, PrivateCertificate, pemDecode } from "@tlskit/x509";
import { EndpointError } from "../error.ts";

/** A file, or a folder, that could not be used. */
export interface SkippedFile {
  readonly path: string;
  readonly error: Error;
}

/** What is in a folder. */
export interface Folder {
  /** Changes whenever a file does. */
  readonly state: string;
  readonly identities: readonly PrivateCertificate[];
  readonly skipped: readonly SkippedFile[];
}

/** No certificate and no key comes near that; a file of certificates that is larger is something else. */
const fileSizeLimit = 1024 * 1024;
const fileLimit = 1000;

/** Reads a folder, unless nothing has changed in it. If nothing in it can be used any more, what was there before stays. */
export async function readFolder(path: string, before: Folder | undefined): Promise<Folder> {
  const skipped: SkippedFile[] = [];
  const files = await filesIn(path, skipped);
  const state = files.map(({ state: one }) => one).join("\n");
  if (before !== undefined && before.state === state) return before;
  const blocks: PemBlock[] = [];
  for (const file of files) {
    try {
      const bytes = new Uint8Array(await readFile(file.path));
      const own = pemDecode(bytes);
      // A chain.pem without intermediates is empty.
      if (own.length === 0 && !bytes.every(isSpace)) throw new RangeError("there is no PEM block in it");
      blocks.push(...own);
    } catch (error) {
      skipped.push({ path: file.path, error: unusable(file.path, error) });
    }
  }
  const identities = await identitiesOf(path, blocks, skipped);
  const keepsOld = identities.length === 0 && files.length > 0 && before !== undefined;
  return { state, identities: keepsOld ? before.identities : identities, skipped };
}

async function filesIn(path: string, skipped: SkippedFile[]): Promise<{ path: string; state: string }[]> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch {
    return []; // Gone meanwhile, or a link to something that is no directory.
  }
  const found: { path: string; state: string }[] = [];
  for (const name of names
    .filter((one) => one.toLowerCase().endsWith(".pem"))
    .sort()
    .slice(0, fileLimit)) {
    const file = join(path, name);
    try {
      const { mtimeMs, size, ino, isFile } = await statOf(file);
      if (!isFile) continue;
      if (size > fileSizeLimit) throw new RangeError(`it is larger than ${fileSizeLimit} bytes`);
      found.push({ path: file, state: `${file} ${mtimeMs} ${size} ${ino}` });
    } catch (error) {
      skipped.push({ path: file, error: unusable(file, error) });
    }
  }
  return found;
}

async function statOf(file: string): Promise<{ mtimeMs: number; size: number; ino: number; isFile: boolean }> {
  const status = await stat(file);
  const { mtimeMs, size, ino } = status;
  return { mtimeMs, size, ino, isFile: status.isFile() };
}

/** Every certificate whose key is here. */
async function identitiesOf(
  path: string,
  blocks: readonly PemBlock[],
  skipped: SkippedFile[],
): Promise<PrivateCertificate[]> {
  const certificates = new Map<string, Certificate>();
  const found: PrivateCertificate[] = [];
  const skip = (error: unknown): void => void skipped.push({ path, error: unusable(path, error) });
  for (const { label, bytes } of blocks) {
    if (label !== "CERTIFICATE") continue;
    try {
      const certificate = Certificate.fromDer(bytes);
      certificates.set(certificate.id, certificate);
    } catch (error) {
      skip(error);
    }
  }
  for (const block of blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"))) {
    try {
      const keyPair = await KeyPair.fromPemBlock(block);
      const own = [...certificates.values()].filter(({ publicKey }) => publicKey.equals(keyPair.publicKey));
      if (own.length === 0)
        throw new EndpointError(
          "IDENTITY_FILE_UNUSABLE",
          `No certificate in ${path} belongs to the key in line ${block.line}.`,
          { path },
        );
      for (const leaf of own) {
        found.push(PrivateCertificate.from(leaf, keyPair, { chain: chainOf(leaf, certificates.values()) }));
      }
    } catch (error) {
      skip(error);
    }
  }
  return found;
}

/** Those that lead upward from `leaf`, without the root: every client that trusts it has it. */
function chainOf(leaf: Certificate, certificates: Iterable<Certificate>): Certificate[] {
  const rest = new Set(certificates);
  const chain: Certificate[] = [];
  for (let child: Certificate | undefined = leaf; child !== undefined; child = chain.at(-1)) {
    rest.delete(child);
    const issuer = [...rest].find((candidate) => mayHaveIssued(candidate, child as Certificate));
    if (issuer === undefined || issuer.isSelfIssued) return chain;
    chain.push(issuer);
  }
  return chain;
}

/** By names and key identifiers: this arranges files, and proves nothing. */
function mayHaveIssued(issuer: Certificate, child: Certificate): boolean {
  if (!child.issuer.equals(issuer.subject)) return false;
  const wanted = child.authorityKeyIdentifier?.keyIdentifier;
  const own = issuer.subjectKeyIdentifier;
  return wanted === undefined || own === undefined || Buffer.from(wanted).equals(own);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function unusable(path: string, cause: unknown): Error {
  if (EndpointError.is(cause)) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EndpointError("IDENTITY_FILE_UNUSABLE", `${path} cannot be used: ${why}.`, { path }, { cause });
}
