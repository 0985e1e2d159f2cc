import type { Transport } from "@tlskit/transport";
import { createNodeTlsTransport } from "@tlskit/transport/node-tls";
import { assertUsable } from "./assert-usable.ts";
import { capabilities } from "./capabilities.ts";
import { FlowControlledDuplex } from "./flow-controlled-duplex.ts";

export { type IdentityFiles, loadIdentity } from "@tlskit/transport/node-tls";
export { capabilities } from "./capabilities.ts";

const transport: Transport = createNodeTlsTransport({
  name: "deno",
  capabilities,
  assertUsable,
  flowControl: (socket) => new FlowControlledDuplex(socket),
  server: {
    // Rustls takes handshake messages of up to 64 KiB; 512 bytes are for what surrounds the certificates.
    sentAnchorsLimit: 0xffff - 512,
    sharesTickets: true,
    noHandshakeTimeout: -1,
  },
});

/**
 * Connects over TLS and verifies the server, or connects in clear for STARTTLS. With nothing but the target: by the
 * system's trust.
 *
 * @throws {VerificationError} the server's certificate is refused: every reason, and the chain
 * @throws {TransportError} everything else
 *
 * @example
 * await using connection = await connect("example.com:443");
 * await connection.write(new TextEncoder().encode("GET / HTTP/1.0\r\nHost: example.com\r\n\r\n"));
 * const answer = await connection.read();
 */
export const connect: Transport["connect"] = transport.connect;

/**
 * Listens for TLS connections, or for plain ones that will become TLS.
 *
 * @throws {TransportError} `ADDRESS_IN_USE`, `ADDRESS_UNAVAILABLE`
 *
 * @example
 * const identity = await loadIdentity({ cert: "server.pem", key: "server-key.pem" });
 * await using listener = await listen({ port: 4433, tls: new CertificateOptions({ identity }) });
 * for await (const connection of listener) await connection.close();
 */
export const listen: Transport["listen"] = transport.listen;

/**
 * Makes TLS of a plain connection, as either side: a `PlainConnection`, or a `net.Socket` of `node:net`.
 *
 * @throws {TransportError} `STARTTLS_INJECTION`: bytes in clear came after the switch
 *
 * @example
 * const secure = await startTls(socket, { role: "client", tls: optionsForClientTLS("mail.example.org") });
 */
export const startTls: Transport["startTls"] = transport.startTls;

/**
 * TLS over anything that carries bytes both ways: another TLS connection, a pair in memory, a pipe, web streams.
 *
 * @throws {VerificationError} the peer's certificate is refused
 * @throws {TransportError} everything else
 *
 * @example
 * const tunnel = await connect("proxy.example:443");
 * // … CONNECT …
 * const inner = await wrapTls(tunnel, { role: "client", tls: optionsForClientTLS("example.org") });
 */
export const wrapTls: Transport["wrapTls"] = transport.wrapTls;
