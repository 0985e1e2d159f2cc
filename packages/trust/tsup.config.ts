import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/platform/bun.ts", "src/platform/deno.ts", "src/platform/node.ts", "src/platform/web.ts"],
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
