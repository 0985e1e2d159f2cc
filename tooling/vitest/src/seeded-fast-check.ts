// What tests get when they import fast-check: the same, with a seed that does not change from run to run.
// TLSKIT_SEED=random pnpm test looks for new inputs; TLSKIT_SEED=<n> repeats what such a run reported.
import { configureGlobal } from "fast-check";

export * from "fast-check";
// The importers are written for fast-check, which has a default export.
export { default } from "fast-check";

const chosen = process.env.TLSKIT_SEED;
if (chosen !== "random") configureGlobal({ seed: chosen === undefined ? 5280 : Number(chosen) });
