// The backend on Deno: its `node:crypto`, and WebCrypto for what that lacks.
//
// - ML-DSA: on WebCrypto only.
// - ECDSA with a hash shorter than half the curve's width: `node:crypto` calls every such signature wrong. WebCrypto
//   does not with P-521; P-384 with SHA-1 is wrong in both, so it is refused.
// - RSA with more than 4096 bits: neither takes such a public key, and both call it malformed.

import { hashBytes } from "../digest/hash-bytes.ts";
import { X509Error } from "../error.ts";
import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";
import type { CryptoBackend, NativePrivateKey, NativePublicKey, PrivateBackend } from "./backend.ts";
import { nodeBackend, nodePrivateBackend } from "./node.ts";
import { generateWithSubtle, SubtlePrivateKey, SubtlePublicKey } from "./subtle.ts";

const node = /* @__PURE__ */ nodeBackend("deno");
const nodePrivate = /* @__PURE__ */ nodePrivateBackend("deno");

export const backend: CryptoBackend = {
  ...node,
  importPublicKey: (algorithm, spki) => {
    const onWeb = new SubtlePublicKey(algorithm, spki);
    if (isOnWebCryptoOnly(algorithm)) return onWeb;
    const onNode = algorithm.type === "rsa" ? importRsa(algorithm, spki) : node.importPublicKey(algorithm, spki);
    return algorithm.curve === undefined ? onNode : new EcPublicKey(algorithm, onNode, onWeb);
  },
};

export const privateBackend: PrivateBackend = {
  ...nodePrivate,
  importPrivateKey: async (algorithm, pkcs8) => {
    const onWeb = new SubtlePrivateKey(algorithm, pkcs8);
    if (isOnWebCryptoOnly(algorithm)) return onWeb;
    const onNode = await nodePrivate.importPrivateKey(algorithm, pkcs8);
    return algorithm.curve === undefined ? onNode : new EcPrivateKey(algorithm, onNode, onWeb);
  },
  generateKey: (algorithm, bits) =>
    isOnWebCryptoOnly(algorithm) ? generateWithSubtle(algorithm, bits) : nodePrivate.generateKey(algorithm, bits),
};

class EcPublicKey implements NativePublicKey {
  readonly #algorithm: KeyAlgorithm;
  readonly #onNode: NativePublicKey;
  readonly #onWeb: NativePublicKey;

  constructor(algorithm: KeyAlgorithm, onNode: NativePublicKey, onWeb: NativePublicKey) {
    this.#algorithm = algorithm;
    this.#onNode = onNode;
    this.#onWeb = onWeb;
  }

  async verify(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    return this.#keyFor(scheme).verify(scheme, signature, data);
  }

  verifySync(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): boolean {
    return this.#keyFor(scheme).verifySync(scheme, signature, data);
  }

  #keyFor(scheme: SignatureScheme): NativePublicKey {
    return hasShortHash(this.#algorithm, scheme) ? this.#onWeb : this.#onNode;
  }
}

class EcPrivateKey implements NativePrivateKey {
  readonly #algorithm: KeyAlgorithm;
  readonly #onNode: NativePrivateKey;
  readonly #onWeb: NativePrivateKey;

  constructor(algorithm: KeyAlgorithm, onNode: NativePrivateKey, onWeb: NativePrivateKey) {
    this.#algorithm = algorithm;
    this.#onNode = onNode;
    this.#onWeb = onWeb;
  }

  async sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array> {
    return (hasShortHash(this.#algorithm, scheme) ? this.#onWeb : this.#onNode).sign(scheme, data);
  }

  publicKey(): Promise<Uint8Array> {
    return this.#onNode.publicKey();
  }
}

/** What makes a key a broken one was checked when it was read: what is refused here is its size. */
function importRsa(algorithm: KeyAlgorithm, spki: Uint8Array): NativePublicKey {
  try {
    return node.importPublicKey(algorithm, spki);
  } catch (cause) {
    const size = "RSA with keys of more than 4096 bits";
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      `this runtime (deno) does not have ${size}`,
      { algorithm: size },
      { cause },
    );
  }
}

function isOnWebCryptoOnly(algorithm: KeyAlgorithm): boolean {
  return algorithm.webName.startsWith("ML-DSA");
}

/** Throws for P-384 with SHA-1, which this runtime cannot compute at all. */
function hasShortHash({ curve, label }: KeyAlgorithm, scheme: SignatureScheme): boolean {
  if (curve === undefined || scheme.kind !== "ecdsa") return false;
  if (2 * hashBytes[scheme.hash] >= curve.coordinateBytes) return false;
  if (curve.name === "P-521") return true;
  const algorithm = `${label} with ${scheme.hash}`;
  throw new X509Error("UNSUPPORTED_ALGORITHM", `this runtime (deno) does not have ${algorithm}`, { algorithm });
}
