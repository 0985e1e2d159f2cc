/** Reads files and directories of certificates within limits. */
import { opensslNameHash } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { TrustError } from "../error.ts";
import type { TrustFileSystem } from "../platform/trust-platform.ts";
import type { TrustEntry } from "../trust-entry.ts";
import type { TrustSourceKind } from "../trust-source.ts";
import { type FileRole, StoreContents } from "./store-contents.ts";
import { LIMITS, placeDetails, placeName, type StoreLocation, tooLarge, unreadable } from "./store-location.ts";

/** What a hashed directory's certificates are called: the hash of the subject, and a number (`openssl rehash`). */
const HASH_NAME = /^[0-9a-f]{8}\.[0-9]{1,4}$/;

/** What other files with certificates are called. */
const CERTIFICATE_NAME = /\.(?:pem|crt|cer|der|p11-kit)$/i;

/** How many files are open at once. */
const PARALLEL_FILES = 16;

/** Which hash a file may be called by: OpenSSL looks for the new one only; Android has the old one. */
export type HashStyle = "new" | "either";

/** One reading of one store. */
export class StoreReader {
  readonly contents: StoreContents;
  readonly #fileSystem: TrustFileSystem;

  constructor(fileSystem: TrustFileSystem, kind: TrustSourceKind) {
    this.#fileSystem = fileSystem;
    this.contents = new StoreContents(kind);
  }

  /** How many anchors were found so far. */
  get count(): number {
    return this.contents.entries.length;
  }

  /**
   * Whether something of this kind is there. `false` only where nothing is; all else that is wrong is an error, because
   * a store that cannot be read is not a store that does not exist.
   */
  async exists(location: StoreLocation, kind: "file" | "directory"): Promise<boolean> {
    const status = await this.#guard(location, () => this.#fileSystem.status(location.path));
    if (status === undefined) return false;
    if (status.kind === kind) return true;
    const found =
      status.kind === "other" ? "neither a regular file nor a directory" : `a ${status.kind}, not a ${kind}`;
    throw unreadable(location, `it is ${found}`);
  }

  /** Reads a file of any format. Throws if it cannot be read; what is damaged in it is skipped. */
  async readFile(location: StoreLocation, role: FileRole = "anchors"): Promise<void> {
    const status = await this.#guard(location, () => this.#fileSystem.status(location.path));
    if (status !== undefined && status.size > LIMITS.bytes) throw tooLarge(location, LIMITS.bytes, "bytes");
    const bytes = await this.#guard(location, () => this.#fileSystem.readFile(location.path, LIMITS.bytes));
    await this.contents.addFile(location, bytes, role);
  }

  /**
   * Reads a directory as OpenSSL does: its hash-named files only. A file that cannot be read is skipped, and so is a
   * certificate that is not what its file's name says: OpenSSL would never find it.
   */
  async readHashedDirectory(location: StoreLocation, style: HashStyle = "new"): Promise<void> {
    await this.#readFiles(location, await this.hashNames(location), "anchors", style);
  }

  /** Reads every file in a directory that has the name of a certificate file or of a hash. */
  async readDirectory(location: StoreLocation, role: FileRole = "anchors"): Promise<void> {
    const isWanted = (name: string): boolean => CERTIFICATE_NAME.test(name) || HASH_NAME.test(name);
    await this.#readFiles(location, await this.#names(location, isWanted), role, "either");
  }

  /**
   * Reads every file in a directory whatever its name, but no directories below. A file of a block list must be
   * readable: nobody knows whom it names. Others are skipped and listed.
   */
  async readAllFiles(location: StoreLocation, role: FileRole): Promise<void> {
    const files: string[] = [];
    for (const name of await this.#names(location, (one) => !one.startsWith("."))) {
      const path = join(location.path, name);
      const status = await this.#guard({ path }, () => this.#fileSystem.status(path));
      if (status?.kind === "directory") continue;
      if (role === "blocklist") await this.readFile({ path }, role);
      else files.push(name);
    }
    await this.#readFiles(location, files, role, undefined);
  }

