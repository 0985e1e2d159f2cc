import { TlsKitError } from "@tlskit/x509/error";

/** An argument is unusable; nothing was decided. */
export class VerifyArgumentError extends TlsKitError<
  "VERIFY_ARGUMENT_INVALID",
  { readonly argument: string; readonly expected: string; readonly actual: string }
> {
  /** @param advice a sentence: what to do instead */
  constructor(argument: string, expected: string, actual: string, advice?: string) {
    const sentence = `${argument} must be ${expected}, but is ${actual}.`;
    super("VERIFY_ARGUMENT_INVALID", advice === undefined ? sentence : `${sentence} ${advice}`, {
      argument,
      expected,
      actual,
    });
    this.name = "VerifyArgumentError";
  }

  /** Whether `value` is a VerifyArgumentError, also one of another copy of this package. */
  static override is(value: unknown): value is VerifyArgumentError {
    return TlsKitError.is(value) && value.name === "VerifyArgumentError";
  }
}
