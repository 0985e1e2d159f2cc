// What Twisted prints, to the letter: for programs and tests that compare with its output. Everything here is MD5 where
// Twisted is; new code wants the methods of `Certificate` and `PublicKey`, which are SHA-256.

export { digest, keyHash } from "./digest.ts";
export {
  type CompatCertificate,
  type CompatKey,
  inspect,
  inspectKeyPair,
  inspectName,
  inspectPublicKey,
  representation,
} from "./inspect.ts";
