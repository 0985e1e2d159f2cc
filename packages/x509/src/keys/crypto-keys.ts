// Key pairs of WebCrypto; loaded when asked for.

import { badArgument, fromArgument } from "../argument.ts";
import { bufferSource, subtle } from "../crypto/subtle.ts";
import { X509Error } from "../error.ts";
import type { SignatureAlgorithm, SignatureAlgorithmName } from "../signature/signature-algorithm.ts";
import type { Signer } from "./signer.ts";

/** A CryptoKeyPair, which compilers without the types of browsers do not know. */
export interface CryptoKeys {
  /** For signing; it need not be extractable. */
  readonly privateKey: CryptoKey;
  /** The public half; it must be extractable. */
  readonly publicKey: CryptoKey;
}

/** What there is of a key pair. */
export interface ReadCryptoKeys {
  /** The public half as SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** How to sign with the private half. */
  readonly signer: Omit<Signer, "publicKey">;
  /** The private half itself, where it can be had. */
  readonly pkcs8?: Uint8Array;
}

/**
 * Reads both halves.
 *
 * @throws X509Error ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM
 */
export async function readCryptoKeys(keys: CryptoKeys): Promise<ReadCryptoKeys> {
  const { privateKey, publicKey } = fromArgument("keys", "a CryptoKeyPair", () => ({
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
  }));
  assertCryptoKey(privateKey, "private", "keys.privateKey");
  assertCryptoKey(publicKey, "public", "keys.publicKey");
  if (!publicKey.extractable) throw badArgument("keys.publicKey", "a public key that can be exported");
  const spki = await exported("spki", publicKey);
  if (!privateKey.usages.includes("sign")) throw badArgument("keys.privateKey", "a key for signing");
  const signer = signerOf(privateKey);
  return privateKey.extractable ? { spki, signer, pkcs8: await exported("pkcs8", privateKey) } : { spki, signer };
}

function signerOf(privateKey: CryptoKey): Omit<Signer, "publicKey"> {
  const only = boundAlgorithm(privateKey.algorithm);
  return {
    ...(only !== undefined && { signatureAlgorithm: only }),
    dsaEncoding: "ieee-p1363",
    sign: async (data, algorithm) =>
      new Uint8Array(await subtle().sign(operation(privateKey, algorithm), privateKey, bufferSource(data))),
  };
}

function operation({ algorithm: { name } }: CryptoKey, { hash, pss }: SignatureAlgorithm): Algorithm {
  if (pss !== undefined) return { name, saltLength: pss.saltLength } as RsaPssParams;
  return name === "ECDSA" ? ({ name, hash } as EcdsaParams) : { name };
}

/** RSA keys of WebCrypto have one padding and one hash. */
function boundAlgorithm(algorithm: KeyAlgorithm): SignatureAlgorithmName | undefined {
  const { name, hash } = algorithm as RsaHashedKeyAlgorithm;
  if (name !== "RSASSA-PKCS1-v1_5" && name !== "RSA-PSS") return undefined;
  const bits = hash.name.replace("SHA-", "");
  if (bits === "1") {
    const algorithmName = `${name} with SHA-1`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `nothing is signed with ${algorithmName}`, {
      algorithm: algorithmName,
    });
  }
  return (name === "RSA-PSS" ? `rsassaPss-SHA${bits}` : `sha${bits}WithRSAEncryption`) as SignatureAlgorithmName;
}

async function exported(format: "pkcs8" | "spki", key: CryptoKey): Promise<Uint8Array> {
  try {
    return new Uint8Array(await subtle().exportKey(format, key));
  } catch (cause) {
    const { name } = key.algorithm;
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      `WebCrypto does not export ${name} keys as ${format}`,
      { algorithm: name },
      { cause },
    );
  }
}

function assertCryptoKey(key: CryptoKey, type: "private" | "public", argument: string): void {
  const isOne = fromArgument(argument, `a ${type} CryptoKey`, () => {
    return Object.prototype.toString.call(key) === "[object CryptoKey]" && key.type === type;
  });
  if (!isOne) throw badArgument(argument, `a ${type} CryptoKey`);
}
