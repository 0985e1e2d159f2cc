import { ReloadingTrust, type TrustRoot } from "@tlskit/trust";
import type { VerificationProfile } from "@tlskit/verify";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import type { CertificateOptionsInit } from "./certificate-options-init.ts";
import { assertAlgorithms, weakCiphers } from "./checks/assert-algorithms.ts";
import { assertCoherent } from "./checks/assert-coherent.ts";
import { type CheckedOptions, checkOptions } from "./checks/checked-options.ts";
import { type LinkedIdentity, linkIdentity } from "./checks/identity-chain.ts";
import type { KeyLog } from "./checks/key-log-option.ts";
import type { CheckedOcspStaple } from "./checks/ocsp-staple-option.ts";
import type { ClientAuth } from "./checks/option-values.ts";
import type { CheckedRevocation } from "./checks/revocation-option.ts";
import type { CheckedServerNames } from "./checks/server-names.ts";
import type { CheckedSessions } from "./checks/session-options.ts";
import { isInsecure, versionRange } from "./checks/version-range.ts";
import type { AcceptableCiphers } from "./ciphers/acceptable-ciphers.ts";
import type { OptionsWarning } from "./compile/compiled-options.ts";
import { OPTION_NAMES, type OptionName } from "./input/option-names.ts";
import { readOptions } from "./input/own-values.ts";
import { wrongType } from "./input/wrong-value.ts";
import { inspectCustom } from "./inspect-symbol.ts";
import type { DiffieHellmanParameters } from "./key-exchange/diffie-hellman-parameters.ts";
import type { KeyExchangeGroup } from "./key-exchange/groups.ts";
import type { SignatureScheme } from "./key-exchange/signature-schemes.ts";
import { summaries } from "./option-summary.ts";
import type { NegotiableTLSVersion, TLSVersion } from "./tls-version.ts";

/** What {@link CertificateOptions.with} changes; `null` removes an option. Contradictions show at run time. */
export type CertificateOptionsChanges = {
  readonly [Name in OptionName]?: (CertificateOptionsInit & Readonly<Record<string, unknown>>)[Name] | null | undefined;
};

/** The redacted form of {@link CertificateOptions}: no key, no certificate in full. */
export interface CertificateOptionsJSON {
  /** Of the certificate: its subject, its fingerprint in lower-case hex, and how long its chain is. */
  readonly identity?: { readonly subject: string; readonly sha256: string; readonly chain: number };
  /** What the set says of itself. */
  readonly trustRoot?: ReturnType<TrustRoot["toJSON"]> | "platform";
  readonly [option: string]: unknown;
}

/**
 * The TLS configuration of one side of a connection: a value, checked when made, that never changes.
 *
 * @example
 * const options = new CertificateOptions({ identity, acceptableProtocols: ["h2", "http/1.1"] });
 * const strict = options.with({ raiseMinimumTo: TLSVersion.TLSv1_3 });
 */
