// Whether a connection was reset, where Node does not tell. A reset that meets what TLS writes by itself (session tickets, the
// answer to a key update) is told to TLS only, which drops it: then the connection looks like one that the peer has ended,
// and whatever is written waits for ever for those last words to be sent. The system knows: what was reset has no peer.

import type { TLSSocket } from "node:tls";

/**
 * Asks the system. Node remembers the first answer, and forgets it here, in a property that is not public: on a Node
 * that keeps it elsewhere the first answer is given again, and says that nothing was reset.
 *
 * @param socket one that had an address when it was connected
 */
export function isReset(socket: TLSSocket): boolean {
  Object.assign(socket, { _peername: undefined });
  return !socket.destroyed && socket.remoteAddress === undefined;
}
