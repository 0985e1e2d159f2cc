/**
 * Matching what a certificate presents with what a client wants. Knows names, no certificates.
 *
 * @see RFC 9525, section 6
 */
import { invalid } from "../input/invalid.ts";
import { isCanonicalReference } from "./canonical.ts";
import { isDomain } from "./domain.ts";
import { formatIp } from "./ip-address.ts";
import { readPresentedMailbox } from "./mailbox.ts";
import { decodeSmtpUtf8Mailbox, decodeSrvName } from "./other-name.ts";
import { readSrvName, readUri } from "./parse-service-id.ts";
import type { ReferenceIdentity } from "./reference.ts";

/** A name as a certificate presents it: any `GeneralName` of `@tlskit/x509` is one, so is `{ type: "dns", value: "a.example" }`. */
export interface PresentedIdentity {
  readonly type: string;
  /** Text for dns, email, uri; DER for `other`. */
  readonly value: unknown;
  /** The 4 or 16 bytes of an ip. */
  readonly bytes?: Uint8Array;
  /** The type of an `other` name. */
  readonly oid?: string;
}

/** Why one presented name is not the wanted one. */
export type MismatchCause =
  /** A name of another kind, which cannot match. */
  | "other-type"
  /** The right kind, another value. */
  | "different"
  /** A wildcard that covers the right domain, but another number of labels. */
  | "wildcard-depth"
  /** `*` elsewhere than as the whole left-most label, or with fewer than two labels behind it. */
  | "wildcard-not-allowed"
  /** Not a name of its kind at all. */
  | "malformed"
  /** A SPIFFE certificate must present exactly one URI. */
  | "ambiguous";

/** One presented name that did not match, and why. */
export interface IdentityMismatch {
  /** A name of the certificate. */
  readonly presented: PresentedIdentity;
  /** Why it is not the one. */
  readonly cause: MismatchCause;
}

/** Either the name that matched, or every name that did not. */
export type IdentityMatch =
  | { readonly matched: PresentedIdentity; readonly mismatches?: undefined }
  | { readonly matched?: undefined; readonly mismatches: readonly IdentityMismatch[] };

/**
 * Looks for the wanted identity among the presented names. The common name is no identity: pass subjectAltName only.
 *
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: not names, or not what `parseHost` and its like give
 * @see RFC 9525, sections 6.2 to 6.5; CLI-08, CLI-19, CLI-20
 * @example
 * matchIdentity([{ type: "dns", value: "*.example.com" }], parseHost("www.example.com")).matched // the wildcard
 */
export function matchIdentity(presented: Iterable<PresentedIdentity>, reference: ReferenceIdentity): IdentityMatch {
  const names = readPresented(presented);
  if (!isCanonicalReference(reference)) throw invalid("reference", EXPECTED, reference);
  return matchNames(names, reference);
}

/** The same of a certificate's own names and a reference that was checked. Not exported from the package. */
export function matchNames(names: readonly PresentedIdentity[], reference: ReferenceIdentity): IdentityMatch {
  const mismatches: IdentityMismatch[] = [];
  // X509-SVID, section 2: exactly one URI, or nobody knows which of them was authorised.
  const isOnly = reference.type !== "uri" || names.filter(({ type }) => type === "uri").length === 1;
  for (const name of names) {
    const cause = compare(name, reference, isOnly);
    if (cause === undefined) return { matched: name };
    mismatches.push({ presented: name, cause });
  }
  return { mismatches };
}

/**
 * A name as people read it, presented or wanted: `DNS:*.example.com`, `IP Address:127.0.0.1`, `URI:…`, `email:…`, as
 * OpenSSL and Node write them.
 *
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`: not a name
 */
export function describeIdentity(name: PresentedIdentity): string {
  if (!isName(name)) throw invalid("name", "a name with a type", name);
  const label = LABELS.get(name.type) ?? name.type;
  if (name.type === "ip" && isAddress(name.bytes)) return `${label}:${formatIp(name.bytes)}`;
  if (name.type === "other") return `${label}:${typeof name.oid === "string" ? name.oid : "?"}`;
  return `${label}:${shownValue(name.value)}`;
}

function readPresented(presented: Iterable<PresentedIdentity>): readonly PresentedIdentity[] {
  const isList = typeof presented === "object" && presented !== null && Symbol.iterator in presented;
  if (!isList) throw invalid("presented", "a list of names", presented);
  const names = [...presented];
  const wrong = names.findIndex((name) => !isName(name));
  if (wrong !== -1) throw invalid(`presented[${wrong}]`, "a name with a type", names[wrong]);
  return names;
}

function isName(name: unknown): name is PresentedIdentity {
  return typeof name === "object" && name !== null && "type" in name && typeof name.type === "string";
}

// A name of a certificate is a text or has one; what somebody else made may have anything.
function shownValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "?";
  }
}