  /** Reads the files of one hash, number after number, up to the first that is missing. */
  async readByHash(location: StoreLocation, hash: string): Promise<void> {
    for (let number = 0; number < LIMITS.files; number++) {
      const name = `${hash}.${number}`;
      const status = await this.#guard(location, () => this.#fileSystem.status(join(location.path, name)));
      if (status === undefined) return;
      await this.#readFiles(location, [name], "anchors", "new");
    }
  }

  /** The hash-named entries of a directory, sorted. */
  hashNames(location: StoreLocation): Promise<readonly string[]> {
    return this.#names(location, (name) => HASH_NAME.test(name));
  }

  /** The error for a location that was read and gave nothing usable. */
  empty(location: StoreLocation, advice: string): TrustError<"TRUST_SOURCE_EMPTY"> {
    const { skipped } = this.contents;
    const first = skipped[0];
    const found = first === undefined ? "" : ` ${sentence(first.error)}`;
    const more = skipped.length < 2 ? "" : ` (${skipped.length - 1} more skipped)`;
    const message = `${placeName(location)} holds no usable certificate.${found}${more} ${EXPECTED} ${advice}`;
    const cause = first === undefined ? undefined : { cause: first.error };
    const details = { ...placeDetails(location), skipped: skipped.length };
    return new TrustError("TRUST_SOURCE_EMPTY", message, details, cause);
  }

  async #names(location: StoreLocation, isWanted: (name: string) => boolean): Promise<readonly string[]> {
    const all = await this.#guard(location, () => this.#fileSystem.readDirectory(location.path, LIMITS.names));
    const names = all.filter(isWanted).sort();
    if (names.length > LIMITS.files) throw tooLarge(location, LIMITS.files, "files");
    return names;
  }

  async #readFiles(
    location: StoreLocation,
    names: readonly string[],
    role: FileRole,
    style: HashStyle | undefined,
  ): Promise<void> {
    for (let start = 0; start < names.length; start += PARALLEL_FILES) {
      const batch = names.slice(start, start + PARALLEL_FILES);
      const files = batch.map((name): StoreLocation => ({ ...location, path: join(location.path, name) }));
      const contents = await Promise.all(files.map((file) => this.#readOrError(file)));
      for (const [index, file] of files.entries()) {
        const content = contents[index];
        const before = this.contents.entries.length;
        if (content instanceof Uint8Array) await this.contents.addFile(file, content, role);
        else if (content !== undefined) this.contents.skip(file.path, content);
        const name = batch[index] ?? "";
        if (style !== undefined && HASH_NAME.test(name)) this.#dropMisnamed(name, before, style);
      }
    }
  }

  /** Takes back what was added since `before` if its subject has another hash than the name says. */
  #dropMisnamed(name: string, before: number, style: HashStyle): void {
    const { entries } = this.contents;
    const added = entries.splice(before);
    for (const entry of added) {
      const mismatch = hashMismatch(entry, name, style);
      if (mismatch === undefined) entries.push(entry);
      else this.contents.skip(entry.origins[0]?.location ?? name, mismatch, entry.origins[0]?.line);
    }
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

function hashMismatch({ anchor }: TrustEntry, name: string, style: HashStyle): TlsKitError | undefined {
  const actual = name.slice(0, 8);
  try {
    const { subject } = anchor.certificate;
    const expected = opensslNameHash(subject);
    if (actual === expected || (style === "either" && actual === opensslNameHash(subject, { old: true })))
      return undefined;
    const message = `The file is called ${name}, but the hash of the subject in it is ${expected}: OpenSSL does not find it. Name it anew with \`openssl rehash\`.`;
    return new TrustError("TRUST_HASH_MISMATCH", message, { name, expected });
  } catch (error) {
    if (TlsKitError.is(error)) return error;
    throw error;
  }
}

/** What is wrong with the first thing that was skipped; the place is said already where it is the whole file. */
function sentence(error: TlsKitError): string {
  const problem =
    TrustError.is(error) && error.code === "TRUST_SOURCE_UNREADABLE" ? error.details.problem : error.message;
  const advice = error.code === "CERTIFICATE_INVALID" ? " parseAny() of @tlskit/x509 tells what it is." : "";
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/\.$/, "")}.${advice}`;
}

const EXPECTED =
  "Expected are PEM blocks called CERTIFICATE, X509 CERTIFICATE or TRUSTED CERTIFICATE, one certificate in DER, or a file of p11-kit.";

function join(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
