import { TrustError } from "../error.ts";
import type { TrustPlatform } from "../platform/trust-platform.ts";
import type { TrustRoot } from "../trust-root.ts";
import { filledRootOf } from "./root-of.ts";
import { missing, type StoreLocation, unreadable } from "./store-location.ts";
import { StoreReader } from "./store-reader.ts";

/** The environment variables that name trust sources, as OpenSSL reads them. */
export const CERT_FILE_VARIABLE = "SSL_CERT_FILE";
export const CERT_DIR_VARIABLE = "SSL_CERT_DIR";

/**
 * The set that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, or `undefined` if neither is set. Each variable that is set must
 * give at least one certificate.
 */
export async function readExplicitSource(platform: TrustPlatform): Promise<TrustRoot | undefined> {
  const file = explicitFile(platform);
  const directories = explicitDirectories(platform);
  if (file === undefined && directories.length === 0) return undefined;
  const reader = new StoreReader(platform.fileSystem, "environment");
  if (file !== undefined) await readNamedFile(reader, file);
  if (directories.length > 0) await readNamedDirectories(reader, directories);
  const named = [...(file === undefined ? [] : [file]), ...directories];
  const locations = named.map(({ path }) => path);
  const description = named.map(({ path, variable }) => `${variable}=${path}`).join(", ");
  return filledRootOf(reader.contents, { kind: "environment", locations, description }, () =>
    reader.empty({ ...named[0], path: locations.join(", ") }, "All of it is distrusted, or trusted for nothing."),
  );
}

/** What `SSL_CERT_FILE` names. */
export function explicitFile(platform: TrustPlatform): StoreLocation | undefined {
  const path = readVariable(platform, CERT_FILE_VARIABLE);
  return path === undefined ? undefined : { path, variable: CERT_FILE_VARIABLE };
}

/** What `SSL_CERT_DIR` names: one directory, or several with the system's path delimiter between them. */
export function explicitDirectories(platform: TrustPlatform): readonly StoreLocation[] {
  const list = readVariable(platform, CERT_DIR_VARIABLE);
  if (list === undefined) return [];
  const paths = list.split(platform.pathDelimiter).filter((path) => path !== "");
  if (paths.length === 0) throw missing({ path: list, variable: CERT_DIR_VARIABLE });
  return paths.map((path) => ({ path, variable: CERT_DIR_VARIABLE }));
}

/** Reads an explicitly named bundle: it must exist and hold a certificate. */
export async function readNamedFile(reader: StoreReader, file: StoreLocation): Promise<void> {
  if (!(await reader.exists(file, "file"))) throw missing(file);
  const before = reader.count;
  await reader.readFile(file);
  if (reader.count === before) throw reader.empty(file, "An explicit trust source is never replaced by another one.");
}

/** Reads explicitly named hashed directories: each must exist, and together they must hold a certificate. */
export async function readNamedDirectories(reader: StoreReader, directories: readonly StoreLocation[]): Promise<void> {
  const before = reader.count;
  for (const directory of directories) {
    if (!(await reader.exists(directory, "directory"))) throw missing(directory);
    await reader.readHashedDirectory(directory);
  }
  if (reader.count > before) return;
  const path = directories.map((directory) => directory.path).join(", ");
  throw reader.empty(
    { ...directories[0], path },
    "Like OpenSSL, only files with hashed names count (1a2b3c4d.0): make them with `openssl rehash DIRECTORY`.",
  );
}

/** A variable that is set to nothing is ambiguous, some tools mean "unset" by it and some "no roots": refused. */
function readVariable(platform: TrustPlatform, variable: string): string | undefined {
  let value: string | undefined;
  try {
    value = platform.environment(variable);
  } catch (cause) {
    if (TrustError.is(cause)) throw cause;
    const message = `The environment variable ${variable} cannot be read, so it is unknown whether it names the roots to trust. On Deno, grant --allow-env=${CERT_FILE_VARIABLE},${CERT_DIR_VARIABLE}, or pass { environment: {} }.`;
    throw new TrustError("TRUST_ENVIRONMENT_UNREADABLE", message, { variable }, { cause });
  }
  if (value === "") throw unreadable({ path: "", variable }, "it is set to an empty text; unset it, or name a source");
  return value;
}
