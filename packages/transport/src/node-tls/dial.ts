// A TCP connection, as the runtime makes it: names, happy eyeballs and all.

import { connect, type Socket } from "node:net";
import type { ParsedTarget } from "../target.ts";
import type { HandshakeLimit } from "./handshake-limit.ts";
import { mapNativeError } from "./native-error.ts";
import { bare } from "./own-settings.ts";

/** Connects. Both directions stay open on their own, and small writes leave at once. */
export function dial(
  { host, port }: ParsedTarget,
  localAddress: string | undefined,
  limit: HandshakeLimit,
): Promise<Socket> {
  limit.phase = "connect";
  return limit.run((resolve, reject) => {
    const socket = connect(
      bare({
        host: host.value,
        port,
        noDelay: true,
        allowHalfOpen: true,
        ...(localAddress === undefined ? {} : { localAddress }),
        // Node copies the options into an object that has a prototype.
        ...notGiven,
      }),
    );
    // Stays for good: what comes after a settled promise must not become an uncaught exception.
    socket.on("error", (error) => reject(mapNativeError(error, { during: "connect", host: host.value, port })));
    socket.once("connect", () => resolve(socket));
    return () => socket.destroy();
  });
}

const notGiven = {
  fd: undefined,
  handle: undefined,
  signal: undefined,
  path: undefined,
  lookup: undefined,
  onread: undefined,
} as unknown as { readonly fd?: number };
