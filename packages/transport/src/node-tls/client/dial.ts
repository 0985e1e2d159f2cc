// A connection as the runtime makes it: names, happy eyeballs and all.

import { connect, type NetConnectOpts, type Socket, type TcpNetConnectOpts } from "node:net";
import type { UnixTarget } from "../../contract.ts";
import type { ParsedTarget } from "../../target.ts";
import { ignoreLateErrors } from "../connection/raw-socket.ts";
import type { HandshakeLimit } from "../handshake-limit.ts";
import { mapNativeError } from "../native/native-error.ts";
import { bare } from "../settings/own-settings.ts";
import { isUnix } from "../settings/unix-path.ts";

/** Connects. Both directions stay open on their own, and small writes leave at once. */
export function dial(
  to: ParsedTarget | UnixTarget,
  localAddress: string | undefined,
  limit: HandshakeLimit,
): Promise<Socket> {
  limit.phase = "connect";
  const { host, port } = isUnix(to) ? { host: to.path, port: 0 } : { host: to.host.value, port: to.port };
  const destination = isUnix(to) ? { path: to.path, ...notGiven } : tcpOptions({ host, port }, localAddress);
  return limit.run((resolve, reject) => {
    const socket = connect(bare({ ...destination, allowHalfOpen: true }) as NetConnectOpts);
    // What comes later must not become an uncaught exception.
    ignoreLateErrors(socket);
    const fail = (error: unknown): void => reject(mapNativeError(error, { during: "connect", host, port }));
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      resolve(socket);
    });
    return () => socket.destroy();
  });
}

/** What is to be dialled over TCP; small writes leave at once. */
export function tcpOptions(
  { host, port }: { readonly host: string; readonly port: number },
  localAddress: string | undefined,
): TcpNetConnectOpts {
  const from = localAddress === undefined ? {} : { localAddress };
  return { host, port, noDelay: true, ...from, ...({ path: undefined, ...notGiven } as object) };
}

// Node copies the options into an object that has a prototype: what was not given must be said.
const notGiven = {
  fd: undefined,
  handle: undefined,
  signal: undefined,
  lookup: undefined,
  onread: undefined,
};
