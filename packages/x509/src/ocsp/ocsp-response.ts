// OCSP responses (RFC 6960 section 4.2).
//
// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT SEQUENCE { responseType
//   OBJECT IDENTIFIER, response OCTET STRING } OPTIONAL }

import { fromArgument } from "../argument.ts";
import { bytesEqual, copyBytes } from "../bytes.ts";
import { inspectOcspResponse, type OcspResponseJson, ocspResponseJson } from "../inspect/inspect-ocsp-response.ts";
import { Printable } from "../text/printable.ts";
import { readingKind } from "../wrong-kind.ts";
import { BasicOcspResponse } from "./basic-ocsp-response.ts";
import { type OcspResponseStatus, outlineOcspResponse } from "./read-ocsp-response.ts";

/**
 * An OCSP response. Immutable.
 *
 * Loading checks the whole DER strictly, the signed part too, and the structure of RFC 6960; the value of an extension is
 * checked when it is read. It does not check who signed, nor whether the response is current.
 *
 * @example
 * const response = OcspResponse.fromDer(bytes);
 * if (response.basic === undefined) throw new Error(`the responder says ${response.status}`);
 * for (const { status, reason } of response.basic.responsesFor(certificate, issuer)) console.log(status, reason);
 */
export class OcspResponse extends Printable {
  readonly #bytes: Uint8Array;
  /** What became of the request. */
  readonly status: OcspResponseStatus;
  /** What the responder says, and signs; exactly if the status is `successful`. */
  readonly basic: BasicOcspResponse | undefined;

  private constructor(given: Uint8Array) {
    super();
    const bytes = copyBytes(given);
    const { status, basic } = readingKind("OcspResponse", () => outlineOcspResponse(bytes), bytes);
    this.#bytes = bytes;
    this.status = status;
    this.basic = basic && new BasicOcspResponse(bytes, basic);
    Object.freeze(this);
  }

  /**
   * Reads a response in DER, which is copied.
   *
   * @throws X509Error OCSP_INVALID (also for a type of response that is not the basic one), EXTENSION_DUPLICATE, DER_*,
   *   with the offset
   */
  static fromDer(bytes: Uint8Array): OcspResponse {
    return new OcspResponse(bytes);
  }

  /** The response in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return this.#bytes.slice();
  }

  /** The same DER? */
  equals(other: OcspResponse): boolean {
    return fromArgument("other", "an OcspResponse", () => {
      return bytesEqual(this.#bytes, other.#bytes);
    });
  }

  /** `<OcspResponse successful responses=1>` */
  override toString(): string {
    return `<OcspResponse ${this.status}${this.basic ? ` responses=${this.basic.responses.length}` : ""}>`;
  }

  /** Lines for people. Safe to print: control characters are escaped. */
  inspect(): string {
    return inspectOcspResponse(this);
  }

  toJSON(): OcspResponseJson {
    return ocspResponseJson(this);
  }
}