export class CertificateOptions {
  /** Our certificate, its key and its chain. */
  readonly identity: PrivateCertificate | undefined;
  /** Who may vouch for the peer; `undefined`: for a client the system's store, for a server nobody is asked. */
  readonly trustRoot: TrustRoot | ReloadingTrust | "platform" | undefined;
  /** Whether a server asks for a client certificate; `undefined`: it does if there is a `trustRoot`. */
  readonly clientAuth: ClientAuth | undefined;
  /** What a server may complete the paths of its clients with; `undefined`: what they send, and the set's own. */
  readonly clientIntermediates: readonly Certificate[] | undefined;
  /** As given. */
  readonly raiseMinimumTo: TLSVersion | undefined;
  /** As given. */
  readonly insecurelyLowerMinimumTo: TLSVersion | undefined;
  /** As given. */
  readonly lowerMaximumSecurityTo: TLSVersion | undefined;
  /** The oldest version to negotiate, from the three above. */
  readonly minVersion: NegotiableTLSVersion;
  /** The newest version to negotiate, from the three above. */
  readonly maxVersion: NegotiableTLSVersion;
  /** The cipher suites that may be negotiated; `undefined`: the default, from the versions. */
  readonly acceptableCiphers: AcceptableCiphers | undefined;
  /** The groups for key exchange; `undefined`: the default, as far as the runtime has it. */
  readonly groups: readonly KeyExchangeGroup[] | undefined;
  /** The signature schemes for handshakes; `undefined`: all but those with SHA-1. */
  readonly signatureAlgorithms: readonly SignatureScheme[] | undefined;
  /** The group for DHE suites of a server; `undefined`: these suites are off. */
  readonly dhParameters: DiffieHellmanParameters | undefined;
  /** For ALPN, the most preferred first; empty: none. */
  readonly acceptableProtocols: readonly string[];
  /** The protocol that must be negotiated; `true`: any of `acceptableProtocols`. */
  readonly requireProtocol: string | boolean;
  /** The largest number of intermediate certificates in the peer's path; `undefined`: the default, 9. */
  readonly verifyDepth: number | undefined;
  /** How formal the verifier is; `undefined`: the default, `"compatible"`. */
  readonly profile: VerificationProfile | undefined;
  /** How a server finds the identity for a name; `undefined`: there is but one. */
  readonly contextForServerName: CheckedServerNames | undefined;
  /** What is done about revoked certificates; `undefined`: nothing. */
  readonly revocation: CheckedRevocation | undefined;
  /** Resumption; `undefined`: none. */
  readonly sessions: CheckedSessions | undefined;
  /** Gives what a server staples; `undefined`: nothing. */
  readonly ocspStaple: CheckedOcspStaple | undefined;
  /** Whether the peer's certificate is taken without verification. */
  readonly dangerouslySkipVerification: boolean;
  /** What these options weaken, and what was corrected in them. */
  readonly warnings: readonly OptionsWarning[];
  readonly #checked: CheckedOptions;

  /**
   * @throws OptionsError for what contradicts itself or cannot be used, with the path of the option
   */
  constructor(init: CertificateOptionsInit = {}) {
    const checked = checkOptions(init);
    const range = versionRange(checked);
    assertCoherent(checked);
    assertAlgorithms(checked, range);
    const linked = checked.identity === undefined ? undefined : linkIdentity(checked.identity, "identity");
    this.#checked = checked;
    this.identity = linked?.identity;
    this.trustRoot = checked.trustRoot;
    this.clientAuth = checked.clientAuth;
    this.clientIntermediates = checked.clientIntermediates;
    this.raiseMinimumTo = checked.raiseMinimumTo;
    this.insecurelyLowerMinimumTo = checked.insecurelyLowerMinimumTo;
    this.lowerMaximumSecurityTo = checked.lowerMaximumSecurityTo;
    this.minVersion = range.min;
    this.maxVersion = range.max;
    this.acceptableCiphers = checked.acceptableCiphers;
    this.groups = checked.groups;
    this.signatureAlgorithms = checked.signatureAlgorithms;
    this.dhParameters = checked.dhParameters;
    this.acceptableProtocols = checked.acceptableProtocols ?? NO_PROTOCOLS;
    this.requireProtocol = checked.requireProtocol ?? false;
    this.verifyDepth = checked.verifyDepth;
    this.profile = checked.profile;
    this.contextForServerName = checked.contextForServerName;
    this.revocation = checked.revocation;
    this.sessions = checked.sessions || undefined;
    this.ocspStaple = checked.ocspStaple;
    this.dangerouslySkipVerification = checked.dangerouslySkipVerification ?? false;
    this.warnings = Object.freeze(warningsOf(this, linked));
    Object.freeze(this);
  }

  /** Where the secrets of connections go; `undefined`: nowhere. */
  get dangerouslyLogKeys(): KeyLog | undefined {
    const keyLog = this.#checked.dangerouslyLogKeys;
    // A copy: a URL cannot be frozen.
    return keyLog instanceof URL ? new URL(keyLog) : keyLog;
  }

