// The structure of an OCSP response: where its parts are.

import { bytesEqual } from "../bytes.ts";
import { passExtensions, passName } from "../certificate/structure-parts.ts";
import { tagFail, valueFail } from "../der/fail.ts";
import { oidOctets } from "../der/oid.ts";
import { DerReader } from "../der/reader.ts";
import { readStructure } from "../der/structure.ts";
import { Tag } from "../der/tag.ts";
import { assertDer, walkDer } from "../der/walk.ts";
import { decodeReasonCode } from "../extensions/reason-code.ts";
import { passCertId, passSigned, passVersion, type SignatureOutline } from "./ocsp-parts.ts";

const statusNames = [
  "successful",
  "malformedRequest",
  "internalError",
  "tryLater",
  undefined,
  "sigRequired",
  "unauthorized",
] as const;

/** What became of the request; there are answers only if it is `successful`. */
export type OcspResponseStatus = Exclude<(typeof statusNames)[number], undefined>;

/** Where a response is, and what became of the request. */
export interface OcspResponseOutline {
  readonly status: OcspResponseStatus;
  readonly basic: BasicOutline | undefined;
}

/** Where the parts of a BasicOCSPResponse are. */
export interface BasicOutline {
  /** Offset of the ResponseData, which is signed. */
  readonly data: number;
  /** 0 if it is not there. */
  readonly version: number;
  /** Offset of the Name, or of the OCTET STRING with the hash of the key. */
  readonly responder: number;
  readonly producedAt: number;
  readonly singles: readonly SingleOutline[];
  /** 0 if there are none. */
  readonly extensions: number;
  readonly signature: SignatureOutline;
}

/** Where the parts of a SingleResponse are. */
export interface SingleOutline {
  readonly certId: number;
  readonly status: number;
  readonly thisUpdate: number;
  /** 0 if it is not there. */
  readonly nextUpdate: number;
  /** 0 if there are none. */
  readonly extensions: number;
}

/**
 * Walks and checks the response that fills `bytes`.
 *
 * @throws X509Error OCSP_INVALID, EXTENSION_DUPLICATE, DER_*
 */
export function outlineOcspResponse(bytes: Uint8Array): OcspResponseOutline {
  assertDer(bytes);
  const { status, response } = readStructure("OCSP_INVALID", "an OCSP response", () => readOuter(bytes));
  if (response === undefined) return { status, basic: undefined };
  // The walk above took it for octets.
  walkDer(bytes, response.position, response.end);
  return { status, basic: readStructure("OCSP_INVALID", "a basic OCSP response", () => readBasic(response)) };
}

function readOuter(bytes: Uint8Array): { readonly status: OcspResponseStatus; readonly response?: DerReader } {
  const fields = new DerReader(bytes).enter(Tag.sequence, "an OCSPResponse");
  const status = readStatus(fields);
  // RFC 6960 section 4.2.1: responseBytes are there if, and only if, the status is successful.
  if (status !== "successful") {
    fields.done("an OCSPResponse with an error");
    return { status };
  }
  const explicit = fields.enter(0xa0, "responseBytes");
  fields.done("the OCSPResponse");
  const responseBytes = explicit.enter(Tag.sequence, "ResponseBytes");
  explicit.done("responseBytes");
  responseBytes.expect(Tag.oid, "a responseType");
  if (!bytesEqual(responseBytes.value(), oidOctets(basicOid))) {
    valueFail(responseBytes.headerStart, `the responseType id-pkix-ocsp-basic (${basicOid})`);
  }
  const response = responseBytes.enter(Tag.octetString, "a response");
  responseBytes.done("ResponseBytes");
  return { status, response };
}

function readStatus(fields: DerReader): OcspResponseStatus {
  fields.expect(Tag.enumerated, "an OCSPResponseStatus");
  const { bytes, valueStart, valueEnd } = fields;
  const status = valueEnd - valueStart === 1 ? statusNames[bytes[valueStart] ?? 0xff] : undefined;
  return status ?? valueFail(valueStart, "an OCSPResponseStatus of 0 to 3, 5 or 6");
}

// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] EXPLICIT OPTIONAL }
// ResponseData ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID, producedAt GeneralizedTime,
//   responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
function readBasic(outer: DerReader): BasicOutline {
  const body = outer.enter(Tag.sequence, "a BasicOCSPResponse");
  const fields = body.enter(Tag.sequence, "a ResponseData");
  const data = body.headerStart;
  const version = passVersion(fields);
  const responder = passResponder(fields);
  const producedAt = passGeneralizedTime(fields, "a producedAt");
  const list = fields.enter(Tag.sequence, "the responses");
  const singles: SingleOutline[] = [];
  while (list.peek() !== -1) singles.push(readSingle(list.enter(Tag.sequence, "a SingleResponse")));
  const extensions = passExtensions(fields, 0xa1, "responseExtensions");
  fields.done("the ResponseData");
  const signature = passSigned(body, "the BasicOCSPResponse");
  return { data, version, responder, producedAt, singles, extensions, signature };
}

// ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING }
function passResponder(fields: DerReader): number {
  const tag = fields.peek();
  if (tag !== 0xa1 && tag !== 0xa2) tagFail(fields.position, "a ResponderID", tag);
  fields.next();
  const explicit = fields.contents();
  if (tag === 0xa1) passName(explicit, "the name of a responder");
  else explicit.expect(Tag.octetString, "the key hash of a responder");
  explicit.done("a ResponderID");
  return explicit.headerStart;
}

// SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate GeneralizedTime, nextUpdate [0] EXPLICIT OPTIONAL,
//   singleExtensions [1] EXPLICIT Extensions OPTIONAL }
function readSingle(fields: DerReader): SingleOutline {
  const certId = passCertId(fields);
  const status = passCertStatus(fields);
  const thisUpdate = passGeneralizedTime(fields, "a thisUpdate");
  let nextUpdate = 0;
  if (fields.optional(0xa0)) {
    const explicit = fields.contents();
    nextUpdate = passGeneralizedTime(explicit, "a nextUpdate");
    explicit.done("a nextUpdate");
  }
  const extensions = passExtensions(fields, 0xa1, "singleExtensions");
  fields.done("a SingleResponse");
  return { certId, status, thisUpdate, nextUpdate, extensions };
}

// CertStatus ::= CHOICE { good [0] IMPLICIT NULL, unknown [2] IMPLICIT NULL,
//   revoked [1] IMPLICIT SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL } }
function passCertStatus(fields: DerReader): number {
  const tag = fields.peek();
  if (tag !== 0x80 && tag !== 0xa1 && tag !== 0x82) tagFail(fields.position, "a CertStatus", tag);
  fields.next();
  const contents = fields.contents();
  if (tag === 0xa1) {
    passGeneralizedTime(contents, "a revocationTime");
    if (contents.optional(0xa0)) {
      const explicit = contents.contents();
      decodeReasonCode(explicit);
      explicit.done("a revocationReason");
    }
  }
  contents.done("a CertStatus");
  return fields.headerStart;
}

function passGeneralizedTime(reader: DerReader, what: string): number {
  reader.expect(Tag.generalizedTime, what);
  return reader.headerStart;
}

const basicOid = "1.3.6.1.5.5.7.48.1.1";
