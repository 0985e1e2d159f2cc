// What the other entry points of this package, and the parts that are loaded on demand, take from the main one. It exists
// for the build alone, which puts all of it into one file: see tsup.config.ts. Sources import each other directly.

export { backend, privateBackend } from "#crypto";
export { encodeOidAt } from "./argument-parts.ts";
export { Certificate } from "./certificate.ts";
export { DerReader, decodeInteger } from "./der/reader.ts";
export { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
export { DerivationBudget } from "./encryption/derivation-budget.ts";
export { X509Error } from "./error.ts";
export { oidName } from "./extensions/oid-names.ts";
export { issuersOf } from "./issue/chain-order.ts";
export { KeyPair } from "./key-pair.ts";
export { readOnePem } from "./keys/one-pem.ts";
export { looksLikeDer } from "./pem/pem.ts";
export { PrivateCertificate } from "./private-certificate.ts";
export { inspectCustom } from "./text/inspect-symbol.ts";
export { quote } from "./text/text.ts";
export { readingKind } from "./wrong-kind.ts";
