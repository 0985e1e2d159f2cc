// The one trust snapshot of a handshake.

import type { CompiledOptions } from "@tlskit/options";
import { ReloadingTrust, type TrustRoot } from "@tlskit/trust";
import { currentPlatformTrust } from "./platform-trust-cache.ts";

/** The compiled options' own set, or the system's or that of a source as it is now. */
export async function trustOf({ trust }: CompiledOptions): Promise<TrustRoot> {
  if (trust === "platform") return currentPlatformTrust();
  return trust instanceof ReloadingTrust ? trust.snapshot() : trust;
}
