// TLS over whatever carries bytes both ways: TLS in TLS, pairs in memory, pipes, web streams.

import type { Connection } from "../../contract.ts";
import { SocketConnection } from "../connection/plain-connection.ts";
import { isDuplex } from "../connection/raw-socket.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { secure, secureSettingNames, type Taken, takeDuplex } from "./secure.ts";
import { isStreamPair, StreamPairDuplex } from "./stream-pair-duplex.ts";

/** Wrong options leave `over` as it was; whatever goes wrong after that cuts it. */
export async function wrapTls(runtime: NodeTlsRuntime, over: unknown, options: unknown): Promise<Connection> {
  const settings = ownSettings("wrapTls", options, secureSettingNames);
  return secure(runtime, settings, {
    dialled: over instanceof SocketConnection ? over.dialled : undefined,
    take: () => takeAny(over),
  });
}

function takeAny(over: unknown): Taken {
  if (over instanceof SocketConnection) return over.detach("wrapTls");
  if (isDuplex(over)) return takeDuplex("wrapTls", over);
  // A TLS connection is one of these, too: its locked streams keep everyone else from reading what is ours.
  if (isStreamPair(over)) return { socket: new StreamPairDuplex(over), received: [] };
  throw invalid("what wrapTls wraps", "a connection, a duplex stream, or { readable, writable }", over);
}
