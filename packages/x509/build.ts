// Builds dist. Few files, because each one costs about a millisecond of import, and yet nothing twice where two copies
// would be two classes: all that `index.ts` reaches becomes one file, `core.js`, and every entry takes it from there.
// Bundlers leave out of it what a program does not use.

import { rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

const root = import.meta.dirname;
const error = source("error.ts");
const shared = {
  ...{
    bundle: true,
    format: "esm",
    target: "es2023",
    splitting: true,
    sourcemap: true,
    logLevel: "warning",
    minifyWhitespace: true,
    minifySyntax: true,
  },
  ...{ absWorkingDir: root, outdir: resolve(root, "dist") },
  external: ["#*", "node:*", "@noble/*", "@peculiar/*"],
} as const satisfies BuildOptions;

const { metafile } = await build({ ...shared, entryPoints: [source("index.ts")], write: false, metafile: true });
const { core, onDemand } = reached(metafile, "src/index.ts");

rmSync(shared.outdir, { recursive: true, force: true });
await output({ error }, []);
await output({ core: source("index.ts") }, [everything(), onDemandFiles(), takenFrom("./error.js", new Set([error]))]);
await output({ index: source("index.ts") }, [takenFrom("./core.js", core)]);
// What these have in common with the core are functions: that they are there twice does no harm.
for (const name of ["bun", "deno", "node", "web"]) {
  await output({ [`crypto/${name}`]: source(`crypto/${name}.ts`) }, [takenFrom("../error.js", new Set([error]))]);
}
const others = ["asn1/index.ts", "containers/index.ts", "compat/index.ts"].map(source);
await output(Object.fromEntries([...others, ...onDemand].map((path) => [outputName(path), path])), [
  takenFrom("#core", core),
]);

async function output(entryPoints: Record<string, string>, plugins: Plugin[]): Promise<void> {
  await build({ ...shared, entryPoints, plugins });
}

/** The files that are loaded with this one, and those that only an `import()` loads. */
function reached(
  { inputs }: Metafile,
  from: string,
): { readonly core: ReadonlySet<string>; readonly onDemand: readonly string[] } {
  const found = new Set<string>();
  const later = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind, external } of inputs[path]?.imports ?? []) {
      if (external === true) continue;
      if (kind === "dynamic-import") later.add(next);
      else visit(next);
    }
  };
  visit(from);
  const absolute = (path: string): string => resolve(root, path);
  return {
    core: new Set([...found].map(absolute)),
    onDemand: [...later].filter((path) => !found.has(path)).map(absolute),
  };
}

/** The core exports all that its modules export, for the other entries. */
function everything(): Plugin {
  const modules = [...core].filter((path) => path !== source("index.ts"));
  const contents = modules.map((path) => `export * from ${JSON.stringify(path)};`).join("\n");
  return {
    name: "everything",
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]src[\\/]index\.ts$/ }, () => ({ contents, loader: "ts", resolveDir: root }));
    },
  };
}

/** These files are not bundled, but taken from another output. */
function takenFrom(path: string, files: ReadonlySet<string>): Plugin {
  return {
    name: "taken-from",
    setup: ({ onResolve }) => {
      onResolve({ filter: /\.ts$/ }, ({ path: wanted, resolveDir, kind }) => {
        const isTaken = kind !== "entry-point" && files.has(resolve(resolveDir, wanted));
        return isTaken ? { path, external: true, sideEffects: false } : undefined;
      });
    },
  };
}

/** What the core loads on demand is an output of its own. */
function onDemandFiles(): Plugin {
  return {
    name: "on-demand",
    setup: ({ onResolve }) => {
      onResolve({ filter: /\.ts$/ }, ({ path, importer, kind }) =>
        kind === "dynamic-import"
          ? { path: `./${outputName(resolve(dirname(importer), path))}.js`, external: true }
          : undefined,
      );
    },
  };
}

function outputName(path: string): string {
  return relative(source("."), path).replaceAll("\\", "/").replace(/\.ts$/, "");
}

function source(path: string): string {
  return resolve(root, "src", path);
}
