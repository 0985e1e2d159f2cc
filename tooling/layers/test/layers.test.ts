// The layers hold only as long as something catches a violation. Each kind is planted in a copy of the workspace, and
// the tool that guards against it must go red, for that reason. A guard that silently stopped working fails here.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = (name: string) => join(root, "node_modules/.bin", name);
let copy: string;

interface Plant {
  readonly kind: string;
  readonly file: string;
  readonly text: string;
  /** Dependencies to declare, so that the plant is caught for its direction and not for being undeclared. */
  readonly declare?: string;
  readonly caughtBy: readonly { readonly tool: "biome" | "turbo" | "tsc"; readonly saying: RegExp }[];
}

const strictTsc = (saying: RegExp) => ({ tool: "tsc" as const, saying });

const plants: readonly Plant[] = [
  {
    kind: "an upward import",
    file: "packages/x509/src/planted.ts",
    text: 'export type { TrustRoot } from "@tlskit/trust";\n',
    declare: "@tlskit/trust",
    caughtBy: [
      { tool: "turbo", saying: /@tlskit\/trust` found with tag listed in denylist for[\s|]*`@tlskit\/[\s|]*x509`/ },
    ],
  },
  {
    kind: "a sideways import",
    file: "packages/transport-node/src/planted.ts",
    text: 'export { connect } from "@tlskit/transport-bun";\n',
    declare: "@tlskit/transport-bun",
    caughtBy: [
      {
        tool: "turbo",
        saying: /@tlskit\/transport-bun` found with tag listed in denylist for[\s|]*`@tlskit\/transport-node`/,
      },
    ],
  },
  {
    kind: "an import that leaves the package",
    file: "packages/verify/src/planted.ts",
    text: 'export { pemDecode } from "../../x509/src/pem/pem.ts";\n',
    caughtBy: [{ tool: "turbo", saying: /leaves the package/ }],
  },
  {
    kind: "a deep import",
    file: "packages/verify/src/planted.ts",
    text: 'export { pemDecode } from "@tlskit/x509/src/pem/pem.ts";\n',
    caughtBy: [{ tool: "biome", saying: /noRestrictedImports/ }, strictTsc(/TS2307/)],
  },
  {
    kind: "an undeclared import",
    file: "packages/x509/src/planted.ts",
    text: 'export { verifyPath } from "@tlskit/verify";\n',
    caughtBy: [
      { tool: "biome", saying: /noUndeclaredDependencies/ },
      { tool: "turbo", saying: /@tlskit\/verify/ },
      strictTsc(/TS2307/),
    ],
  },
  {
    kind: "a devDependency imported by a source",
    file: "packages/verify/src/planted.ts",
    text: 'export { createTestCa } from "@tlskit/testing";\n',
    caughtBy: [{ tool: "biome", saying: /noUndeclaredDependencies/ }],
  },
  {
    kind: "a runtime module in a pure package",
    file: "packages/options/src/planted.ts",
    text: 'import { readFileSync } from "node:fs";\n\nexport const planted: unknown = readFileSync;\n',
    caughtBy: [{ tool: "biome", saying: /noNodejsModules/ }, strictTsc(/TS2591|TS2307/)],
  },
  {
    kind: "a runtime module imported dynamically in a pure package",
    file: "packages/x509/src/planted.ts",
    text: 'export const planted = (): Promise<unknown> => import("node:crypto");\n',
    caughtBy: [{ tool: "biome", saying: /noNodejsModules/ }, strictTsc(/TS2591|TS2307/)],
  },
  {
    kind: "Buffer in a pure package",
    file: "packages/trust/src/planted.ts",
    text: "export const planted: unknown = Buffer;\n",
    caughtBy: [{ tool: "biome", saying: /noRestrictedGlobals/ }, strictTsc(/TS2591|TS2304|TS2580/)],
  },
  {
    kind: "process in a pure package",
    file: "packages/verify/src/planted.ts",
    text: "export const planted: unknown = process;\n",
    caughtBy: [{ tool: "biome", saying: /noRestrictedGlobals/ }, strictTsc(/TS2591|TS2304|TS2580/)],
  },
  {
    kind: "the schema library outside its folder",
    file: "packages/x509/src/planted.ts",
    text: 'export { AsnConvert } from "@peculiar/asn1-schema";\n',
    caughtBy: [{ tool: "biome", saying: /noRestrictedImports/ }],
  },
  {
    kind: "an import cycle",
    file: "packages/options/src/planted.ts",
    text: 'import { planted as other } from "./planted-2.ts";\n\nexport const planted = (): number => other();\n',
    caughtBy: [{ tool: "biome", saying: /noImportCycles/ }],
  },
  {
    kind: "an import cycle of types",
    file: "packages/options/src/planted.ts",
    text: 'import type { planted as other } from "./planted-2.ts";\n\nexport const planted = (): typeof other | undefined => undefined;\n',
    caughtBy: [{ tool: "biome", saying: /noImportCycles/ }],
  },
];

