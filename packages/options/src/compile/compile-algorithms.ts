import { type Capabilities, type CapabilityName, capabilityState } from "../capabilities.ts";
import type { CertificateOptions } from "../certificate-options.ts";
import { isUsable } from "../checks/assert-algorithms.ts";
import { versionsBetween } from "../checks/tls-version-order.ts";
import { isInsecure } from "../checks/version-range.ts";
import type { AcceptableCiphers } from "../ciphers/acceptable-ciphers.ts";
import type { Cipher } from "../ciphers/cipher.ts";
import { DEFAULT_TLS13, MOZILLA_GUIDELINES } from "../ciphers/mozilla-guidelines.ts";
import { DEFAULT_GROUPS, GROUPS } from "../key-exchange/groups.ts";
import { SCHEME_NAMES, SCHEMES } from "../key-exchange/signature-schemes.ts";
import type { NegotiableTLSVersion } from "../tls-version.ts";
import type { CompiledCiphers, CompiledOptions, Role } from "./compiled-options.ts";

/** The algorithms that an adapter sets: those asked for, else the defaults as far as the runtime can be told. */
export function compileAlgorithms(
  options: CertificateOptions,
  capabilities: Capabilities,
  role: Role,
): Pick<CompiledOptions, "ciphers" | "groups" | "signatureAlgorithms" | "dhParameters"> {
  const has = (name: CapabilityName | undefined) => name === undefined || capabilityState(capabilities, name) === true;
  const insecure = isInsecure(options.minVersion);
  const groups =
    options.groups ?? (has("groups") ? DEFAULT_GROUPS.filter((g) => has(GROUPS[g].capability)) : undefined);
  // Handshakes before TLS 1.2 sign with SHA-1, and no list changes that.
  const settable = has(`${role}-signature-algorithms`) && !insecure;
  const schemes = settable ? SCHEME_NAMES.filter((name) => has(SCHEMES[name].capability)) : undefined;
  return {
    ciphers: has("ciphers-tls1.2") ? compileCiphers(options, has) : undefined,
    groups: groups === undefined ? undefined : Object.freeze(groups),
    signatureAlgorithms: options.signatureAlgorithms ?? (schemes === undefined ? undefined : Object.freeze(schemes)),
    dhParameters: role === "server" ? options.dhParameters : undefined,
  };
}

/** Whether other suites of TLS 1.3 are wanted than the three that every runtime has. */
export function choosesTls13({ tls13 }: AcceptableCiphers): boolean {
  const names = new Set(namesOf(tls13));
  return names.size !== DEFAULT_TLS13.length || DEFAULT_TLS13.some((name) => !names.has(name));
}

function compileCiphers(options: CertificateOptions, has: (name: CapabilityName) => boolean): CompiledCiphers {
  const { minVersion, maxVersion, acceptableCiphers } = options;
  const versions = versionsBetween(minVersion, maxVersion) as readonly NegotiableTLSVersion[];
  const usable = (list: readonly Cipher[]) => list.filter((cipher) => versions.some((each) => isUsable(cipher, each)));
  const { tls13, tls12 } =
    acceptableCiphers === undefined
      ? defaultsFor(options)
      : { tls13: namesOf(usable(acceptableCiphers.tls13)), tls12: namesOf(usable(acceptableCiphers.tls12)) };
  // OpenSSL's level 1 refuses the SHA-1 that TLS 1.0 and 1.1 are made of.
  const securityLevel = acceptableCiphers?.securityLevel ?? (isInsecure(minVersion) ? 0 : undefined);
  return Object.freeze({
    tls13: has("ciphers-tls1.3") ? Object.freeze(tls13) : undefined,
    tls12: Object.freeze(tls12),
    securityLevel: has("cipher-security-level") ? securityLevel : undefined,
  });
}

/** By name, so that nothing has to be looked up: most programs choose no ciphers. */
function defaultsFor({ minVersion, maxVersion }: CertificateOptions): { tls13: string[]; tls12: string[] } {
  const has12 = minVersion !== "TLSv1.3" && !isInsecure(maxVersion);
  return {
    tls13: maxVersion === "TLSv1.3" ? INTERMEDIATE.filter((name) => name.startsWith("TLS_")) : [],
    tls12: [
      ...(has12 ? INTERMEDIATE.filter((name) => !name.startsWith("TLS_")) : []),
      ...(isInsecure(minVersion) ? CBC_WITH_FORWARD_SECRECY : []),
    ],
  };
}

function namesOf(ciphers: readonly Cipher[]): string[] {
  return ciphers.flatMap(({ openSslName }) => openSslName ?? []);
}

const INTERMEDIATE = MOZILLA_GUIDELINES.configurations.intermediate.ciphers;

/** Before TLS 1.2 there are only CBC suites; forward secrecy at least. */
const CBC_WITH_FORWARD_SECRECY = [
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES256-SHA",
];
