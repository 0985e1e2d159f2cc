import { ExtensionOid, type PrivateCertificate, type PublicKey } from "@tlskit/x509";
import type { CapabilityGap, CapabilityName } from "../capabilities.ts";
import type { CertificateOptions } from "../certificate-options.ts";
import type { ClientAuth } from "../checks/option-values.ts";
import { versionsBetween } from "../checks/tls-version-order.ts";
import { isInsecure } from "../checks/version-range.ts";
import { GROUPS } from "../key-exchange/groups.ts";
import { SCHEMES } from "../key-exchange/signature-schemes.ts";
import { DEFAULT_MINIMUM, type NegotiableTLSVersion, type TLSVersion } from "../tls-version.ts";
import { choosesTls13 } from "./compile-algorithms.ts";
import type { Role } from "./compiled-options.ts";

/** A capability that some options need, or what no runtime has; and the option to name if it is absent. */
export type Requirement = { readonly path: string } & (
  | { readonly capability: CapabilityName }
  | { readonly capability?: never; readonly gap: CapabilityGap }
);

/** Everything that these options ask of a runtime in this role. */
export function requirementsOf(options: CertificateOptions, role: Role, clientAuth: ClientAuth): Requirement[] {
  return [
    ...versionRequirements(options),
    ...cipherRequirements(options),
    ...groupRequirements(options),
    ...signatureRequirements(options, role),
    ...(options.dhParameters === undefined ? [] : [{ capability: "dh-parameters", path: "dhParameters" } as const]),
    ...(options.acceptableProtocols.length > 0 ? [{ capability: "alpn", path: "acceptableProtocols" } as const] : []),
    ...identityRequirements(options, role),
    ...serverNameRequirements(options),
    ...clientAuthRequirements(options, clientAuth),
    ...sessionRequirements(options, role),
    ...(options.ocspStaple === undefined ? [] : [{ capability: "server-ocsp-staple", path: "ocspStaple" } as const]),
    ...(options.revocation?.staple ? [{ capability: "client-ocsp-staple", path: "revocation.staple" } as const] : []),
    ...(options.dangerouslyLogKeys === undefined
      ? []
      : [{ capability: `${role}-key-log`, path: "dangerouslyLogKeys" } as const]),
    ...(options.dangerouslySkipVerification
      ? [{ capability: `${role}-skip-verification`, path: "dangerouslySkipVerification" } as const]
      : []),
  ];
}

/** Every version of the range must be there: a range that quietly shrinks is an option that is quietly ignored. */
function versionRequirements(options: CertificateOptions): Requirement[] {
  return versionsBetween(options.minVersion, options.maxVersion).flatMap((version) => {
    const capability = VERSION_CAPABILITIES[version as NegotiableTLSVersion];
    return [{ capability, path: versionPath(options, version) }];
  });
}

/** The option that brought a version in, or, for those of the default range, the one that would leave it out. */
function versionPath(options: CertificateOptions, version: TLSVersion): string {
  if (isInsecure(version)) return "insecurelyLowerMinimumTo";
  if (version === options.insecurelyLowerMinimumTo) return "insecurelyLowerMinimumTo";
  if (version === options.raiseMinimumTo) return "raiseMinimumTo";
  const isTop = version === options.maxVersion && version !== DEFAULT_MINIMUM;
  return isTop || version === options.lowerMaximumSecurityTo ? "lowerMaximumSecurityTo" : "raiseMinimumTo";
}

/** The three suites of TLS 1.3 that every runtime has need not be chosen. */
function cipherRequirements({ acceptableCiphers: ciphers, minVersion, maxVersion }: CertificateOptions): Requirement[] {
  if (ciphers === undefined) return [];
  const path = "acceptableCiphers";
  return [
    ...(minVersion === "TLSv1.3" ? [] : [{ capability: "ciphers-tls1.2", path } as const]),
    ...(maxVersion === "TLSv1.3" && choosesTls13(ciphers) ? [{ capability: "ciphers-tls1.3", path } as const] : []),
    ...(ciphers.securityLevel === undefined ? [] : [{ capability: "cipher-security-level", path } as const]),
  ];
}

function groupRequirements({ groups }: CertificateOptions): Requirement[] {
  if (groups === undefined) return [];
  const each = groups.map((name, index) => ({ capability: GROUPS[name].capability, path: `groups[${index}]` }));
  // The choice as such is asked for once.
  return [{ capability: "groups", path: "groups" }, ...each.filter(({ capability }) => capability !== "groups")];
}

