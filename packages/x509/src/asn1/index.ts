// The page of @tlskit/x509/asn1: the bridge to @peculiar/asn1-schema, for extensions that this package does not read,
// and for software that speaks the objects of @peculiar/asn1-x509.

export { type DerClass, decodeExtension, encodeExtension, fromSchema, toSchema } from "./convert.ts";
export type { SchemaClass } from "./schema.ts";
