import { type AllowEmpty, emptyRoot } from "./anchors/trust-root-parts.ts";
import { badArgument } from "./input/bad-argument.ts";
import { ownOptions } from "./input/own-options.ts";
import { type FileLocation, readPath } from "./platform/read-path.ts";
import { resolvePlatform } from "./platform/resolve-platform.ts";
import type { TrustFileSystem } from "./platform/trust-platform.ts";
import { rootOf } from "./store/root-of.ts";
import { missing, type StoreLocation } from "./store/store-location.ts";
import { StoreReader } from "./store/store-reader.ts";
import type { TrustRoot } from "./trust-root.ts";
import type { SkippedSource } from "./trust-source.ts";

/** How files are read. */
export interface TrustFileOptions extends AllowEmpty {
  /** Instead of the runtime's file system. */
  readonly fileSystem?: TrustFileSystem | undefined;
  /** Told of everything that could not be used, as it stands in `skipped` of the set. What it throws ends the reading. */
  readonly onSkip?: ((skipped: SkippedSource) => void) | undefined;
}

/**
 * The certificates of a file, all of them: a PEM bundle, in which OpenSSL's `TRUSTED CERTIFICATE` blocks keep their
 * limits; one certificate in DER; or a file of p11-kit, with its block lists, limits and dates. What is damaged is
 * skipped and listed, and does not cost the rest.
 *
 * @param paths one file, or several: paths or `file:` URLs
 * @throws TrustError TRUST_SOURCE_MISSING, TRUST_SOURCE_UNREADABLE, TRUST_SOURCE_TOO_LARGE; TRUST_SOURCE_EMPTY if a file
 * gives neither an anchor nor a line of a block list; TRUST_ROOT_EMPTY if there is no anchor and `allowEmpty` is not set
 * @example
 * const trust = await trustRootFromFile("/etc/our/roots.pem");
 */
export async function trustRootFromFile(
  paths: FileLocation | readonly FileLocation[],
  options: TrustFileOptions = {},
): Promise<TrustRoot> {
  return await load("trustRootFromFile()", paths, options, ADVICE, async (reader, location) => {
    if (!(await reader.exists(location, "file"))) throw missing(location);
    await reader.readFile(location);
  });
}

/**
 * The certificates of every file in a directory that is called `.pem`, `.crt`, `.cer`, `.der` or `.p11-kit`, in any
 * case, or by a hash as `openssl rehash` does (TRU-11); all of each file, as {@link trustRootFromFile} reads it. Each
 * certificate counts once. Not read: directories below, and whatever has another name.
 *
 * A file that cannot be read is skipped and listed; so is a certificate in a hash-named file whose subject has another
 * hash.
 *
 * @param paths one directory, or several: paths or `file:` URLs
 * @throws TrustError as {@link trustRootFromFile}
 * @example
 * const trust = await trustRootFromDirectory("/etc/our/cas", { onSkip: ({ location, error }) => console.warn(location, error.message) });
 */
export async function trustRootFromDirectory(
  paths: FileLocation | readonly FileLocation[],
  options: TrustFileOptions = {},
): Promise<TrustRoot> {
  const advice = `Of a directory, files count that are called .pem, .crt, .cer, .der or .p11-kit, or by a hash. ${ADVICE}`;
  return await load("trustRootFromDirectory()", paths, options, advice, async (reader, location) => {
    if (!(await reader.exists(location, "directory"))) throw missing(location);
    await reader.readDirectory(location);
  });
}

async function load(
  operation: string,
  paths: FileLocation | readonly FileLocation[],
  options: TrustFileOptions,
  advice: string,
  read: (reader: StoreReader, location: StoreLocation) => Promise<void>,
): Promise<TrustRoot> {
  const locations = readPaths(paths);
  const own = ownOptions(options, ["allowEmpty", "fileSystem", "onSkip"]);
  const empty = own.allowEmpty === true;
  const { fileSystem } = resolvePlatform(own.fileSystem === undefined ? {} : { fileSystem: own.fileSystem });
  const reader = new StoreReader(fileSystem, "file");
  const { contents } = reader;
  for (const path of locations) {
    const before = contents.entries.length + contents.distrusted.length;
    await read(reader, { path });
    const found = contents.entries.length + contents.distrusted.length > before;
    if (!found && !empty) throw reader.empty({ path }, advice);
  }
  const root = rootOf(contents, { kind: "file", locations, description: locations.join(", ") });
  for (const skipped of root.skipped) own.onSkip?.(skipped);
  if (root.size === 0 && !empty) throw emptyRoot(operation);
  return root;
}

const ADVICE = "An explicit trust source is never replaced by another one.";

function readPaths(paths: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(paths) ? paths : [paths];
  if (list.length === 0) throw badArgument("paths", "one path at least", paths);
  return list.map((path, index) => {
    return readPath(path, Array.isArray(paths) ? `paths[${index}]` : "paths");
  });
}
