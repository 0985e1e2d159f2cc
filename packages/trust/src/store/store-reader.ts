/** Reads files and directories of certificates within limits, and remembers what it skipped. */
import type { Certificate } from "@tlskit/x509";
import type { TlsKitError } from "@tlskit/x509/error";
import { TrustError, type TrustSourceDetails } from "../error.ts";
import { readPemBundle } from "../pem-bundle.ts";
import type { TrustEntry } from "../trust-entry.ts";
import type { TrustFileSystem } from "../trust-platform.ts";
import type { SkippedSource, TrustSourceKind } from "../trust-source.ts";

/** What a hashed directory's certificates are called: the hash of the subject, and a number (`openssl rehash`). */
const HASH_NAME = /^[0-9a-f]{8}\.[0-9]{1,4}$/;

/** Generous: the largest public bundles have some 200 certificates in 300 kB. */
export const LIMITS = {
  /** Bytes in one file: 16 MiB. */
  bytes: 16_777_216,
  /** Files of one directory. */
  files: 10_000,
  /** Blocks of one store, certificates or not. */
  blocks: 20_000,
} as const;

/** How many files are open at once. */
const PARALLEL_FILES = 16;

/** How many blocks are read before others get their turn: a few milliseconds' work. */
const BLOCKS_PER_TURN = 128;

/** Where something is read from, and what to say of it. */
export interface StoreLocation {
  readonly path: string;
  /** The environment variable that named the path, for errors. */
  readonly variable?: string;
}

/** One reading of one store. */
export class StoreReader {
  readonly entries: TrustEntry[] = [];
  readonly skipped: SkippedSource[] = [];
  readonly #fileSystem: TrustFileSystem;
  readonly #kind: TrustSourceKind;
  #blocks = 0;

  constructor(fileSystem: TrustFileSystem, kind: TrustSourceKind) {
    this.#fileSystem = fileSystem;
    this.#kind = kind;
  }

  /**
   * Whether something of this kind is there. `false` only where nothing is; all else that is wrong is an error, because
   * a store that cannot be read is not a store that does not exist.
   */
  async exists(location: StoreLocation, kind: "file" | "directory"): Promise<boolean> {
    const status = await this.#guard(location, () => this.#fileSystem.status(location.path));
    if (status === undefined) return false;
    if (status.kind === kind) return true;
    throw unreadable(
      location,
      `it is ${status.kind === "other" ? `no regular file or directory` : `a ${status.kind}`}, not a ${kind}`,
    );
  }

  /** Reads a PEM bundle. Throws if it cannot be read; a damaged block in it is skipped. */
  async readBundle(location: StoreLocation): Promise<void> {
    const status = await this.#guard(location, () => this.#fileSystem.status(location.path));
    if (status !== undefined && status.size > LIMITS.bytes) throw tooLarge(location, LIMITS.bytes, "bytes");
    const bytes = await this.#guard(location, () => this.#fileSystem.readFile(location.path, LIMITS.bytes));
    await this.addPem(location, bytes);
  }

