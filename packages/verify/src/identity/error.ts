import { TlsKitError } from "@tlskit/x509/error";
import { printable } from "../reasons/printable.ts";

/** What is wrong with a text that should name an identity. */
export type IdentityProblem =
  | "not-a-string"
  | "empty"
  | "bad-character"
  | "empty-label"
  | "label-too-long"
  | "name-too-long"
  | "hyphen-at-label-edge"
  | "malformed-ipv4"
  | "malformed-ipv6"
  | "zone-id"
  | "not-mappable"
  | "bad-syntax";

/** What an {@link InvalidIdentityError} says besides its code. */
export interface InvalidIdentityDetails {
  /** What was given, shortened, unprintable characters escaped; for what is no string, its type. */
  readonly text: string;
  readonly problem: IdentityProblem;
  /** The UTF-16 index of the first offending character, where one character is to blame. */
  readonly position?: number;
}

/** The details of each error about an identity that a caller asks for, by its code. */
export interface IdentityErrorDetails {
  /** What was given as a host is neither a host name nor an IP address (CLI-01, CLI-04, CLI-06). */
  HOSTNAME_INVALID: InvalidIdentityDetails;
  /** Not a URI with a scheme and a host name, or not a SPIFFE id. */
  URI_ID_INVALID: InvalidIdentityDetails;
  /** Not of the form `_service.domain`. */
  SRV_ID_INVALID: InvalidIdentityDetails;
  /** Not of the form `local@domain`. */
  EMAIL_ID_INVALID: InvalidIdentityDetails;
}

/** The codes of errors about identities that a caller asks for. */
export type IdentityErrorCode = keyof IdentityErrorDetails;

/** A text that was to be used as an identity is not one; nothing was dialled, sent or matched. */
export class InvalidIdentityError<C extends IdentityErrorCode = IdentityErrorCode> extends TlsKitError<
  C,
  IdentityErrorDetails[C]
> {
  constructor(code: C, text: unknown, problem: IdentityProblem, explanation: string, position?: number) {
    const shown = typeof text === "string" ? quoted(text) : typeOf(text);
    const place = position === undefined ? "" : ` (at index ${position})`;
    super(code, `${NOUNS[code]} ${shown}: ${explanation}${place}.`, {
      text: shown,
      problem,
      ...(position === undefined ? {} : { position }),
    });
    this.name = "InvalidIdentityError";
  }

  /** Whether `value` is an InvalidIdentityError, also one of another copy of this package. */
  static override is(value: unknown): value is AnyInvalidIdentityError {
    return TlsKitError.is(value) && (value.name === "InvalidIdentityError" || value.name === "InvalidHostnameError");
  }
}

/** The union over all codes, so that `switch (error.code)` narrows. */
export type AnyInvalidIdentityError = { [C in IdentityErrorCode]: InvalidIdentityError<C> }[IdentityErrorCode];

/** A host name that cannot be dialled and matched safely (CLI-01, CLI-04, CLI-06). */
export class InvalidHostnameError extends InvalidIdentityError<"HOSTNAME_INVALID"> {
  constructor(text: unknown, problem: IdentityProblem, explanation: string, position?: number) {
    super("HOSTNAME_INVALID", text, problem, explanation, position);
    this.name = "InvalidHostnameError";
  }

  /** Whether `value` is an InvalidHostnameError, also one of another copy of this package. */
  static override is(value: unknown): value is InvalidHostnameError {
    return TlsKitError.is(value) && value.name === "InvalidHostnameError";
  }
}

const NOUNS: Readonly<Record<IdentityErrorCode, string>> = {
  HOSTNAME_INVALID: "Not a usable host name:",
  URI_ID_INVALID: "Not a usable URI identity:",
  SRV_ID_INVALID: "Not a usable SRV identity:",
  EMAIL_ID_INVALID: "Not a usable e-mail address:",
};

function quoted(text: string): string {
  // It may hold a key, and is never shown.
  if (text.includes("-----BEGIN ")) return "PEM text";
  return `"${printable(text.length > 100 ? `${text.slice(0, 100)}…` : text)}"`;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return Object.getPrototypeOf(value)?.constructor?.name ?? "object";
}
