import { nodePlatform } from "./node-platform.ts";
import type { TrustPlatform } from "./trust-platform.ts";

/** Deno. */
export const platform: TrustPlatform = /* @__PURE__ */ nodePlatform();
