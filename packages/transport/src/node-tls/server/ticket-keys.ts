// The keys of a server's tickets. A ticket is good for the identity, the trust, the client authentication and the time for
// which it was issued, because the keys are derived from these: elsewhere it cannot be read, and makes a full handshake.

import { createHash, hkdfSync } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import type { CompiledOptions } from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";

const defaultRotateAfter = 3600;

/** Which keys are in use now; another number, other keys. 0 without sessions. */
export function ticketEpoch({ sessions }: CompiledOptions): number {
  return sessions === undefined ? 0 : Math.floor(Date.now() / 1000 / (sessions.rotateAfter ?? defaultRotateAfter));
}

/** What node:tls is told of tickets; nothing for a server without sessions, which issues none. */
export function ticketOptions(
  compiled: CompiledOptions,
  trust: TrustRoot,
): Pick<SecureContextOptions, "ticketKeys" | "sessionIdContext" | "sessionTimeout"> {
  const { sessions } = compiled;
  if (sessions === undefined || compiled.role !== "server") return {};
  const scope = createHash("sha256").update(scopeOf(compiled, trust)).digest();
  const { ticketSecret, rotateAfter = defaultRotateAfter } = sessions;
  return {
    // At most 32 bytes, and checked by OpenSSL before a session is resumed.
    sessionIdContext: scope.toString("base64url").slice(0, 32),
    sessionTimeout: rotateAfter,
    ...(ticketSecret === undefined ? {} : { ticketKeys: derive(ticketSecret.reveal(), scope, ticketEpoch(compiled)) }),
  };
}

function derive(secret: Uint8Array, scope: Buffer, epoch: number): Buffer {
  const info = Buffer.concat([Buffer.from("tlskit ticket keys\0"), scope, Buffer.from(`\0${epoch}`)]);
  return Buffer.from(hkdfSync("sha256", secret, new Uint8Array(), info, 48));
}

function scopeOf(compiled: CompiledOptions, trust: TrustRoot): string {
  const { identity, contextForServerName: names, clientAuth, minVersion, maxVersion, alpn } = compiled;
  const byName = [...(names?.identities ?? [])].map(([name, { id }]) => [name, id]);
  return JSON.stringify([identity?.id, names && byName, clientAuth, trust.generation, minVersion, maxVersion, alpn]);
}
