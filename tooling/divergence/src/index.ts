export { type Divergence, divergences, type Recorded, recorded } from "./recorded.ts";
