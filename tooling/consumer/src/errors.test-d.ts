/** What a guard has recognised is narrowed by its code: `if (error.code === "…") error.details.…` has a type for every code. */
import type { OptionsError, OptionsErrorDetails, UnsupportedOptionError } from "@tlskit/options";
import type { EndpointError, EndpointErrorDetails } from "@tlskit/tls/endpoints";
import type { TransportError, TransportErrorDetails } from "@tlskit/transport";
import type { TrustError, TrustErrorDetails } from "@tlskit/trust";
import type {
  RevocationFetchError,
  VerificationError,
  VerificationReason,
  VerificationReasonDetails,
  VerifyArgumentError,
} from "@tlskit/verify";
import type { IdentityErrorDetails, InvalidHostnameError, InvalidIdentityError } from "@tlskit/verify/identity";
import type { TlsKitError, X509Error, X509ErrorDetails } from "@tlskit/x509";

type Recognised<Class> = Class extends { is(value: unknown): value is infer Recognisable } ? Recognisable : never;
type DetailsOf<Union, Code> = Union extends { readonly code: Code; readonly details: infer Details } ? Details : never;
type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** The codes whose details are others than declared. */
type Lost<Union, Declared> = {
  [Code in keyof Declared]: Same<DetailsOf<Union, Code>, Readonly<Declared[Code]>> extends true ? never : Code;
}[keyof Declared];
type None<Code extends never> = Code;

export type Narrowed = [
  None<Lost<Recognised<typeof X509Error>, X509ErrorDetails>>,
  None<Lost<Recognised<typeof VerificationError>, VerificationReasonDetails>>,
  None<Lost<VerificationReason, VerificationReasonDetails>>,
  None<Lost<Recognised<typeof InvalidIdentityError>, IdentityErrorDetails>>,
  None<Lost<Recognised<typeof TrustError>, TrustErrorDetails>>,
  None<Lost<Recognised<typeof OptionsError>, OptionsErrorDetails>>,
  None<Lost<Recognised<typeof TransportError>, TransportErrorDetails>>,
  None<Lost<Recognised<typeof EndpointError>, EndpointErrorDetails>>,
];

type Is<Value extends true> = Value;

/** Guards that are about one code say so. */
export type Alone = [
  Is<Same<Recognised<typeof InvalidHostnameError>, InvalidHostnameError>>,
  Is<Same<Recognised<typeof VerifyArgumentError>, VerifyArgumentError>>,
  Is<Same<Recognised<typeof RevocationFetchError>, RevocationFetchError>>,
  Is<Same<Recognised<typeof UnsupportedOptionError>, UnsupportedOptionError>>,
  Is<Same<Recognised<typeof TlsKitError>, TlsKitError>>,
];