  /** Reads a directory as OpenSSL does: its hash-named files only, each a PEM bundle. A file that cannot be read is skipped. */
  async readHashedDirectory(location: StoreLocation): Promise<void> {
    const names = await this.hashNames(location);
    const separator = location.path.endsWith("/") ? "" : "/";
    const files = names.map((name): StoreLocation => ({ ...location, path: location.path + separator + name }));
    for (let start = 0; start < files.length; start += PARALLEL_FILES) {
      const batch = files.slice(start, start + PARALLEL_FILES);
      const contents = await Promise.all(batch.map((file) => this.#readOrError(file)));
      for (const [index, file] of batch.entries()) {
        const content = contents[index];
        if (content instanceof Uint8Array) await this.addPem(file, content);
        else if (content !== undefined) this.#skip(file.path, content);
      }
    }
  }

  /** The hash-named entries of a directory, sorted. */
  async hashNames(location: StoreLocation): Promise<readonly string[]> {
    const all = await this.#guard(location, () => this.#fileSystem.readDirectory(location.path));
    const names = all.filter((name) => HASH_NAME.test(name)).sort();
    if (names.length > LIMITS.files) throw tooLarge(location, LIMITS.files, "files");
    return names;
  }

  /** Takes the certificates of a PEM text, giving way to other work now and then. */
  async addPem(location: StoreLocation, bytes: Uint8Array): Promise<void> {
    let found = false;
    for (const block of readPemBundle(bytes)) {
      found = true;
      if (++this.#blocks > LIMITS.blocks) throw tooLarge(location, LIMITS.blocks, "blocks");
      if ("error" in block) this.#skip(location.path, block.error, block.line);
      else this.#add(location, block.certificate, block.line);
      if (this.#blocks % BLOCKS_PER_TURN === 0) await giveWay();
    }
    if (!found) this.#skip(location.path, noBlock(location, bytes));
  }

  /** The error for a location that was read and gave nothing usable. */
  empty(location: StoreLocation, advice: string): TrustError<"TRUST_SOURCE_EMPTY"> {
    const first = this.skipped[0];
    const because = first === undefined ? "" : ` ${this.skipped.length} skipped; the first: ${first.error.message}`;
    const message = `${name(location)} holds no usable certificate. ${advice}${because}`;
    const cause = first === undefined ? undefined : { cause: first.error };
    return new TrustError("TRUST_SOURCE_EMPTY", message, { ...details(location), skipped: this.skipped.length }, cause);
  }

  #add(location: StoreLocation, certificate: Certificate, line: number): void {
    this.entries.push({
      anchor: { certificate },
      origins: [{ kind: this.#kind, location: location.path, line }],
    });
  }

  #skip(location: string, error: TlsKitError, line?: number): void {
    this.skipped.push(Object.freeze(line === undefined ? { location, error } : { location, line, error }));
  }

  async #readOrError(file: StoreLocation): Promise<Uint8Array | TlsKitError> {
    try {
      return await this.#guard(file, () => this.#fileSystem.readFile(file.path, LIMITS.bytes));
    } catch (error) {
      if (!TrustError.is(error)) throw error;
      return error;
    }
  }

  /** Whatever the file system throws, said with the location; its own typed errors pass. */
  async #guard<T>(location: StoreLocation, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (TrustError.is(error)) throw error;
      throw unreadable(location, error instanceof Error ? error.message : String(error), error);
    }
  }
}

/** The error for an explicitly named location where nothing is. */
export function missing(location: StoreLocation): TrustError<"TRUST_SOURCE_MISSING"> {
  const message = `${name(location)} does not exist. An explicit trust source is never replaced by another one: correct it, or unset it.`;
  return new TrustError("TRUST_SOURCE_MISSING", message, details(location));
}

/** The error for a location that cannot be read. */
export function unreadable(
  location: StoreLocation,
  problem: string,
  cause?: unknown,
): TrustError<"TRUST_SOURCE_UNREADABLE"> {
  const message = `${name(location)} cannot be read: ${problem}`;
  const options = cause === undefined ? undefined : { cause };
  return new TrustError("TRUST_SOURCE_UNREADABLE", message, { ...details(location), problem }, options);
}

function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function tooLarge(location: StoreLocation, limit: number, unit: "bytes" | "files" | "blocks"): TrustError {
  const message = `${name(location)} has more than ${limit} ${unit}: that is no trust store.`;
  return new TrustError("TRUST_SOURCE_TOO_LARGE", message, { ...details(location), limit, unit });
}

function noBlock(location: StoreLocation, bytes: Uint8Array): TrustError {
  const isDer = bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
  const problem = isDer
    ? "it is DER, not PEM: convert it with `openssl x509 -inform DER`"
    : "there is no PEM block in it";
  return unreadable(location, problem);
}

function name({ path, variable }: StoreLocation): string {
  return variable === undefined ? JSON.stringify(path) : `${variable} (${JSON.stringify(path)})`;
}

function details({ path, variable }: StoreLocation): TrustSourceDetails {
  return variable === undefined ? { location: path } : { location: path, variable };
}
