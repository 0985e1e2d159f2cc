/** TLS options as a value, checked when made and compiled against what a runtime can really do. */
export {
  CAPABILITIES,
  type Capabilities,
  type Capability,
  type CapabilityGap,
  type CapabilityName,
  type CapabilityState,
  capabilityState,
  frozenCapabilities,
} from "./capabilities.ts";
export {
  CertificateOptions,
  type CertificateOptionsChanges,
  type CertificateOptionsJSON,
} from "./certificate-options.ts";
export type {
  AcceptableCiphersOption,
  CertificateOptionsInit,
  ClientVerificationOptions,
  LoweredMinimum,
  MandatoryProtocol,
  MinimumVersionOptions,
  NobodyAsked,
  NothingToVerify,
  OptionalProtocol,
  PeerOptions,
  ProtocolOptions,
  RaisedMinimum,
  SkippingOptions,
  TrustRootOption,
  UnconditionalOptions,
  UnverifiedClients,
  UnverifiedPeer,
  UnverifiedServer,
  VerifiedClients,
  VerifiedPeer,
  VerifiedServer,
  VerifyingOptions,
} from "./certificate-options-init.ts";
export type { KeyLog } from "./checks/key-log-option.ts";
export type { CheckedOcspStaple, OcspStaple, OcspStapleAnswer } from "./checks/ocsp-staple-option.ts";
export type { ClientAuth } from "./checks/option-values.ts";
export type { CheckedRevocation, RevocationOption } from "./checks/revocation-option.ts";
export { SecretBytes } from "./checks/secret-bytes.ts";
export type { CheckedServerNames, ServerNameIdentities, ServerNameResolver } from "./checks/server-names.ts";
export type {
  CheckedSessions,
  ClientSessionOptions,
  ServerSessionOptions,
  SessionOptions,
} from "./checks/session-options.ts";
export { compareTLSVersions } from "./checks/tls-version-order.ts";
export {
  AcceptableCiphers,
  type AcceptableCiphersOptions,
  type CipherSelector,
} from "./ciphers/acceptable-ciphers.ts";
export type { Cipher, CipherProtocol } from "./ciphers/cipher.ts";
export type { CipherStringOptions } from "./ciphers/cipher-string.ts";
export { cipherByName, cipherSuites } from "./ciphers/cipher-suites.ts";
export {
  MOZILLA_GUIDELINES,
  type MozillaConfiguration,
  type MozillaGuideline,
} from "./ciphers/mozilla-guidelines.ts";
export {
  type ClientIdentityOptions,
  type ClientTLSExtra,
  ClientTLSOptions,
  optionsForClientTLS,
} from "./client-tls-options.ts";
export { compile } from "./compile/compile.ts";
export type { CompiledCiphers, CompiledOptions, OptionsWarning, Role } from "./compile/compiled-options.ts";
export {
  type AnyOptionsError,
  OptionsError,
  type OptionsErrorCode,
  type OptionsErrorDetails,
  type UnsupportedOption,
  UnsupportedOptionError,
} from "./error.ts";
export { shownText } from "./input/describe-value.ts";
export { nearestName } from "./input/nearest-name.ts";
export type { OptionName } from "./input/option-names.ts";
export type { FileReader } from "./input/read-file.ts";
export {
  DiffieHellmanParameters,
  type DiffieHellmanProblem,
} from "./key-exchange/diffie-hellman-parameters.ts";
export { FFDHE_NAMES, type FfdheName } from "./key-exchange/ffdhe.ts";
export { DEFAULT_GROUPS, GROUPS, type KeyExchangeGroup, type KeyExchangeGroupInfo } from "./key-exchange/groups.ts";
export { SCHEMES, type SignatureScheme, type SignatureSchemeInfo } from "./key-exchange/signature-schemes.ts";
export { ProtocolNegotiationSupport, protocolNegotiationMechanisms } from "./protocol-negotiation.ts";
export { SessionCache, type SessionStore } from "./session-cache.ts";
export { isTLSVersion, type NegotiableTLSVersion, TLS_VERSIONS, TLSVersion } from "./tls-version.ts";
