// What the runtime's own verifier says, in a handshake, with the same trust.

import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, connect, type TLSSocket } from "node:tls";
import type { Order } from "./protocol.ts";

/** `"accepts"`, or the native code. */
export async function askNative({ port, name, trust }: Order): Promise<string> {
  const options: ConnectionOptions & { readonly allowPartialTrustChain: boolean } = {
    port,
    host: "127.0.0.1",
    servername: isIP(name) === 0 ? name : "",
    ca: [...trust],
    // So that an anchor is an anchor everywhere.
    allowPartialTrustChain: true,
    // So that the verdict comes as such, and not as an error among others.
    rejectUnauthorized: false,
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  };
  let socket: TLSSocket | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      socket = connect(options, () => resolve(verdictOf(socket)));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("closed")));
    });
  } catch (error) {
    return codeOf(error);
  } finally {
    socket?.destroy();
  }
}

function verdictOf(socket: TLSSocket | undefined): string {
  if (socket?.authorized === true) return "accepts";
  const { authorizationError } = socket ?? {};
  return codeOf(authorizationError ?? "unauthorized");
}

/** The error is a code on some runtimes and an object on others. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
