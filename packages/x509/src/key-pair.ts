// A private key and its public half: made, loaded, used to sign, exported. Its secret lives in private fields only.

import { privateBackend } from "#crypto";
import { badArgument, takeOwn } from "./argument.ts";
import { assertBytes } from "./bytes.ts";
import type { Passphrase } from "./encryption/passphrase.ts";
import { X509Error } from "./error.ts";
import type { CryptoKeys } from "./keys/crypto-keys.ts";
import { takeExportOptions } from "./keys/export-options.ts";
import type { JwkInput, PrivateJwk } from "./keys/jwk.ts";
import { keyAlgorithmByType } from "./keys/key-algorithm.ts";
import { chooseKey, type GeneratedKeyType, type KeyGenerationOptions } from "./keys/key-generation.ts";
import {
  type KeyLoadOptions,
  onePrivateKey,
  openPemBlock,
  openPrivateKey,
  takePassphrase,
} from "./keys/open-private-key.ts";
import {
  exportPkcs8,
  joinHalves,
  type PrivateKeyContents,
  readPrivateKey,
  writePkcs8,
  writePublicKey,
  writeSec1,
} from "./keys/private-key.ts";
import { checkSigner, type Signer } from "./keys/signer.ts";
import { spkiKeyBytes } from "./keys/spki.ts";
import { type PemBlock, pemEncode } from "./pem/pem.ts";
import { PublicKey } from "./public-key.ts";
import { isWithinPss } from "./signature/pss-parameters.ts";
import {
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureAlgorithm,
} from "./signature/signature-algorithm.ts";
import { Printable } from "./text/printable.ts";

export type { Passphrase } from "./encryption/passphrase.ts";
export type { GeneratedKeyType, KeyGenerationOptions } from "./keys/key-generation.ts";
export type { KeyLoadOptions } from "./keys/open-private-key.ts";

type Sign = (data: Uint8Array, algorithm: SignatureAlgorithm) => Promise<Uint8Array>;

/** The encodings of a private key; `sec1` is for ECDSA, `pkcs1` for RSA. */
export type PrivateKeyEncoding = "pkcs8" | "pkcs1" | "sec1";

/** How a private key is written out. With a passphrase only as PKCS #8 (AES-256-CBC, PBKDF2 with HMAC-SHA-256). */
export interface KeyExportOptions {
  /** By default `pkcs8`, which every kind of key has. */
  readonly type?: PrivateKeyEncoding | undefined;
  /**
   * Encrypts the key. Left out: the key is written in clear. `undefined` is refused, because a variable that nobody has
   * set must not write a key in clear.
   */
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
  readonly #publicKey: PublicKey;
  readonly #sign: Sign;
  /** Of a key that is elsewhere we have none. */
  readonly #contents: PrivateKeyContents | undefined;
  /** The only algorithm, of a key that has but one. */
  readonly #only: SignatureAlgorithmName | undefined;

  private constructor(
    publicKey: PublicKey,
    sign: Sign,
    contents: PrivateKeyContents | undefined,
    only?: SignatureAlgorithmName | undefined,
  ) {
    super();
    // In JavaScript, people call the constructor.
    if (!(publicKey instanceof PublicKey)) throw badArgument("KeyPair", "KeyPair.generate, KeyPair.fromPem or another");
    this.#publicKey = publicKey;
    this.#sign = sign;
    this.#contents = contents;
    this.#only = only;
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
    const contents = readPrivateKey(await privateBackend.generateKey(algorithm, bits));
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
    return KeyPair.fromPemBlock(onePrivateKey(text), options);
  }

  /**
   * As {@link KeyPair.fromPem}, from a block that is already decoded.
   *
   * @throws X509Error PEM_WRONG_LABEL, and as {@link KeyPair.fromPem}
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
   * Reads a private JSON Web Key (`kty` RSA, EC, OKP or AKP), as WebCrypto, `node:crypto` and `jose` write it. Members
   * that say nothing about the key itself (`kid`, `use`, ...) are passed over.
   *
   * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
   * @example
   * const keyPair = await KeyPair.fromJwk(await crypto.subtle.exportKey("jwk", privateKey));
   */
  static async fromJwk(jwk: JwkInput): Promise<KeyPair> {
    const { readPrivateJwk } = await import("./keys/private-jwk.ts");
    const { der, publicKeyBytes } = readPrivateJwk(jwk);
    return KeyPair.#load({ ...readPrivateKey(der), publicKeyBytes });
  }

  /**
   * A key pair whose private key stays where it is: in an HSM, a key management service, a TPM or a smart card. It signs
   * certificates, requests and CRLs as any other; what needs the key itself (`toPem`, PKCS #12, the identity of a TLS
   * server) throws KEY_NOT_EXTRACTABLE. Each signature is checked with the public key before it is used.
   *
   * @throws X509Error ARGUMENT_INVALID; when it signs KEY_MISMATCH, and whatever `signer.sign` throws
   * @example
   * const keyPair = KeyPair.fromSigner({ publicKey, sign: (data, { hash }) => service.sign(data, hash) });
   * const ca = PrivateCertificate.from(certificate, keyPair);
   */
  static fromSigner(signer: Signer): KeyPair {
    const { publicKey, sign, only } = checkSigner(signer);
    return new KeyPair(publicKey, sign, undefined, only);
  }