  /**
   * The same options with some changed; `null` removes one, and what is `undefined` stays as it is. Cheap: what is already
   * checked is not read again.
   *
   * @throws OptionsError as the constructor does
   * @example
   * options.with({ acceptableProtocols: ["h2"], trustRoot: null });
   */
  with(changes: CertificateOptionsChanges): CertificateOptions {
    // The constructor finds the contradictions; the type of the sum cannot.
    const all: Record<string, unknown> = { ...this.#checked };
    for (const [name, value] of readOptions(changes, OPTION_NAMES)) {
      if (value === null) delete all[name];
      else all[name] = value;
    }
    return new CertificateOptions(all as CertificateOptionsInit);
  }

  /** The options as given, with the identity reduced to its name: no private key, ever (OPT-40). */
  toJSON(): CertificateOptionsJSON {
    const { identity: _given, trustRoot, ocspStaple: _staple, ...rest } = this.#checked;
    const { identity } = this;
    const json: Record<string, unknown> = { ...rest, ...summaries(this.#checked) };
    if (identity !== undefined) {
      json.identity = { subject: identity.subject.toString(), sha256: identity.id, chain: identity.chain.length };
    }
    if (trustRoot !== undefined) json.trustRoot = trustRoot === "platform" ? trustRoot : snapshotOf(trustRoot).toJSON();
    return json;
  }

  /**
   * @internal Refuses what only looks like options: it would be asked for each property, and could answer anything.
   *
   * @throws OptionsError OPTION_TYPE_INVALID
   */
  static assertGenuine(value: unknown, path: string): asserts value is CertificateOptions {
    if (typeof value === "object" && value !== null && #checked in value) return;
    throw wrongType(path, "CertificateOptions", value);
  }

  /** The redacted options on one line. */
  toString(): string {
    return `<CertificateOptions ${JSON.stringify(this)}>`;
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }
}

function snapshotOf(trust: TrustRoot | ReloadingTrust): TrustRoot {
  return trust instanceof ReloadingTrust ? trust.current : trust;
}

function warningsOf(options: CertificateOptions, linked: LinkedIdentity | undefined): OptionsWarning[] {
  const warnings: OptionsWarning[] = [];
  if (options.dangerouslySkipVerification) {
    const message = "The peer's certificate is not verified: anyone on the path can read and change everything.";
    warnings.push({ code: "DANGEROUSLY_SKIPS_VERIFICATION", path: "dangerouslySkipVerification", message });
  }
  if (isInsecure(options.minVersion)) {
    const message = `${options.minVersion} is accepted: it is deprecated as insecure (RFC 8996).`;
    warnings.push({ code: "INSECURE_TLS_VERSION", path: "insecurelyLowerMinimumTo", message });
  }
  const weak = weakCiphers(options.acceptableCiphers);
  if (weak.length > 0) {
    const message = `acceptableCiphers has suites without authenticated encryption or forward secrecy: ${weak.slice(0, 3).join(", ")}${weak.length > 3 ? ", …" : ""}.`;
    warnings.push({ code: "WEAK_CIPHERS", path: "acceptableCiphers", message });
  }
  const level = options.acceptableCiphers?.securityLevel;
  if (level !== undefined && level < SAFE_SECURITY_LEVEL) {
    const message = `acceptableCiphers says @SECLEVEL=${level}: keys and signatures of less than 112 bits of security are taken.`;
    warnings.push({ code: "LOW_SECURITY_LEVEL", path: "acceptableCiphers", message });
  }
  if (options.dangerouslyLogKeys !== undefined) {
    const message = "The secrets of connections are written down: whoever reads them can read everything.";
    warnings.push({ code: "DANGEROUSLY_LOGS_KEYS", path: "dangerouslyLogKeys", message });
  }
  if (linked?.repeatedLeaf === true) {
    const message = "The chain began with the leaf itself; it was dropped, because the leaf is sent anyway.";
    warnings.push({ code: "CHAIN_REPEATS_LEAF", path: "identity.chain[0]", message });
  }
  return warnings.map((warning) => Object.freeze(warning));
}

/** NIST SP 800-57 part 1, section 5.6; OpenSSL's own default since 3.2. */
const SAFE_SECURITY_LEVEL = 2;

const NO_PROTOCOLS: readonly string[] = Object.freeze([]);
