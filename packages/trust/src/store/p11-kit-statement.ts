/** What an object of a p11-kit file says about trust. */
import type { NameConstraintSet, Purpose } from "@tlskit/verify";
import { Certificate, DerReader, DistinguishedName, PublicKey, readExtensionValue } from "@tlskit/x509";
import { purposesOf } from "../anchors/purposes.ts";
import { TrustError } from "../error.ts";
import type { P11KitObject, P11KitValue } from "./p11-kit-file.ts";

/** Limits that stand beside a certificate, and count for every certificate with its key. */
export interface StapledLimits {
  readonly purposes?: readonly Purpose[];
  readonly nameConstraints?: NameConstraintSet;
}

/** A statement of one object. */
export type P11KitStatement =
  | {
      readonly kind: "certificate";
      readonly certificate: Certificate;
      /** Absent if the object does not say. */
      readonly trusted?: boolean;
      readonly distrusted: boolean;
      readonly distrustAfter?: { readonly server?: Date; readonly email?: Date };
    }
  | { readonly kind: "distrusted-serial-number"; readonly issuer: DistinguishedName; readonly serialNumber: bigint }
  | { readonly kind: "distrusted-key"; readonly sha256: string }
  | { readonly kind: "limits"; readonly keySha256: string; readonly limits: StapledLimits }
  | { readonly kind: "nothing" };

/**
 * Reads an object. Attributes that say nothing about trust are passed over.
 *
 * @throws TrustError P11_KIT_OBJECT_INVALID; X509Error for damaged DER
 */
export function readStatement(object: P11KitObject): P11KitStatement {
  const kind = object.attributes.get("class") ?? (object.certificate === undefined ? undefined : "certificate");
  switch (kind) {
    case "certificate":
    case "1":
      return readCertificate(object);
    case "x-certificate-extension":
      return readStapledExtension(object);
    case "x-trust-assertion":
      return readAssertion(object);
    case undefined:
      return isTrue(object, "x-distrusted") ? readDistrusted(object) : { kind: "nothing" };
    default:
      return { kind: "nothing" };
  }
}

function readCertificate(object: P11KitObject): P11KitStatement {
  const der = octets(object, "value") ?? object.certificate;
  const distrusted = isTrue(object, "x-distrusted");
  if (der === undefined) return distrusted ? readDistrusted(object) : { kind: "nothing" };
  const server = readMoment(object, "nss-server-distrust-after");
  const email = readMoment(object, "nss-email-distrust-after");
  return {
    kind: "certificate",
    certificate: Certificate.fromDer(der),
    ...(object.attributes.has("trusted") ? { trusted: isTrue(object, "trusted") } : {}),
    distrusted,
    ...(server === undefined && email === undefined
      ? {}
      : { distrustAfter: { ...(server === undefined ? {} : { server }), ...(email === undefined ? {} : { email }) } }),
  };
}

/** Distrust of something that need not be at hand: by issuer and serial number, or by key. */
function readDistrusted(object: P11KitObject): P11KitStatement {
  const issuer = octets(object, "issuer");
  const serial = octets(object, "serial-number");
  if (issuer !== undefined && serial !== undefined) {
    const reader = new DerReader(serial);
    const serialNumber = reader.integer("a serial number");
    reader.done("the serial number");
    return { kind: "distrusted-serial-number", issuer: DistinguishedName.fromDer(issuer), serialNumber };
  }
  const key = publicKeyOf(object);
  if (key !== undefined) return { kind: "distrusted-key", sha256: key.spkiHash() };
  throw invalid(object, "it distrusts something, and does not say what");
}

function readStapledExtension(object: P11KitObject): P11KitStatement {
  const key = publicKeyOf(object);
  const value = octets(object, "value");
  const oid = object.attributes.get("object-id");
  if (oid !== EXTENDED_KEY_USAGE && oid !== NAME_CONSTRAINTS) return { kind: "nothing" };
  if (key === undefined) throw invalid(object, "it limits a certificate, and does not say by its key which one");
  if (value === undefined) throw invalid(object, "it limits a certificate, and does not say how");
  const contents = readExtension(value, oid, object);
  const limits: StapledLimits =
    oid === EXTENDED_KEY_USAGE
      ? { purposes: purposesOf(readExtensionValue("extendedKeyUsage", contents)) }
      : { nameConstraints: readExtensionValue("nameConstraints", contents) };
  return { kind: "limits", keySha256: key.spkiHash(), limits };
}

/** Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }: the contents of extnValue. */
function readExtension(der: Uint8Array, oid: string, object: P11KitObject): Uint8Array {
  const outer = new DerReader(der);
  const fields = outer.enter(0x30, "an Extension");
  outer.done("the Extension");
  if (fields.oid("the extnID") !== oid) throw invalid(object, "its object-id is not that of its value");
  if (fields.peek() === 0x01) fields.boolean("critical");
  const value = fields.octetString("the extnValue");
  fields.done("the Extension");
  return value.slice();
}

/** Only distrust counts here: an assertion of trust is what p11-kit derives from certificates that we read ourselves. */
function readAssertion(object: P11KitObject): P11KitStatement {
  if (object.attributes.get("x-assertion-type") !== "x-distrusted-certificate") return { kind: "nothing" };
  const der = octets(object, "x-certificate-value");
  if (der === undefined) return readDistrusted(object);
  return { kind: "certificate", certificate: Certificate.fromDer(der), distrusted: true };
}

function publicKeyOf(object: P11KitObject): PublicKey | undefined {
  const der = object.publicKey ?? octets(object, "public-key-info") ?? octets(object, "x-public-key-info");
  return der === undefined ? undefined : PublicKey.fromSpki(der);
}

/** A time as UTCTime or GeneralizedTime has it; a zero octet or `false` for none. */
function readMoment(object: P11KitObject, name: string): Date | undefined {
  const value = object.attributes.get(name);
  if (value === undefined || value === false) return undefined;
  if (!(value instanceof Uint8Array)) throw invalid(object, `${name} is no time`);
  if (value.length <= 1 && (value[0] ?? 0) === 0) return undefined;
  const text = new TextDecoder("latin1").decode(value);
  const parts = /^((?:[0-9]{2})?[0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/.exec(text);
  const [, year = "", month, day, hour, minute, second] = parts ?? [];
  // RFC 5280, section 4.1.2.5.1: two digits below 50 are of this century.
  const full = year.length === 2 ? (year < "50" ? `20${year}` : `19${year}`) : year;
  const date = new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (parts === null || Number.isNaN(date.getTime())) throw invalid(object, `${name} is no time`);
  return date;
}

function isTrue(object: P11KitObject, name: string): boolean {
  const value: P11KitValue | undefined = object.attributes.get(name);
  if (value === undefined || typeof value === "boolean") return value === true;
  throw invalid(object, `${name} is neither true nor false`);
}

function octets(object: P11KitObject, name: string): Uint8Array | undefined {
  const value = object.attributes.get(name);
  if (value === undefined || value instanceof Uint8Array) return value;
  throw invalid(object, `${name} is not quoted`);
}

function invalid({ line }: P11KitObject, problem: string): TrustError<"P11_KIT_OBJECT_INVALID"> {
  const message = `The p11-kit object on line ${line} cannot be used: ${problem}.`;
  return new TrustError("P11_KIT_OBJECT_INVALID", message, { line, problem });
}

const EXTENDED_KEY_USAGE = "2.5.29.37";
const NAME_CONSTRAINTS = "2.5.29.30";
