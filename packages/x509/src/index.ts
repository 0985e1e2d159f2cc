// The public page of @tlskit/x509: named exports only, so that what is not used is not bundled.

export { BasicCertificate } from "./basic-certificate.ts";
export type { Deviation, DeviationCode } from "./certificate/deviation.ts";
export { Certificate } from "./certificate.ts";
export { CertificateRequest, type RequestVerifyOptions } from "./certificate-request.ts";
export { CertificateRevocationList } from "./certificate-revocation-list.ts";
export type { CrlDeviation, CrlDeviationCode } from "./crl/crl-deviation.ts";
export type { CrlEntry } from "./crl/crl-entry.ts";
export { DerReader } from "./der/reader.ts";
export { digest } from "./digest/digest.ts";
export type { DigestAlgorithm, DigestFormat } from "./digest/digest-text.ts";
export type { HashName, HashSpelling } from "./digest/hash-name.ts";
export type { AttributeKey, AttributeName } from "./distinguished-name/attribute-types.ts";
export { BasicName } from "./distinguished-name/basic-name.ts";
export {
  DistinguishedName,
  DN,
  type NameChanges,
  type NameFields,
  type NameOptions,
} from "./distinguished-name/distinguished-name.ts";
export type { NameAttribute } from "./distinguished-name/name-attribute.ts";
export { opensslNameHash } from "./distinguished-name/openssl-name-hash.ts";
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
export { encodeAcmeIdentifier } from "./extensions/acme-identifier.ts";
export { encodeAltName } from "./extensions/alt-name.ts";
export {
  type AuthorityKeyIdentifier,
  type AuthorityKeyIdentifierInput,
  encodeAuthorityKeyIdentifier,
} from "./extensions/authority-key-identifier.ts";
export {
  type BasicConstraints,
  type BasicConstraintsInput,
  encodeBasicConstraints,
} from "./extensions/basic-constraints.ts";
export { encodeCertificateIssuer } from "./extensions/certificate-issuer.ts";
export {
  encodeCertificatePolicies,
  type PolicyInformation,
  type PolicyInformationInput,
} from "./extensions/certificate-policies.ts";
export {
  type DistributionPoint,
  type DistributionPointFields,
  type DistributionPointInput,
  encodeCrlDistributionPoints,
  type RevocationReasonFlag,
} from "./extensions/crl-distribution-points.ts";
export { encodeCrlNumber } from "./extensions/crl-number.ts";
export { encodeDeltaCrlIndicator } from "./extensions/delta-crl-indicator.ts";
export { ExtendedKeyUsage, encodeExtendedKeyUsage } from "./extensions/extended-key-usage.ts";
export type { Extension } from "./extensions/extension.ts";
export type { ExtensionName, ExtensionValues } from "./extensions/extension-values.ts";
export { encodeFreshestCrl } from "./extensions/freshest-crl.ts";
export {
  type AccessDescription,
  type AccessDescriptionInput,
  AccessMethod,
  encodeAuthorityInfoAccess,
  encodeSubjectInfoAccess,
} from "./extensions/info-access.ts";
export { encodeInvalidityDate } from "./extensions/invalidity-date.ts";
export {
  encodeIssuingDistributionPoint,
  type IssuingDistributionPoint,
  type IssuingDistributionPointInput,
} from "./extensions/issuing-distribution-point.ts";
export { encodeKeyUsage, type KeyUsageName } from "./extensions/key-usage.ts";
export { type ExtensionInit, makeExtension } from "./extensions/make-extension.ts";
export {
  encodeNameConstraints,
  type GeneralSubtree,
  generalSubtree,
  type NameConstraints,
  type NameConstraintsInput,
} from "./extensions/name-constraints.ts";
export { ExtensionOid } from "./extensions/oids.ts";
export {
  encodeInhibitAnyPolicy,
  encodePolicyConstraints,
  type PolicyConstraints,
  type PolicyConstraintsInput,
} from "./extensions/policy-constraints.ts";
export { encodePolicyMappings, type PolicyMapping } from "./extensions/policy-mappings.ts";
export {
  encodePrivateKeyUsagePeriod,
  type PrivateKeyUsagePeriod,
  type PrivateKeyUsagePeriodInput,
} from "./extensions/private-key-usage-period.ts";
export { readExtensionValue } from "./extensions/read-extension-value.ts";
export { encodeReasonCode, type RevocationReason } from "./extensions/reason-code.ts";
export {
  encodeSignedCertificateTimestamps,
  type SignedCertificateTimestamp,
  type SignedCertificateTimestampV1,
  type UnknownCertificateTimestamp,
} from "./extensions/signed-certificate-timestamps.ts";
export {
  type DirectoryAttribute,
  encodeSubjectDirectoryAttributes,
} from "./extensions/subject-directory-attributes.ts";
export { encodeSubjectKeyIdentifier } from "./extensions/subject-key-identifier.ts";
export { encodeTlsFeature, TlsFeature } from "./extensions/tls-feature.ts";
export {
  formatGeneralName,
  type GeneralName,
  type GeneralNameInput,
  generalName,
} from "./general-name/general-name.ts";
export type { CertificateJson } from "./inspect/certificate-json.ts";
export type { CrlEntryJson, CrlJson } from "./inspect/crl-json.ts";
export type { OcspCertIdJson, OcspRequestJson } from "./inspect/inspect-ocsp-request.ts";
export type { BasicOcspJson, OcspResponseJson, OcspSingleJson } from "./inspect/inspect-ocsp-response.ts";
export type { CrlEntryInput, CrlOptions } from "./issue/crl-options.ts";
export { issueCrl } from "./issue/issue-crl.ts";
export type {
  IssueCommonOptions,
  IssueOptions,
  IssuePrivateOptions,
  NewCertificateOptions,
  ProfileName,
  SelfSignedOptions,
} from "./issue/issue-options.ts";
export type { ApprovalAnswer, Approve } from "./issue/request-approval.ts";
export {
  type GeneratedKeyType,
  type KeyExportOptions,
  type KeyGenerationOptions,
  type KeyLoadOptions,
  KeyPair,
  type Passphrase,
  type PrivateKeyEncoding,
} from "./key-pair.ts";
export type { CryptoKeys } from "./keys/crypto-keys.ts";
export type { JwkInput, PrivateJwk, PublicJwk } from "./keys/jwk.ts";
export type { CurveName, KeyType } from "./keys/key-algorithm.ts";
export type { Signer } from "./keys/signer.ts";
export type { BasicOcspResponse, OcspResponderId } from "./ocsp/basic-ocsp-response.ts";
export { OcspCertId, type OcspHashName } from "./ocsp/ocsp-cert-id.ts";
export type { OcspDeviation, OcspDeviationCode } from "./ocsp/ocsp-deviation.ts";
export { OcspRequest, type OcspRequestOptions, type OcspTarget } from "./ocsp/ocsp-request.ts";
export { OcspResponse } from "./ocsp/ocsp-response.ts";
export type { OcspCertStatus, OcspSingleResponse } from "./ocsp/ocsp-single-response.ts";
export type { OcspRequestItem } from "./ocsp/read-ocsp-request.ts";
export type { OcspResponseStatus } from "./ocsp/read-ocsp-response.ts";
export { type ParsedBytes, type ParsedObject, type ParsedPrivateKey, parseAny } from "./parse-any.ts";
export { type PemBlock, pemDecode, pemEncode } from "./pem/pem.ts";
export { type CrossSignOptions, PrivateCertificate, type SignRequestOptions } from "./private-certificate.ts";
export { PublicKey } from "./public-key.ts";
export type { CertificateRequestOptions } from "./request/build-request.ts";
export type { RequestAttribute } from "./request/read-request.ts";
export {
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureAlgorithm,
} from "./signature/signature-algorithm.ts";
export { escapeControls } from "./text/escape-controls.ts";
