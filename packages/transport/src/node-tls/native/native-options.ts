// From compiled options to what node:tls takes. Everything that decides security is passed explicitly, because the
// runtimes' defaults differ and some follow environment variables.

import { constants } from "node:crypto";
import {
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TlsOptions,
} from "node:tls";
import {
  type CompiledOptions,
  type NegotiableTLSVersion,
  type UnsupportedOption,
  UnsupportedOptionError,
} from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import { TransportError } from "../../error.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { type NameEvents, nameCallback } from "../server/server-identities.ts";
import { ticketOptions } from "../server/ticket-keys.ts";
import { bare } from "../settings/own-settings.ts";
import { nativeAlgorithms } from "./native-algorithms.ts";
import { nativeCodeOf } from "./native-error.ts";

/**
 * The context of a client, shared by all connections with the same trust, identity, versions and algorithms: with 145 roots a
 * context costs more than three handshakes. Wrong keys are found here, before a socket is opened.
 */
export function clientContext(
  runtime: NodeTlsRuntime,
  compiled: CompiledOptions,
  trust: TrustRoot,
): SecureContext | Promise<SecureContext> {
  return ownContexts.get(trust)?.get(compiled) ?? ownContext(runtime, compiled, trust);
}

async function ownContext(
  runtime: NodeTlsRuntime,
  compiled: CompiledOptions,
  trust: TrustRoot,
): Promise<SecureContext> {
  const context = await sharedContext(runtime, compiled, trust);
  upsert(ownContexts, trust, () => new WeakMap<CompiledOptions, SecureContext>()).set(compiled, context);
  return context;
}

/** The same for all options that want the same of it. */
async function sharedContext(
  runtime: NodeTlsRuntime,
  compiled: CompiledOptions,
  trust: TrustRoot,
): Promise<SecureContext> {
  const { identity = noIdentity, minVersion, maxVersion } = compiled;
  const byIdentity = upsert(contexts, trust, () => new WeakMap<object, Map<string, SecureContext>>());
  const byVersions = upsert(byIdentity, identity, () => new Map<string, SecureContext>());
  const resumes = compiled.sessions !== undefined;
  const key = JSON.stringify([runtime.name, minVersion, maxVersion, resumes, nativeAlgorithms(runtime, compiled)]);
  const known = byVersions.get(key);
  if (known !== undefined) return known;
  const options = await contextOptions(runtime, compiled, pemsOf(trust));
  return upsert(byVersions, key, () => typed(() => createSecureContext(bare(options))));
}

/** A server that listens nowhere. Wrong keys are found here, before anything listens. */
export async function silentServer(
  runtime: NodeTlsRuntime,
  compiled: CompiledOptions,
  trust: TrustRoot,
  names: NameEvents,
): Promise<Server> {
  const anchors = anchorsFor(runtime, compiled, trust);
  const tickets = ticketOptions(compiled, trust);
  const options: TlsOptions = {
    ...(await contextOptions(runtime, compiled, anchors)),
    ...tickets,
    ...nameCallback(
      compiled,
      async (identity) => {
        const own = await contextOptions(runtime, { ...compiled, identity }, anchors);
        return typed(() => createSecureContext(bare({ ...own, ...tickets })));
      },
      names,
    ),
    requestCert: compiled.clientAuth !== "none",
    // The gate decides, and it wants to see the chain of whom it refuses.
    rejectUnauthorized: false,
    ...(compiled.alpn.length > 0 ? { ALPNProtocols: [...compiled.alpn] } : {}),
    // Ours covers more than the runtime's, which must not fire first.
    handshakeTimeout: runtime.server?.noHandshakeTimeout ?? 2 ** 31 - 1,
  };
  return typed(() => createServer(bare(options)));
}

