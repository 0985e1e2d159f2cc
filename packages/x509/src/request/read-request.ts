// The structure of a certificate request.
//
// CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature BIT STRING }
// CertificationRequestInfo ::= SEQUENCE { version INTEGER { v1(0) }, subject Name, subjectPKInfo,
//   attributes [0] IMPLICIT SET OF Attribute }
// Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET SIZE(1..MAX) OF ANY }

import { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { assertUnique, type Extension, extensionsFault } from "../extensions/extension.ts";
import { oidName } from "../extensions/oid-names.ts";
import { ParsedExtension } from "../extensions/parsed-extension.ts";
import { PublicKey } from "../public-key.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "../signature/signature-algorithm.ts";
import { freezeShown } from "../text/printable.ts";

/** The attribute that carries the extensions that are asked for (RFC 2985 section 5.4.2). */
export const EXTENSION_REQUEST_OID = "1.2.840.113549.1.9.14";

/** A password with which a request can be revoked later (RFC 2985 section 5.4.1). */
export const CHALLENGE_PASSWORD_OID = "1.2.840.113549.1.9.7";

/** An attribute of a request. */
export interface RequestAttribute {
  /** The type as dotted text. */
  readonly oid: string;
  /** The name of the type, if we know it. */
  readonly name?: string;
  /** The values, each in DER; fresh copies. */
  readonly values: readonly Uint8Array[];
}

/** What a request says. Byte arrays are views. */
export interface RequestContents {
  readonly subject: DistinguishedName;
  readonly publicKey: PublicKey;
  readonly attributes: readonly RequestAttribute[];
  readonly requestedExtensions: readonly Extension[];
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  /** The part that is signed. */
  readonly signed: Uint8Array;
}

/**
 * Reads the request that fills `bytes`.
 *
 * @throws X509Error REQUEST_INVALID, EXTENSION_DUPLICATE, NAME_INVALID, KEY_INVALID, DER_*
 */
export function readRequest(bytes: Uint8Array): RequestContents {
  assertDer(bytes);
  const outer = new DerReader(bytes);
  const body = outer.enter(Tag.sequence, "a CertificationRequest");
  const info = structure(body, () => body.enter(Tag.sequence, "a CertificationRequestInfo"));
  const signed = body.element();
  return structure(body, () => {
    if (info.smallInteger("the version of a request") !== 0) throw invalid(info.valueStart, "version 0");
    const subject = DistinguishedName.fromDer(info.raw("the subject of a request"));
    if (info.peek() !== Tag.sequence) throw invalid(info.position, "a subjectPublicKeyInfo");
    const publicKey = PublicKey.fromChecked(bytes, info.position);
    info.next("the public key of a request");
    const attributes = readAttributes(info);
    info.done("the CertificationRequestInfo");
    const signatureAlgorithm = readSignatureAlgorithm(body.raw("the signature algorithm of a request"));
    const { unused, bytes: signature } = body.bitString("the signature of a request");
    if (unused !== 0) throw invalid(body.valueStart, "a signature of whole octets");
    body.done("the CertificationRequest");
    const requestedExtensions = readRequestedExtensions(attributes);
    return { subject, publicKey, attributes, requestedExtensions, signatureAlgorithm, signature, signed };
  });
}

/** RFC 2986 demands the field; some writers leave it out when it would be empty, and OpenSSL reads that. */
function readAttributes(info: DerReader): readonly RequestAttribute[] {
  if (!info.optional(contextConstructed(0))) return none;
  const list = info.contents();
  const attributes: RequestAttribute[] = [];
  while (list.peek() !== -1) {
    const attribute = list.enter(Tag.sequence, "an Attribute");
    const oid = attribute.oid("the type of an Attribute");
    const set = attribute.enter(Tag.set, "the values of an Attribute");
    attribute.done("the Attribute");
    const values: Uint8Array[] = [];
    do values.push(set.raw("a value of an Attribute").slice());
    while (set.peek() !== -1);
    const name = oidName(oid);
    attributes.push(
      freezeShown({
        oid,
        ...(name !== undefined && { name }),
        get values(): readonly Uint8Array[] {
          return values.map((value) => value.slice());
        },
      }),
    );
  }
  return Object.freeze(attributes);
}

/** Two lists of extensions could be read in two ways, so they are refused. */
function readRequestedExtensions(attributes: readonly RequestAttribute[]): readonly Extension[] {
  const found = attributes.filter(({ oid }) => oid === EXTENSION_REQUEST_OID).flatMap(({ values }) => values);
  const [bytes, second] = found;
  if (bytes === undefined) return none;
  if (second !== undefined) throw invalid(0, "at most one list of requested extensions");
  // RFC 2985 wants at least one; an empty list is common and means what it says.
  if (bytes[0] === Tag.sequence && bytes.length === 2) return none;
  const fault = extensionsFault(bytes, 0);
  if (fault !== -1) throw invalid(fault, "requested extensions");
  assertUnique(bytes, 0);
  const reader = new DerReader(bytes).enter(Tag.sequence, "requested extensions");
  const list: Extension[] = [];
  while (reader.peek() !== -1) {
    reader.next();
    list.push(new ParsedExtension(bytes, reader.headerStart));
  }
  return Object.freeze(list);
}

/** What is DER but no request is REQUEST_INVALID; a certificate, say. */
function structure<T>(reader: DerReader, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!X509Error.is(cause) || !cause.code.startsWith("DER_")) throw cause;
    const { offset = reader.position, expected = "a request" } = cause.details as {
      offset?: number;
      expected?: string;
    };
    throw invalid(offset, expected, cause);
  }
}

function invalid(offset: number, expected: string, cause?: unknown): X509Error {
  return new X509Error(
    "REQUEST_INVALID",
    `not a certificate request at offset ${offset}: expected ${expected}`,
    { offset, expected },
    cause === undefined ? undefined : { cause },
  );
}

const none: readonly never[] = /* @__PURE__ */ Object.freeze([]);
