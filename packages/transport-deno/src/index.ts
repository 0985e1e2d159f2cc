import type { Connection, Transport } from "@tlskit/transport";
import { TransportError } from "@tlskit/transport";
import { currentRuntime } from "@tlskit/transport/node-tls";

export { type IdentityFiles, loadIdentity } from "@tlskit/transport/node-tls";
export { capabilities } from "./capabilities.ts";

/**
 * Not yet: rejects with `RUNTIME_UNSUPPORTED`. Deno's node:tls takes in data without limit while nobody reads it, and
 * loses the end of connections whose reader pauses; connections that could be flooded or hang are not handed out.
 *
 * @throws {TransportError} `RUNTIME_UNSUPPORTED`; in another runtime `RUNTIME_MISMATCH`
 */
export const connect: Transport["connect"] = async (): Promise<never> => refuse("connect");

/**
 * Not yet: rejects as {@link connect} does.
 *
 * @throws {TransportError} `RUNTIME_UNSUPPORTED`; in another runtime `RUNTIME_MISMATCH`
 */
export const listen: Transport["listen"] = async (): Promise<never> => refuse("listen");

/**
 * Not yet: rejects as {@link connect} does.
 *
 * @throws {TransportError} `RUNTIME_UNSUPPORTED`; in another runtime `RUNTIME_MISMATCH`
 */
export const startTls: Transport["startTls"] = async (): Promise<Connection> => refuse("startTls");

/**
 * Not yet: rejects as {@link connect} does.
 *
 * @throws {TransportError} `RUNTIME_UNSUPPORTED`; in another runtime `RUNTIME_MISMATCH`
 */
export const wrapTls: Transport["wrapTls"] = async (): Promise<Connection> => refuse("wrapTls");

function refuse(feature: string): never {
  const actual = currentRuntime();
  if (actual !== "deno") {
    const alternative = actual === "unknown" ? "@tlskit/tls" : `@tlskit/transport-${actual}`;
    const message = `@tlskit/transport-deno was loaded in ${actual}: import ${alternative} there.`;
    throw new TransportError("RUNTIME_MISMATCH", message, { expected: "deno", actual, alternative });
  }
  const alternative = "Run this program on Node or Bun, or use Deno.connectTls and Deno.listenTls directly.";
  throw new TransportError("RUNTIME_UNSUPPORTED", `There is no ${feature} for Deno yet. ${alternative}`, {
    runtime: "deno",
    feature,
    alternative,
  });
}
