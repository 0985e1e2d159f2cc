import { nodePlatform } from "./node-platform.ts";
import type { TrustPlatform } from "./trust-platform.ts";

/** Bun. */
export const platform: TrustPlatform = /* @__PURE__ */ nodePlatform();
