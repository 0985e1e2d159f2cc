// SignedCertificateTimestampList ::= OCTET STRING, in which the structures of TLS stand (RFC 6962 section 3.3):
//   opaque SerializedSCT<1..2^16-1>;  SerializedSCT sct_list<1..2^16-1>;
//   struct { Version v1 = 0 (1 octet), LogID key_id[32], uint64 timestamp, opaque extensions<0..2^16-1>,
//     HashAlgorithm (1), SignatureAlgorithm (1), opaque signature<0..2^16-1> } SignedCertificateTimestamp   (section 3.2)

import { fromArgument } from "../argument.ts";
import { concatBytes } from "../bytes.ts";
import { derFail, valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { derOctetString } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { frozenCopying } from "./copying.ts";

/** A log's promise to publish the certificate. Bytes are fresh copies. */
export interface SignedCertificateTimestampV1 {
  readonly version: "v1";
  /** SHA-256 of the log's public key: 32 octets. */
  readonly logId: Uint8Array;
  /** When the log saw it, to the millisecond. */
  readonly timestamp: Date;
  /** Of no meaning yet, nearly always empty. */
  readonly extensions: Uint8Array;
  /** The numbers of TLS 1.2 (RFC 5246 section 7.4.1.4.1): hash 4 is SHA-256; signature 1 is RSA, 3 ECDSA. */
  readonly signatureAlgorithm: { readonly hash: number; readonly signature: number };
  readonly signature: Uint8Array;
}

/** A timestamp of a version that this package does not know: to be passed over (RFC 6962 section 3.3). */
export interface UnknownCertificateTimestamp {
  readonly version: "unknown";
  /** All of it, the octet of the version first; a fresh copy. */
  readonly bytes: Uint8Array;
}

/** One entry of the list; `version` tells which. */
export type SignedCertificateTimestamp = SignedCertificateTimestampV1 | UnknownCertificateTimestamp;

/** Reads the extension. */
export function decodeSignedCertificateTimestamps(reader: DerReader): readonly SignedCertificateTimestamp[] {
  reader.octetString("SignedCertificateTimestampList");
  const outer = new TlsCursor(reader.bytes, reader.valueStart, reader.valueEnd);
  const list = outer.vector("a list of timestamps");
  outer.done();
  const timestamps: SignedCertificateTimestamp[] = [];
  do timestamps.push(decodeOne(list.vector("a timestamp")));
  while (list.position < list.end);
  return Object.freeze(timestamps);
}

/** The extension in DER. */
export function encodeSignedCertificateTimestamps(timestamps: readonly SignedCertificateTimestamp[]): Uint8Array {
  return fromArgument("signedCertificateTimestamps", "a value of its type", () => {
    if (timestamps.length === 0) refuse("at least one timestamp");
    return derOctetString(vector(...timestamps.map((one) => vector(encodeOne(one)))));
  });
}

function decodeOne(cursor: TlsCursor): SignedCertificateTimestamp {
  const { bytes, position, end } = cursor;
  if (position === end) valueFail(position, "a timestamp that is not empty");
  if (bytes[position] !== 0) return frozenCopying({ version: "unknown", bytes: bytes.subarray(position, end) });
  cursor.number(1, "the version of a timestamp");
  const logId = cursor.take(32, "the id of a log");
  const time = cursor.number(8, "the time of a timestamp");
  if (time > latestTime) valueFail(cursor.position - 8, "a time that exists");
  const extensions = cursor.vector("the extensions of a timestamp").rest();
  const hash = cursor.number(1, "the hash of a signature");
  const signatureKind = cursor.number(1, "the algorithm of a signature");
  const signature = cursor.vector("the signature of a timestamp").rest();
  cursor.done();
  const fields: SignedCertificateTimestampV1 = {
    version: "v1",
    logId,
    timestamp: new Date(time),
    extensions,
    signatureAlgorithm: Object.freeze({ hash, signature: signatureKind }),
    signature,
  };
  return frozenCopying(fields);
}

function encodeOne(one: SignedCertificateTimestamp): Uint8Array {
  if (one.version === "unknown") {
    if (one.bytes.length === 0 || one.bytes[0] === 0) refuse("a version other than v1 in an unknown timestamp");
    return one.bytes;
  }
  const { logId, timestamp, extensions, signatureAlgorithm, signature } = one;
  const time = timestamp.getTime();
  if (logId.length !== 32) refuse("32 octets as the id of a log");
  if (!(time >= 0)) refuse("a time since 1970");
  const head = new Uint8Array(41);
  head.set(logId, 1);
  new DataView(head.buffer).setBigUint64(33, BigInt(time));
  const algorithm = Uint8Array.of(signatureAlgorithm.hash, signatureAlgorithm.signature);
  return concatBytes(head, vector(extensions), algorithm, vector(signature));
}

/** An opaque vector of TLS: two octets of length, and the contents. */
function vector(...parts: readonly Uint8Array[]): Uint8Array {
  const contents = concatBytes(...parts);
  if (contents.length > 0xffff) refuse("at most 65535 octets");
  return concatBytes(Uint8Array.of(contents.length >> 8, contents.length & 0xff), contents);
}

function refuse(expected: string): never {
  throw new X509Error("ARGUMENT_INVALID", `not a list of certificate timestamps: expected ${expected}`, {
    argument: "signedCertificateTimestamps",
    expected,
  });
}

/** Reads the presentation language of TLS (RFC 5246 section 4). Offsets count from the start of `bytes`. */
class TlsCursor {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  take(count: number, what: string): Uint8Array {
    if (this.end - this.position < count) derFail("DER_TRUNCATED", this.position, `the whole of ${what}`);
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }

  /** A big-endian number; exact up to 2^53, which is far beyond what callers accept. */
  number(octets: number, what: string): number {
    return this.take(octets, what).reduce((value, octet) => value * 256 + octet, 0);
  }

  vector(what: string): TlsCursor {
    const length = this.number(2, `the length of ${what}`);
    this.take(length, what);
    return new TlsCursor(this.bytes, this.position - length, this.position);
  }

  rest(): Uint8Array {
    return this.take(this.end - this.position, "the rest");
  }

  done(): void {
    if (this.position !== this.end) derFail("DER_TRAILING_DATA", this.position, "the end of the timestamps");
  }
}

/** The last moment that a Date can hold (ECMA-262 section 21.4.1.1). */
const latestTime = 8_640_000_000_000_000;
