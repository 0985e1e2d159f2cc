import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/identity/index.ts", "src/public-suffix.ts"],
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
