// The one trust snapshot of a handshake.

import type { CompiledOptions } from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import { currentPlatformTrust } from "./platform-trust-cache.ts";

/** The compiled options' own set, or the system's as it is now. */
export async function trustOf({ trust }: CompiledOptions): Promise<TrustRoot> {
  return trust === "platform" ? currentPlatformTrust() : trust;
}
