// Whether Deno can use a certificate with a key. It takes whatever it is given, listens, and fails every handshake; so it
// is shown a connection that nobody is at the other end of.

import { Duplex } from "node:stream";
import { createServer } from "node:tls";

const usable = new Map<string, true>();
// Keys are reloaded once in a while, not all the time.
const remembered = 64;

/** Throws what Deno says about it, at once. What was found usable is not asked about again. */
export function assertUsable(certificate: string, key: string): void {
  if (usable.has(certificate)) return;
  let refusal: unknown;
  const server = createServer({ cert: certificate, key, handshakeTimeout: -1 });
  server.on("tlsClientError", (error) => {
    refusal ??= error;
  });
  const nobody = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
  nobody.on("error", () => {});
  server.emit("connection", nobody); // Refused before this returns, if it is.
  const verdict = refusal;
  nobody.destroy();
  if (verdict !== undefined) throw verdict;
  if (usable.size >= remembered) usable.clear();
  usable.set(certificate, true);
}
