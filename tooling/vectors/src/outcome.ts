import { VerificationError, type VerifiedPath, type VerifyPathInput, verifyPath } from "@tlskit/verify";
import { TlsKitError } from "@tlskit/x509/error";

/** The answer of the verifier, as data. */
export interface Outcome {
  readonly result: "SUCCESS" | "FAILURE";
  readonly codes: readonly string[];
  readonly message?: string;
  /** The ids of the rules that refused, in the order of the codes. */
  readonly rules: readonly string[];
  readonly path?: VerifiedPath;
  readonly error?: VerificationError;
}

/** Asks the verifier. Names that are not names, and certificates that are none, are refusals as well. */
export async function outcomeOf(input: () => VerifyPathInput): Promise<Outcome> {
  try {
    return { result: "SUCCESS", codes: [], rules: [], path: await verifyPath(input()) };
  } catch (error) {
    if (VerificationError.is(error)) {
      const codes = error.reasons.map(({ code }) => code);
      return { result: "FAILURE", codes, rules: error.reasons.map(({ rule }) => rule), message: error.message, error };
    }
    if (TlsKitError.is(error)) {
      return { result: "FAILURE", codes: [error.code], rules: ["argument"], message: error.message };
    }
    throw error;
  }
}

/** A refusal by the case itself, after the verifier accepted. */
export function refusal(code: string, message: string): Outcome {
  return { result: "FAILURE", codes: [code], rules: [], message };
}

/** Whether the policies that hold are the expected ones. */
export function samePolicies(path: VerifiedPath, expected: readonly string[]): boolean {
  return [...path.policies].sort().join() === [...expected].sort().join();
}
