/**
 * What macOS says about certificates beside them: for which policies each is trusted or denied, in each of the domains
 * user, admin and system.
 *
 * @see SecTrustSettingsCopyTrustSettings, "Discussion"; security(1), `trust-settings-export`
 */
import type { Purpose } from "@tlskit/verify";
import { DistinguishedName } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { ALL_PURPOSES } from "../anchors/purposes.ts";
import { TrustError } from "../error.ts";
import { type PropertyListValue, readPropertyList } from "./property-list.ts";

/** What is said about one certificate in one domain. */
export interface CertificateSettings {
  /** The purposes it is trusted for if it is a root. */
  readonly trusted: readonly Purpose[];
  /** The purposes it is trusted for in a root's place if it is none. */
  readonly trustedAsRoot: readonly Purpose[];
  /** The purposes it is refused for. */
  readonly denied: readonly Purpose[];
  /** Whether there is trust that holds within limits which cannot be expressed here, so that it does not count. */
  readonly limited: boolean;
  readonly issuer?: DistinguishedName;
  /** As it stands in the certificate: two's complement, big-endian. */
  readonly serialNumber?: Uint8Array;
}

/** By the SHA-1 of the certificate in upper-case hexadecimal; {@link DEFAULT_ROOT} stands for all roots. */
export type TrustSettings = ReadonlyMap<string, CertificateSettings>;

/** The key of the settings for roots that have none of their own. */
export const DEFAULT_ROOT = "kSecTrustRecordDefaultRootCert";

/**
 * Reads what `security trust-settings-export` wrote.
 *
 * @throws TrustError PROPERTY_LIST_INVALID, also for settings that say something that is not understood: it may be a denial
 */
export function readTrustSettings(bytes: Uint8Array): TrustSettings {
  const list = readPropertyList(bytes);
  const version = dictionary(list, "the list").get("trustVersion");
  if (version !== 1) throw invalid("trustVersion is not 1");
  const certificates = dictionary(dictionary(list, "the list").get("trustList"), "trustList");
  const settings = new Map<string, CertificateSettings>();
  for (const [key, value] of certificates) {
    if (key !== DEFAULT_ROOT && !/^[0-9A-Fa-f]{40}$/.test(key)) throw invalid("a key of trustList is no SHA-1");
    settings.set(key === DEFAULT_ROOT ? key : key.toUpperCase(), readCertificate(dictionary(value, key)));
  }
  return settings;
}

function readCertificate(record: ReadonlyMap<string, PropertyListValue>): CertificateSettings {
  const list = record.get("trustSettings");
  const serialNumber = record.get("serialNumber");
  const issuer = readIssuer(record.get("issuerName"));
  return {
    ...readConstraints(list),
    ...(issuer === undefined ? {} : { issuer }),
    ...(serialNumber instanceof Uint8Array && serialNumber.length > 0 ? { serialNumber } : {}),
  };
}

/** An empty list is a root's trust without limits; macOS leaves empty lists out when it writes them. */
function readConstraints(
  list: PropertyListValue = [],
): Pick<CertificateSettings, "trusted" | "trustedAsRoot" | "denied" | "limited"> {
  if (!Array.isArray(list)) throw invalid("trustSettings is no array");
  if (list.length === 0) return { trusted: ALL_PURPOSES, trustedAsRoot: [], denied: [], limited: false };
  const trusted = new Set<Purpose>();
  const trustedAsRoot = new Set<Purpose>();
  const denied = new Set<Purpose>();
  let limited = false;
  for (const item of list as readonly PropertyListValue[]) {
    const constraint = dictionary(item, "an element of trustSettings");
    const purposes = purposesOf(constraint);
    const result = constraint.get(`${PREFIX}Result`) ?? TRUST_ROOT;
    // One program's own settings are not everybody's.
    if (constraint.has(`${PREFIX}Application`)) limited = true;
    else if (result === DENY) for (const purpose of purposes) denied.add(purpose);
    else if (result !== TRUST_ROOT && result !== TRUST_AS_ROOT && result !== UNSPECIFIED)
      throw invalid("a result is unknown");
    else if (result === UNSPECIFIED) continue;
    else if (isLimited(constraint)) limited = true;
    else for (const purpose of purposes) (result === TRUST_ROOT ? trusted : trustedAsRoot).add(purpose);
  }
  return { trusted: [...trusted], trustedAsRoot: [...trustedAsRoot], denied: [...denied], limited };
}

