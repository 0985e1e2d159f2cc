// Test data made by others is not part of the project: it is read from a folder beside the repository, or the one that
// TLSKIT_SHARED names. Without it the tests that need it are skipped, unless TLSKIT_REQUIRE_SHARED=1 forbids that.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = process.env.TLSKIT_SHARED ?? fileURLToPath(new URL("../../../../shared", import.meta.url));

/** Is the data there? For `describe.skipIf(!hasShared)`. */
export const hasShared: boolean = existsSync(folder);

if (!hasShared && process.env.TLSKIT_REQUIRE_SHARED === "1") {
  throw new Error(`TLSKIT_REQUIRE_SHARED=1, and there is no shared test data in ${folder}`);
}

/** The path of a file of the shared data. */
export function sharedPath(name: string): string {
  return `${folder}/${name}`;
}

/** The bytes of a file of the shared data. */
export function sharedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(sharedPath(name)));
}

/** A gzipped JSON file of the shared data; the caller knows its shape. */
export function sharedJson<T>(name: string): T {
  return JSON.parse(gunzipSync(sharedBytes(name)).toString("utf8")) as T;
}

/** Debian's bundle of roots, where the machine has one. */
export const debianRoots = "/etc/ssl/certs/ca-certificates.crt";
