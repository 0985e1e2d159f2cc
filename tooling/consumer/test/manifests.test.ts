// What is published is what was built just before: nobody packs the folder of a package as it happens to be.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageNames, root } from "../src/entry-points.ts";

interface Manifest {
  readonly files: readonly string[];
  readonly scripts: { readonly build: string; readonly prepack?: string };
}

describe.each(packageNames)("%s", (name) => {
  const { files, scripts } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as Manifest;

  // npm and pnpm run it before they pack, also to publish.
  test("is built when it is packed", () => {
    expect(files).toContain("dist");
    expect(scripts.prepack).toBe("turbo run build --output-logs=errors-only");
  });

  test("is built with classes that have their own names", () => {
    expect(scripts.build).toMatch(/^tsup && node \.\.\/\.\.\/tooling\/scripts\/keep-class-names\.mjs && /);
  });
});
