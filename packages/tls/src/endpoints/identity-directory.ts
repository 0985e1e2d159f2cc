// A directory of certificates and keys, as certbot (`live/NAME/fullchain.pem`, `privkey.pem`) or txsni (`NAME.pem`, all in
// one file) keeps it: what belongs together is found by the keys, whatever the files are called.

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { nearestName, shownText } from "@tlskit/options";
import { filePath, fileTrouble, ownSettings } from "@tlskit/transport/node-tls";
import type { PrivateCertificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { EndpointError } from "../error.ts";
import { type Folder, readFolder, type SkippedFile } from "./identity-folder.ts";

/** Options of {@link IdentityDirectory.open}. */
export interface IdentityDirectoryOptions {
  /** How old the snapshot may be before files are looked at again; default 60,000. Nothing runs when nobody asks. */
  readonly refreshMs?: number | undefined;
  /** The name whose certificate is the default; without it, the first name in alphabetical order. */
  readonly defaultName?: string | undefined;
  /** Told when certificates have come, gone or been renewed; not of the first reading. */
  readonly onChange?: (() => void) | undefined;
  /** Told of what could not be used, at the beginning and whenever it changes. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** How often files are looked at for a name that is not known, at most: strangers choose the names. */
const unknownNameMs = 1000;
/** So many folders are read, and no more: each is a certificate or more. */
const folderLimit = 10_000;

interface Snapshot {
  readonly folders: ReadonlyMap<string, Folder>;
  readonly byName: ReadonlyMap<string, PrivateCertificate>;
  readonly readAt: number;
}

/**
 * The certificates of a directory, by the names in them. Read are the `.pem` files of the directory and of the
 * directories in it; every private key that has a certificate in the same directory is an identity, with the chain that
 * is found there. Of several for a name, the one that is valid for longest counts.
 *
 * Files are looked at again when a snapshot is old, and when a name is not known; a file or a folder that cannot be used
 * any more, because it is being replaced or by mistake, keeps what it had.
 *
 * @example
 * const directory = await IdentityDirectory.open("/etc/letsencrypt/live");
 * const identity = await directory.lookup("www.example.org");
 */
export class IdentityDirectory {
  /** Where it is. */
  readonly path: string;
  readonly #options: IdentityDirectoryOptions;
  #snapshot: Snapshot;
  #reading: Promise<void> | undefined;
  #reported = "";

  private constructor(path: string, options: IdentityDirectoryOptions) {
    this.path = path;
    this.#options = options;
    this.#snapshot = { folders: new Map(), byName: new Map(), readAt: Number.NEGATIVE_INFINITY };
  }

  /**
   * Reads a directory.
   *
   * @param path its path, or its `file:` URL
   * @throws {TransportError} `SETTING_INVALID`: what is neither, and options that do not exist
   * @throws {EndpointError} `IDENTITY_DIRECTORY_UNREADABLE`; `IDENTITY_DIRECTORY_EMPTY` if no certificate in it has its
   * key; `IDENTITY_NAME_UNKNOWN` if none has the default name
   */
  static async open(path: string | URL, options: IdentityDirectoryOptions = {}): Promise<IdentityDirectory> {
    const own = ownSettings("IdentityDirectory.open", options, ["refreshMs", "defaultName", "onChange", "onError"]);
    const directory = new IdentityDirectory(filePath("path", path, "a directory"), own as IdentityDirectoryOptions);
    await directory.#read();
    directory.#default(); // The name must be there from the beginning.
    return directory;
  }

  /** All names, in alphabetical order; `*.example.org` is one. */
  get names(): readonly string[] {
    return [...this.#snapshot.byName.keys()].sort();
  }

  /** The certificates that are shown for one name or another. */
  get identities(): readonly PrivateCertificate[] {
    return [...new Set(this.#snapshot.byName.values())];
  }

  /** What is shown to clients that name nobody. */
  get default(): PrivateCertificate {
    return this.#default();
  }

  /** What could not be used, and why. */
  get skipped(): readonly SkippedFile[] {
    return [...this.#snapshot.folders.values()].flatMap(({ skipped }) => skipped);
  }

  /**
   * The certificate for a name: its own, else that of its wildcard, else none. Never rejects: what goes wrong with the
   * files meanwhile is told to `onError`.
   */
  async lookup(serverName: string): Promise<PrivateCertificate | undefined> {
    const name = serverName.toLowerCase().replace(/\.$/, "");
    const found = this.#find(name);
    const age = Date.now() - this.#snapshot.readAt;
    if (found !== undefined) {
      // Served at once; the next one gets what is new.
      if (age > (this.#options.refreshMs ?? 60_000)) this.reload().catch(() => {});
      return found;
    }
    if (age <= unknownNameMs) return undefined;
    await this.reload().catch(() => {});
    return this.#find(name);
  }

  /**
   * Looks at the files now. What was there stays if it cannot be read.
   *
   * @throws {EndpointError} as `open`; it is told to `onError`, too
   */
  reload(): Promise<void> {
    this.#reading ??= this.#read()
      .catch((error: unknown) => {
        // Not again at once.
        this.#snapshot = { ...this.#snapshot, readAt: Date.now() };
        this.#options.onError?.(error);
        throw error;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #find(name: string): PrivateCertificate | undefined {
    const { byName } = this.#snapshot;
    // RFC 9525, section 6.3: the wildcard is the whole of the left-most label.
    return byName.get(name) ?? byName.get(`*${name.slice(name.indexOf("."))}`);
  }

  #default(): PrivateCertificate {
    const { defaultName } = this.#options;
    const { names } = this;
    const identity =
      defaultName === undefined ? this.#snapshot.byName.get(names[0] ?? "") : this.#find(defaultName.toLowerCase());
    if (identity !== undefined) return identity;
    if (names.length === 0) throw nameless(this.path);
    const name = shownText(defaultName ?? "");
    const nearest = nearestName(name, names);
    const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    const message = `No certificate in ${this.path} is for ${JSON.stringify(name)}.${advice}`;
    throw new EndpointError("IDENTITY_NAME_UNKNOWN", message, { path: this.path, name, names });
  }

  async #read(): Promise<void> {
    const before = this.#snapshot;
    const folders = new Map<string, Folder>();
    for (const path of await foldersIn(this.path)) folders.set(path, await readFolder(path, before.folders.get(path)));
    const identities = [...folders.values()].flatMap((folder) => folder.identities);
    if (identities.length === 0) throw empty(this.path, [...folders.values()]);
    this.#snapshot = { folders, byName: byNames(identities), readAt: Date.now() };
    this.#reportSkipped();
    if (before.folders.size > 0 && stateOf(before) !== stateOf(this.#snapshot)) this.#options.onChange?.();
  }

  /** Once for each state of things: a broken file does not speak up every minute. */
  #reportSkipped(): void {
    const { skipped } = this;
    const state = skipped.map(({ path, error }) => `${path} ${error.message}`).join("\n");
    if (state === this.#reported) return;
    this.#reported = state;
    for (const { error } of skipped) this.#options.onError?.(error);
  }
}

/** The directory itself, and those in it. */
async function foldersIn(path: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    const { nativeCode, why } = fileTrouble(error);
    const message = `The directory ${path} cannot be read${why}`;
    throw new EndpointError("IDENTITY_DIRECTORY_UNREADABLE", message, { path, nativeCode }, { cause: error });
  }
  // A link may lead to a directory as well; to what it is not leads nowhere.
  const below = entries.filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && !isPem(entry.name)));
  if (below.length > folderLimit) {
    const message = `The directory ${path} has more than ${folderLimit} directories.`;
    throw new EndpointError("IDENTITY_DIRECTORY_UNREADABLE", message, { path, nativeCode: "TOO_MANY" });
  }
  return [path, ...below.map(({ name }) => join(path, name)).sort()];
}

function isPem(name: string): boolean {
  return name.toLowerCase().endsWith(".pem");
}

/** Changes when a name has another certificate. */
function stateOf({ byName }: Snapshot): string {
  return JSON.stringify([...byName].map(([name, { id }]) => [name, id]).sort());
}

function byNames(identities: readonly PrivateCertificate[]): Map<string, PrivateCertificate> {
  const found = new Map<string, PrivateCertificate>();
  for (const identity of identities) {
    for (const { type, value } of identity.subjectAltName ?? []) {
      if (type !== "dns") continue;
      const name = String(value).toLowerCase();
      const known = found.get(name);
      if (known === undefined || isBetter(identity, known)) found.set(name, identity);
    }
  }
  return found;
}

/** Valid before not valid, then for longer before for shorter. */
function isBetter(one: PrivateCertificate, other: PrivateCertificate): boolean {
  const now = new Date();
  const valid = ({ notBefore, notAfter }: PrivateCertificate): boolean => notBefore <= now && now <= notAfter;
  if (valid(one) !== valid(other)) return valid(one);
  return one.notAfter > other.notAfter;
}

/** Certificates of clients, say, or those for addresses, which clients do not ask for. */
function nameless(path: string): EndpointError<"IDENTITY_NAME_UNKNOWN"> {
  const message = `No certificate in ${path} that has its private key beside it is for a host name.`;
  return new EndpointError("IDENTITY_NAME_UNKNOWN", message, { path, name: "", names: [] });
}

function empty(path: string, folders: readonly Folder[]): EndpointError<"IDENTITY_DIRECTORY_EMPTY"> {
  const errors = folders.flatMap(({ skipped }) => skipped.map(({ error }) => error));
  const [first] = errors;
  const why = first === undefined ? "It has no .pem file." : TlsKitError.is(first) ? first.message : String(first);
  const message = `No certificate in ${path} has its private key beside it. ${why}`;
  return new EndpointError("IDENTITY_DIRECTORY_EMPTY", message, { path }, first === undefined ? {} : { cause: first });
}
