// The backend on `node:crypto`, and the base of those for Bun and Deno.

import type * as nodeCrypto from "node:crypto";
import type { HashName } from "../digest/hash-name.ts";
import { X509Error } from "../error.ts";
import type { KeyAlgorithm } from "../keys/key-algorithm.ts";
import type { SignatureScheme } from "../signature/signature-scheme.ts";
import type { CryptoBackend, NativePrivateKey, NativePublicKey, PrivateBackend } from "./backend.ts";
import { RecentKeys } from "./recent-keys.ts";

const HASHES: Readonly<Record<HashName, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

let loaded: typeof nodeCrypto | undefined;

/** `node:crypto`, loaded on first use: it costs more than this whole package, and programs that only parse never need it. */
function library(): typeof nodeCrypto {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}

export const backend: CryptoBackend = /* @__PURE__ */ nodeBackend("node");
export const privateBackend: PrivateBackend = /* @__PURE__ */ nodePrivateBackend("node");

/** A backend on this runtime's `node:crypto`. */
export function nodeBackend(name: string): CryptoBackend {
  return {
    name,
    synchronous: true,
    digest: (hash, data) => copy(library().hash(HASHES[hash], data, "buffer")),
    importPublicKey: (algorithm, spki) =>
      recentKeys.get(asBuffer(spki).toString("latin1"), () => new NodePublicKey(name, algorithm, spki)),
  };
}

/** As {@link nodeBackend}, for private keys. */
export function nodePrivateBackend(name: string): PrivateBackend {
  return {
    randomBytes,
    importPrivateKey: async (algorithm, pkcs8) => new NodePrivateKey(name, algorithm, pkcs8),
    generateKey: async (algorithm, bits) => {
      const options = { modulusLength: bits, namedCurve: algorithm.curve?.name };
      const { privateKey } = await attempt(name, algorithm, "new", () => generateKeyPair(algorithm.nodeName, options));
      return copy(privateKey.export({ type: "pkcs8", format: "der" }));
    },
    decryptTripleDes: (key, iv, sealed) => decryptTripleDes(name, key, iv, sealed),
  };
}

