import { TrustRoot } from "@tlskit/trust";
import type { Certificate } from "@tlskit/x509";
import { type Capabilities, capabilityState } from "../capabilities.ts";
import { CertificateOptions } from "../certificate-options.ts";
import { isUsable, usesParameters } from "../checks/assert-algorithms.ts";
import {
  assertClientSessions,
  assertNoServerOptions,
  assertNoTicketKeys,
  VERIFICATION_OPTIONS,
} from "../checks/assert-coherent.ts";
import { assertIdentities, assertKeyUsages } from "../checks/assert-identities.ts";
import { conflict } from "../checks/conflict.ts";
import { type ClientAuth, oneOf, type ValueCheck } from "../checks/option-values.ts";
import { OptionsError, type UnsupportedOption, UnsupportedOptionError } from "../error.ts";
import { compileAlgorithms } from "./compile-algorithms.ts";
import type { CompiledOptions, Role } from "./compiled-options.ts";
import { requirementsOf } from "./requirements.ts";

const checkRole: ValueCheck<Role> = oneOf(["client", "server"]);

const NO_CERTIFICATES: readonly Certificate[] = Object.freeze([]);

/** As Twisted has it (OPT-08). */
const DEFAULT_VERIFY_DEPTH = 9;

/**
 * What one adapter needs of the options for one role. Nothing is left out and nothing is made up: an option that has no
 * meaning in this role, or that this runtime cannot honour, is an error.
 *
 * @throws UnsupportedOptionError with every option that the runtime cannot honour
 * @throws OptionsError OPTION_CONFLICT, OPTION_MISSING, OPTION_VALUE_INVALID for what does not fit the role
 * @example
 * const compiled = compile(new CertificateOptions({ identity }), capabilities, "server");
 */
export function compile(options: CertificateOptions, capabilities: Capabilities, role: Role): CompiledOptions {
  CertificateOptions.assertGenuine(options, "options");
  checkRole(role, "role");
  const clientAuth = role === "server" ? serverClientAuth(options) : "none";
  if (role === "server") assertServer(options, clientAuth);
  else assertClient(options);
  assertKeyUsages(options, role);
  assertSupported(options, capabilities, role, clientAuth);
  const verifyPeer = (role === "client" || clientAuth !== "none") && !options.dangerouslySkipVerification;
  return Object.freeze({
    role,
    minVersion: options.minVersion,
    maxVersion: options.maxVersion,
    ...compileAlgorithms(options, capabilities, role),
    alpn: options.acceptableProtocols,
    requireProtocol: requiredProtocols(options),
    identity: options.identity,
    contextForServerName: options.contextForServerName,
    verifyPeer,
    // Whoever verifies although it was not asked for finds nobody trusted: that fails closed.
    trust: verifyPeer ? (options.trustRoot ?? "platform") : TrustRoot.none(),
    clientAuth,
    clientIntermediates: options.clientIntermediates ?? NO_CERTIFICATES,
    verifyDepth: options.verifyDepth ?? DEFAULT_VERIFY_DEPTH,
    profile: options.profile ?? "compatible",
    revocation: options.revocation,
    requestStaple: asksForStaple(options, capabilities, role),
    sessions: options.sessions,
    ocspStaple: options.ocspStaple,
    // A copy each time: a URL cannot be frozen.
    get keyLog() {
      return options.dangerouslyLogKeys;
    },
    skipVerification: options.dangerouslySkipVerification,
    warnings: options.warnings,
  });
}

/** Who names the CAs for clients wants clients to have certificates, as in Twisted (OPT-06). */
function serverClientAuth(options: CertificateOptions): ClientAuth {
  return options.clientAuth ?? (options.trustRoot === undefined ? "none" : "require");
}

function assertClient(options: CertificateOptions): void {
  assertNoServerOptions((name) => options[name] !== undefined);
  assertNoTicketKeys(options.sessions);
}

function assertServerSessions(options: CertificateOptions, clientAuth: ClientAuth): void {
  const { sessions } = options;
  if (sessions === undefined) return;
  if (sessions.store !== undefined) {
    const rule = "sessions.store is for clients only";
    throw conflict(["sessions.store"], rule, "a server keeps nothing: sessions.ticketSecret makes its tickets");
  }
  if (clientAuth !== "none") assertClientSessions(sessions, !options.dangerouslySkipVerification);
}

/** Where the runtime can, unless it is said otherwise. */
function asksForStaple({ revocation }: CertificateOptions, capabilities: Capabilities, role: Role): boolean {
  if (role === "server" || revocation === undefined) return false;
  return revocation.staple ?? capabilityState(capabilities, "client-ocsp-staple") === true;
}

function assertServer(options: CertificateOptions, clientAuth: ClientAuth): void {
  if (clientAuth === "none") {
    const names = [...VERIFICATION_OPTIONS, "dangerouslySkipVerification"] as const;
    const idle = names.filter((name) => options[name] !== undefined && options[name] !== false);
    if (idle.length > 0) {
      const rule = `this server asks for no client certificate, which leaves nothing for ${idle.join(" and ")} to act on`;
      throw conflict(
        [...idle, "clientAuth"],
        rule,
        'set clientAuth to "request" or "require", or leave the others out',
      );
    }
  }
  assertParameters(options);
  assertIdentities(options);
  assertServerSessions(options, clientAuth);
  if (options.revocation?.staple === true) {
    const rule = "revocation.staple is for clients only";
    throw conflict(["revocation.staple"], rule, "no runtime shows a server what a client staples");
  }
  if (options.identity !== undefined || options.contextForServerName !== undefined) return;
  const message = "A server needs an identity: a PrivateCertificate, which is a certificate with its key and chain.";
  throw new OptionsError("OPTION_MISSING", message, { path: "identity", neededBy: "server" });
}

/** Without parameters DHE suites are off: then something else must be left for TLS 1.2. */
function assertParameters({ acceptableCiphers: ciphers, dhParameters, minVersion }: CertificateOptions): void {
  if (ciphers === undefined || dhParameters !== undefined || minVersion === "TLSv1.3") return;
  const usable = ciphers.tls12.filter((cipher) => isUsable(cipher, minVersion));
  if (!usable.every(usesParameters)) return;
  throw new OptionsError(
    "OPTION_MISSING",
    `acceptableCiphers has only DHE suites for ${minVersion}, and a server needs dhParameters for them: "ffdhe2048" is a good group.`,
    { path: "dhParameters", neededBy: "acceptableCiphers" },
  );
}

function assertSupported(
  options: CertificateOptions,
  capabilities: Capabilities,
  role: Role,
  clientAuth: ClientAuth,
): void {
  const unsupported: UnsupportedOption[] = [];
  for (const requirement of requirementsOf(options, role, clientAuth)) {
    const { path, capability } = requirement;
    const state = capability === undefined ? requirement.gap : capabilityState(capabilities, capability);
    if (state === true) continue;
    const { reason, alternative } = state;
    unsupported.push(
      capability === undefined ? { path, reason, alternative } : { path, capability, reason, alternative },
    );
  }
  if (unsupported.length > 0) throw new UnsupportedOptionError(unsupported);
}

function requiredProtocols({ requireProtocol, acceptableProtocols }: CertificateOptions): readonly string[] {
  if (requireProtocol === true) return acceptableProtocols;
  return Object.freeze(requireProtocol === false ? [] : [requireProtocol]);
}
