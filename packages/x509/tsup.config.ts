// Few files, because each one that is imported costs a millisecond. The main entry is one chunk, beside the errors. What is
// rare (the other entries, encrypted keys) takes its parts from that chunk as `#internal`; if it imported them directly,
// the chunk would be cut into a piece for every combination of entries.

import { globSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { defineConfig } from "tsup";

const source = resolve(import.meta.dirname, "src");
/** What the main entry does not load at start. */
const rare =
  /^(?:asn1|containers|compat)\/|^keys\/(?:cbc|import-public-key|passphrase|pkcs12-kdf|traditional-pem)\.ts$/;
/** What is in files of its own. */
const apart = /^crypto\//;

function isRare(file: string): boolean {
  return rare.test(relative(source, file));
}

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/internal.ts",
    "src/error.ts",
    "src/asn1/index.ts",
    "src/containers/index.ts",
    "src/compat/index.ts",
    "src/crypto/bun.ts",
    "src/crypto/deno.ts",
    "src/crypto/node.ts",
    "src/crypto/web.ts",
  ],
  outDir: "dist",
  format: ["esm"],
  target: "es2023",
  dts: false,
  sourcemap: true,
  clean: true,
  treeshake: false,
  splitting: true,
  removeNodeProtocol: false,
  external: [/^#/],
  // One character beyond Latin-1, in a comment even, makes the engine keep the whole file with two bytes for each.
  onSuccess: async () => {
    for (const file of globSync("dist/**/*.js", { cwd: import.meta.dirname })) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII
      if (/[^\u0000-\u007f]/.test(readFileSync(resolve(import.meta.dirname, file), "utf8"))) {
        throw new Error(`${file}: characters beyond ASCII`);
      }
    }
  },
  esbuildPlugins: [
    {
      name: "internal",
      setup(build) {
        build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir }) => {
          const target = resolve(resolveDir, path);
          if (path === "./node.ts") return { path: "./node.js", external: true };
          if (!isRare(importer) || isRare(target) || apart.test(relative(source, target))) return undefined;
          return { path: "#internal", external: true, sideEffects: false };
        });
      },
    },
  ],
});
