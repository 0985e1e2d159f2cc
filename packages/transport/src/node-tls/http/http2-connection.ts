// node:http2 over verified connections, as a client.

import { once } from "node:events";
import type { ClientHttp2Session, ClientSessionOptions } from "node:http2";
import { peerText } from "@tlskit/verify";
import { TransportError } from "../../error.ts";
import { parseTarget } from "../../target.ts";
import { type SocketHandOver, standsFor } from "../hand-over.ts";
import { ownSettings } from "../settings/own-settings.ts";
import { invalid } from "../settings/setting-error.ts";
import { builtin } from "./builtin.ts";
import { type ClientHandOverOptions, clientHandOverNames, verifiedDialler } from "./client-hand-over.ts";
import { refuseNativeSettings } from "./refuse-native-settings.ts";

/** Options of {@link http2Connection}: ours, and those of `http2.connect` about its session. */
export interface Http2Options extends ClientHandOverOptions {
  /** What `http2.connect` takes about HTTP/2 itself, `settings` and limits. */
  readonly http2?: Omit<ClientSessionOptions, "createConnection" | "protocol"> | undefined;
}

/** See `http2Connection` of the adapters. */
export async function http2Connection(
  handOver: SocketHandOver,
  authority: string | URL,
  options: Http2Options,
): Promise<ClientHttp2Session> {
  refuseNativeSettings(options, "the connection");
  const settings = ownSettings("http2Connection", options, [...clientHandOverNames, "http2"]);
  const { tls, handshakeTimeoutMs, localAddress, http2: given = {} } = settings;
  refuseNativeSettings(sessionOptions(given), "the session");
  const dial = verifiedDialler(handOver, { tls, handshakeTimeoutMs, localAddress }, ["h2"]);
  const origin = originOf(authority);
  const socket = await dial({ ...origin, serverName: undefined });
  try {
    assertHttp2(socket.alpnProtocol);
    const { connect } = builtin("node:http2");
    const session = connect(`https://${peerText(origin)}`, {
      ...(given as ClientSessionOptions),
      createConnection: () => socket,
    });
    standsFor(session, socket);
    // Rejects with what `error` brings.
    await once(session, "connect");
    return session;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** `createConnection` is ours, and the protocol is TLS: others would be dropped in silence. */
function sessionOptions(given: unknown): object {
  if (typeof given !== "object" || given === null) throw invalid("http2", "options of http2.connect", given);
  const name = ["createConnection", "protocol"].find((one) => Reflect.get(given, one) !== undefined);
  if (name !== undefined) throw invalid(`http2.${name}`, "absent: the connection is made with tls", "given");
  return given;
}

/** Read as text: a URL's parser would turn other spellings into addresses. */
function originOf(authority: unknown): { readonly host: string; readonly port: number } {
  const text = authority instanceof URL ? authority.origin : authority;
  const [, hostAndPort] = typeof text === "string" ? (/^https:\/\/([^/?#@\\]+)\/?$/.exec(text) ?? []) : [];
  if (hostAndPort === undefined) {
    const reason = "an HTTP/2 authority is https://HOST[:PORT]";
    const target = typeof text === "string" ? text : typeof text;
    throw new TransportError("TARGET_INVALID", `"${target}" is no target: ${reason}.`, { target, reason });
  }
  const { host, port } = parseTarget(hostAndPort, { defaultPort: 443 });
  return { host: host.value, port };
}

/** A server without ALPN would be spoken HTTP/2 to, and take it for something else (RFC 9113, section 3.2). */
function assertHttp2(negotiated: string | false | null): void {
  if (negotiated === "h2") return;
  const ours = ["h2"];
  throw new TransportError("NO_APPLICATION_PROTOCOL", "The server did not agree to HTTP/2.", { ours });
}
