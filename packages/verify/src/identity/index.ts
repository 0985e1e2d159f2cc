export type {
  AnyInvalidIdentityError,
  IdentityErrorCode,
  IdentityErrorDetails,
  IdentityProblem,
  InvalidIdentityDetails,
} from "./error.ts";
export { InvalidHostnameError, InvalidIdentityError } from "./error.ts";
export type { IdentityMatch, IdentityMismatch, MismatchCause, PresentedIdentity } from "./match.ts";
export { describeIdentity, matchIdentity } from "./match.ts";
export { parseHost } from "./parse-host.ts";
export { parseEmailId, parseSrvId, parseUriId } from "./parse-service-id.ts";
export type {
  DnsReference,
  EmailReference,
  IpReference,
  ReferenceIdentity,
  SrvReference,
  UriReference,
} from "./reference.ts";
