// Few files, because each one that is imported costs a millisecond, and small ones, because reading them costs more:
//
// - `dist/<runtime>/index.js` is all of the main entry with the cryptography of that runtime. It also exports what the
//   rare parts need of it, under names that begin with `internal$`. `error.js` beside it is a view of it.
// - Everything else is rare: the other entries, and what is loaded on demand. It is built once, and takes its parts from
//   the main file of the runtime as `#internal`.

import { globSync, readFileSync, rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { defineConfig, type Options } from "tsup";

const root = import.meta.dirname;
const source = resolve(root, "src");
const dist = resolve(root, "dist");
const runtimes = ["node", "bun", "deno", "web"];
/** What the main entry does not load at start. */
const rare =
  /^(?:asn1|containers|compat)\/|^encryption\/(?!derivation-budget\.ts$)|^keys\/(?:crypto-keys|import-public-key|jwk|private-jwk)\.ts$/;
/** What main files load on demand. */
const onDemand = [
  "encryption/encrypted-private-key.ts",
  "keys/crypto-keys.ts",
  "keys/import-public-key.ts",
  "keys/jwk.ts",
  "keys/private-jwk.ts",
  "encryption/traditional-pem.ts",
];
/** Small, and without state: the rare parts have their own. */
const copied =
  /^(?:argument|bytes|crypto\/subtle|der\/(?:fail|oid|skip|string|tag|time|walk|writer)|keys\/key-algorithm|digest\/hash-(?:bytes|oids))\.ts$/;

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const shared: Options = {
  format: ["esm"],
  target: "es2023",
  platform: "neutral",
  dts: false,
  sourcemap: true,
  treeshake: false,
  removeNodeProtocol: false,
  external: [/^node:/],
  // Reading the file is most of an import. Only what a stack trace does not show gets shorter: names of variables, and
  // white space; lines, and names of functions and classes, stay.
  minify: "terser",
  terserOptions: {
    compress: false,
    module: false,
    mangle: { keep_classnames: true, keep_fnames: true, toplevel: false },
    format: { ascii_only: true, beautify: true, comments: false, indent_level: 0, preserve_annotations: true },
    sourceMap: true,
  },
  // The sources are published, too.
  esbuildOptions: (options) => {
    options.sourcesContent = false;
  },
};

rmSync(dist, { recursive: true, force: true });

export default defineConfig([
  {
    ...shared,
    entry: ["asn1/index.ts", "containers/index.ts", "compat/index.ts", ...onDemand].map(inSource),
    outDir: "dist",
    splitting: true,
    esbuildPlugins: [rareParts(), withoutComments()],
    onSuccess: async () => {
      assertAscii();
      assertOneError();
    },
  },
  ...runtimes.map((runtime) => ({
    ...shared,
    entry: { index: "src/index.ts", internal: "src/internal.ts", error: "src/error.ts" },
    outDir: `dist/${runtime}`,
    splitting: false,
    esbuildPlugins: [mainFile(runtime), withoutComments()],
    onSuccess: async () => assertAscii(),
  })),
]);

function inSource(file: string): string {
  return `src/${file}`;
}

/** Builds what is rare: all that is not comes from `#internal`. */
function rareParts(): Plugin {
  return {
    name: "rare parts",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir }) => {
        const isRare = (file: string): boolean =>
          rare.test(relative(source, file)) || copied.test(relative(source, file));
        if (!isRare(importer) || isRare(resolve(resolveDir, path))) return undefined;
        return { path: "#internal", external: true, sideEffects: false };
      });
      build.onResolve({ filter: /^#crypto$/ }, () => ({ path: "#internal", external: true, sideEffects: false }));
    },
  };
}

/** Builds the main file of a runtime, and `#internal`, which is a view of it. */
function mainFile(runtime: string): Plugin {
  return {
    name: "main file",
    setup(build) {
      build.onResolve({ filter: /^#crypto$/ }, () => ({ path: resolve(source, `crypto/${runtime}.ts`) }));
      build.onResolve({ filter: /^\.\/index\.js$/ }, ({ path }) => ({ path, external: true }));
      build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => {
        const target = relative(source, resolve(resolveDir, path));
        if (!onDemand.includes(target)) return undefined;
        return { path: `../${target.replace(/\.ts$/, ".js")}`, external: true };
      });
      // As an entry. Where the main file imports it, it is a part of that.
      build.onResolve({ filter: /error\.ts$/ }, ({ kind }) =>
        kind === "entry-point" ? { path: "error", namespace: "view" } : undefined,
      );
      build.onLoad({ filter: /^error$/, namespace: "view" }, () => {
        return { contents: `export { TlsKitError, X509Error } from "./index.js";` };
      });
    },
  };
}

/**
 * Leaves out the comments that esbuild keeps, those of members, and adds to the main file what is internal. The lines stay
 * where they are. That nothing but comments went is checked.
 */
function withoutComments(): Plugin {
  return {
    name: "without comments",
    setup(build) {
      build.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const file = relative(source, path);
        const text = readFileSync(path, "utf8");
        if (file === "internal.ts") return { contents: internalNames().map(fromMain).join("\n"), loader: "ts" };
        const contents = text.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*$/gm, (comment) =>
          comment.replace(/[^\n]+/g, ""),
        );
        const [before, after] = await Promise.all([text, contents].map((one) => build.esbuild.transform(one, bare)));
        if (before?.code !== after?.code) throw new Error(`${file}: something that looks like a comment is none`);
        const isMain = file === "index.ts";
        return {
          contents: isMain ? `${contents}\n${mainExports()}` : contents,
          loader: "ts",
          resolveDir: dirname(path),
        };
      });
    },
  };
}

const bare = { loader: "ts", minifyWhitespace: true } as const;

/** The re-exports of internal.ts, as pairs of names and file. */
function internalExports(): { readonly names: readonly string[]; readonly from: string }[] {
  const text = readFileSync(resolve(source, "internal.ts"), "utf8");
  return [...text.matchAll(/^export \{([^}]*)\} from ("[^"]*");$/gm)].map(([, names = "", from = ""]) => ({
    names: names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    from,
  }));
}

function internalNames(): string[] {
  return internalExports().flatMap(({ names }) => names);
}

function fromMain(name: string): string {
  return `export { internal$${name} as ${name} } from "./index.js";`;
}

function mainExports(): string {
  return internalExports()
    .map(
      ({ names, from }) => `export { ${names.map((name) => `${name} as internal$${name}`).join(", ")} } from ${from};`,
    )
    .join("\n");
}

// What a rare part does not take from the main file, it has twice, and then `instanceof` is wrong for its errors.
function assertOneError(): void {
  for (const file of globSync(["*.js", "{asn1,containers,compat,encryption,keys}/*.js"], { cwd: dist })) {
    if (
      /\b(?:TlsKitError|X509Error|DerReader) = class\b|class (?:TlsKitError|X509Error|DerReader)\b/.test(
        readFileSync(resolve(dist, file), "utf8"),
      )
    ) {
      throw new Error(`${file}: a class that is in the main file`);
    }
  }
}

// One character beyond Latin-1, in a comment even, makes the engine keep the whole file with two bytes for each.
function assertAscii(): void {
  for (const file of globSync("**/*.js", { cwd: dist })) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII
    if (/[^\u0000-\u007f]/.test(readFileSync(resolve(dist, file), "utf8"))) {
      throw new Error(`${file}: characters beyond ASCII`);
    }
  }
}
