// What the other entry points of this package, and the parts that are loaded on demand, take from the main one. It exists
// for the build alone, which puts all of it into one file: see tsup.config.ts. Sources import each other directly.

export { backend } from "#crypto";
export { assertMethod, assertObject, badArgument, fromArgument, shownValue } from "./argument.ts";
export { Certificate } from "./certificate.ts";
export { limitFail } from "./der/fail.ts";
export { isOidText } from "./der/oid.ts";
export { oidName } from "./der/oid-names.ts";
export { DerReader } from "./der/reader.ts";
export { contextConstructed, contextPrimitive, Tag } from "./der/tag.ts";
export { assertDer, walkDer } from "./der/walk.ts";
export { derExplicit, derInteger, derNull, derOctetString, derOid, derSequence, derSet, derTlv } from "./der/writer.ts";
export { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
export { X509Error } from "./error.ts";
export { issuersOf } from "./issue/chain-order.ts";
export { KeyPair } from "./key-pair.ts";
export { DerivationBudget } from "./keys/derivation-budget.ts";
export { readOnePem } from "./keys/one-pem.ts";
export { looksLikeDer } from "./pem.ts";
export { PrivateCertificate } from "./private-certificate.ts";
export { quote } from "./text.ts";
