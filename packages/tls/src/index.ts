// The whole toolkit under one import: certificates and keys, verification, trust, options, connections. The adapter is
// that of the runtime: the package's import map picks it by condition.

export {
  AcceptableCiphers,
  type Capabilities,
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  ClientTLSOptions,
  DiffieHellmanParameters,
  OptionsError,
  optionsForClientTLS,
  ProtocolNegotiationSupport,
  protocolNegotiationMechanisms,
  TLSVersion,
  UnsupportedOptionError,
} from "@tlskit/options";
export {
  type Address,
  type ByteConnection,
  type Connection,
  type ConnectOptions,
  type Listener,
  type ListenOptions,
  type Negotiated,
  type PlainConnection,
  parseTarget,
  type RefusedPeer,
  type StartTlsOptions,
  type StreamPair,
  type Target,
  TransportError,
  type UnixTarget,
  type WrapTlsOptions,
} from "@tlskit/transport";
export type { IdentityFiles } from "@tlskit/transport/node-tls";
export {
  OpenSSLDefaultPaths,
  platformTrust,
  ReloadingTrust,
  TrustError,
  TrustRoot,
  trustRootFromCertificates,
  trustRootFromDirectory,
  trustRootFromFile,
} from "@tlskit/trust";
export {
  type Purpose,
  type TrustAnchor,
  type TrustAnchors,
  VerificationError,
  type VerificationProfile,
  type VerificationReason,
  VerifiedPath,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "@tlskit/verify";
export { InvalidHostnameError, parseHost, type ReferenceIdentity } from "@tlskit/verify/identity";
export {
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  DistinguishedName,
  DN,
  ExtendedKeyUsage,
  type GeneralName,
  generalName,
  KeyPair,
  PrivateCertificate,
  PublicKey,
  TlsKitError,
  X509Error,
} from "@tlskit/x509";
export { capabilities, connect, listen, loadIdentity, startTls, wrapTls } from "#transport";
