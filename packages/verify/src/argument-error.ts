import { TlsKitError } from "@tlskit/x509/error";

/** An argument is unusable; nothing was decided. */
export class VerifyArgumentError extends TlsKitError<
  "VERIFY_ARGUMENT_INVALID",
  { readonly argument: string; readonly expected: string; readonly actual: string }
> {
  constructor(argument: string, expected: string, actual: string) {
    super("VERIFY_ARGUMENT_INVALID", `${argument} must be ${expected}, but is ${actual}.`, {
      argument,
      expected,
      actual,
    });
    this.name = "VerifyArgumentError";
  }
}
