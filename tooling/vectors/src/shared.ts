import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The folder of the vectors: below `TLSKIT_SHARED`, else beside the repository. */
export function vectorsFolder(): string {
  const shared = process.env.TLSKIT_SHARED;
  return join(shared === undefined ? join(root, "../shared") : resolve(root, shared), "vectors");
}

/** A file of the vectors; undefined where it is not at hand. @throws if it must be (`TLSKIT_REQUIRE_SHARED=1`) */
export function vectorFile(name: string): string | undefined {
  const path = join(vectorsFolder(), name);
  if (existsSync(path)) return path;
  if (process.env.TLSKIT_REQUIRE_SHARED === "1") throw new Error(`${path} is required, and is not there.`);
  return undefined;
}
