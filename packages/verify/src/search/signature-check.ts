/**
 * The one thing the core cannot do by itself: check a signature. The core is a generator that yields these checks and
 * receives verdicts; whoever runs it decides whether the cryptography is synchronous.
 */
import { type Certificate, type PublicKey, TlsKitError } from "@tlskit/x509";

/** Anything signed: a certificate, a CRL, an OCSP response. */
export type Signed = Pick<Certificate, "verifySignature" | "verifySignatureSync">;

/** A question: did this key sign that? */
export interface SignatureCheck {
  readonly signed: Signed;
  readonly key: PublicKey;
}

/** The answer; `error` says why nobody here can tell. */
export type SignatureVerdict =
  | { readonly kind: "valid" }
  | { readonly kind: "invalid" }
  | { readonly kind: "unable"; readonly error: TlsKitError };

/** A computation that asks for signature checks on its way. */
export type Checking<T> = Generator<SignatureCheck, T, SignatureVerdict>;

/** Runs the core where cryptography is synchronous. @throws X509Error CRYPTO_NOT_SYNCHRONOUS elsewhere */
export function runSync<T>(steps: Checking<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next(checkSync(step.value));
  return step.value;
}

/** Runs the core with WebCrypto, or whatever the runtime has. */
export async function runAsync<T>(steps: Checking<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await check(step.value));
  return step.value;
}

function checkSync({ signed, key }: SignatureCheck): SignatureVerdict {
  try {
    return verdict(signed.verifySignatureSync(key));
  } catch (error) {
    return unable(error);
  }
}

async function check({ signed, key }: SignatureCheck): Promise<SignatureVerdict> {
  try {
    return verdict(await signed.verifySignature(key));
  } catch (error) {
    return unable(error);
  }
}

function verdict(isValid: boolean): SignatureVerdict {
  return isValid ? { kind: "valid" } : { kind: "invalid" };
}

// An algorithm or a key that cannot be used is an answer about the path; everything else is a fault of the caller or of ours.
function unable(error: unknown): SignatureVerdict {
  if (TlsKitError.is(error) && error.code !== "CRYPTO_NOT_SYNCHRONOUS") return { kind: "unable", error };
  throw error;
}