  /**
   * A key pair of WebCrypto, for signing. A private key that cannot be exported signs where it is, as with
   * {@link KeyPair.fromSigner}. RSA keys sign only with the padding and hash that WebCrypto has bound them to.
   *
   * @throws X509Error ARGUMENT_INVALID for keys that do not sign, KEY_MISMATCH if the two do not belong together,
   *   UNSUPPORTED_ALGORITHM
   * @example
   * const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
   * const request = await CertificateRequest.create({ keyPair: await KeyPair.fromCryptoKeys(keys), subject: { CN: "device 7" } });
   */
  static async fromCryptoKeys(keys: CryptoKeys): Promise<KeyPair> {
    const { readCryptoKeys } = await import("./keys/crypto-keys.ts");
    const { spki, signer, pkcs8 } = await readCryptoKeys(keys);
    const publicKey = PublicKey.fromSpki(spki);
    if (pkcs8 === undefined) return KeyPair.fromSigner({ ...signer, publicKey });
    const read = await KeyPair.fromDer(pkcs8);
    if (!read.publicKey.equals(publicKey)) {
      throw new X509Error("KEY_MISMATCH", "the public key is not that of the private key", {});
    }
    return new KeyPair(publicKey, read.#sign, read.#contents, signer.signatureAlgorithm);
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
    const { type, pss } = this.#publicKey;
    const own = this.#defaultAlgorithm();
    const chosen = signatureAlgorithm(name ?? own);
    const isOther = !chosen.keyTypes.includes(type) || (this.#only !== undefined && chosen.name !== this.#only);
    if (isOther || !isWithinPss(pss, chosen)) {
      if (chosen.name === own)
        throw unsupported(`${own} with a salt of ${pss?.saltLength} bytes, which the key demands`);
      const which = this.#only === undefined ? `a key of type ${type}` : "this key";
      const expected = this.#only ?? `an algorithm for ${pss === undefined ? type : "such"} keys, as ${own}`;
      const message = `${which} cannot sign with ${chosen.name}: expected ${expected}`;
      throw new X509Error("ARGUMENT_INVALID", message, { argument: "algorithm", expected });
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
    return this.#sign(assertBytes(data), this.signatureAlgorithm(algorithm));
  }

  /**
   * The private key in PEM: `PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` with a passphrase. Row KEY-14.
   *
   * @throws X509Error ARGUMENT_INVALID for an encoding that this kind of key does not have, or that has no encryption
   * @example
   * await keyPair.toPem({ passphrase: "correct horse" });
   */
  async toPem(options: KeyExportOptions = {}): Promise<string> {
    const own = takeExportOptions(options, EXPORT);
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
    const { type = "pkcs8", passphrase: given } = takeExportOptions(options, EXPORT);
    const passphrase = takePassphrase(given);
    const der = this.#encode(type);
    if (passphrase === undefined) return der;
    if (type !== "pkcs8") throw badArgument("passphrase", "the type pkcs8, the only one with a safe encryption");
    const { encryptPrivateKey } = await import("./encryption/encrypted-private-key.ts");
    return encryptPrivateKey(der, passphrase);
  }

  /**
   * The private key as a JSON Web Key. The public key alone is `keyPair.publicKey.toJwk()`.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM for an ML-DSA key that came without its seed, and for a key bound to
   *   RSASSA-PSS
   */
  async toJwk(): Promise<PrivateJwk> {
    const { writePrivateJwk } = await import("./keys/private-jwk.ts");
    return writePrivateJwk(this.#own());
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
    const native = await privateBackend.importPrivateKey(given.algorithm, writePkcs8(isRsa ? given : bare));
    const contents = joinHalves(given, spkiKeyBytes(await native.publicKey()));
    const spki = writePublicKey(contents, contents.publicKeyBytes ?? new Uint8Array());
    const sign: Sign = async (data, { scheme, name }) => {
      if (scheme === undefined) throw unsupported(name);
      return native.sign(scheme, data);
    };
    return new KeyPair(PublicKey.fromSpki(spki), sign, contents);
  }

  #defaultAlgorithm(): SignatureAlgorithmName {
    const { type, curve, pss } = this.#publicKey;
    if (this.#only !== undefined) return this.#only;
    if (type === "rsa-pss") return `rsassaPss-${(pss?.hash ?? "SHA-256").replace("-", "")}` as SignatureAlgorithmName;
    const row = keyAlgorithmByType(type, curve);
    if (row === undefined) throw unsupported(this.#publicKey.label);
    return row.signsWith as SignatureAlgorithmName;
  }

  #own(): PrivateKeyContents {
    if (this.#contents !== undefined) return this.#contents;
    const { label } = this.#publicKey;
    const publicKey = this.#publicKey.spkiHash();
    throw new X509Error(
      "KEY_NOT_EXTRACTABLE",
      `the private key of ${label} ${publicKey} is elsewhere and only signs: what needs the key itself, as TLS does, needs another`,
      { publicKey },
    );
  }

  #encode(type: PrivateKeyEncoding): Uint8Array {
    const contents = this.#own();
    const { algorithm, secret, pssIdentifier } = contents;
    switch (type) {
      case "pkcs8":
        return exportPkcs8(contents);
      case "pkcs1":
        if (algorithm.type !== "rsa") throw badArgument("type", "pkcs8, because pkcs1 is for RSA keys");
        if (pssIdentifier !== undefined) {
          throw badArgument("type", "pkcs8, because pkcs1 cannot say that a key is bound to RSASSA-PSS");
        }
        return secret.slice();
      case "sec1":
        if (algorithm.curve === undefined) throw badArgument("type", "pkcs8, because sec1 is for ECDSA keys");
        return writeSec1(contents);
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
