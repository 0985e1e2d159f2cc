import { VerificationError, type VerifyPathInput, verifyPath } from "@tlskit/verify";

/** What path validation says: `accepted`, or the code of the refusal. */
export async function decision(input: VerifyPathInput): Promise<string> {
  try {
    await verifyPath(input);
    return "accepted";
  } catch (error) {
    if (VerificationError.is(error)) return error.code;
    throw error;
  }
}
