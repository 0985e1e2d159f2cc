/** Systems that keep their store in files: Linux, the BSDs, Android. */
import type { TrustPlatform } from "../platform/trust-platform.ts";
import type { TrustRoot } from "../trust-root.ts";
import { readP11KitSources } from "./p11-kit-sources.ts";
import { filledRootOf } from "./root-of.ts";
import type { StoreLocations } from "./store-locations.ts";
import { StoreReader } from "./store-reader.ts";

/** The first bundle that exists is the store; where there is none, the first directory with hash-named files is. */
export async function readUnixStore(
  platform: TrustPlatform,
  locations: StoreLocations,
): Promise<TrustRoot | undefined> {
  const newReader = (): StoreReader => new StoreReader(platform.fileSystem, "system");
  const reader = newReader();
  const path = await readAnchors(reader, locations);
  if (path === undefined) return undefined;
  const sources = locations.p11Kit ? await readP11KitSources(newReader, reader.contents) : [];
  const all = [path, ...sources];
  const limits = sources.length === 0 ? "" : `, within the limits of ${sources.join(" and ")}`;
  const advice = "The system's store exists and is empty, so it trusts nobody: repair it, or name your own roots.";
  return filledRootOf(
    reader.contents,
    { kind: "system", locations: all, description: `the system's store, ${path}${limits}` },
    () => reader.empty({ path }, advice),
  );
}

async function readAnchors(reader: StoreReader, locations: StoreLocations): Promise<string | undefined> {
  const { bundles, directories, hashStyle = "new" } = locations;
  for (const path of bundles) {
    if (!(await reader.exists({ path }, "file"))) continue;
    await reader.readFile({ path });
    return path;
  }
  for (const path of directories) {
    if (!(await reader.exists({ path }, "directory")) || (await reader.hashNames({ path })).length === 0) continue;
    await reader.readHashedDirectory({ path }, hashStyle);
    return path;
  }
  return undefined;
}