function signatureRequirements({ signatureAlgorithms: schemes }: CertificateOptions, role: Role): Requirement[] {
  if (schemes === undefined) return [];
  const each = schemes.flatMap((name, index) => {
    const { capability } = SCHEMES[name];
    return capability === undefined ? [] : [{ capability, path: `signatureAlgorithms[${index}]` }];
  });
  return [{ capability: `${role}-signature-algorithms`, path: "signatureAlgorithms" }, ...each];
}

function identityRequirements({ identity }: CertificateOptions, role: Role): Requirement[] {
  if (identity === undefined) return [];
  return [
    { capability: `${role}-identity`, path: "identity" },
    keyRequirement(identity.publicKey),
    ...extensionRequirements(identity),
  ];
}

/** Whether a peer accepts it is the peer's affair; that our own side can load it is a matter of its library. */
function extensionRequirements({ extensions }: PrivateCertificate): Requirement[] {
  const isRare = extensions.some(({ critical, oid }) => critical && !COMMON_CRITICAL.has(oid));
  return isRare ? [{ capability: "identity-critical-extension", path: "identity" }] : [];
}

function serverNameRequirements({ contextForServerName: names }: CertificateOptions): Requirement[] {
  if (names === undefined) return [];
  const each = names.identities.flatMap(([name, identity]) => {
    const path = `contextForServerName[${JSON.stringify(name)}]`;
    return [keyRequirement(identity.publicKey), ...extensionRequirements(identity)].map((one) => ({ ...one, path }));
  });
  return [{ capability: "server-name-identities", path: "contextForServerName" }, ...each];
}

function sessionRequirements(options: CertificateOptions, role: Role): Requirement[] {
  const { sessions, contextForServerName } = options;
  if (sessions === undefined) return [];
  return [
    { capability: `${role}-sessions`, path: "sessions" },
    ...(sessions.ticketSecret === undefined
      ? []
      : [{ capability: "server-ticket-secret", path: "sessions.ticketSecret" } as const]),
    ...(contextForServerName === undefined
      ? []
      : [{ capability: "server-sessions-by-name", path: "sessions" } as const]),
  ];
}

function clientAuthRequirements(options: CertificateOptions, clientAuth: ClientAuth): Requirement[] {
  if (clientAuth === "none") return [];
  const path = options.clientAuth === undefined ? "trustRoot" : "clientAuth";
  return [{ capability: `server-client-auth-${clientAuth}`, path }];
}

function keyRequirement({ type, curve }: PublicKey): Requirement {
  const path = "identity";
  const capability = type === "ecdsa" ? CURVE_CAPABILITIES[curve ?? ""] : KEY_CAPABILITIES[type];
  if (capability !== undefined) return { path, capability };
  const reason = `No adapter knows keys of type ${curve ?? type}.`;
  return { path, gap: { reason, alternative: "Use an ECDSA (P-256), Ed25519 or RSA key." } };
}

/** The extensions that every TLS library handles when they are critical. */
const COMMON_CRITICAL: ReadonlySet<string> = new Set([
  ExtensionOid.keyUsage,
  ExtensionOid.extendedKeyUsage,
  ExtensionOid.subjectAltName,
  ExtensionOid.basicConstraints,
  ExtensionOid.nameConstraints,
  ExtensionOid.crlDistributionPoints,
]);

const VERSION_CAPABILITIES: Readonly<Record<NegotiableTLSVersion, CapabilityName>> = {
  "TLSv1.0": "tls1.0",
  "TLSv1.1": "tls1.1",
  "TLSv1.2": "tls1.2",
  "TLSv1.3": "tls1.3",
};

const CURVE_CAPABILITIES: Readonly<Record<string, CapabilityName>> = {
  "P-256": "identity-ecdsa-p256",
  "P-384": "identity-ecdsa-p384",
  "P-521": "identity-ecdsa-p521",
};

const KEY_CAPABILITIES: Readonly<Record<string, CapabilityName>> = {
  rsa: "identity-rsa",
  "rsa-pss": "identity-rsa-pss",
  ed25519: "identity-ed25519",
  ed448: "identity-ed448",
  "ml-dsa-44": "identity-ml-dsa",
  "ml-dsa-65": "identity-ml-dsa",
  "ml-dsa-87": "identity-ml-dsa",
};
