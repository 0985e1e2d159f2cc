// Keys that both ends of a connection can derive, and nobody else (RFC 5705; RFC 8446, section 7.5).

import type { TLSSocket } from "node:tls";
import { capabilityState } from "@tlskit/options";
import { TransportError } from "../../error.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { invalid } from "../settings/setting-error.ts";
import { closedError, isBytes } from "./channel-error.ts";

// RFC 5869: HKDF gives at most 255 times the length of a hash.
const maxLength = 255 * 32;

/** See `Connection.exportKeyingMaterial`. */
export function exportKeyingMaterial(
  socket: TLSSocket,
  { name: runtime, capabilities }: NodeTlsRuntime,
  length: unknown,
  label: unknown,
  context: unknown,
): Uint8Array {
  const state = capabilityState(capabilities, "key-exporter");
  if (state !== true) {
    const { alternative } = state;
    const feature = "exportKeyingMaterial";
    throw new TransportError("RUNTIME_UNSUPPORTED", state.reason, { runtime, feature, alternative });
  }
  if (typeof length !== "number" || !Number.isInteger(length) || length < 1 || length > maxLength) {
    throw invalid("length", `a whole number from 1 to ${maxLength}`, length);
  }
  if (typeof label !== "string" || !/^[\x20-\x7e]{1,249}$/.test(label)) {
    throw invalid("label", "1 to 249 printable ASCII characters", label);
  }
  if (context !== undefined && !isBytes(context)) throw invalid("context", "a Uint8Array", context);
  if (socket.destroyed) throw closedError("exportKeyingMaterial");
  // Node does not take "none" in place of a context.
  const bytes =
    context === undefined
      ? (socket.exportKeyingMaterial as (length: number, label: string) => Buffer)(length, label)
      : socket.exportKeyingMaterial(length, label, Buffer.from(context));
  return new Uint8Array(bytes);
}
