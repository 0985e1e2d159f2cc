import { TlsKitError } from "@tlskit/x509/error";

/** Where certificates were expected. */
export interface TrustSourceDetails {
  /** A path, a list of paths as the variable holds it, or the name of a runtime's list. */
  readonly location: string;
  /** The environment variable that names the location, if one does. */
  readonly variable?: string;
}

/** The details of each error, by its code. */
export interface TrustErrorDetails {
  /** An argument that is not what it must be; `index` is the place in an iterable, `actual` the type found (TRU-02). */
  TRUST_ARGUMENT_INVALID: {
    readonly argument: string;
    readonly index?: number;
    readonly expected: string;
    readonly actual: string;
  };
  /** A set without certificates trusts nobody, and was not asked for in so many words (TRU-03). */
  TRUST_ROOT_EMPTY: { readonly operation: string };
  /** Fewer than two different keys were pinned. */
  TRUST_PINS_TOO_FEW: { readonly pins: number };
  /** An anchor has permitted names of this kind already, and two such lists cannot be joined without permitting more. */
  NAME_CONSTRAINTS_CONFLICT: { readonly nameType: string };
  /** An explicitly named file or directory does not exist. */
  TRUST_SOURCE_MISSING: TrustSourceDetails;
  /** A file or directory exists and cannot be read; the cause says why. */
  TRUST_SOURCE_UNREADABLE: TrustSourceDetails & { readonly problem: string };
  /** A file or directory can be read and holds no usable certificate. */
  TRUST_SOURCE_EMPTY: TrustSourceDetails & { readonly skipped: number };
  /** More than this package is willing to read. */
  TRUST_SOURCE_TOO_LARGE: TrustSourceDetails & {
    readonly limit: number;
    readonly unit: "bytes" | "files" | "blocks";
  };
  /** The system's tool that hands out its store could not be run, failed, or gave something else than it should. */
  TRUST_TOOL_FAILED: {
    readonly program: string;
    readonly args: readonly string[];
    readonly exitCode?: number;
    readonly problem: string;
  };
  /** Trust settings of macOS that cannot be read or understood; the cause of a TRUST_TOOL_FAILED. */
  PROPERTY_LIST_INVALID: { readonly line?: number; readonly problem: string };
  /** A certificate of a Windows store that cannot be read; found in `skipped`, never thrown. */
  SERIALIZED_CERTIFICATE_INVALID: { readonly offset: number; readonly problem: string };
  /** The record of a service's key is damaged, so its key is not known. */
  FIRST_USE_RECORD_INVALID: { readonly service: string; readonly location: string };
  /** No store was found anywhere; `locations` lists where. */
  TRUST_STORE_NOT_FOUND: { readonly locations: readonly string[] };
  /** The environment cannot be read, so nobody knows whether it names an explicit source. */
  TRUST_ENVIRONMENT_UNREADABLE: { readonly variable: string };
  /** An object of a p11-kit file that cannot be read or used; found in `skipped`, never thrown. */
  P11_KIT_OBJECT_INVALID: { readonly line: number; readonly problem: string };
  /** The name of a file in a hashed directory is not the hash of the subject in it; found in `skipped`, never thrown. */
  TRUST_HASH_MISMATCH: { readonly name: string; readonly expected: string };
  /** A certificate whose limits leave no purpose that this package knows; found in `skipped`, never thrown. */
  TRUST_FOR_NOTHING: { readonly location: string; readonly sha256: string };
  /** A block of a bundle that is not a plain certificate; found in `skipped`, never thrown. */
  TRUST_BLOCK_SKIPPED: { readonly label: string; readonly line: number };
  /** A set that follows its source could not be read again for longer than `maxStale` milliseconds; the cause says why. */
  TRUST_STALE: { readonly readAt: Date; readonly maxStale: number };
  /** This platform has no store that can be read. */
  PLATFORM_UNSUPPORTED: { readonly platform: string };
}

/** The stable codes of this package's errors. */
export type TrustErrorCode = keyof TrustErrorDetails;

/**
 * What this package throws. `code` is stable and narrows `details`.
 *
 * @example
 * try { await platformTrust() } catch (error) {
 *   if (TrustError.is(error) && error.code === "TRUST_SOURCE_MISSING") console.log(error.details.location);
 *   else throw error;
 * }
 */
export class TrustError<C extends TrustErrorCode = TrustErrorCode> extends TlsKitError<C, TrustErrorDetails[C]> {
  override get name(): "TrustError" {
    return "TrustError";
  }

  /** Whether `value` is an error of this package, also of another copy of it. */
  static override is(value: unknown): value is AnyTrustError {
    return TlsKitError.is(value) && value.name === "TrustError";
  }
}

/** The union over all codes, so that `switch (error.code)` narrows `error.details`. */
export type AnyTrustError = { [C in TrustErrorCode]: TrustError<C> }[TrustErrorCode];
