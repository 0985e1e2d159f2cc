/** One check per kind of value: right type, usable value, in a form of our own that cannot change later. */
import { ReloadingTrust, TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import type { VerificationProfile } from "@tlskit/verify";
import { Certificate, PrivateCertificate } from "@tlskit/x509";
import { adviceOnCertificate, adviceOnIdentity } from "../input/advice.ts";
import { describeValue } from "../input/describe-value.ts";
import { isGenuine } from "../input/own-values.ts";
import { wrongType, wrongValue } from "../input/wrong-value.ts";
import { isTLSVersion, TLS_VERSIONS, type TLSVersion } from "../tls-version.ts";

/** Checks a value that is not `undefined`; `path` names it in errors. */
export type ValueCheck<T> = (value: unknown, path: string) => T;

/** Whether a server asks for a client certificate, and insists on one. */
export type ClientAuth = "none" | "request" | "require";

/** A private certificate. */
export const checkIdentity: ValueCheck<PrivateCertificate> = (value, path) => {
  if (value instanceof PrivateCertificate && isGenuine(() => [value.chain, value.id])) return value;
  throw wrongType(path, "a PrivateCertificate", value, adviceOnIdentity(value));
};

/** A certificate. */
export const checkCertificate: ValueCheck<Certificate> = (value, path) => {
  if (value instanceof Certificate && isGenuine(() => value.id)) return value;
  throw wrongType(path, "a Certificate", value, adviceOnCertificate(value));
};

/** Certificates that vouch for nothing themselves. */
export const checkCertificates: ValueCheck<readonly Certificate[]> = (value, path) => {
  if (!Array.isArray(value)) throw wrongType(path, "an array of certificates", value, adviceOnCertificate(value));
  // A copy: what is checked is what is used.
  return Object.freeze(
    Array.from<unknown, Certificate>(value, (item, index) => checkCertificate(item, `${path}[${index}]`)),
  );
};

/** A set of roots, or what makes one (TRU-07). */
export const checkTrustRoot: ValueCheck<TrustRoot | ReloadingTrust | "platform"> = (value, path) => {
  if (value === "platform") return value;
  if (value instanceof TrustRoot && isGenuine(() => value.certificates)) return value;
  if (value instanceof ReloadingTrust && isGenuine(() => value.current)) return value;
  if (!Array.isArray(value) && !(value instanceof Certificate)) {
    const expected = 'a TrustRoot, a ReloadingTrust, a Certificate, an array of certificates, or "platform"';
    throw wrongType(path, expected, value, adviceOnCertificate(value));
  }
  // A copy: what is checked is what is used.
  const certificates = Array.isArray(value)
    ? Array.from<unknown, Certificate>(value, (item, index) => checkCertificate(item, `${path}[${index}]`))
    : [checkCertificate(value, path)];
  if (certificates.length > 0) return trustRootFromCertificates(certificates);
  const expected = "at least one certificate, or TrustRoot.none() to trust nobody";
  throw wrongValue(path, expected, "an empty array");
};

/** A version of TLS. */
export const checkVersion: ValueCheck<TLSVersion> = (value, path) => {
  if (isTLSVersion(value)) return value;
  const expected = `one of ${TLS_VERSIONS.slice(1).join(", ")}`;
  if (typeof value !== "string") throw wrongType(path, expected, value);
  // Node and OpenSSL call the first one TLSv1.
  const match = /^(?:tls|ssl)?[ _-]?v?1(?:[._]?([0-3]))?$/i.exec(value);
  const meant = match === null ? "" : `, which is written "TLSv1.${match[1] ?? 0}" here`;
  throw wrongValue(path, expected, `${describeValue(value)}${meant}`);
};

/** Whether a server asks for client certificates. */
export const checkClientAuth: ValueCheck<ClientAuth> = oneOf(["none", "request", "require"]);

/** How formal the verifier is. */
export const checkProfile: ValueCheck<VerificationProfile> = oneOf(["compatible", "rfc5280", "webpki"]);

/** `true` or `false`. */
export const checkBoolean: ValueCheck<boolean> = (value, path) => {
  if (typeof value === "boolean") return value;
  throw wrongType(path, "a boolean", value);
};

/** A number of intermediate certificates. */
export const checkVerifyDepth: ValueCheck<number> = (value, path) => {
  if (typeof value !== "number") throw wrongType(path, "a number", value);
  if (Number.isInteger(value) && value >= 0 && value <= MAX_VERIFY_DEPTH) return value;
  throw wrongValue(path, `a whole number from 0 to ${MAX_VERIFY_DEPTH}`, String(value));
};

/** Names for ALPN (RFC 7301, section 3.1): 1 to 255 bytes each, at most 65,535 in all, none twice (OPT-42). */
export const checkProtocols: ValueCheck<readonly string[]> = (value, path) => {
  if (!Array.isArray(value)) throw wrongType(path, "an array of strings", value);
  const protocols = new Set<string>();
  let total = 0;
  for (const [index, item] of value.entries()) {
    const protocol = checkProtocol(item, `${path}[${index}]`);
    if (protocols.has(protocol)) throw wrongValue(`${path}[${index}]`, "each protocol once", describeValue(item));
    protocols.add(protocol);
    total += 1 + byteLength(protocol);
    if (total > MAX_PROTOCOL_LIST) throw wrongValue(path, `at most ${MAX_PROTOCOL_LIST} bytes on the wire`, "more");
  }
  return Object.freeze([...protocols]);
};

/** One protocol, or whether one must be negotiated. */
export const checkRequireProtocol: ValueCheck<string | boolean> = (value, path) => {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return checkProtocol(value, path);
  throw wrongType(path, "a boolean or the name of a protocol", value);
};

/** A check for one of several texts. */
export function oneOf<T extends string>(allowed: readonly T[]): ValueCheck<T> {
  const expected = `one of ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;
  return (value, path) => {
    const found = allowed.find((item) => item === value);
    if (found !== undefined) return found;
    throw typeof value === "string"
      ? wrongValue(path, expected, describeValue(value))
      : wrongType(path, expected, value);
  };
}

function checkProtocol(value: unknown, path: string): string {
  if (typeof value !== "string") throw wrongType(path, "a string", value);
  const bytes = byteLength(value);
  // A lone surrogate has no UTF-8: it would go out as another name than the one written.
  if (bytes >= 1 && bytes <= MAX_PROTOCOL && value.isWellFormed()) return value;
  throw wrongValue(path, `1 to ${MAX_PROTOCOL} bytes of well-formed text`, `${bytes} bytes`);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

const MAX_PROTOCOL = 255;
const MAX_PROTOCOL_LIST = 65_535;
/** The verifier stops at paths far shorter than this; a larger number is a mistake. */
const MAX_VERIFY_DEPTH = 100;
