import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/endpoints.ts", "src/transport/bun.ts", "src/transport/deno.ts", "src/transport/node.ts"],
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