function textOf({ value }: PresentedIdentity): string {
  return typeof value === "string" ? value : "";
}

function compare(name: PresentedIdentity, reference: ReferenceIdentity, isOnlyUri: boolean): MismatchCause | undefined {
  switch (reference.type) {
    case "dns":
      return name.type === "dns" ? compareDns(textOf(name), reference.value) : "other-type";
    case "ip":
      return name.type === "ip" ? compareIp(name.bytes, reference.bytes) : "other-type";
    case "uri":
      return name.type === "uri" ? compareUri(textOf(name), reference.value, isOnlyUri) : "other-type";
    case "srv":
      return compareSrv(name, reference.value);
    case "email":
      return compareEmail(name, reference.value);
  }
}

// RFC 9525, section 6.3. `reference` is canonical; `presented` is whatever an issuer wrote.
function compareDns(presented: string, reference: string): MismatchCause | undefined {
  const pattern = presented.toLowerCase();
  // Lower case makes a "k" of the Kelvin sign, which is no ASCII and no "k".
  if (NOT_ASCII.test(presented)) return "malformed";
  if (!pattern.includes("*")) {
    if (pattern === reference) return undefined;
    return isDomain(pattern) ? "different" : "malformed";
  }
  const suffix = pattern.slice(1);
  // Two labels behind the star, as OpenSSL, Node and browsers want it: "*.com" stands for everybody. So a name of
  // one label, like "localhost", never matches a wildcard either (CLI-19).
  if (!pattern.startsWith("*.") || suffix.includes("*") || suffix.indexOf(".", 1) === -1) return "wildcard-not-allowed";
  if (!isDomain(suffix.slice(1))) return "malformed";
  if (!reference.endsWith(suffix)) return "different";
  // The star is the whole left-most label: exactly one, not empty.
  const label = reference.slice(0, -suffix.length);
  return label !== "" && !label.includes(".") ? undefined : "wildcard-depth";
}

// RFC 9525, section 6.4: octet by octet. An IPv4-mapped IPv6 address is not its IPv4 address.
function compareIp(presented: Uint8Array | undefined, reference: Uint8Array): MismatchCause | undefined {
  if (!isAddress(presented)) return "malformed";
  const same = presented.length === reference.length && presented.every((byte, index) => byte === reference[index]);
  return same ? undefined : "different";
}

// RFC 9525, section 6.5; no wildcards.
function compareUri(presented: string, reference: string, isOnly: boolean): MismatchCause | undefined {
  const parts = readUri(presented);
  if (parts === undefined) return "malformed";
  if (parts.canonical !== reference) return "different";
  return parts.scheme === "spiffe" && !isOnly ? "ambiguous" : undefined;
}

function compareSrv(name: PresentedIdentity, reference: string): MismatchCause | undefined {
  if (name.type !== "other" || name.oid !== ID_ON_DNS_SRV || !(name.value instanceof Uint8Array)) return "other-type";
  const text = decodeSrvName(name.value);
  const parts = text === undefined ? undefined : readSrvName(text);
  if (parts === undefined) return "malformed";
  return `_${parts.service}.${parts.domain}` === reference ? undefined : "different";
}

function compareEmail(name: PresentedIdentity, reference: string): MismatchCause | undefined {
  const text = presentedMailbox(name);
  if (text === undefined) return "other-type";
  const parts = text === "" ? undefined : readPresentedMailbox(text);
  if (parts === undefined) return "malformed";
  return `${parts.local}@${parts.domain}` === reference ? undefined : "different";
}

// rfc822Name, or SmtpUTF8Mailbox (RFC 9598) where the local part is not ASCII.
function presentedMailbox(name: PresentedIdentity): string | undefined {
  if (name.type === "email") return textOf(name);
  if (name.type !== "other" || name.oid !== ID_ON_SMTP_UTF8_MAILBOX || !(name.value instanceof Uint8Array))
    return undefined;
  return decodeSmtpUtf8Mailbox(name.value) ?? "";
}

function isAddress(bytes: unknown): bytes is Uint8Array {
  return bytes instanceof Uint8Array && (bytes.length === 4 || bytes.length === 16);
}

const NOT_ASCII = /[^\0-\x7f]/;

const ID_ON_DNS_SRV = "1.3.6.1.5.5.7.8.7";
const ID_ON_SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

const EXPECTED = "what parseHost, parseUriId, parseSrvId or parseEmailId gives";

// As OpenSSL, Node and `formatGeneralName` of `@tlskit/x509` write them.
const LABELS: ReadonlyMap<string, string> = new Map([
  ["dns", "DNS"],
  ["ip", "IP Address"],
  ["uri", "URI"],
  ["email", "email"],
  ["directory", "DirName"],
  ["registeredId", "Registered ID"],
  ["other", "othername"],
  ["srv", "SRVName"],
]);
