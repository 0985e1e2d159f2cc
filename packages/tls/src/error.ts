import { TlsKitError } from "@tlskit/x509/error";

/** The details of each error, by its code. */
export interface EndpointErrorDetails {
  /** An endpoint string that makes no sense; `position` counts characters from 0. */
  ENDPOINT_INVALID: { readonly position: number; readonly expected: string };
  /** Something that endpoint strings can say in Twisted, and that this package does not do. */
  ENDPOINT_UNSUPPORTED: { readonly name: string; readonly position: number; readonly alternative: string };
  /** A directory of certificates that cannot be read. */
  IDENTITY_DIRECTORY_UNREADABLE: { readonly path: string; readonly nativeCode: string };
  /** A directory in which no certificate has its private key beside it; the `cause` is the first file that cannot be used. */
  IDENTITY_DIRECTORY_EMPTY: { readonly path: string };
  /** No certificate of the directory is for the name that was to be the default, or none is for any host name. */
  IDENTITY_NAME_UNKNOWN: { readonly path: string; readonly name: string; readonly names: readonly string[] };
  /** A file, or a folder, of a directory of certificates that cannot be used; the others can. */
  IDENTITY_FILE_UNUSABLE: { readonly path: string };
}

/** The stable codes of {@link EndpointError}. */
export type EndpointErrorCode = keyof EndpointErrorDetails;

/** What is wrong with an endpoint string, and where (END-06), or with the files that it names. */
export class EndpointError<C extends EndpointErrorCode = EndpointErrorCode> extends TlsKitError<
  C,
  EndpointErrorDetails[C]
> {
  override get name(): string {
    return "EndpointError";
  }

  /** Whether `value` is an EndpointError, also of another copy of this package. */
  static override is(value: unknown): value is AnyEndpointError {
    return TlsKitError.is(value) && value.name === "EndpointError";
  }
}

/** The union over all codes, so that `switch (error.code)` narrows `error.details`. */
export type AnyEndpointError = { [Code in EndpointErrorCode]: EndpointError<Code> }[EndpointErrorCode];
