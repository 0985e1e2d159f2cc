import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { hiddenVariables } from "./tooling/cases/src/environment.ts";

// Workspace packages are resolved to their TypeScript sources: no build is needed to test.
const conditions = ["@tlskit/source", "node", "module", "import", "default"];

// A developer's machine may point programs at other roots, or through a proxy; tests must see none of that.
for (const name of hiddenVariables) delete process.env[name];

// Property tests draw the same inputs on each run, so that a run tells about the change and not about luck.
const seeded = fileURLToPath(new URL("./tooling/vitest/src/seeded-fast-check.ts", import.meta.url));

export default defineConfig({
  plugins: [
    {
      name: "seeded-fast-check",
      enforce: "pre",
      resolveId: (id, importer) => (id === "fast-check" && importer !== seeded ? seeded : undefined),
    },
  ],
  ssr: { resolve: { conditions } },
  test: {
    // A limit for hangs only: no test may fail because the machine is slow or busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 300_000 } },
    // All cores: much of the time is spent waiting for child processes, and the default leaves one core idle.
    maxWorkers: "100%",
    reporters: ["default", "./tooling/vitest/src/closing-line.ts"],
    projects: [
      ...["packages", "tooling", "apps"].flatMap((group) =>
        readdirSync(new URL(`./${group}/`, import.meta.url), { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => project(name, `./${group}/${name}`, "{src,test}/**/*.test.ts")),
      ),
      project("examples", "./tooling/consumer", "test/**/*.examples.ts"),
      project("mutations", "./packages", "transport-*/test/*.mutation.ts"),
    ],
  },
});

function project(name: string, root: string, include: string): TestProjectConfiguration {
  return { extends: true, root, test: { name, include: [include] } };
}
