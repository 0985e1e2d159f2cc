// From clear to TLS on a connection that both sides already use.

import type { Connection, StartTlsOptions } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import { isBytes } from "../connection/channel-error.ts";
import { SocketConnection, type Upgrade } from "../connection/plain-connection.ts";
import { isDuplex } from "../connection/raw-socket.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { secure, secureSettingNames, type Taken, takeDuplex } from "./secure.ts";

/** The settings of `startTls`. */
const settingNames = [...secureSettingNames, "leftover"] as const;

/** The `startTls` of a connection that `connect` or `listen` made, with what they were given as defaults. */
export function upgradeWith(runtime: NodeTlsRuntime, defaults: () => StartTlsOptions): Upgrade {
  return async (connection, changes) =>
    startTls(runtime, connection, { ...defaults(), ...ownSettings("startTls", changes, settingNames) });
}

/** Wrong options leave `plain` as it was; whatever goes wrong after that cuts the connection. */
export async function startTls(runtime: NodeTlsRuntime, plain: unknown, options: unknown): Promise<Connection> {
  const settings = ownSettings("startTls", options, settingNames);
  const leftover = leftoverOf(settings.leftover);
  return secure(runtime, settings, {
    dialled: plain instanceof SocketConnection ? plain.dialled : undefined,
    take() {
      const { socket, received } = takePlain(plain);
      return { socket, received: [...leftover, ...received] };
    },
    judge: assertBeginsTls,
  });
}

function takePlain(plain: unknown): Taken {
  if (plain instanceof SocketConnection) return plain.detach("startTls");
  if (isDuplex(plain)) return takeDuplex("startTls", plain);
  throw invalid("plain", "a PlainConnection or a socket of the runtime", plain);
}

function leftoverOf(leftover: unknown): Uint8Array[] {
  if (leftover === undefined) return [];
  if (!isBytes(leftover)) throw invalid("leftover", "a Uint8Array", leftover);
  return leftover.byteLength === 0 ? [] : [leftover];
}

// RFC 8446, section 5.1: a record of type handshake (22), version major 3.
const handshakeRecord = 0x16;
const majorVersion = 0x03;

/**
 * A peer that does not wait for our answer may have begun its handshake. Anything else in clear could have been put
 * there by an attacker, to be taken for what the peer says under TLS (CVE-2011-0411, RFC 3207 section 6).
 */
function assertBeginsTls(received: Uint8Array): void {
  const { byteLength } = received;
  if (received[0] === handshakeRecord && (byteLength === 1 || received[1] === majorVersion)) return;
  const message = `${byteLength} bytes in clear came after the switch to TLS.`;
  throw new TransportError("STARTTLS_INJECTION", message, { byteLength });
}
