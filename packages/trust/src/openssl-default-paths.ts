import { type Certificate, type DistinguishedName, opensslNameHash } from "@tlskit/x509";
import { TrustError } from "./error.ts";
import { type FileLocation, readPath } from "./platform/read-path.ts";
import { type PlatformTrustOptions, resolvePlatform } from "./platform/resolve-platform.ts";
import type { CommandRunner, TrustPlatform } from "./platform/trust-platform.ts";
import {
  CERT_DIR_VARIABLE,
  CERT_FILE_VARIABLE,
  explicitDirectories,
  explicitFile,
  readNamedDirectories,
  readNamedFile,
} from "./store/explicit-source.ts";
import { filledRootOf } from "./store/root-of.ts";
import type { StoreLocation } from "./store/store-location.ts";
import { OPENSSL_DIRECTORIES } from "./store/store-locations.ts";
import { StoreReader } from "./store/store-reader.ts";
import { runTool } from "./store/system-tool.ts";
import type { TrustRoot } from "./trust-root.ts";

/** What {@link OpenSSLDefaultPaths} takes from its surroundings. */
export type OpenSSLPathOptions = Pick<PlatformTrustOptions, "commands" | "environment" | "fileSystem" | "os">;

/**
 * The places where OpenSSL looks for roots by default (TRU-09): `SSL_CERT_FILE`, else `cert.pem` in the directory that
 * was compiled into it, and `SSL_CERT_DIR`, else `certs` in that directory, with hash-named files.
 *
 * As in OpenSSL the two are independent: setting one variable leaves the other default in force. {@link platformTrust}
 * lets either variable replace all defaults, and is the better choice wherever OpenSSL need not be imitated.
 *
 * @example
 * const paths = await OpenSSLDefaultPaths.find();
 * console.log(paths.certFile, paths.certDir);
 * const trust = await paths.load();
 */
export class OpenSSLDefaultPaths {
  /** OPENSSLDIR, as `openssl version -d` shows it. */
  readonly directory: string;
  /** The bundle. */
  readonly certFile: string;
  /** The directory of hash-named files; several with the system's path delimiter between them. */
  readonly certDir: string;
  readonly #platform: TrustPlatform;
  readonly #namedFile: StoreLocation | undefined;
  readonly #namedDirectories: readonly StoreLocation[];

