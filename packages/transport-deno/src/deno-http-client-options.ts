// Deno.createHttpClient with our options.

import { type CapabilityGap, type CertificateOptions, ClientTLSOptions, UnsupportedOptionError } from "@tlskit/options";
import { type NativeApi, nativePlan, ownSettings, unlimitedAnchors } from "@tlskit/transport/node-tls";
import { runtime } from "./runtime.ts";

/** Options of {@link denoHttpClientOptions}. */
export interface DenoHttpClientInit {
  /** Whom to trust, and the identity to show. */
  readonly tls: CertificateOptions;
  /**
   * Must be true: `Deno.createHttpClient` has no place for our verifier, and trusts `trustRoot` *beside* Deno's own roots.
   */
  readonly insecurelyRuntimeVerificationOnly?: boolean | undefined;
}

/** What `Deno.createHttpClient` takes. It may hold a private key: do not print it. */
export interface DenoHttpClientOptions {
  readonly caCerts: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly http1: boolean;
  readonly http2: boolean;
}

/**
 * What `Deno.createHttpClient`, and with it `fetch`, takes to connect with these options. Deno alone decides about the
 * server: without our verifier, its reasons and its limits, and with Deno's roots beside `trustRoot`. So it is refused
 * unless `insecurelyRuntimeVerificationOnly: true` says that this is understood; `httpsAgent` and `http2Connection` have
 * both verifiers.
 *
 * @throws {UnsupportedOptionError} with every option that `Deno.createHttpClient` cannot honour
 *
 * @example
 * const tls = new CertificateOptions({ trustRoot: ca, identity });
 * const options = await denoHttpClientOptions({ tls, insecurelyRuntimeVerificationOnly: true });
 * const response = await fetch(url, { client: Deno.createHttpClient(options) });
 */
export async function denoHttpClientOptions(init: DenoHttpClientInit): Promise<DenoHttpClientOptions> {
  const { tls, insecurelyRuntimeVerificationOnly } = ownSettings("denoHttpClientOptions", init, [
    "tls",
    "insecurelyRuntimeVerificationOnly",
  ]);
  // The name is that of each request's URL.
  if (tls instanceof ClientTLSOptions) throw invalidName();
  const { compiled, trust } = await nativePlan(runtime, denoHttpClient, tls, insecurelyRuntimeVerificationOnly);
  const { alpn, identity } = compiled;
  const options = {
    caCerts: unlimitedAnchors(trust),
    http1: alpn.length === 0 || alpn.includes("http/1.1"),
    http2: alpn.length === 0 || alpn.includes("h2"),
  };
  if (identity === undefined) return options;
  return { ...options, cert: identity.fullChainPem(), key: await identity.keyPair.toPem() };
}

function invalidName(): UnsupportedOptionError {
  return new UnsupportedOptionError([
    {
      path: "tls",
      reason: "Deno.createHttpClient takes the name of each request's URL, and no other.",
      alternative: "Use new CertificateOptions(…), or httpsAgent, which takes optionsForClientTLS(name).",
    },
  ]);
}

/** Measured on 2.9.6: both versions, always. */
function always({ minVersion, maxVersion }: CertificateOptions): CapabilityGap | undefined {
  if (minVersion === "TLSv1.2" && maxVersion === "TLSv1.3") return undefined;
  const reason = "Deno's own clients always speak TLS 1.2 and TLS 1.3.";
  return { reason, alternative: "Leave it out, or use httpsAgent or connect." };
}

/** Measured on 2.9.6: HTTP/2 first, whatever the order. */
function httpOnly({ acceptableProtocols }: CertificateOptions): CapabilityGap | undefined {
  if (["h2", "http/1.1", "h2,http/1.1"].includes(acceptableProtocols.join())) return undefined;
  const reason = "Deno.createHttpClient offers h2, http/1.1, or both in this order.";
  return { reason, alternative: "Leave it out, or use httpsAgent or http2Connection." };
}

const denoHttpClient: NativeApi = {
  name: "Deno.createHttpClient",
  role: "client",
  honours: {
    identity: true,
    trustRoot: true,
    raiseMinimumTo: always,
    lowerMaximumSecurityTo: always,
    acceptableProtocols: httpOnly,
  },
  alternative: "Use httpsAgent, http2Connection, or connect.",
  hasHook: false,
};
