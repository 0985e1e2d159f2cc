// What this adapter can do on Deno: nothing yet, so every capability is declared absent.

import { CAPABILITIES, type Capabilities, type CapabilityGap, type CapabilityName } from "@tlskit/options";

const gap: CapabilityGap = Object.freeze({
  reason: "This adapter does not make connections on Deno yet.",
  alternative: "Run the program on Node or Bun.",
});

const names = Object.keys(CAPABILITIES) as CapabilityName[];

/** The table for Deno. */
export const capabilities: Capabilities = Object.freeze(
  // Object.fromEntries forgets that every name is there.
  Object.fromEntries(names.map((name) => [name, gap])) as Record<CapabilityName, CapabilityGap>,
);
