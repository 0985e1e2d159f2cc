import type { Transport } from "@tlskit/transport";
import { createNodeTlsTransport } from "@tlskit/transport/node-tls";
import { capabilities } from "./capabilities.ts";

export { type IdentityFiles, loadIdentity } from "@tlskit/transport/node-tls";
export { capabilities } from "./capabilities.ts";

const transport: Transport = createNodeTlsTransport({
  name: "node",
  capabilities,
  ciphers: {
    // RFC 9325, section 4.2: AEAD with forward secrecy. The TLS 1.3 suites are all of that kind.
    modern: [
      "TLS_AES_128_GCM_SHA256",
      "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256",
      "ECDHE+AESGCM",
      "ECDHE+CHACHA20",
    ].join(":"),
    // TLS 1.0 and 1.1 have only CBC suites and SHA-1, which OpenSSL's security level 1 refuses.
    legacy:
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+AES:@SECLEVEL=0",
  },
  x509ChainAsSent: true,
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
 * Makes TLS of a plain connection, as either side: a `PlainConnection`, or a `net.Socket`.
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
