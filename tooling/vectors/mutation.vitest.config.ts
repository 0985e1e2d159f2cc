// The tests of verify, with one fault put into one of its sources: see src/mutation/main.ts.
import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root: string = fileURLToPath(new URL("../../packages/verify/", import.meta.url));
const { file, source } = JSON.parse(readFileSync(process.env.TLSKIT_MUTANT ?? "", "utf8"));

export default defineConfig({
  root,
  ssr: { resolve: { conditions: ["@tlskit/source", "node", "module", "import", "default"] } },
  plugins: [
    {
      name: "mutant",
      enforce: "pre",
      load: (id: string) => (id === `${root}src/${file}` ? source : undefined),
    },
  ],
  test: {
    // A fault must not be found in a cache instead of the source, or the source instead of a fault.
    fsModuleCache: false,
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // They take long, and see nothing that the others do not.
    exclude: ["test/openssl-made.test.ts"],
    bail: 1,
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    reporters: ["dot"],
    env: { TLSKIT_DIFFERENTIAL_RUNS: "20" },
  },
});
