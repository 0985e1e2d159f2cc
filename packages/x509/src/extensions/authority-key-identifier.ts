// AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OCTET STRING OPTIONAL,
//   authorityCertIssuer [1] GeneralNames OPTIONAL, authorityCertSerialNumber [2] INTEGER OPTIONAL }
// RFC 5280 section 4.2.1.1: issuer and serial number are both there, or neither is.

import { fromArgument, takeOwn } from "../argument.ts";
import { octetsAt } from "../argument-parts.ts";
import { boundSerial } from "../certificate/certificate-outline.ts";
import { valueFail } from "../der/fail.ts";
import { type DerReader, decodeInteger } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertInteger } from "../der/walk.ts";
import { derImplicit, derInteger, derOctetString, derSequence, derTlv } from "../der/writer.ts";
import { decodeGeneralNames, encodeGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { freezeShown } from "../text/printable.ts";

/** Which key signed the certificate. */
export interface AuthorityKeyIdentifier {
  /** The subject key identifier of the issuer. A fresh copy. */
  readonly keyIdentifier?: Uint8Array;
  /** Issuer of the issuer's certificate. */
  readonly issuer?: readonly GeneralName[];
  /** Serial number of the issuer's certificate. */
  readonly serialNumber?: bigint;
}

/** As {@link AuthorityKeyIdentifier}, to be written. */
export interface AuthorityKeyIdentifierInput {
  /** The subject key identifier of the issuer. */
  readonly keyIdentifier?: Uint8Array | undefined;
  /** Issuer of the issuer's certificate; goes with `serialNumber`. */
  readonly issuer?: readonly GeneralName[] | undefined;
  /** Serial number of the issuer's certificate; goes with `issuer`. */
  readonly serialNumber?: bigint | undefined;
}

/** Reads the extension. */
export function decodeAuthorityKeyIdentifier(reader: DerReader): AuthorityKeyIdentifier {
  const fields = reader.enter(Tag.sequence, "AuthorityKeyIdentifier");
  const keyIdentifier = fields.optional(0x80) ? fields.value().slice() : undefined;
  const issuer = fields.peek() === 0xa1 ? decodeGeneralNames(fields, 0xa1) : undefined;
  const serialNumber = fields.optional(0x82) ? implicitSerialNumber(fields) : undefined;
  fields.done("AuthorityKeyIdentifier");
  if ((issuer === undefined) !== (serialNumber === undefined)) {
    valueFail(fields.position, "both authorityCertIssuer and authorityCertSerialNumber, or neither");
  }
  const identifier = { ...(issuer && { issuer }), ...(serialNumber !== undefined && { serialNumber }) };
  if (keyIdentifier === undefined) return Object.freeze(identifier);
  // A fresh copy each time: the object is shared, and must not change.
  return freezeShown(
    Object.defineProperty(identifier, "keyIdentifier", { enumerable: true, get: () => keyIdentifier.slice() }),
  );
}

/** The extension in DER. */
export function encodeAuthorityKeyIdentifier(identifier: AuthorityKeyIdentifierInput): Uint8Array {
  return fromArgument("authorityKeyIdentifier", "a value of its type", () => {
    const { keyIdentifier, issuer, serialNumber } = takeOwn(identifier, FIELDS, AKI, `${AKI}.`);
    const parts: Uint8Array[] = [];
    if (keyIdentifier !== undefined)
      parts.push(derImplicit(0, derOctetString(octetsAt(keyIdentifier, `${AKI}.keyIdentifier`))));
    if (issuer !== undefined) {
      const names = issuer.map((name, index) => encodeGeneralName(name, "address", `${AKI}.issuer[${index}]`));
      parts.push(derTlv(0xa1, ...names));
    }
    if (serialNumber !== undefined) parts.push(derImplicit(2, derInteger(serialNumber)));
    return derSequence(...parts);
  });
}

function implicitSerialNumber(reader: DerReader): bigint {
  const { bytes, valueStart, valueEnd } = reader;
  assertInteger(bytes, valueStart, valueEnd);
  boundSerial(valueStart, valueEnd - valueStart);
  return decodeInteger(bytes, valueStart, valueEnd);
}

const AKI = "authorityKeyIdentifier";
const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["issuer", "keyIdentifier", "serialNumber"]);