/** Trust for one host, or for another use of the key than to sign certificates. */
function isLimited(constraint: ReadonlyMap<string, PropertyListValue>): boolean {
  const usage = constraint.get(`${PREFIX}KeyUsage`);
  const signsCertificates =
    usage === undefined || usage === ANY_KEY_USE || (typeof usage === "number" && (usage & SIGN_CERTIFICATE) !== 0);
  return constraint.has(`${PREFIX}PolicyString`) || !signsCertificates;
}

/** Without a policy it is about every one; a policy that we have no purpose for is about nothing here. */
function purposesOf(constraint: ReadonlyMap<string, PropertyListValue>): readonly Purpose[] {
  const policy = constraint.get(`${PREFIX}Policy`);
  if (policy === undefined) return ALL_PURPOSES;
  const oid = policyOid(policy);
  // The same policy serves both sides of TLS, and only its name tells them apart.
  if (oid === SSL_POLICY && constraint.get(`${PREFIX}PolicyName`) === "sslClient") return ["client"];
  if (oid === SSL_POLICY && constraint.get(`${PREFIX}PolicyName`) === "sslServer") return ["server"];
  return POLICIES.get(oid) ?? [];
}

/** Policies that macOS' older interfaces know are written as the contents octets of their OIDs, newer ones as text. */
function policyOid(policy: PropertyListValue): string {
  if (policy instanceof Uint8Array) return toHex(policy);
  if (typeof policy !== "string") throw invalid("a policy is neither data nor text");
  const number = policy.startsWith(POLICY_ARC) ? Number(policy.slice(POLICY_ARC.length)) : Number.NaN;
  return number >= 0 && number < 128 ? POLICY_OCTETS + number.toString(16).padStart(2, "0") : policy;
}

function readIssuer(value: PropertyListValue | undefined): DistinguishedName | undefined {
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined;
  try {
    return DistinguishedName.fromDer(value);
  } catch (error) {
    if (TlsKitError.is(error)) return undefined;
    throw error;
  }
}

function dictionary(value: PropertyListValue | undefined, what: string): ReadonlyMap<string, PropertyListValue> {
  if (value instanceof Map) return value;
  throw invalid(`${what} is no dictionary`);
}

function invalid(problem: string): TrustError<"PROPERTY_LIST_INVALID"> {
  return new TrustError("PROPERTY_LIST_INVALID", `The trust settings cannot be understood: ${problem}.`, { problem });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

const PREFIX = "kSecTrustSettings";
/** SecTrustSettingsResult. */
const TRUST_ROOT = 1;
const TRUST_AS_ROOT = 2;
const DENY = 3;
const UNSPECIFIED = 4;
/** SecTrustSettingsKeyUsage; the list has it as a signed number, or as an unsigned one. */
const ANY_KEY_USE = 0xffffffff;
const SIGN_CERTIFICATE = 8;

/** Apple's policies: 1.2.840.113635.100.1.n, and the contents octets of all but the last part. */
const POLICY_ARC = "1.2.840.113635.100.1.";
const POLICY_OCTETS = "2a864886f7636401";

/** APPLE_TP_SSL. */
const SSL_POLICY = `${POLICY_OCTETS}03`;

/** By contents octets. Basic X.509 (2) and the others vouch for no purpose of ours. */
const POLICIES: ReadonlyMap<string, readonly Purpose[]> = new Map([
  [SSL_POLICY, ["server", "client"]],
  [`${POLICY_OCTETS}08`, ["email"]], // APPLE_TP_SMIME
  [`${POLICY_OCTETS}10`, ["codeSigning"]], // APPLE_TP_CODE_SIGNING
  [`${POLICY_OCTETS}14`, ["timeStamping"]], // APPLE_TP_TIMESTAMPING
]);
