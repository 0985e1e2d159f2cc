// Deno.serve and Deno.listenTls with our options.

import type { CapabilityGap, CertificateOptions } from "@tlskit/options";
import { type NativeApi, nativePlan, ownSettings } from "@tlskit/transport/node-tls";
import { runtime } from "./runtime.ts";

/** Options of {@link denoServeOptions} and {@link denoListenTlsOptions}. */
export interface DenoServerInit {
  /** The identity to show. */
  readonly tls: CertificateOptions;
}

/** A certificate with its chain, and its private key, PEM each: as Deno takes them. Do not print it. */
export interface DenoIdentity {
  readonly cert: string;
  readonly key: string;
}

/**
 * What `Deno.serve` takes to serve with these options: TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1. It does not ask for client
 * certificates, and would ignore being told to: options that do are refused; `serveHttps` and `listen` have them.
 *
 * @throws {UnsupportedOptionError} with every option that `Deno.serve` cannot honour
 * @throws {OptionsError} options that make no server
 *
 * @example
 * const identity = await loadIdentity({ cert: "fullchain.pem", key: "privkey.pem" });
 * const options = await denoServeOptions({ tls: new CertificateOptions({ identity }) });
 * Deno.serve({ ...options, port: 443 }, () => new Response("hello"));
 */
export async function denoServeOptions(init: DenoServerInit): Promise<DenoIdentity> {
  const { tls } = ownSettings("denoServeOptions", init, ["tls"]);
  const { compiled } = await nativePlan(runtime, denoServe, tls, undefined);
  return identityOf(compiled.identity);
}

/**
 * What `Deno.listenTls` takes to listen with these options. Otherwise as {@link denoServeOptions}.
 *
 * @throws {UnsupportedOptionError} with every option that `Deno.listenTls` cannot honour
 * @throws {OptionsError} options that make no server
 *
 * @example
 * const listener = Deno.listenTls({ ...(await denoListenTlsOptions({ tls })), port: 443 });
 */
export async function denoListenTlsOptions(
  init: DenoServerInit,
): Promise<DenoIdentity & { readonly alpnProtocols?: string[] }> {
  const { tls } = ownSettings("denoListenTlsOptions", init, ["tls"]);
  const { compiled } = await nativePlan(runtime, denoListenTls, tls, undefined);
  const identity = await identityOf(compiled.identity);
  return compiled.alpn.length === 0 ? identity : { ...identity, alpnProtocols: [...compiled.alpn] };
}

async function identityOf(identity: CertificateOptions["identity"]): Promise<DenoIdentity> {
  // A server without one does not compile.
  if (identity === undefined) return { cert: "", key: "" };
  return { cert: identity.fullChainPem(), key: await identity.keyPair.toPem() };
}

/** Measured on 2.9.6: both versions, always. */
function always({ minVersion, maxVersion }: CertificateOptions): CapabilityGap | undefined {
  if (minVersion === "TLSv1.2" && maxVersion === "TLSv1.3") return undefined;
  const reason = "Deno's own servers and clients always speak TLS 1.2 and TLS 1.3.";
  return { reason, alternative: "Leave it out, or use listen and connect." };
}

/** Measured on 2.9.6: it negotiates them by itself, HTTP/2 first. */
function httpOnly({ acceptableProtocols }: CertificateOptions): CapabilityGap | undefined {
  if (acceptableProtocols.join() === "h2,http/1.1") return undefined;
  const reason = "Deno.serve always negotiates h2, then http/1.1.";
  return { reason, alternative: "Leave it out, or use serveHttps or serveHttp2." };
}

const both = { identity: true, raiseMinimumTo: always, lowerMaximumSecurityTo: always } as const;

const denoServe: NativeApi = {
  name: "Deno.serve",
  role: "server",
  honours: { ...both, acceptableProtocols: httpOnly },
  alternative: "Use serveHttps, or listen.",
  // It verifies nobody; options that want clients verified are refused by name.
  hasHook: true,
};

const denoListenTls: NativeApi = {
  ...denoServe,
  name: "Deno.listenTls",
  honours: { ...both, acceptableProtocols: true },
  alternative: "Use listen.",
};
