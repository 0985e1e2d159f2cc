import { TlsKitError } from "@tlskit/x509/error";
import type { TLSVersion } from "./tls-version.ts";

/** One option that cannot be honoured, and what to do instead. */
export interface UnsupportedOption {
  /** The option as written: `identity`, `acceptableProtocols[1]`. */
  readonly path: string;
  /** Why it cannot be honoured: a sentence. */
  readonly reason: string;
  /** What to do instead: a sentence. */
  readonly alternative: string;
  /** The capability that is absent; none where no runtime has it yet. */
  readonly capability?: string;
}

/** The details of each error, by its code. */
export interface OptionsErrorDetails {
  /** No option has this name. */
  OPTION_UNKNOWN: { readonly path: string; readonly nearest?: string; readonly replacement?: string };
  /** A value of the wrong type. */
  OPTION_TYPE_INVALID: { readonly path: string; readonly expected: string; readonly actual: string };
  /** The right type, but a value that cannot be used. */
  OPTION_VALUE_INVALID: { readonly path: string; readonly expected: string; readonly actual: string };
  /** Options that contradict each other, or the role they are used in. */
  OPTION_CONFLICT: { readonly paths: readonly string[]; readonly rule: string };
  /** Something that the role or another option needs is not there. */
  OPTION_MISSING: { readonly path: string; readonly neededBy: string };
  /** Options that this runtime cannot honour: all of them, each with the reason and what to do instead. */
  OPTION_UNSUPPORTED: { readonly options: readonly UnsupportedOption[] };
  /** The minimum is above the maximum (OPT-22); `minimumFrom` names what set the minimum. */
  TLS_VERSION_RANGE_EMPTY: {
    readonly min: TLSVersion;
    readonly max: TLSVersion;
    readonly minimumFrom: "raiseMinimumTo" | "insecurelyLowerMinimumTo" | "default";
  };
  /** An insecure version that was not asked for in so many words (OPT-21). */
  TLS_VERSION_INSECURE: { readonly path: string; readonly version: TLSVersion; readonly alternative: string };
  /** A version that is never used: SSLv3. */
  TLS_VERSION_REFUSED: { readonly path: string; readonly version: TLSVersion };
  /** A certificate of `identity.chain` did not issue the one before it (OPT-12). */
  IDENTITY_CHAIN_BROKEN: {
    readonly path: string;
    /** The names do not meet, or they do and the signature is not by this key. */
    readonly problem: "subject" | "signature";
    readonly expectedSubject: string;
    readonly actualSubject: string;
  };
  /** A cipher string that is not written as OpenSSL wants it; `offset` counts characters. */
  CIPHER_STRING_INVALID: { readonly text: string; readonly offset: number; readonly problem: string };
  /** A name in a cipher string or list that no suite and no group of suites has. */
  CIPHER_UNKNOWN: {
    readonly name: string;
    readonly offset?: number;
    readonly text?: string;
    readonly nearest?: string;
  };
  /** A TLS version is allowed, and none of the acceptable cipher suites works with it (OPT-28). */
  CIPHERS_UNUSABLE: { readonly path: string; readonly version: TLSVersion };
  /** Diffie-Hellman parameters that are no safe group; `problem` says in which way (OPT-33). */
  DH_PARAMETERS_INVALID: { readonly problem: "syntax" | "small" | "large" | "not-safe-prime" | "generator" };
  /** A method that a subclass must implement (LEG-01). */
  LEGACY_NOT_IMPLEMENTED: { readonly name: string };
  /** A name of Twisted's that had no safe meaning. */
  LEGACY_API_REMOVED: { readonly name: string; readonly replacement: string };
  /** A file cannot be read; the caller's own function was to read it. */
  OPTION_FILE_UNREADABLE: { readonly file: string };
}

/** The stable codes of this package's errors. */
export type OptionsErrorCode = keyof OptionsErrorDetails;

/**
 * A mistake in TLS options. `code` is stable and narrows `details`.
 *
 * @example
 * try { new CertificateOptions(fromConfiguration) } catch (error) {
 *   if (OptionsError.is(error) && error.code === "OPTION_UNKNOWN") console.log(error.details.nearest);
 *   else throw error;
 * }
 */
export class OptionsError<C extends OptionsErrorCode = OptionsErrorCode> extends TlsKitError<
  C,
  OptionsErrorDetails[C]
> {
  override get name(): string {
    return "OptionsError";
  }

  /** Whether `value` is an error of this package, also of another copy of it. */
  static override is(value: unknown): value is AnyOptionsError {
    return TlsKitError.is(value) && (value.name === "OptionsError" || value.name === "UnsupportedOptionError");
  }
}

/** The union over all codes, so that `switch (error.code)` narrows `error.details`. */
export type AnyOptionsError = { [C in OptionsErrorCode]: OptionsError<C> }[OptionsErrorCode];

/** Options that cannot be honoured: `details.options` lists every one of them, with the reason and what to do instead. */
export class UnsupportedOptionError extends OptionsError<"OPTION_UNSUPPORTED"> {
  override get name(): string {
    return "UnsupportedOptionError";
  }

  constructor(options: readonly UnsupportedOption[]) {
    const sentences = options.map(({ path, reason, alternative }) => `${path}: ${reason} ${alternative}`);
    const head = options.length > 1 ? `${options.length} options cannot be honoured here. ` : "";
    super("OPTION_UNSUPPORTED", `${head}${sentences.join(" ")}`, {
      options: Object.freeze(options.map((option) => Object.freeze({ ...option }))),
    });
  }

  /** Whether `value` is an UnsupportedOptionError, also one of another copy of this package. */
  static override is(value: unknown): value is UnsupportedOptionError {
    return TlsKitError.is(value) && value.name === "UnsupportedOptionError";
  }
}
