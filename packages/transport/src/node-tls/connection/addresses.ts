// The two ends of a socket, asked for once: each answer is a call to the system.

import type { Socket } from "node:net";
import type { Address } from "../../contract.ts";

/** A socket's addresses; a duplex that is no socket has none. */
export type Addressed = object &
  Partial<{ [Key in "remoteAddress" | "remotePort" | "localAddress" | "localPort"]: Socket[Key] | undefined }>;

interface Ends {
  local?: Address | undefined;
  remote?: Address | undefined;
}

const known = new WeakMap<object, Ends>();

/** The far end of a socket, as it was when first asked for: it is gone once the socket is. */
export function remoteAddressOf(socket: Addressed): Address | undefined {
  const ends = endsOf(socket);
  ends.remote ??= addressOf(socket.remoteAddress, socket.remotePort);
  return ends.remote;
}

/** The near end. */
export function localAddressOf(socket: Addressed): Address | undefined {
  const ends = endsOf(socket);
  ends.local ??= addressOf(socket.localAddress, socket.localPort);
  return ends.local;
}

function endsOf(socket: object): Ends {
  let ends = known.get(socket);
  if (ends === undefined) {
    ends = {};
    known.set(socket, ends);
  }
  return ends;
}

function addressOf(host: string | undefined, port: number | undefined): Address | undefined {
  return host === undefined || port === undefined ? undefined : Object.freeze({ host, port });
}
