// Data made by others (vectors, recorded values, certificates, scripts) is no part of the project: it is read from a
// folder beside the repository. Where it is not at hand, its tests are skipped, unless TLSKIT_REQUIRE_SHARED=1 forbids that.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** What TLSKIT_SHARED names, as seen from the root of the repository. */
const folder = resolve(root, process.env.TLSKIT_SHARED ?? "../shared");

/** Whether this part of it is at hand, or must be: reading it then fails, and says what is missing. */
export function hasShared(name: string): boolean {
  return existsSync(sharedPath(name)) || process.env.TLSKIT_REQUIRE_SHARED === "1";
}

/** Where a file, or a folder, of it is: `sharedPath("golden/certs")`. */
export function sharedPath(name: string): string {
  return join(folder, name);
}

/** A gzipped JSON file of it; the caller knows its shape. */
export function sharedJson<T>(name: string): T {
  return JSON.parse(gunzipSync(readFileSync(sharedPath(name))).toString("utf8")) as T;
}
