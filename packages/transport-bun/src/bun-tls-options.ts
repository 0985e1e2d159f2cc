// What Bun's own APIs take as `tls`.

import type { CompiledOptions, NegotiableTLSVersion } from "@tlskit/options";

/** The `tls` of `Bun.serve` and `fetch`, as far as we set it. */
export interface BunTlsOptions {
  /** The certificate and its chain, PEM. */
  readonly cert?: string;
  /** The private key, PEM. Not enumerable: it is not printed, logged or copied along. */
  readonly key?: string;
  /** The trusted certificates, PEM. An array that can be changed, because the types of Bun want one. */
  readonly ca?: string[];
  /** As numbers of the protocol: Bun takes no names here. */
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly ciphers: string;
  readonly rejectUnauthorized: true;
  readonly requestCert?: true;
  readonly serverName?: string;
  readonly checkServerIdentity?: (hostname: string, certificate: { readonly raw?: Uint8Array }) => Error | undefined;
}

/** What both sides have in common. */
export async function commonTlsOptions(
  { identity, minVersion, maxVersion }: CompiledOptions,
  more: Partial<BunTlsOptions>,
): Promise<BunTlsOptions> {
  const options: BunTlsOptions = {
    minVersion: numbers[minVersion],
    maxVersion: numbers[maxVersion],
    // RFC 9325, section 4.2: AEAD with forward secrecy. Bun's TLS 1.3 suites are all of that kind.
    ciphers: "ECDHE+AESGCM:ECDHE+CHACHA20",
    rejectUnauthorized: true,
    ...more,
  };
  if (identity === undefined) return options;
  Object.assign(options, { cert: identity.fullChainPem() });
  return Object.defineProperty(options, "key", { value: await identity.keyPair.toPem(), enumerable: false });
}

/** RFC 8446, section 4.1.2. */
const numbers: Readonly<Record<NegotiableTLSVersion, number>> = {
  "TLSv1.0": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
  "TLSv1.3": 0x0304,
};
