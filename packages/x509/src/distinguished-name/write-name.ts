// Attribute values and names to DER.

import { isAsciiText, isPrintableText } from "../der/string.ts";
import { Tag } from "../der/tag.ts";
import { derIa5String, derOid, derPrintableString, derSequence, derSet, derTlv, derUtf8String } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { type AttributeType, attributeTypeOf } from "./attribute-types.ts";

/** An attribute to be written: type, and value in DER. */
export interface AttributeToWrite {
  readonly oid: string;
  readonly der: Uint8Array;
}

/** No real name comes near: more is a mistake. */
const maxAttributes = 10_000;

/** Name from RDNs; the attributes of each RDN are put into DER order. */
export function writeName(rdns: readonly (readonly AttributeToWrite[])[]): Uint8Array {
  const count = rdns.reduce((sum, rdn) => sum + rdn.length, 0);
  if (count > maxAttributes) {
    throw new X509Error("NAME_INVALID", `a name with ${count} attributes: at most ${maxAttributes} can be written`, {
      max: maxAttributes,
    });
  }
  return derTlv(
    Tag.sequence,
    ...rdns.map((rdn) => derSet(...rdn.map(({ oid, der }) => derSequence(derOid(oid), der)))),
  );
}

/**
 * The value of an attribute in the string type that its row gives, UTF8String for types without a row.
 *
 * @throws X509Error NAME_INVALID, with the attribute and its bound
 */
export function writeAttribute(oid: string, value: unknown, strict: boolean): AttributeToWrite {
  const type = attributeTypeOf(oid);
  const attribute = type?.short ?? oid;
  if (typeof value !== "string") {
    refuse(attribute, `expected a string, got ${value === null ? "null" : typeof value}`);
  }
  if (!value.isWellFormed()) refuse(attribute, "expected Unicode without lone surrogates");
  if (strict) checkBounds(type, attribute, value);
  // Names that were read have UTF8String there, too, where their text has other characters.
  switch (type?.encoding) {
    case "printable":
      if (isPrintableText(value)) return { oid, der: derPrintableString(value) };
      if (strict) refuse(attribute, "expected letters, digits, space and '()+,-./:=?");
      break;
    case "ia5":
      if (isAsciiText(value)) return { oid, der: derIa5String(value) };
      if (strict) refuse(attribute, "expected ASCII; write the domain in its xn-- form");
  }
  return { oid, der: derUtf8String(value) };
}

function checkBounds(type: AttributeType | undefined, attribute: string, value: string): void {
  if (value === "") refuse(attribute, "a value must not be empty", { min: 1 });
  const max = type?.max;
  // Bounds count characters, not UTF-16 units.
  if (max !== undefined && value.length > max && [...value].length > max) {
    refuse(attribute, `at most ${max} characters, got ${[...value].length}`, { max });
  }
  if (type?.pattern !== undefined && !type.pattern.matches.test(value)) {
    refuse(
      attribute,
      `expected ${type.pattern.expected}, got ${JSON.stringify(value)}`,
      max === undefined ? {} : { max },
    );
  }
}

function refuse(attribute: string, why: string, bounds: { readonly max?: number; readonly min?: number } = {}): never {
  throw new X509Error("NAME_INVALID", `${attribute}: ${why}`, { attribute, ...bounds });
}