/** Where a runtime may be touched, and where the schema library may: the guards must not cry there. */
const allowed: readonly { readonly file: string; readonly text: string }[] = [
  {
    file: "packages/x509/src/crypto/planted.ts",
    text: 'import { randomBytes } from "node:crypto";\n\nexport const planted: unknown = randomBytes;\n',
  },
  {
    file: "packages/trust/src/platform/planted.ts",
    text: "export const planted: unknown = process.env;\n",
  },
  {
    file: "packages/x509/src/asn1/planted.ts",
    text: 'export { AsnConvert } from "@peculiar/asn1-schema";\n',
  },
];

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "tlskit-layers-"));
  const listed = ["ls-files", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", listed, { cwd: root, encoding: "utf8" }).split("\n")) {
    if (file === "" || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const group of ["packages", "apps", "tooling"]) {
    const manifests = execFileSync("git", ["ls-files", `${group}/*/package.json`], { cwd: root, encoding: "utf8" });
    for (const manifest of manifests.trim().split("\n")) {
      const modules = join(dirname(manifest), "node_modules");
      if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(copy, modules));
    }
  }
  execFileSync("git", ["init", "-q"], { cwd: copy });
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("the guards of the layers", () => {
  test.each(plants.map((plant) => [plant.kind, plant] as const))("catch %s", (_, plant) => {
    withPlanted(plant, () => {
      for (const guard of plant.caughtBy) {
        const { status, output } = run(guard.tool, plant.file);
        expect(status, `${guard.tool} let it pass:\n${output}`).not.toBe(0);
        expect(output).toMatch(guard.saying);
        if (!plant.declare) expect(output, "the complaint is about the planted file").toContain("planted.ts");
      }
    });
  });

  test.each(allowed.map((plant) => [plant.file, plant] as const))("let %s be", (_, plant) => {
    withPlanted({ ...plant }, () => {
      const { status, output } = run("biome", plant.file);
      expect([status, output]).toEqual([0, expect.any(String)]);
    });
  });
});

function withPlanted(plant: { file: string; text: string; declare?: string }, check: () => void): void {
  const packageFolder = plant.file.split("/").slice(0, 2).join("/");
  const manifest = join(copy, packageFolder, "package.json");
  const original = readFileSync(manifest, "utf8");
  const second = join(dirname(join(copy, plant.file)), "planted-2.ts");
  mkdirSync(dirname(join(copy, plant.file)), { recursive: true });
  writeFileSync(join(copy, plant.file), plant.text);
  if (plant.text.includes("planted-2")) {
    writeFileSync(second, 'import { planted } from "./planted.ts";\n\nexport { planted };\n');
  }
  if (plant.declare) {
    const parsed = JSON.parse(original) as { dependencies?: Record<string, string> };
    parsed.dependencies = { ...parsed.dependencies, [plant.declare]: "workspace:^" };
    writeFileSync(manifest, `${JSON.stringify(parsed, null, 2)}\n`);
  }
  try {
    check();
  } finally {
    writeFileSync(manifest, original);
    rmSync(join(copy, plant.file));
    rmSync(second, { force: true });
  }
}

function run(tool: "biome" | "turbo" | "tsc", file: string): { status: number | null; output: string } {
  const packageFolder = file.split("/").slice(0, 2).join("/");
  const [command, args, cwd] = {
    biome: [bin("biome"), ["check", "--error-on-warnings", "--formatter-enabled=false", packageFolder], copy],
    turbo: [bin("turbo"), ["boundaries", "--no-color"], copy],
    tsc: [bin("tsc"), ["--noEmit"], join(copy, packageFolder)],
  }[tool] as [string, string[], string];
  const ran = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  });
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}