  /**
   * @param directory OPENSSLDIR, its path or `file:` URL; {@link OpenSSLDefaultPaths.find} looks for it
   * @throws TrustError TRUST_ENVIRONMENT_UNREADABLE, TRUST_ARGUMENT_INVALID
   */
  constructor(directory: FileLocation, options: OpenSSLPathOptions = {}) {
    const path = readPath(directory, "directory");
    this.#platform = resolvePlatform(options);
    this.directory = path;
    this.#namedFile = explicitFile(this.#platform);
    this.#namedDirectories = explicitDirectories(this.#platform);
    this.certFile = this.#namedFile?.path ?? `${path}/cert.pem`;
    const named = this.#namedDirectories.map(({ path }) => path);
    this.certDir = named.length === 0 ? `${path}/certs` : named.join(this.#platform.pathDelimiter);
    Object.freeze(this);
  }

  /**
   * Looks for the directory of this machine's OpenSSL: what was compiled into it, as `openssl version -d` says. Where
   * that command is not there or may not be run: the first of the places where distributions put it that has `cert.pem`,
   * or `certs` with hash-named files. No runtime tells what the OpenSSL inside it was compiled with.
   *
   * @throws TrustError TRUST_STORE_NOT_FOUND, TRUST_SOURCE_UNREADABLE
   */
  static async find(options: OpenSSLPathOptions = {}): Promise<OpenSSLDefaultPaths> {
    // A file system of the caller's own is not this machine's: its openssl would speak of another one.
    const { commands, fileSystem } = resolvePlatform(options);
    if (options.commands !== undefined || options.fileSystem === undefined) {
      const compiledIn = await compiledInDirectory(commands);
      if (compiledIn !== undefined) return new OpenSSLDefaultPaths(compiledIn, options);
    }
    const reader = new StoreReader(fileSystem, "openssl");
    for (const directory of OPENSSL_DIRECTORIES) {
      if (await holdsStore(reader, directory)) return new OpenSSLDefaultPaths(directory, options);
    }
    throw new TrustError(
      "TRUST_STORE_NOT_FOUND",
      `No directory of OpenSSL was found (looked at ${OPENSSL_DIRECTORIES.join(", ")}): pass the one that \`openssl version -d\` shows to new OpenSSLDefaultPaths().`,
      { locations: OPENSSL_DIRECTORIES },
    );
  }

  /**
   * Reads them. What a variable names must exist and hold certificates; of the two defaults one may be absent.
   *
   * @throws TrustError TRUST_SOURCE_MISSING, TRUST_SOURCE_UNREADABLE, TRUST_SOURCE_EMPTY, TRUST_SOURCE_TOO_LARGE
   */
  async load(): Promise<TrustRoot> {
    const reader = new StoreReader(this.#platform.fileSystem, "openssl");
    const isFile = await this.#readFile(reader);
    const isDirectory = await this.#readDirectories(reader);
    const locations = [this.certFile, this.certDir];
    const description = `OpenSSL's default paths, ${locations.join(" and ")}`;
    const absent = isFile || isDirectory ? "" : "Neither of the two exists. ";
    const advice = `${absent}${CERT_FILE_VARIABLE} and ${CERT_DIR_VARIABLE} can name others.`;
    return filledRootOf(reader.contents, { kind: "openssl", locations, description }, () =>
      reader.empty({ path: locations.join(", ") }, advice),
    );
  }

  /**
   * The CAs of a name, looked up in the directories as OpenSSL does during a verification: `1a2b3c4d.0`, `1a2b3c4d.1`, …
   * by the hash of the name, up to the first number that is missing. A file that cannot be read is passed over.
   *
   * @example
   * const issuers = await paths.lookUp(certificate.issuer);
   */
  async lookUp(subject: DistinguishedName): Promise<readonly Certificate[]> {
    const reader = new StoreReader(this.#platform.fileSystem, "openssl");
    const named = this.#namedDirectories.map(({ path }) => path);
    for (const directory of named.length === 0 ? [this.certDir] : named) {
      await reader.readByHash({ path: directory }, opensslNameHash(subject));
    }
    const { entries } = reader.contents;
    return [...new Set(entries.map(({ anchor }) => anchor.certificate))].filter((one) => one.subject.equals(subject));
  }

  /** Whether there is one. */
  async #readFile(reader: StoreReader): Promise<boolean> {
    const path = { path: this.certFile };
    if (this.#namedFile !== undefined) await readNamedFile(reader, this.#namedFile);
    else if (await reader.exists(path, "file")) await reader.readFile(path);
    else return false;
    return true;
  }

  /** Whether there are any. */
  async #readDirectories(reader: StoreReader): Promise<boolean> {
    const path = { path: this.certDir };
    if (this.#namedDirectories.length > 0) await readNamedDirectories(reader, this.#namedDirectories);
    else if (await reader.exists(path, "directory")) await reader.readHashedDirectory(path);
    else return false;
    return true;
  }
}

/** Undefined if nobody says it. */
async function compiledInDirectory(commands: CommandRunner): Promise<string | undefined> {
  for (const program of OPENSSL_PROGRAMS) {
    try {
      const result = await runTool(commands, { program, args: ["version", "-d"] });
      if (result?.exitCode !== 0) continue;
      const [, directory] = /^OPENSSLDIR: "(\/[^"]*)"\s*$/.exec(new TextDecoder().decode(result.stdout)) ?? [];
      if (directory !== undefined) return directory;
    } catch (error) {
      if (!TrustError.is(error)) throw error;
    }
  }
  return undefined;
}

async function holdsStore(reader: StoreReader, directory: string): Promise<boolean> {
  if (await reader.exists({ path: `${directory}/cert.pem` }, "file")) return true;
  const certs = { path: `${directory}/certs` };
  return (await reader.exists(certs, "directory")) && (await reader.hashNames(certs)).length > 0;
}

/** Never searched for: whoever controls PATH would choose the roots. */
const OPENSSL_PROGRAMS: readonly string[] = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"];
