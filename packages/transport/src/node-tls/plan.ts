// What a call means, worked out before a socket is opened: compiled options, whom to expect, what to send.

import { CertificateOptions, ClientTLSOptions, type CompiledOptions, compile, type Role } from "@tlskit/options";
import type { ReferenceIdentity } from "@tlskit/verify/identity";
import type { NodeTlsRuntime } from "./runtime.ts";
import { invalid } from "./settings/setting-error.ts";

/** Options ready for a handshake. */
export interface HandshakePlan {
  /** What `compiled` was compiled from. */
  readonly options: CertificateOptions;
  readonly compiled: CompiledOptions;
  /** For clients: whom the server's certificate must name. */
  readonly expected: ReferenceIdentity | undefined;
  /** For clients: what to send as SNI; nothing for an IP address. */
  readonly serverName: string | undefined;
}

/**
 * A client's plan. Its name is that of the ClientTLSOptions, else the one that was dialled.
 *
 * @throws {TransportError} `SETTING_INVALID` if there is no name; what `compile` throws
 */
export function clientPlan(
  runtime: NodeTlsRuntime,
  tls: unknown,
  dialled: ReferenceIdentity | undefined,
): HandshakePlan {
  const { options, expected } = clientOptions(tls, dialled);
  const serverName = expected?.type === "dns" ? expected.value : undefined;
  return { options, compiled: compileOnce(runtime, options, "client"), expected, serverName };
}

/**
 * A server's plan.
 *
 * @throws {TransportError} `SETTING_INVALID`; what `compile` throws
 */
export function serverPlan(runtime: NodeTlsRuntime, tls: unknown): HandshakePlan {
  if (!(tls instanceof CertificateOptions)) throw invalid("tls", "new CertificateOptions({ … })", tls);
  return { options: tls, compiled: compileOnce(runtime, tls, "server"), expected: undefined, serverName: undefined };
}

/** One object for all connections without options, so that they share one native context. */
let defaults: CertificateOptions | undefined;

function clientOptions(
  tls: unknown,
  dialled: ReferenceIdentity | undefined,
): { options: CertificateOptions; expected: ReferenceIdentity } {
  if (tls instanceof ClientTLSOptions) return { options: tls.options, expected: tls.hostname };
  if (tls !== undefined && !(tls instanceof CertificateOptions)) {
    throw invalid("tls", "optionsForClientTLS(…) or CertificateOptions", tls);
  }
  if (dialled === undefined) throw invalid("tls", "optionsForClientTLS(…), because no name was dialled", tls);
  defaults ??= new CertificateOptions({});
  return { options: tls ?? defaults, expected: dialled };
}

const compiledOptions = new WeakMap<CertificateOptions, Map<string, CompiledOptions>>();

/** Compiling is cheap, but caches are keyed by its result. */
function compileOnce({ name, capabilities }: NodeTlsRuntime, options: CertificateOptions, role: Role): CompiledOptions {
  let byRole = compiledOptions.get(options);
  if (byRole === undefined) {
    byRole = new Map();
    compiledOptions.set(options, byRole);
  }
  const key = `${name} ${role}`;
  let compiled = byRole.get(key);
  if (compiled === undefined) {
    compiled = compile(options, capabilities, role);
    byRole.set(key, compiled);
    for (const { code, message } of compiled.warnings) warnOnce(code, message);
  }
  return compiled;
}

const warned = new Set<string>();

/** What was weakened on purpose leaves a trace: one process warning per kind. */
function warnOnce(code: string, message: string): void {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(message, { type: "TlsKitWarning", code });
}
