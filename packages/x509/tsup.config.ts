import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/index.ts",
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
  treeshake: true,
  splitting: true,
  removeNodeProtocol: false,
  external: [/^#/],
});