/** What a server verifies clients by. Where that is sent to every client: only if clients are verified, and if it fits. */
function anchorsFor(
  { name, server }: NodeTlsRuntime,
  { clientAuth, identity }: CompiledOptions,
  trust: TrustRoot,
): string[] | undefined {
  if (server === undefined) return pemsOf(trust);
  if (clientAuth === "none") return undefined;
  const sent = [...givenOf(trust), ...(identity === undefined ? [] : [identity, ...identity.chain])];
  // Each certificate with the three bytes of its length, and two for its extensions (RFC 8446, section 4.4.2).
  const byteLength = sent.reduce((sum, { der }) => sum + der.byteLength + 5, 0);
  if (byteLength <= server.sentAnchorsLimit) return pemsOf(trust);
  const feature = `client authentication with ${trust.certificates.length} trust anchors`;
  const alternative = "Give trustRoot the authorities of your clients only, or run the program on Node or Bun.";
  const message = `A server on ${name} sends its trust anchors along with its certificate; these are ${byteLength} bytes, more than peers take. ${alternative}`;
  throw new TransportError("RUNTIME_UNSUPPORTED", message, { runtime: name, feature, alternative });
}

/** Whatever the runtime does not like about our own material is told as one of our errors. */
function typed<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const nativeCode = nativeCodeOf(error);
    if (nativeCode === "ERR_SSL_NO_CIPHER_MATCH") throw new UnsupportedOptionError([NO_CIPHER]);
    const message = `The runtime does not take our certificate, key or options (${nativeCode}).`;
    throw new TransportError("RUNTIME_REFUSED_OPTIONS", message, { nativeCode }, { cause: error });
  }
}

async function contextOptions(
  runtime: NodeTlsRuntime,
  compiled: CompiledOptions,
  ca: string[] | undefined,
): Promise<SecureContextOptions & { allowPartialTrustChain: boolean }> {
  const { identity, minVersion, maxVersion } = compiled;
  const { assertUsable } = runtime;
  const own = identity && (await upsert(ownPems, identity, () => pemOf(identity)));
  if (own !== undefined && assertUsable !== undefined) typed(() => assertUsable(own.cert, own.key));
  return {
    ...(ca === undefined ? {} : { ca }),
    // So that an anchor is an anchor on every runtime, self-signed or not.
    allowPartialTrustChain: true,
    ...own,
    minVersion: nativeVersions[minVersion],
    maxVersion: nativeVersions[maxVersion],
    ...nativeAlgorithms(runtime, compiled),
    secureOptions: secureOptions(compiled),
  };
}

/** No renegotiation in either role, and no tickets unless they are asked for. */
function secureOptions({ sessions }: CompiledOptions): number {
  // Bun and Deno have no such bit; they refuse renegotiation by themselves.
  const { SSL_OP_NO_RENEGOTIATION = 1 << 30, SSL_OP_NO_TICKET = 1 << 14 } = constants as {
    readonly SSL_OP_NO_RENEGOTIATION?: number;
    readonly SSL_OP_NO_TICKET?: number;
  };
  return SSL_OP_NO_RENEGOTIATION | (sessions === undefined ? SSL_OP_NO_TICKET : 0);
}

const nativeVersions: Readonly<Record<NegotiableTLSVersion, "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3">> = {
  "TLSv1.0": "TLSv1",
  "TLSv1.1": "TLSv1.1",
  "TLSv1.2": "TLSv1.2",
  "TLSv1.3": "TLSv1.3",
};

const NO_CIPHER: UnsupportedOption = {
  path: "acceptableCiphers",
  reason: "This runtime has none of these suites, or not one that it must know by name.",
  alternative: "Leave acceptableCiphers out, or add suites such as ECDHE+AESGCM.",
};

const noIdentity = {};

const ownContexts = new WeakMap<TrustRoot, WeakMap<CompiledOptions, SecureContext>>();

const contexts = new WeakMap<TrustRoot, WeakMap<object, Map<string, SecureContext>>>();

const ownPems = new WeakMap<PrivateCertificate, Promise<{ readonly cert: string; readonly key: string }>>();

async function pemOf(identity: PrivateCertificate): Promise<{ readonly cert: string; readonly key: string }> {
  return { cert: identity.fullChainPem(), key: await identity.keyPair.toPem() };
}

function pemsOf(trust: TrustRoot): string[] {
  return upsert(pems, trust, () => givenOf(trust).map((certificate) => certificate.toPem()));
}

/**
 * What the runtime is given to verify by: the intermediates, too, which it takes for anchors. It could not find the paths
 * otherwise that ours finds with them; ours lets nobody in whose path does not end at an anchor.
 */
function givenOf({ certificates, intermediates }: TrustRoot): readonly Certificate[] {
  return [...certificates, ...intermediates];
}

const pems = new WeakMap<TrustRoot, string[]>();

/** Gets, or makes and keeps. */
export function upsert<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
