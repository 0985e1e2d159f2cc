// Bun.serve with our options.

import type { CapabilityGap, CertificateOptions } from "@tlskit/options";
import { type NativeApi, nativePlan, ownSettings, unlimitedAnchors } from "@tlskit/transport/node-tls";
import { type BunTlsOptions, commonTlsOptions } from "./bun-tls-options.ts";
import { runtime } from "./runtime.ts";

/** Options of {@link bunServeOptions}. */
export interface BunServeInit {
  /** The identity to show, and what is asked of clients. */
  readonly tls: CertificateOptions;
  /** Lets Bun alone decide about clients' certificates: without our verifier, its reasons and its limits. */
  readonly insecurelyRuntimeVerificationOnly?: boolean | undefined;
}

/**
 * What `Bun.serve` takes to serve with these options. `Bun.serve` has no place for our verifier: options that ask for
 * client certificates need `insecurelyRuntimeVerificationOnly: true`, and `serveHttps`, which has one, is the better
 * choice for them. Bun.serve negotiates no application protocol. Certificates by name take an `identity` for all other
 * names, and a table: then `tls` is an array, as Bun has it.
 *
 * @throws {UnsupportedOptionError} with every option that `Bun.serve` cannot honour
 * @throws {OptionsError} options that make no server
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 * const options = await bunServeOptions({ tls: new CertificateOptions({ identity }) });
 * Bun.serve({ ...options, port: 443, fetch: () => new Response("hello") });
 */
export async function bunServeOptions(init: BunServeInit): Promise<{ readonly tls: BunTlsOptions | BunTlsOptions[] }> {
  const { tls, insecurelyRuntimeVerificationOnly } = ownSettings("bunServeOptions", init, [
    "tls",
    "insecurelyRuntimeVerificationOnly",
  ]);
  const { compiled, trust } = await nativePlan(runtime, bunServe, tls, insecurelyRuntimeVerificationOnly);
  const clients = compiled.verifyPeer ? { ca: unlimitedAnchors(trust), requestCert: true as const } : {};
  const own = await commonTlsOptions(compiled, clients);
  const { contextForServerName: names } = compiled;
  if (names === undefined) return { tls: own };
  const named = names.identities.map(([serverName, identity]) =>
    commonTlsOptions({ ...compiled, identity }, { ...clients, serverName }),
  );
  return { tls: [own, ...(await Promise.all(named))] };
}

const bunServe: NativeApi = {
  name: "Bun.serve",
  role: "server",
  honours: {
    identity: true,
    contextForServerName: tableBesideIdentity,
    trustRoot: true,
    clientAuth: requireOrNone,
    raiseMinimumTo: true,
    lowerMaximumSecurityTo: true,
  },
  alternative: "Use serveHttps, or listen.",
  hasHook: false,
};

/** Measured on 1.4.5: the exact name counts before a wildcard of one label, and the first certificate is for all other names. */
function tableBesideIdentity({ contextForServerName, identity }: CertificateOptions): CapabilityGap | undefined {
  if (contextForServerName?.identities.length === 0) {
    const alternative = "Give a table of identities by name, or use serveHttps or listen.";
    return { reason: "Bun.serve asks no function for certificates.", alternative };
  }
  if (identity !== undefined) return undefined;
  const reason =
    "Bun.serve always has a certificate for names that it does not know, and would take the first of these.";
  return { reason, alternative: "Give identity as well, or use serveHttps or listen." };
}

/** Measured on 1.4.5: with a mere request Bun takes bad certificates as well, and does not tell. */
function requireOrNone({ clientAuth }: CertificateOptions): CapabilityGap | undefined {
  if (clientAuth !== "request") return undefined;
  return {
    reason: "Bun.serve cannot let clients in that show no certificate and refuse those that show a bad one.",
    alternative: 'Use clientAuth: "require", serveHttps, or listen.',
  };
}
