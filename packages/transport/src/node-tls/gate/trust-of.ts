// The one trust snapshot of a handshake.

import type { CompiledOptions } from "@tlskit/options";
import { ReloadingTrust, type TrustRoot } from "@tlskit/trust";
import { currentPlatformTrust } from "../platform-trust-cache.ts";

/** The compiled options' own set, at once; or the system's or that of a source as it is now. */
export function trustOf({ trust }: CompiledOptions): TrustRoot | Promise<TrustRoot> {
  if (trust === "platform") return currentPlatformTrust();
  return trust instanceof ReloadingTrust ? trust.snapshot() : trust;
}
