// A private key and its public half: made, loaded, used to sign, exported. Its secret lives in private fields only.

import { backend } from "#crypto";
import { badArgument, takeOwn } from "./argument.ts";
import { assertBytes } from "./bytes.ts";
import type { NativePrivateKey } from "./crypto/backend.ts";
import { X509Error } from "./error.ts";
import { type PrivateJwk, readJwk, writeJwk } from "./keys/jwk.ts";
import { chooseKey, type GeneratedKeyType, type KeyGenerationOptions } from "./keys/key-generation.ts";
import { readOnePem } from "./keys/one-pem.ts";
import {
  assertPassphrase,
  type KeyLoadOptions,
  openPemBlock,
  openPrivateKey,
  PRIVATE_KEY_LABELS,
} from "./keys/open-private-key.ts";
import type { Passphrase } from "./keys/passphrase.ts";
import {
  exportPkcs8,
  joinHalves,
  type PrivateKeyContents,
  readPrivateKey,
  writePkcs8,
  writePublicKey,
  writeSec1,
} from "./keys/private-key.ts";
import { spkiKeyBytes } from "./keys/spki.ts";
import { type PemBlock, pemEncode } from "./pem.ts";
import { Printable } from "./printable.ts";
import { PublicKey } from "./public-key.ts";
import { type SignatureAlgorithm, type SignatureAlgorithmName, signatureAlgorithm } from "./signature-algorithm.ts";

export type { GeneratedKeyType, KeyGenerationOptions } from "./keys/key-generation.ts";
export type { KeyLoadOptions } from "./keys/open-private-key.ts";
export type { Passphrase } from "./keys/passphrase.ts";

/** The encodings of a private key; `sec1` is for ECDSA, `pkcs1` for RSA. */
export type PrivateKeyEncoding = "pkcs8" | "pkcs1" | "sec1";

/** How a private key is written out. With a passphrase only as PKCS #8 (AES-256-CBC, PBKDF2 with HMAC-SHA-256). */
export interface KeyExportOptions {
  readonly type?: PrivateKeyEncoding;
  readonly passphrase?: Passphrase;
}

/**
 * A key pair. Printing, JSON and structured cloning never carry the secret; only `toPem`, `toDer` and `toJwk` do.
 *
 * @example
 * const keyPair = await KeyPair.generate(); // ECDSA P-256
 * const signature = await keyPair.sign(data);
 * await keyPair.publicKey.verify(keyPair.signatureAlgorithm(), signature, data); // true
 */
export class KeyPair extends Printable {
  readonly #contents: PrivateKeyContents;
  readonly #native: NativePrivateKey;
  readonly #publicKey: PublicKey;

  private constructor(contents: PrivateKeyContents, native: NativePrivateKey, publicKey: PublicKey) {
    super();
    this.#contents = contents;
    this.#native = native;
    this.#publicKey = publicKey;
  }

  /**
   * Makes a new key pair; ECDSA on P-256 unless asked otherwise. Row KEY-15.
   *
   * @throws X509Error KEY_WEAK for RSA below 2048 bits, ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM where the runtime does
   *   not have the algorithm
   * @example
   * await KeyPair.generate("ed25519");
   * await KeyPair.generate({ type: "rsa", bits: 3072 });
   */
  static async generate(options: KeyGenerationOptions | GeneratedKeyType = "ecdsa"): Promise<KeyPair> {
    const { algorithm, bits, pssIdentifier } = chooseKey(options);
    const contents = readPrivateKey(await backend.generateKey(algorithm, bits));
    return KeyPair.#load(pssIdentifier === undefined ? contents : { ...contents, pssIdentifier });
  }

