// Bun.serve with our options.

import type { CapabilityGap, CertificateOptions } from "@tlskit/options";
import { type NativeApi, nativePlan, ownSettings, unlimitedAnchors } from "@tlskit/transport/node-tls";
import { type BunTlsOptions, commonTlsOptions } from "./bun-tls-options.ts";
import { runtime } from "./runtime.ts";

/** Options of {@link bunServeOptions}. */
export interface BunServeInit {
  readonly tls: CertificateOptions;
  /** Lets Bun alone decide about clients' certificates: without our verifier, its reasons and its limits. */
  readonly insecurelyRuntimeVerificationOnly?: boolean;
}

/**
 * What `Bun.serve` takes to serve with these options. `Bun.serve` has no place for our verifier: options that ask for
 * client certificates need `insecurelyRuntimeVerificationOnly: true`, and `serveHttps`, which has one, is the better
 * choice for them. Bun.serve negotiates no application protocol.
 *
 * @throws {UnsupportedOptionError} with every option that `Bun.serve` cannot honour
 * @throws {OptionsError} options that make no server
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 * const options = await bunServeOptions({ tls: new CertificateOptions({ identity }) });
 * Bun.serve({ ...options, port: 443, fetch: () => new Response("hello") });
 */
export async function bunServeOptions(init: BunServeInit): Promise<{ readonly tls: BunTlsOptions }> {
  const { tls, insecurelyRuntimeVerificationOnly } = ownSettings("bunServeOptions", init, [
    "tls",
    "insecurelyRuntimeVerificationOnly",
  ]);
  const { compiled, trust } = await nativePlan(runtime, bunServe, tls, insecurelyRuntimeVerificationOnly);
  const clients = compiled.verifyPeer ? { ca: unlimitedAnchors(trust), requestCert: true as const } : {};
  return { tls: await commonTlsOptions(compiled, clients) };
}

const bunServe: NativeApi = {
  name: "Bun.serve",
  role: "server",
  honours: {
    identity: true,
    trustRoot: true,
    clientAuth: requireOrNone,
    raiseMinimumTo: true,
    lowerMaximumSecurityTo: true,
  },
  alternative: "Use serveHttps, or listen.",
  hasHook: false,
};

/** Measured on 1.4.5: with a mere request Bun takes bad certificates as well, and does not tell. */
function requireOrNone({ clientAuth }: CertificateOptions): CapabilityGap | undefined {
  if (clientAuth !== "request") return undefined;
  return {
    reason: "Bun.serve cannot let clients in that show no certificate and refuse those that show a bad one.",
    alternative: 'Use clientAuth: "require", serveHttps, or listen.',
  };
}
