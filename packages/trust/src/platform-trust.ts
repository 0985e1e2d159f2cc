import { TrustError } from "./error.ts";
import { type PlatformTrustOptions, resolvePlatform } from "./platform/resolve-platform.ts";
import type { TrustPlatform } from "./platform/trust-platform.ts";
import { readExplicitSource } from "./store/explicit-source.ts";
import { readRuntimeList } from "./store/runtime-store.ts";
import { STORE_LOCATIONS } from "./store/store-locations.ts";
import { readUnixStore } from "./store/unix-store.ts";
import type { TrustRoot } from "./trust-root.ts";

/**
 * The roots that this machine trusts (TRU-08). In this order:
 *
 * 1. `SSL_CERT_FILE` and `SSL_CERT_DIR`, if set: they replace everything else. What they name must exist, be readable
 *    and hold certificates; there is no fallback.
 * 2. The operating system's store, with its limits and block lists. Linux and the BSDs: its files. macOS: keychains and
 *    trust settings, through `security`. Windows: ROOT, CA and Disallowed, through PowerShell. A store that exists and
 *    cannot be read, or is empty, is an error. Where the tool itself does not exist, the runtime's reading of the same
 *    store serves (`tls.getCACertificates("system")`), and `source.kind` is `runtime`.
 * 3. Where no system store exists: the roots that the runtime brings.
 *
 * `source` of the result says which one it was. `NODE_EXTRA_CA_CERTS` is the runtime's own affair and is not read.
 *
 * @throws TrustError TRUST_SOURCE_MISSING, TRUST_SOURCE_UNREADABLE, TRUST_SOURCE_EMPTY, TRUST_SOURCE_TOO_LARGE,
 * TRUST_TOOL_FAILED, TRUST_STORE_NOT_FOUND, TRUST_ENVIRONMENT_UNREADABLE, PLATFORM_UNSUPPORTED
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
  if (locations !== undefined) return await readUnixStore(surroundings, locations);
  return (await readThroughTool(surroundings)) ?? (await readThroughRuntime(surroundings));
}

async function readThroughTool(surroundings: TrustPlatform): Promise<TrustRoot | undefined> {
  // Loaded where they are needed: other systems have no use for them.
  switch (surroundings.os) {
    case "darwin":
      return await (await import("./store/macos-store.ts")).readMacosStore(surroundings);
    case "win32":
      return await (await import("./store/windows-store.ts")).readWindowsStore(surroundings, new Date());
    default:
      return undefined;
  }
}

async function readThroughRuntime(surroundings: TrustPlatform): Promise<TrustRoot> {
  const list = await surroundings.runtimeCertificates("system");
  if (list === undefined) throw noSystemStore(surroundings.os);
  return await readRuntimeList(list, "the system's store, as the runtime reads it");
}

async function readBundledRoots(surroundings: TrustPlatform): Promise<TrustRoot> {
  const list = await surroundings.runtimeCertificates("bundled");
  if (list !== undefined) {
    return await readRuntimeList(list, "the roots that the runtime brings, because no system store was found");
  }
  const { bundles, directories } = STORE_LOCATIONS.get(surroundings.os) ?? { bundles: [], directories: [] };
  const locations = [...bundles, ...directories];
  throw new TrustError(
    "TRUST_STORE_NOT_FOUND",
    `No trust store was found (looked at ${locations.join(", ")}), and the runtime brings none: install ca-certificates, set SSL_CERT_FILE, or pass trustRootFromCertificates().`,
    { locations },
  );
}

function noSystemStore(os: string): TrustError<"PLATFORM_UNSUPPORTED"> {
  const message = `The trust store of ${JSON.stringify(os)} cannot be read here: this runtime has no tls.getCACertificates("system"), which Node.js has since 22.15. Update the runtime, set SSL_CERT_FILE, or pass trustRootFromCertificates().`;
  return new TrustError("PLATFORM_UNSUPPORTED", message, { platform: os });
}