  /**
   * Reads the one private key in a PEM text: `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `RSA PRIVATE KEY` or
   * `EC PRIVATE KEY`, encrypted or not. Other blocks, such as certificates, are passed over. Never prompts. Row KEY-13.
   *
   * @throws X509Error KEY_ENCRYPTED without a passphrase where one is needed, KEY_WRONG_PASSPHRASE,
   *   UNSUPPORTED_ALGORITHM (obsolete encryption, named), KEY_INVALID, PEM_*, DER_*
   * @example
   * const keyPair = await KeyPair.fromPem(text, { passphrase: "correct horse" });
   */
  static async fromPem(text: string | Uint8Array, options: KeyLoadOptions = {}): Promise<KeyPair> {
    return KeyPair.fromPemBlock(readOnePem(text, PRIVATE_KEY_LABELS), options);
  }

  /**
   * As {@link KeyPair.fromPem}, from a block that is already decoded.
   *
   * @throws X509Error as {@link KeyPair.fromPem}
   */
  static async fromPemBlock(block: PemBlock, options: KeyLoadOptions = {}): Promise<KeyPair> {
    return KeyPair.#load(await openPemBlock(block, options));
  }

  /**
   * Reads a private key in DER: PKCS #8 (encrypted or not), PKCS #1 or SEC 1, told apart by their structure.
   *
   * @throws X509Error KEY_ENCRYPTED, KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
   */
  static async fromDer(der: Uint8Array, options: KeyLoadOptions = {}): Promise<KeyPair> {
    return KeyPair.#load(await openPrivateKey(der, options));
  }

  /**
   * Reads a private JSON Web Key (`kty` RSA, EC, OKP or AKP).
   *
   * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
   */
  static async fromJwk(jwk: PrivateJwk): Promise<KeyPair> {
    return KeyPair.#load(readJwk(jwk));
  }

  /** The public half. */
  get publicKey(): PublicKey {
    return this.#publicKey;
  }