function decryptTripleDes(
  runtime: string,
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const algorithm = "DES-EDE3-CBC";
  let decipher: nodeCrypto.Decipheriv;
  try {
    decipher = library().createDecipheriv(algorithm.toLowerCase(), key, iv);
  } catch (cause) {
    const message = `this runtime (${runtime}) does not have ${algorithm}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", message, { algorithm }, { cause });
  }
  try {
    return copy(Buffer.concat([decipher.update(sealed), decipher.final()]));
  } catch {
    return undefined;
  }
}

function generateKeyPair(type: string, options: object): Promise<{ readonly privateKey: nodeCrypto.KeyObject }> {
  type Done = (error: Error | null, publicKey: nodeCrypto.KeyObject, privateKey: nodeCrypto.KeyObject) => void;
  const generate = library().generateKeyPair as unknown as (type: string, options: object, done: Done) => void;
  return new Promise((resolve, reject) => {
    generate(type, options, (error, _, privateKey) => (error === null ? resolve({ privateKey }) : reject(error)));
  });
}

/** From a pool for small sizes: a call into OpenSSL costs more than its first hundred bytes. No byte is given twice. */
function randomBytes(length: number): Uint8Array {
  if (length > poolSize) return copy(library().randomBytes(length));
  pool ??= new Uint8Array(poolSize);
  if (poolUsed + length > poolSize) {
    library().randomFillSync(pool);
    poolUsed = 0;
  }
  const bytes = pool.slice(poolUsed, poolUsed + length);
  pool.fill(0, poolUsed, poolUsed + length);
  poolUsed += length;
  return bytes;
}

const poolSize = 512;
let pool: Uint8Array | undefined;
let poolUsed: number = poolSize;

const recentKeys: RecentKeys = /* @__PURE__ */ new RecentKeys();

class NodePublicKey implements NativePublicKey {
  readonly #key: nodeCrypto.KeyObject;

  constructor(runtime: string, algorithm: KeyAlgorithm, spki: Uint8Array) {
    this.#key = attemptSync(runtime, algorithm, "public", () =>
      library().createPublicKey({ key: asBuffer(spki), format: "der", type: "spki" }),
    );
  }

  async verify(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    return this.verifySync(scheme, signature, data);
  }

  verifySync(scheme: SignatureScheme, signature: Uint8Array, data: Uint8Array): boolean {
    return withHash(scheme, () => library().verify(hashOf(scheme), data, keyFor(scheme, this.#key), signature));
  }
}

class NodePrivateKey implements NativePrivateKey {
  readonly #key: nodeCrypto.KeyObject;

  constructor(runtime: string, algorithm: KeyAlgorithm, pkcs8: Uint8Array) {
    this.#key = attemptSync(runtime, algorithm, "private", () =>
      library().createPrivateKey({ key: asBuffer(pkcs8), format: "der", type: "pkcs8" }),
    );
  }

  async sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array> {
    return withHash(scheme, () => copy(library().sign(hashOf(scheme), data, keyFor(scheme, this.#key))));
  }

  async publicKey(): Promise<Uint8Array> {
    return copy(
      library()
        .createPublicKey(this.#key as unknown as nodeCrypto.PublicKeyInput)
        .export(SPKI),
    );
  }
}

const SPKI = { type: "spki", format: "der" } as const;

function hashOf(scheme: SignatureScheme): string | null {
  return scheme.kind === "pure" ? null : HASHES[scheme.hash];
}

function keyFor(
  scheme: SignatureScheme,
  key: nodeCrypto.KeyObject,
): nodeCrypto.KeyObject | nodeCrypto.SignKeyObjectInput {
  return scheme.kind === "rsa-pss"
    ? { key, padding: library().constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
    : key;
}

/**
 * A wrong signature is `false`, never an exception. What does throw here is a policy of the runtime's OpenSSL, such as
 * the removal of SHA-1 signatures on some distributions.
 */
function withHash<T>(scheme: SignatureScheme, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    const hash = scheme.kind === "pure" ? "this kind of" : scheme.hash;
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      `the runtime refuses to compute ${hash} signatures with this key`,
      { algorithm: scheme.kind === "pure" ? scheme.kind : `${scheme.kind} ${scheme.hash}` },
      { cause },
    );
  }
}

function attemptSync<T>(runtime: string, algorithm: KeyAlgorithm, what: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw refusal(runtime, algorithm, what, cause);
  }
}

async function attempt<T>(runtime: string, algorithm: KeyAlgorithm, what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw refusal(runtime, algorithm, what, cause);
  }
}

/** Tells a key that is broken from an algorithm that this runtime lacks: it has one if it can make such a key. */
function refusal(runtime: string, algorithm: KeyAlgorithm, what: string, cause: unknown): X509Error {
  return has(algorithm)
    ? new X509Error(
        "KEY_INVALID",
        `the runtime (${runtime}) refused the ${what} key: expected a valid ${algorithm.label} key`,
        { expected: `a valid ${algorithm.label} key` },
        { cause },
      )
    : new X509Error(
        "UNSUPPORTED_ALGORITHM",
        `this runtime (${runtime}) does not have ${algorithm.label}`,
        { algorithm: algorithm.label },
        { cause },
      );
}

function has(algorithm: KeyAlgorithm): boolean {
  if (algorithm.publicKeyBytes === undefined) {
    return true;
  }
  try {
    (library().generateKeyPairSync as (type: string) => unknown)(algorithm.nodeName);
    return true;
  } catch {
    return false;
  }
}

/** Node's types want a Buffer here; a view on the same memory is one. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A plain Uint8Array on memory of its own: Buffers share a pool, and must not leak into our API. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
