// What users' compilers see: the declarations that are built, the examples of the READMEs, and what is said of types in
// src, as a program that is strict, checks the declarations of its dependencies, and has no DOM.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { entryPoints, packageNames, root } from "../src/entry-points.ts";

const built = packageNames.every((name) => existsSync(join(root, "packages", name, "dist")));
// Inside the package, so that imports are resolved as everywhere in it.
const folder = mkdtempSync(fileURLToPath(new URL("../.declarations-", import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

const sources = fileURLToPath(new URL("../src", import.meta.url));
const typeTests = readdirSync(sources).filter((name) => name.endsWith(".test-d.ts"));

// Their examples need the types of another runtime.
const foreign = ["transport-bun", "transport-deno"];

describe.skipIf(!built)("the built declarations", () => {
  test.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("module %s, resolution %s", { timeout: 120_000 }, (module, moduleResolution) => {
    const imports = entryPoints().map((entry, index) => `import type * as entry${index} from "${entry}";`);
    const uses = imports.map((_, index) => `entry${index}`).join(", ");
    const files: Record<string, string> = { "entries.ts": `${imports.join("\n")}\nexport type { ${uses} };\n` };
    for (const readme of ["README.md", ...packageNames.map((name) => `packages/${name}/README.md`)]) {
      if (foreign.some((name) => readme.includes(name))) continue;
      for (const [index, block] of blocksOf(readme).entries())
        files[`${readme.replace(/[/.]/g, "-")}-${index}.ts`] = block;
    }
    for (const name of typeTests) files[name] = readFileSync(join(sources, name), "utf8");
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\nexport {};\n`);
    const strict = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
    };
    const compilerOptions = {
      ...strict,
      module,
      moduleResolution,
      target: "es2023",
      lib: ["es2024"],
      types: ["node"],
      noEmit: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const ran = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8", cwd: folder });
    expect([ran.stdout, ran.status]).toEqual(["", 0]);
  });
});

test("no entry point is forgotten where options are walked through", () => {
  const text = readFileSync(join(sources, "left-out.test-d.ts"), "utf8");
  expect(entryPoints().filter((entry) => !text.includes(`from "${entry}"`))).toEqual([]);
});

function blocksOf(readme: string): readonly string[] {
  return [...readFileSync(join(root, readme), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    (match) => match[1] ?? "",
  );
}
