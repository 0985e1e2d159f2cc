// One folder of PEM files: which keys and certificates belong together.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Certificate, KeyPair, type PemBlock, PrivateCertificate, pemDecode } from "@tlskit/x509";
import { EndpointError } from "../error.ts";

/** A file, or a folder, that could not be used. */
export interface SkippedFile {
  /** Where it is. */
  readonly path: string;
  /** Why it could not be used. */
  readonly error: Error;
}

/** What is in a folder. */
export interface Folder {
  /** Changes whenever a file does. */
  readonly state: string;
  readonly identities: readonly PrivateCertificate[];
  /** The same, by the files that their keys are in. */
  readonly byFile: ReadonlyMap<string, readonly PrivateCertificate[]>;
  readonly skipped: readonly SkippedFile[];
}

/** No certificate and no key comes near that; a file of certificates that is larger is something else. */
const fileSizeLimit = 1024 * 1024;
const fileLimit = 1000;

/** A block, and the file that it is in. */
interface FileBlock {
  readonly file: string;
  readonly block: PemBlock;
}

/**
 * Reads a folder, unless nothing has changed in it. What was there before stays of a file whose keys cannot be used any
 * more, because it is being written or by mistake; and all of it if nothing in the folder can be used.
 */
export async function readFolder(path: string, before: Folder | undefined): Promise<Folder> {
  const skipped: SkippedFile[] = [];
  const files = await filesIn(path, skipped);
  const state = files.map(({ state: one }) => one).join("\n");
  if (before !== undefined && before.state === state) return before;
  const blocks: FileBlock[] = [];
  for (const { path: file } of files) {
    try {
      const bytes = new Uint8Array(await readFile(file));
      const own = pemDecode(bytes);
      // A chain.pem without intermediates is empty.
      if (own.length === 0 && !bytes.every(isSpace)) throw new RangeError("there is no PEM block in it");
      for (const block of own) blocks.push({ file, block });
    } catch (error) {
      skipped.push({ path: file, error: unusable(file, error) });
    }
  }
  const byFile = await identitiesOf(path, blocks, skipped);
  const isBroken = byFile.size === 0 && files.length > 0;
  for (const [file, identities] of before?.byFile ?? []) {
    if (isBroken || (!byFile.has(file) && files.some((one) => one.path === file))) byFile.set(file, identities);
  }
  return { state, identities: [...byFile.values()].flat(), byFile, skipped };
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

/** Every certificate whose key is here, by the key's file. */
async function identitiesOf(
  path: string,
  blocks: readonly FileBlock[],
  skipped: SkippedFile[],
): Promise<Map<string, readonly PrivateCertificate[]>> {
  const certificates = new Map<string, Certificate>();
  const found = new Map<string, readonly PrivateCertificate[]>();
  const skip = (error: unknown): void => void skipped.push({ path, error: unusable(path, error) });
  for (const { block } of blocks.filter((one) => one.block.label === "CERTIFICATE")) {
    try {
      const certificate = Certificate.fromDer(block.bytes);
      certificates.set(certificate.id, certificate);
    } catch (error) {
      skip(error);
    }
  }
  for (const { file, block } of blocks.filter((one) => one.block.label.endsWith("PRIVATE KEY"))) {
    try {
      const keyPair = await KeyPair.fromPemBlock(block);
      const own = [...certificates.values()].filter(({ publicKey }) => publicKey.equals(keyPair.publicKey));
      if (own.length === 0)
        throw new EndpointError(
          "IDENTITY_FILE_UNUSABLE",
          `No certificate in ${path} belongs to the key in line ${block.line}.`,
          { path },
        );
      const made = own.map((leaf) =>
        PrivateCertificate.from(leaf, keyPair, { chain: chainOf(leaf, certificates.values()) }),
      );
      found.set(file, [...(found.get(file) ?? []), ...made]);
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
