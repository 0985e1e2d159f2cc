import { AcceptableCiphers } from "../ciphers/acceptable-ciphers.ts";

/**
 * The suites that Twisted accepts by default (OPT-26), which include CBC, RSA without forward secrecy, and CCM_8.
 *
 * @deprecated For peers that have nothing better. The default is AEAD with forward secrecy.
 * @example
 * new CertificateOptions({ identity, acceptableCiphers: twistedDefaultCiphers() });
 */
export function twistedDefaultCiphers(): AcceptableCiphers {
  return AcceptableCiphers.fromOpenSSLCipherString(TWISTED);
}

/** Without the names before TLS 1.3 was a standard, which OpenSSL ignores. */
const TWISTED =
  "ECDH+AESGCM:ECDH+CHACHA20:DH+AESGCM:DH+CHACHA20:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:RSA+AESGCM:RSA+AES:!aNULL:!MD5:!DSS";
