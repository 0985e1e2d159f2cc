import { TrustError } from "./error.ts";
import { type PlatformTrustOptions, resolvePlatform } from "./resolve-platform.ts";
import { readExplicitSource } from "./store/explicit-source.ts";
import { STORE_LOCATIONS, type StoreLocations } from "./store/store-locations.ts";
import { StoreReader } from "./store/store-reader.ts";
import type { RuntimeCertificates, TrustFileSystem, TrustPlatform } from "./trust-platform.ts";
import { TrustRoot } from "./trust-root.ts";

/**
 * The roots that this machine trusts (TRU-08). In this order:
 *
 * 1. `SSL_CERT_FILE` and `SSL_CERT_DIR`, if set: they replace everything else. What they name must exist, be readable
 *    and hold certificates; there is no fallback.
 * 2. The operating system's store. On Linux and the BSDs it is read from its files; on macOS and Windows the runtime
 *    reads it (`tls.getCACertificates("system")`). A store that exists and cannot be read, or is empty, is an error.
 * 3. Where no system store exists: the roots that the runtime brings.
 *
 * `source` of the result says which one it was. `NODE_EXTRA_CA_CERTS` is the runtime's own affair and is not read.
 *
 * @throws TrustError TRUST_SOURCE_MISSING, TRUST_SOURCE_UNREADABLE, TRUST_SOURCE_EMPTY, TRUST_SOURCE_TOO_LARGE,
 * TRUST_STORE_NOT_FOUND, TRUST_ENVIRONMENT_UNREADABLE, PLATFORM_UNSUPPORTED
 * @example
 * const trust = await platformTrust();
 * console.log(trust.size, trust.source.description);
 */
export async function platformTrust(options: PlatformTrustOptions = {}): Promise<TrustRoot> {
  const surroundings = resolvePlatform(options);
  return (
    (await readExplicitSource(surroundings)) ??
    (await readSystemStore(surroundings)) ??
    (await readBundledRoots(surroundings))
  );
}

async function readSystemStore(surroundings: TrustPlatform): Promise<TrustRoot | undefined> {
  const locations = STORE_LOCATIONS.get(surroundings.os);
  if (locations !== undefined) return await readStoreFiles(surroundings, locations);
  const list = await surroundings.runtimeCertificates("system");
  if (list === undefined) throw noSystemStore(surroundings.os);
  return await fromRuntime(list, "the system's store, as the runtime reads it");
}

/** The first bundle that exists is the store; where there is none, the first directory with hash-named files is. */
async function readStoreFiles(
  surroundings: TrustPlatform,
  { bundles, directories }: StoreLocations,
): Promise<TrustRoot | undefined> {
  const reader = new StoreReader(surroundings.fileSystem, "system");
  for (const path of bundles) {
    if (!(await reader.exists({ path }, "file"))) continue;
    await reader.readBundle({ path });
    return systemRoot(reader, path);
  }
  for (const path of directories) {
    if (!(await reader.exists({ path }, "directory")) || (await reader.hashNames({ path })).length === 0) continue;
    await reader.readHashedDirectory({ path });
    return systemRoot(reader, path);
  }
  return undefined;
}

function systemRoot(reader: StoreReader, path: string): TrustRoot {
  const advice = "The system's store exists and is empty, so it trusts nobody: repair it, or name your own roots.";
  if (reader.entries.length === 0) throw reader.empty({ path }, advice);
  const source = { kind: "system", locations: [path], description: `the system's store, ${path}` } as const;
  return new TrustRoot({ entries: reader.entries, source, skipped: reader.skipped });
}

async function readBundledRoots(surroundings: TrustPlatform): Promise<TrustRoot> {
  const list = await surroundings.runtimeCertificates("bundled");
  if (list !== undefined)
    return await fromRuntime(list, "the roots that the runtime brings, because no system store was found");
  const { bundles, directories } = STORE_LOCATIONS.get(surroundings.os) ?? { bundles: [], directories: [] };
  const locations = [...bundles, ...directories];
  throw new TrustError(
    "TRUST_STORE_NOT_FOUND",
    `No trust store was found (looked at ${locations.join(", ")}), and the runtime brings none: install ca-certificates, set SSL_CERT_FILE, or pass trustRootFromCertificates().`,
    { locations },
  );
}

async function fromRuntime(list: RuntimeCertificates, description: string): Promise<TrustRoot> {
  const reader = new StoreReader(NO_FILES, "runtime");
  const encoder = new TextEncoder();
  for (const pem of list.pem) await reader.addPem({ path: list.name }, encoder.encode(pem));
  const advice = "Name your own roots with trustRootFromCertificates() or SSL_CERT_FILE.";
  if (reader.entries.length === 0) throw reader.empty({ path: list.name }, advice);
  return new TrustRoot({
    // A line number within one element of the runtime's list would say nothing.
    entries: reader.entries.map(({ anchor }) => ({ anchor, origins: [{ kind: "runtime", location: list.name }] })),
    source: { kind: "runtime", locations: [list.name], description: `${description} (${list.name})` },
    skipped: reader.skipped,
  });
}

function noSystemStore(os: string): TrustError<"PLATFORM_UNSUPPORTED"> {
  const message = `The trust store of ${JSON.stringify(os)} cannot be read here: this runtime has no tls.getCACertificates("system"), which Node.js has since 22.15. Update the runtime, set SSL_CERT_FILE, or pass trustRootFromCertificates().`;
  return new TrustError("PLATFORM_UNSUPPORTED", message, { platform: os });
}

/** Lists of a runtime are not files. */
const NO_FILES: TrustFileSystem = {
  status: async () => undefined,
  readFile: async () => new Uint8Array(),
  readDirectory: async () => [],
};
