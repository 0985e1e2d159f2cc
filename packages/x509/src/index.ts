// The public page of @tlskit/x509: named exports only, so that what is not used is not bundled.

export type { HashName } from "./crypto/backend.ts";
export { digest } from "./digest.ts";
export type { DigestAlgorithm, DigestFormat } from "./digest-text.ts";
export type { AttributeKey, AttributeName } from "./distinguished-name/attribute-types.ts";
export {
  DistinguishedName,
  DN,
  type NameChanges,
  type NameFields,
  type NameOptions,
} from "./distinguished-name/distinguished-name.ts";
export type { NameAttribute } from "./distinguished-name/name-attribute.ts";
export type { RelativeDistinguishedName } from "./distinguished-name/read-name.ts";
export {
  type AnyX509Error,
  type DerErrorDetails,
  type PemErrorDetails,
  TlsKitError,
  type TlsKitErrorJson,
  X509Error,
  type X509ErrorCode,
  type X509ErrorDetails,
} from "./error.ts";
export type { CurveName, KeyType } from "./keys/key-algorithm.ts";
export { type PemBlock, pemDecode, pemEncode } from "./pem.ts";
export { PublicKey } from "./public-key.ts";
export {
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureAlgorithm,
} from "./signature-algorithm.ts";
