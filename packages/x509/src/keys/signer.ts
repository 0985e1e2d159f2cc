// Private keys that stay where they are: an HSM, a key management service, a TPM, a smart card, WebCrypto.

import { badArgument, fromArgument } from "../argument.ts";
import { isBytes } from "../bytes.ts";
import { ecdsaRawToDer } from "../crypto/ecdsa-signature.ts";
import { X509Error } from "../error.ts";
import { assertPublicKey, type PublicKey } from "../public-key.ts";
import {
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureAlgorithm,
} from "../signature/signature-algorithm.ts";
import { keyAlgorithmByType } from "./key-algorithm.ts";

/**
 * Whoever signs for a private key that cannot be had. `KeyPair.fromSigner` makes a key pair of it, which signs
 * certificates, requests and CRLs like any other.
 */
export interface Signer {
  /** The public half. Each signature is checked with it. */
  readonly publicKey: PublicKey;
  /** The only algorithm that it signs with; absent: all that its kind of key has. */
  readonly signatureAlgorithm?: SignatureAlgorithmName | undefined;
  /** How ECDSA signatures come, in the words of `node:crypto`: in DER (by default), or as r || s, as PKCS #11 has them. */
  readonly dsaEncoding?: "der" | "ieee-p1363" | undefined;
  /**
   * Signs the data: all of it, not its hash, for which a service may ask (`digest` makes it, `algorithm.hash` says which).
   * What it throws is handed on.
   */
  sign(data: Uint8Array, algorithm: SignatureAlgorithm): Uint8Array | Promise<Uint8Array>;
}

/** What a key pair needs of a signer, as it was when the key pair was made. */
export interface CheckedSigner {
  readonly publicKey: PublicKey;
  readonly only: SignatureAlgorithmName | undefined;
  readonly sign: (data: Uint8Array, algorithm: SignatureAlgorithm) => Promise<Uint8Array>;
}

/**
 * Checks a signer, and later each of its signatures.
 *
 * @throws X509Error ARGUMENT_INVALID, with the path of what is wrong; UNSUPPORTED_ALGORITHM
 */
export function checkSigner(signer: Signer): CheckedSigner {
  const { publicKey, only, dsaEncoding, sign } = fromArgument("signer", "an object that can be read", () => ({
    publicKey: signer.publicKey,
    only: signer.signatureAlgorithm,
    dsaEncoding: signer.dsaEncoding ?? "der",
    sign: signer.sign,
  }));
  assertPublicKey(publicKey, "signer.publicKey");
  if (typeof sign !== "function") throw badArgument("signer.sign", "a function that signs");
  if (publicKey.type === "unknown" || publicKey.type === "dsa") {
    const algorithm = publicKey.label;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `nothing is signed with keys of the kind ${algorithm}`, { algorithm });
  }
  if (dsaEncoding !== "der" && dsaEncoding !== "ieee-p1363") {
    throw badArgument("signer.dsaEncoding", "der or ieee-p1363");
  }
  if (only !== undefined && !signatureAlgorithm(only).keyTypes.includes(publicKey.type)) {
    throw badArgument("signer.signatureAlgorithm", `an algorithm for ${publicKey.type} keys`);
  }
  const width =
    dsaEncoding === "der" ? undefined : keyAlgorithmByType(publicKey.type, publicKey.curve)?.curve?.coordinateBytes;
  return {
    publicKey,
    only,
    sign: async (data, algorithm) => {
      // A copy: what is signed must stay what it was, whoever signs.
      const made: unknown = await sign.call(signer, new Uint8Array(data), algorithm);
      if (!isBytes(made)) throw badArgument("signer.sign", "the signature as a Uint8Array");
      if (width !== undefined && made.length !== 2 * width) {
        throw badArgument("signer.sign", `r || s, of ${width} octets each`);
      }
      const signature = width === undefined ? new Uint8Array(made) : ecdsaRawToDer(made);
      if (await publicKey.verify(algorithm, signature, data)) return signature;
      throw new X509Error(
        "KEY_MISMATCH",
        `what the signer made is no signature with ${algorithm.name} by its key, ${publicKey.label} ${publicKey.spkiHash()}`,
        {},
      );
    },
  };
}
