// Keys on WebCrypto: the whole backend in browsers, and the part that Deno's `node:crypto` lacks.
//
// WebCrypto binds an RSA key to padding and hash when it is imported, so one key of ours may become several CryptoKeys;
// it writes ECDSA signatures as r || s, where X.509 has DER.

import { X509Error } from "../error.ts";
import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";
import type { NativePrivateKey, NativePublicKey } from "./backend.ts";
import { ecdsaDerToRaw, ecdsaRawToDer } from "./ecdsa-signature.ts";

/** The runtime's WebCrypto, or `UNSUPPORTED_ALGORITHM` where there is none (pages without a secure context). */
export function subtle(): SubtleCrypto {
  const found = globalThis.crypto?.subtle;
  if (found === undefined) {
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      "this runtime has no crypto.subtle; browsers offer it in secure contexts only: serve the page over HTTPS",
      { algorithm: "WebCrypto" },
    );
  }
  return found;
}

/** A public key on WebCrypto. Each scheme's CryptoKey is imported once. */
export class SubtlePublicKey implements NativePublicKey {
  readonly #algorithm: KeyAlgorithm;
  readonly #spki: Uint8Array;
  readonly #keys: Map<string, Promise<CryptoKey>> = new Map();

  constructor(algorithm: KeyAlgorithm, spki: Uint8Array) {
    this.#algorithm = algorithm;
    this.#spki = spki;
  }

  async verify(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    const raw = toWebSignature(this.#algorithm, scheme, signature);
    if (raw === undefined) {
      return false;
    }
    // As they are now: they are the caller's, and the import takes its time.
    const [copy, signed] = [new Uint8Array(raw), new Uint8Array(data)];
    const key = await this.#import(scheme);
    return subtle().verify(operation(this.#algorithm, scheme), key, copy, signed);
  }

  verifySync(): boolean {
    throw new X509Error(
      "CRYPTO_NOT_SYNCHRONOUS",
      `this runtime verifies ${this.#algorithm.label} signatures only with promises: use verify()`,
      { algorithm: this.#algorithm.label },
    );
  }

  #import(scheme: SignatureScheme): Promise<CryptoKey> {
    const id = importId(scheme);
    let key = this.#keys.get(id);
    if (key === undefined) {
      key = importing("public", this.#algorithm, () =>
        subtle().importKey("spki", bufferSource(this.#spki), binding(this.#algorithm, scheme), false, ["verify"]),
      );
      this.#keys.set(id, key);
    }
    return key;
  }
}

/** A private key on WebCrypto. */
export class SubtlePrivateKey implements NativePrivateKey {
  readonly #algorithm: KeyAlgorithm;
  readonly #pkcs8: Uint8Array;
  readonly #keys: Map<string, Promise<CryptoKey>> = new Map();

  constructor(algorithm: KeyAlgorithm, pkcs8: Uint8Array) {
    this.#algorithm = algorithm;
    this.#pkcs8 = pkcs8;
  }

  async sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array> {
    const copy = new Uint8Array(data);
    const key = await this.#import(scheme);
    const made = new Uint8Array(await subtle().sign(operation(this.#algorithm, scheme), key, copy));
    return scheme.kind === "ecdsa" ? ecdsaRawToDer(made) : made;
  }

  /** By way of the JWK, which WebCrypto completes with the public part. */
  async publicKey(): Promise<Uint8Array> {
    const scheme: SignatureScheme =
      this.#algorithm.type === "rsa" ? { kind: "rsa-pkcs1", hash: "SHA-256" } : { kind: "pure" };
    const { kty, crv, n, e, x, y, ...rest } = await subtle().exportKey("jwk", await this.#import(scheme));
    const { alg, pub } = rest as { alg?: string; pub?: string };
    const jwk = Object.fromEntries(
      Object.entries({ kty, crv, n, e, x, y, alg, pub }).filter(([, value]) => value !== undefined),
    );
    const key = await subtle().importKey("jwk", jwk, binding(this.#algorithm, scheme), true, ["verify"]);
    return new Uint8Array(await subtle().exportKey("spki", key));
  }

  #import(scheme: SignatureScheme): Promise<CryptoKey> {
    const id = importId(scheme);
    let key = this.#keys.get(id);
    if (key === undefined) {
      key = importing("private", this.#algorithm, () =>
        subtle().importKey("pkcs8", bufferSource(this.#pkcs8), binding(this.#algorithm, scheme), true, ["sign"]),
      );
      this.#keys.set(id, key);
    }
    return key;
  }
}

/** Makes a key pair with WebCrypto; returns its PKCS#8 PrivateKeyInfo. */
export async function generateWithSubtle(algorithm: KeyAlgorithm, bits: number): Promise<Uint8Array> {
  const parameters =
    algorithm.type === "rsa"
      ? { modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]), ...binding(algorithm, undefined) }
      : binding(algorithm, undefined);
  const pair = await importing("new", algorithm, () => subtle().generateKey(parameters, true, ["sign", "verify"]));
  return new Uint8Array(await subtle().exportKey("pkcs8", (pair as CryptoKeyPair).privateKey));
}

/** What importKey and generateKey want to know: RSA keys are bound to a hash, EC keys to a curve. */
export function binding(
  algorithm: KeyAlgorithm,
  scheme: SignatureScheme | undefined,
): RsaHashedImportParams | EcKeyImportParams | Algorithm {
  if (algorithm.curve !== undefined) {
    return { name: algorithm.webName, namedCurve: algorithm.curve.name };
  }
  if (algorithm.type === "rsa") {
    const name = scheme?.kind === "rsa-pss" ? "RSA-PSS" : algorithm.webName;
    return { name, hash: scheme === undefined || scheme.kind === "pure" ? "SHA-256" : scheme.hash };
  }
  return { name: algorithm.webName };
}

/** The bytes as WebCrypto's types want them; shared memory, which WebCrypto refuses, is copied. */
export function bufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

function operation(algorithm: KeyAlgorithm, scheme: SignatureScheme): Algorithm | RsaPssParams | EcdsaParams {
  switch (scheme.kind) {
    case "rsa-pss":
      return { name: "RSA-PSS", saltLength: scheme.saltLength };
    case "ecdsa":
      return { name: algorithm.webName, hash: scheme.hash };
    default:
      return { name: algorithm.webName };
  }
}

/** Only RSA needs one CryptoKey per scheme. */
function importId(scheme: SignatureScheme): string {
  return scheme.kind === "rsa-pkcs1" || scheme.kind === "rsa-pss" ? `${scheme.kind} ${scheme.hash}` : "";
}

/** `undefined`: not a signature of this algorithm at all. */
function toWebSignature(
  algorithm: KeyAlgorithm,
  scheme: SignatureScheme,
  signature: Uint8Array,
): Uint8Array | undefined {
  return scheme.kind === "ecdsa" ? ecdsaDerToRaw(signature, algorithm.curve?.coordinateBytes ?? 0) : signature;
}

async function importing<T>(what: string, algorithm: KeyAlgorithm, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof Error && cause.name === "NotSupportedError") {
      throw new X509Error(
        "UNSUPPORTED_ALGORITHM",
        `this runtime's WebCrypto does not have ${algorithm.label}`,
        { algorithm: algorithm.label },
        { cause },
      );
    }
    throw new X509Error(
      "KEY_INVALID",
      `the runtime refused the ${what} key: expected a valid ${algorithm.label} key`,
      { expected: `a valid ${algorithm.label} key` },
      { cause },
    );
  }
}
