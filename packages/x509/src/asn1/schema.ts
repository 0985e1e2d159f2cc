// The schema library behind our strictness and our errors.

import { AsnConvert, AsnSchemaValidationError } from "@peculiar/asn1-schema";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";

/** A class that was described to the schema library with `AsnType` and `AsnProp`, called or as decorators. */
export type SchemaClass<T> = new () => T;

/**
 * Reads `der` by a schema. The library itself takes BER and passes over trailing bytes; the strict walk before it
 * takes neither.
 *
 * @throws X509Error DER_* for what is not DER, DER_BAD_VALUE for what the schema does not allow, ARGUMENT_INVALID for a
 *   class that cannot be used
 */
export function parseSchema<T>(der: Uint8Array, schema: SchemaClass<T>, what: string): T {
  assertDer(der);
  try {
    return AsnConvert.parse(der, schema);
  } catch (cause) {
    if (cause instanceof AsnSchemaValidationError) {
      throw new X509Error("DER_BAD_VALUE", `not ${what}`, { offset: 0, expected: what }, { cause });
    }
    // The usual mistake is a second copy of the library: each copy knows only what was described to it.
    const expected = "a class described with AsnType and AsnProp of the same copy of @peculiar/asn1-schema";
    throw new X509Error(
      "ARGUMENT_INVALID",
      `the class ${schema.name || "given"} cannot read it: expected ${expected}`,
      { argument: "schema", expected },
      { cause },
    );
  }
}

/**
 * Writes an object by the schema of its class.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function serializeSchema(value: object): Uint8Array {
  try {
    return new Uint8Array(AsnConvert.serialize(value));
  } catch (cause) {
    const expected = "an object whose class has a schema, with every required field";
    throw new X509Error(
      "ARGUMENT_INVALID",
      `the object cannot be encoded: expected ${expected}`,
      { argument: "value", expected },
      { cause },
    );
  }
}
