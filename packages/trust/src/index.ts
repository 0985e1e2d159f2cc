/** Sets of trust anchors that know where each one came from. */

export type { DistrustEntry } from "./anchors/distrust-entry.ts";
export type { NameConstraintsInit } from "./anchors/restrict.ts";
export type { AllowEmpty, TrustRootParts } from "./anchors/trust-root-parts.ts";
export {
  type AnyTrustError,
  TrustError,
  type TrustErrorCode,
  type TrustErrorDetails,
  type TrustSourceDetails,
} from "./error.ts";
export {
  DirectoryFirstUseStore,
  type FirstUseRecord,
  type FirstUseStore,
  MemoryFirstUseStore,
} from "./first-use-store.ts";
export type { PinInput } from "./key-pins.ts";
export { OpenSSLDefaultPaths, type OpenSSLPathOptions } from "./openssl-default-paths.ts";
export type { FileLocation } from "./platform/read-path.ts";
export type { PlatformTrustOptions } from "./platform/resolve-platform.ts";
export type {
  CommandLimits,
  CommandResult,
  CommandRunner,
  FileStatus,
  RuntimeCertificates,
  TrustFileSystem,
} from "./platform/trust-platform.ts";
export { platformTrust } from "./platform-trust.ts";
export type { TrustChange, TrustDiff } from "./reloading/trust-diff.ts";
export { TrustChangeEvent, type TrustEventMap, TrustReloadErrorEvent } from "./reloading/trust-event.ts";
export { ReloadingTrust, type ReloadingTrustOptions } from "./reloading-trust.ts";
export type { TrustEntry } from "./trust-entry.ts";
export type { TrustExplanation } from "./trust-explanation.ts";
export { type FirstUseInput, type FirstUseResult, TrustOnFirstUse } from "./trust-on-first-use.ts";
export { TrustRoot } from "./trust-root.ts";
export { trustRootFromCertificates } from "./trust-root-from-certificates.ts";
export {
  type TrustFileOptions,
  trustRootFromDirectory,
  trustRootFromFile,
} from "./trust-root-from-file.ts";
export type { CertificateOrigin, SkippedSource, TrustSource, TrustSourceKind } from "./trust-source.ts";
