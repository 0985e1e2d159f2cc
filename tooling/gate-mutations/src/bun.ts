// The same on Bun, which loads modules through plugins. To be imported before anything that loads the gate.

import { readFileSync } from "node:fs";
import { gateMutations, mutated, type Replacement } from "./mutations.ts";

interface PluginBuild {
  onLoad(on: { readonly filter: RegExp }, load: (file: { readonly path: string }) => unknown): void;
}

/** Makes the engine ask node:tls for its functions each time, so that a test can tell the runtime more than the options do. */
const throughTheModule: readonly Replacement[] = ["createSecureContext", "createServer"].map((name) => ({
  from: `typed(() => ${name}(bare(options)))`,
  to: `typed(() => process.getBuiltinModule("node:tls").${name}(bare(options)))`,
}));

/** Applies a mutation to every gate that is loaded from now on; returns how many were. */
export function mutateGate(name: string): () => number {
  const replacements = gateMutations[name];
  if (replacements === undefined) throw new Error(`no mutation ${name}`);
  let loaded = 0;
  const { Bun } = globalThis as unknown as {
    readonly Bun: { plugin(plugin: { readonly name: string; setup(build: PluginBuild): void }): void };
  };
  const load = (path: string, changes: readonly Replacement[]): unknown => ({
    contents: mutated(readFileSync(path, "utf8"), changes),
    loader: "ts",
  });
  Bun.plugin({
    name: "gate-mutation",
    setup(build) {
      build.onLoad({ filter: /\/transport\/src\/node-tls\/gate\/gate\.ts$/ }, ({ path }) => {
        loaded++;
        return load(path, replacements);
      });
      build.onLoad({ filter: /\/transport\/src\/node-tls\/native\/native-options\.ts$/ }, ({ path }) =>
        load(path, throughTheModule),
      );
    },
  });
  return () => loaded;
}
