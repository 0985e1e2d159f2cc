import { join } from "node:path";
import { hasShared, sharedPath } from "@tlskit/cases";

/** A file of the vectors; undefined where it is not at hand, and need not be. */
export function vectorFile(name: string): string | undefined {
  const path = join("vectors", name);
  return hasShared(path) ? sharedPath(path) : undefined;
}
