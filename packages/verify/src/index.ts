export type {
  Distrust,
  DistrustAfter,
  KeyPin,
  NameConstraintSet,
  TransparencyLog,
  TrustAnchor,
  TrustAnchors,
} from "./anchors/trust-anchors.ts";
export type {
  AnyVerificationError,
  SkippedCertificate,
  VerificationErrorFields,
  VerificationErrorJSON,
} from "./error.ts";
export { RevocationFetchError, VerificationError, VerifyArgumentError } from "./error.ts";
export type {
  AdmittedWeakness,
  PolicyInput,
  PublicSuffixList,
  VerificationProfile,
  VerifyPathInput,
} from "./input/input.ts";
export { type PeerAddress, peerText } from "./input/peer-address.ts";
export type { Purpose } from "./purpose.ts";
export type {
  VerificationAttempt,
  VerificationReason,
  VerificationReasonCode,
  VerificationReasonDetails,
  VerificationReasonOf,
} from "./reasons/reason.ts";
export type { CertificateSummaryJSON, VerificationAttemptJSON, VerificationReasonJSON } from "./reasons/reason-json.ts";
export {
  type CheckRevocationInput,
  checkRevocation,
  checkRevocationSync,
} from "./revocation/check-revocation.ts";
export type { RevocationDoubt, RevocationDoubtCode } from "./revocation/doubt.ts";
export {
  type HttpFetch,
  type HttpFetchInit,
  type HttpRevocationFetcherOptions,
  httpRevocationFetcher,
} from "./revocation/http-fetcher.ts";
export type {
  RevocationFetcher,
  RevocationFetchRequest,
  RevocationInput,
  RevocationMode,
  RevocationSources,
} from "./revocation/revocation-input.ts";
export type { CertificateRevocationStatus, RevocationEvidence, RevocationStatus } from "./revocation/status.ts";
export type { BudgetLimit, BudgetLimits, Work } from "./search/budget.ts";
export { DEFAULT_BUDGET } from "./search/budget.ts";
export { LinkCache, type LinkCacheOptions } from "./search/link-cache.ts";
export type { MatchedName, VerificationCheck } from "./verified-path.ts";
export { VerifiedPath } from "./verified-path.ts";
export { verifyPath, verifyPathSync } from "./verify-path.ts";
export { type PinnedLeaf, type PinnedLeafInput, verifyPinnedLeaf } from "./verify-pinned-leaf.ts";
