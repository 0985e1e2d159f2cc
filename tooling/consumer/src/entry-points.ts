import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

/** Folder names of the publishable packages. */
export const packageNames: readonly string[] = readdirSync(join(root, "packages")).sort();

/** Every import path the packages offer, as their manifests say. */
export function entryPoints(): string[] {
  return packageNames.flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as {
      name: string;
      exports: Record<string, unknown>;
    };
    return Object.keys(manifest.exports)
      .filter((path) => path !== "./package.json")
      .map((path) => manifest.name + path.slice(1));
  });
}