  /**
   * The signature algorithm that this key signs with: by default SHA-256 with RSA and P-256, SHA-384 with P-384,
   * SHA-512 with P-521.
   *
   * @throws X509Error ARGUMENT_INVALID for an algorithm of another kind of key, UNSUPPORTED_ALGORITHM
   */
  signatureAlgorithm(name?: SignatureAlgorithmName): SignatureAlgorithm {
    const type = this.#publicKey.type;
    const chosen = signatureAlgorithm(name ?? this.#defaultAlgorithm());
    if (!chosen.keyTypes.includes(type)) {
      throw new X509Error("ARGUMENT_INVALID", `a key of type ${type} cannot sign with ${chosen.name}`, {
        argument: "algorithm",
        expected: `an algorithm for ${type} keys, as ${this.#defaultAlgorithm()}`,
      });
    }
    return chosen;
  }

  /**
   * Signs `data`. The signature is encoded as in certificates (ECDSA: DER).
   *
   * @throws X509Error ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM
   */
  async sign(
    data: Uint8Array,
    options: { readonly algorithm?: SignatureAlgorithmName | undefined } = {},
  ): Promise<Uint8Array> {
    const { algorithm } = takeOwn(options, SIGNING, "options");
    const { scheme, name } = this.signatureAlgorithm(algorithm);
    assertBytes(data);
    if (scheme === undefined) throw unsupported(name);
    return this.#native.sign(scheme, data);
  }

  /**
   * The private key in PEM: `PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` with a passphrase. Row KEY-14.
   *
   * @throws X509Error ARGUMENT_INVALID for an encoding that this kind of key does not have, or that has no encryption
   * @example
   * await keyPair.toPem({ passphrase: "correct horse" });
   */
  async toPem(options: KeyExportOptions = {}): Promise<string> {
    const own = takeOwn(options, EXPORT, "options");
    const { type = "pkcs8", passphrase } = own;
    const label = passphrase === undefined && typeof type === "string" ? LABELS[type] : "ENCRYPTED PRIVATE KEY";
    return pemEncode(label ?? "", await this.toDer(own));
  }

  /**
   * The private key in DER.
   *
   * @throws X509Error ARGUMENT_INVALID as {@link KeyPair.toPem}
   */
  async toDer(options: KeyExportOptions = {}): Promise<Uint8Array> {
    const { type = "pkcs8", passphrase } = takeOwn(options, EXPORT, "options");
    assertPassphrase(passphrase);
    const der = this.#encode(type);
    if (passphrase === undefined) return der;
    if (type !== "pkcs8") throw badArgument("passphrase", "the type pkcs8, the only one with a safe encryption");
    const { encryptPrivateKey } = await import("./asn1/encrypted-private-key.ts");
    return encryptPrivateKey(der, passphrase);
  }

  /**
   * The private key as a JSON Web Key.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM for an ML-DSA key that came without its seed, and for a key bound to
   *   RSASSA-PSS
   */
  async toJwk(): Promise<PrivateJwk> {
    return writeJwk(this.#contents);
  }

  /** One line for a person, without the secret: kind, size and the hash of the public half. Row KEY-16. */
  inspect(): string {
    return `${this.#publicKey.label} Key Pair with Hash: ${this.#publicKey.spkiHash()}`;
  }

  override toString(): string {
    return `<KeyPair ${this.#publicKey.label} ${this.#publicKey.spkiHash()}>`;
  }

  /** The public half only. Row KEY-17. */
  toJSON(): { readonly publicKey: ReturnType<PublicKey["toJSON"]>; readonly privateKey: "[redacted]" } {
    return { publicKey: this.#publicKey.toJSON(), privateKey: "[redacted]" };
  }

  /** Computes the public half from the private one, so that no file can pair a key with a foreign public key. */
  static async #load(given: PrivateKeyContents): Promise<KeyPair> {
    const { publicKeyBytes, ...bare } = given;
    const isRsa = given.algorithm.type === "rsa";
    const native = await backend.importPrivateKey(given.algorithm, writePkcs8(isRsa ? given : bare));
    const contents = joinHalves(given, spkiKeyBytes(await native.publicKey()));
    const spki = writePublicKey(contents, contents.publicKeyBytes ?? new Uint8Array());
    return new KeyPair(contents, native, PublicKey.fromSpki(spki));
  }

  #defaultAlgorithm(): SignatureAlgorithmName {
    if (this.#contents.pssIdentifier === undefined) {
      return this.#contents.algorithm.signsWith as SignatureAlgorithmName;
    }
    const hash = this.#publicKey.pss?.hash ?? "SHA-256";
    return `rsassaPss-${hash.replace("-", "")}` as SignatureAlgorithmName;
  }

  #encode(type: PrivateKeyEncoding): Uint8Array {
    const { algorithm, secret, pssIdentifier } = this.#contents;
    switch (type) {
      case "pkcs8":
        return exportPkcs8(this.#contents);
      case "pkcs1":
        if (algorithm.type !== "rsa") throw badArgument("type", "pkcs8, because pkcs1 is for RSA keys");
        if (pssIdentifier !== undefined) {
          throw badArgument("type", "pkcs8, because pkcs1 cannot say that a key is bound to RSASSA-PSS");
        }
        return secret.slice();
      case "sec1":
        if (algorithm.curve === undefined) throw badArgument("type", "pkcs8, because sec1 is for ECDSA keys");
        return writeSec1(this.#contents);
      default:
        throw badArgument("type", "pkcs8, pkcs1 or sec1");
    }
  }
}

function unsupported(algorithm: string): X509Error {
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
}

const LABELS: Readonly<Record<string, string>> = {
  pkcs8: "PRIVATE KEY",
  pkcs1: "RSA PRIVATE KEY",
  sec1: "EC PRIVATE KEY",
};

const EXPORT: ReadonlySet<string> = /* @__PURE__ */ new Set(["passphrase", "type"]);
const SIGNING: ReadonlySet<string> = /* @__PURE__ */ new Set(["algorithm"]);
