// Between our objects and classes that were described to @peculiar/asn1-schema, with decorators or by calls.

import { assertMethod, badArgument, fromArgument, takeOwn } from "../argument.ts";
import { encodeOidAt } from "../argument-parts.ts";
import { isBytes } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import type { Extension } from "../extensions/extension.ts";
import { oidName } from "../extensions/oid-names.ts";
import { parseSchema, type SchemaClass, serializeSchema } from "./schema.ts";

/**
 * The value of an extension, read by a schema.
 *
 * @throws X509Error DER_* for what is not DER or not what the schema says; ARGUMENT_INVALID for a class without schema
 * @example
 * class Greeting {
 *   text: string = "";
 * }
 * AsnType({ type: AsnTypeTypes.Sequence })(Greeting);
 * AsnProp({ type: AsnPropTypes.Utf8String })(Greeting.prototype, "text");
 * const greeting = decodeExtension(certificate.extension("1.3.6.1.4.1.99999.1"), Greeting);
 */
export function decodeExtension<T>(extension: Extension | undefined, schema: SchemaClass<T>): T {
  if (!extension || !isBytes(extension.value)) {
    throw new X509Error("ARGUMENT_INVALID", "there is no such extension to decode", {
      argument: "extension",
      expected: "an extension",
    });
  }
  return parseSchema(extension.value, schema, `the extension ${extension.name ?? extension.oid} by its schema`);
}

/**
 * An extension from an object whose class has a schema, ready for `issue` or a request.
 *
 * @throws X509Error ARGUMENT_INVALID
 * @example
 * await ca.issue({ publicKey, subjectAltName: ["a.example"], extensions: [encodeExtension(greeting, { oid })] });
 */
export function encodeExtension(
  value: object,
  options: { readonly oid: string; readonly critical?: boolean | undefined },
): Extension {
  const { oid, critical = false } = takeOwn(options, OPTIONS, "options");
  encodeOidAt(oid, "oid");
  if (typeof critical !== "boolean") throw badArgument("critical", "a boolean");
  const name = oidName(oid);
  const encoded = serializeSchema(value);
  // The library writes what it is given; what is not DER must not get into a certificate.
  assertDer(encoded);
  return { oid, critical, value: encoded, ...(name !== undefined && { name }) };
}

/**
 * Anything that has its DER (a certificate, request, CRL or name) as an object of a schema class, such as `Certificate`
 * or `Name` of @peculiar/asn1-x509.
 *
 * @throws X509Error DER_BAD_VALUE, ARGUMENT_INVALID for a class without schema
 * @example
 * import { Certificate as AsnCertificate } from "@peculiar/asn1-x509";
 * toSchema(certificate, AsnCertificate).tbsCertificate.issuer;
 */
export function toSchema<T>(source: { readonly der: Uint8Array }, schema: SchemaClass<T>): T {
  return fromArgument("source", "what has its DER", () => {
    return parseSchema(source.der, schema, `what ${schema.name || "the schema"} describes`);
  });
}

/** A class of ours that loads DER: `Certificate`, `CertificateRequest`, `DistinguishedName` and others. */
export interface DerClass<T> {
  fromDer(der: Uint8Array): T;
}

/**
 * A certificate from an object of a schema class, such as `Certificate` of @peculiar/asn1-x509; or, with `target`, an
 * object of another class of ours. What that library wrote is checked as strictly as what comes from a file.
 *
 * @throws X509Error ARGUMENT_INVALID, and as `fromDer` of the class
 * @example
 * fromSchema(asnCertificate); // a Certificate
 * fromSchema(asnCertificate.tbsCertificate.issuer, DistinguishedName);
 */
export function fromSchema(value: object): Certificate;
export function fromSchema<T>(value: object, target: DerClass<T>): T;
export function fromSchema(value: object, target: DerClass<unknown> = Certificate): unknown {
  assertMethod(target, "fromDer", "target", "a class that loads DER");
  return target.fromDer(serializeSchema(value));
}

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["critical", "oid"]);
