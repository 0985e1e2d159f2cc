// Bun's fetch with our options.

import { type CapabilityGap, type CertificateOptions, ClientTLSOptions, type CompiledOptions } from "@tlskit/options";
import { TransportError } from "@tlskit/transport";
import { type NativeApi, namePeer, nativePlan, ownSettings, unlimitedAnchors } from "@tlskit/transport/node-tls";
import type { TrustRoot } from "@tlskit/trust";
import { VerificationError, verifyPathSync } from "@tlskit/verify";
import { parseHost, type ReferenceIdentity } from "@tlskit/verify/identity";
import { type BunTlsOptions, commonTlsOptions } from "./bun-tls-options.ts";
import { runtime } from "./runtime.ts";

/** Options of {@link fetchOptions}. */
export interface FetchInit {
  /** {@link CertificateOptions} are for the host of each request; `optionsForClientTLS(name)` names every server. */
  readonly tls: ClientTLSOptions | CertificateOptions;
  /** Lets Bun alone decide about the server's certificate: without our verifier, its reasons and its limits. */
  readonly insecurelyRuntimeVerificationOnly?: boolean | undefined;
}

/**
 * What Bun's `fetch` takes to connect with these options. Bun verifies, and then our verifier does, before a byte of the
 * request is sent: a server that only ours refuses fails the request with the `VerificationError` itself; one that Bun
 * refuses already, with Bun's own error. Bun shows our verifier the server's own certificate only: if that takes others
 * to be verified, the request fails with `PEER_CHAIN_UNAVAILABLE` unless they are in `trustRoot`. `httpsAgent` has
 * neither limit. Requests to `http:` URLs go out in clear.
 *
 * @throws {UnsupportedOptionError} with every option that `fetch` cannot honour
 *
 * @example
 * const options = await fetchOptions({ tls: new CertificateOptions({ trustRoot: ca, identity }) });
 * const response = await fetch("https://internal.example/", { ...options, method: "POST", body });
 */
export async function fetchOptions(init: FetchInit): Promise<{ readonly tls: BunTlsOptions }> {
  const { tls, insecurelyRuntimeVerificationOnly } = ownSettings("fetchOptions", init, [
    "tls",
    "insecurelyRuntimeVerificationOnly",
  ]);
  const options = tls instanceof ClientTLSOptions ? tls.options : tls;
  const name = tls instanceof ClientTLSOptions ? tls.hostname : undefined;
  const { compiled, trust } = await nativePlan(runtime, bunFetch, options, insecurelyRuntimeVerificationOnly);
  if (insecurelyRuntimeVerificationOnly === true) {
    return { tls: await commonTlsOptions(compiled, { ca: unlimitedAnchors(trust), ...serverName(name) }) };
  }
  const ours = ourVerdict(compiled, trust, name);
  const ca = trust.certificates.map((certificate) => certificate.toPem());
  return { tls: await commonTlsOptions(compiled, { ca, ...serverName(name), checkServerIdentity: ours }) };
}

/** Bun sends it as SNI, and its own verifier expects it. */
function serverName(name: ReferenceIdentity | undefined): Partial<BunTlsOptions> {
  return name === undefined ? {} : { serverName: name.value };
}

/**
 * Measured on 1.4.5: called for every request, redirects included, before anything is sent, after Bun's own verdict
 * about the path; never skipped for a connection that was kept alive. What it returns is what `fetch` rejects with.
 */
function ourVerdict(
  compiled: CompiledOptions,
  trust: TrustRoot,
  name: ReferenceIdentity | undefined,
): NonNullable<BunTlsOptions["checkServerIdentity"]> {
  return (hostname, { raw }) => {
    try {
      verifyPathSync({
        leaf: raw === undefined ? new Uint8Array() : new Uint8Array(raw),
        intermediates: [],
        trust,
        purpose: "server",
        name: name ?? parseHost(hostname),
        profile: compiled.profile,
        maxDepth: compiled.verifyDepth,
      });
      return undefined;
    } catch (error) {
      return namePeer(hiddenChain(error), { host: hostname });
    }
  };
}

function hiddenChain(error: unknown): Error {
  if (!VerificationError.is(error) || error.code !== "UNKNOWN_ISSUER") return error as Error;
  return new TransportError(
    "PEER_CHAIN_UNAVAILABLE",
    "The server's certificate needs others to be verified, and Bun's fetch does not show what was sent with it.",
    {
      runtime: `bun ${process.versions.bun ?? ""}`.trim(),
      alternative: "Add the intermediate certificates to trustRoot, or use httpsAgent.",
    },
    { cause: error },
  );
}

const bunFetch: NativeApi = {
  name: "fetch",
  role: "client",
  honours: {
    identity: true,
    trustRoot: true,
    raiseMinimumTo: true,
    lowerMaximumSecurityTo: true,
    acceptableProtocols: http1Only,
    verifyDepth: true,
    profile: true,
  },
  alternative: "Use httpsAgent, or connect.",
  hasHook: true,
};

/** Measured on 1.4.5: it offers http/1.1, whatever it is told. */
function http1Only({ acceptableProtocols }: CertificateOptions): CapabilityGap | undefined {
  if (acceptableProtocols.every((protocol) => protocol === "http/1.1")) return undefined;
  return { reason: "Bun's fetch speaks HTTP/1.1 only.", alternative: "Leave it out, or use http2Connection." };
}
