// A public key as it stands in a certificate: its SubjectPublicKeyInfo, what it says, and checking signatures with it.

import { backend } from "#crypto";
import { badArgument, fromArgument, takeOwn } from "./argument.ts";
import { isBytes, viewRange } from "./bytes.ts";
import type { NativePublicKey } from "./crypto/backend.ts";
import { elementEnd } from "./der/skip.ts";
import { copyDer } from "./der/walk.ts";
import { type DigestAlgorithm, type DigestFormat, formatDigest } from "./digest/digest-text.ts";
import { X509Error } from "./error.ts";
import { isWeakPoint } from "./keys/edwards-point.ts";
import type { JwkInput, PublicJwk } from "./keys/jwk.ts";
import { type KeyType, otherKeyName, RSA } from "./keys/key-algorithm.ts";
import { readOnePem } from "./keys/one-pem.ts";
import { inheritParameters, readSpki, type SpkiContents, writeSpki } from "./keys/spki.ts";
import { type PemBlock, pemEncode, wrongLabel } from "./pem/pem.ts";
import { isWithinPss } from "./signature/pss-parameters.ts";
import type { SignatureAlgorithm } from "./signature/signature-algorithm.ts";
import type { SignatureScheme } from "./signature/signature-scheme.ts";
import { Printable } from "./text/printable.ts";
import { readingKind } from "./wrong-kind.ts";

/**
 * A public key. Equal keys are those with the same SubjectPublicKeyInfo, byte for byte.
 *
 * @example
 * const key = PublicKey.fromPem(text);
 * console.log(key.type, key.curve, key.spkiHash("sha-256"));
 */
export class PublicKey extends Printable {
  // Not a view of the SubjectPublicKeyInfo alone: one is made where it is needed.
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #contents: SpkiContents;
  #native: NativePublicKey | undefined;
  #keyIdentifier: Uint8Array | undefined;

  // Without a place, whatever it is is copied and checked.
  private constructor(given: Uint8Array, start?: number, end?: number) {
    super();
    const bytes = start === undefined ? copyDer(given) : given;
    this.#bytes = bytes;
    this.#start = start ?? 0;
    this.#end = end ?? bytes.length;
    this.#contents = readSpki(bytes, start, end);
    // Certificates hand out the one key that signatures are checked with: nobody puts another method on it.
    Object.freeze(this);
  }

  /**
   * Reads a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). A key of an unknown algorithm is read and has the type
   * `unknown`; only checking a signature with it fails.
   *
   * @throws X509Error KEY_INVALID, DER_*
   */
  static fromSpki(der: Uint8Array): PublicKey {
    return readingKind("PublicKey", () => new PublicKey(der), der);
  }

  /**
   * @internal The SubjectPublicKeyInfo at `at` in bytes that were walked, shared with its certificate.
   *
   * @throws X509Error KEY_INVALID, DER_*
   */
  static fromChecked(bytes: Uint8Array, at: number): PublicKey {
    return new PublicKey(bytes, at, elementEnd(bytes, at));
  }

  /**
   * Reads the one key in a PEM text: a `PUBLIC KEY` block, or the older `RSA PUBLIC KEY` (PKCS #1).
   *
   * @throws X509Error KEY_INVALID, PEM_*, DER_*
   */
  static fromPem(text: string | Uint8Array): PublicKey {
    return PublicKey.fromPemBlock(readingKind("PublicKey", () => readOnePem(text, LABELS)));
  }

  /**
   * As {@link PublicKey.fromPem}, from a block that is already decoded.
   *
   * @throws X509Error PEM_WRONG_LABEL, KEY_INVALID, DER_*
   */
  static fromPemBlock(block: PemBlock): PublicKey {
    const { label, bytes, line } = fromArgument("block", "a PemBlock", () => {
      return { label: block.label, bytes: block.bytes, line: block.line };
    });
    if (!LABELS.includes(label)) throw wrongLabel(label, line, LABELS.join(" or "));
    return PublicKey.fromSpki(label === "RSA PUBLIC KEY" ? writeSpki(RSA, bytes) : bytes);
  }

  /**
   * Reads a public JSON Web Key (`kty` RSA, EC, OKP or AKP), as WebCrypto, `node:crypto` and `jose` write it. Members that
   * say nothing about the key itself (`kid`, `use`, ...) are passed over; those of a private key are refused.
   *
   * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
   * @example
   * const key = await PublicKey.fromJwk({ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
   */
  static async fromJwk(jwk: JwkInput): Promise<PublicKey> {
    const { readPublicJwk } = await import("./keys/jwk.ts");
    const { algorithm, publicKeyBytes } = readPublicJwk(jwk);
    return new PublicKey(writeSpki(algorithm, publicKeyBytes));
  }

  /** @internal The SubjectPublicKeyInfo without a copy: do not let it leave the package. */
  static viewOf(key: PublicKey): Uint8Array {
    return viewRange(key.#bytes, key.#start, key.#end);
  }

  /** The kind of key. */
  get type(): KeyType {
    return this.#contents.type;
  }

  /** The OID of the algorithm in the SubjectPublicKeyInfo. */
  get algorithmOid(): string {
    return this.#contents.oid;
  }

  /** Size in bits of an RSA modulus, a DSA prime, or an elliptic curve's field; undefined for kinds that come in one size. */
  get bits(): number | undefined {
    return this.#contents.bits;
  }

  /** The name of an elliptic curve, such as `P-256`; its OID if this package has no name for it. */
  get curve(): string | undefined {
    return this.#contents.curve;
  }

  /** The public exponent of an RSA key. */
  get exponent(): bigint | undefined {
    return this.#contents.exponent;
  }

  /** Is it a DSA key without domain parameters, which needs those of its issuer's key (RFC 3279 section 2.3.2)? */
  get lacksParameters(): boolean {
    return this.#contents.lacksParameters ?? false;
  }

  /**
   * A DSA key without domain parameters, completed by those of its issuer's key (RFC 5280 section 6.1.4 (e)).
   *
   * @throws X509Error KEY_INVALID if this key lacks none, or the other has none
   */
  withParametersOf(issuer: PublicKey): PublicKey {
    return fromArgument("issuer", "a PublicKey", () => {
      if (!this.lacksParameters) {
        const expected = "a DSA key without domain parameters";
        throw new X509Error("KEY_INVALID", `this key takes no parameters: expected ${expected}`, { expected });
      }
      return new PublicKey(inheritParameters(PublicKey.viewOf(this), PublicKey.viewOf(issuer)));
    });
  }

  /** What a key bound to RSASSA-PSS allows (RFC 4055 section 3.3): this hash, and at least this much salt. */
  get pss(): NonNullable<SignatureAlgorithm["pss"]> | undefined {
    return this.#contents.pss;
  }

  /** The SubjectPublicKeyInfo in DER; a fresh copy. */
  get spki(): Uint8Array {
    return this.#bytes.slice(this.#start, this.#end);
  }

  /** The contents of the BIT STRING subjectPublicKey; a fresh copy. Key identifiers are hashes of it. */
  get keyBytes(): Uint8Array {
    return this.#bytes.slice(this.#contents.keyStart, this.#end);
  }

  /**
   * The key identifier that issuing gives to this key: the first 160 bits of the SHA-256 of subjectPublicKey (RFC 7093
   * section 2, method 1), so that no SHA-1 is needed. A certificate may have another one. A fresh copy.
   */
  get keyIdentifier(): Uint8Array {
    this.#keyIdentifier ??= backend.digest("SHA-256", this.#keyView()).subarray(0, 20);
    return this.#keyIdentifier.slice();
  }

  /**
   * The hash of the SubjectPublicKeyInfo, in lower-case hex unless another format is asked for; `pin` is the form
   * `sha256/<base64>` of public key pinning. Row KEY-11.
   *
   * @throws X509Error ARGUMENT_INVALID for an unknown algorithm or format
   * @example
   * key.spkiHash("sha-256", { format: "pin" }); // "sha256/4vOG...="
   */
  spkiHash(algorithm: DigestAlgorithm | undefined, options: { readonly format: "bytes" }): Uint8Array;
  spkiHash(
    algorithm?: DigestAlgorithm,
    options?: { readonly format?: "colon" | "hex" | "base64" | "pin" | undefined },
  ): string;
  /** For a format that is known at run time only. */
  spkiHash(
    algorithm?: DigestAlgorithm,
    options?: { readonly format?: DigestFormat | "pin" | undefined },
  ): string | Uint8Array;
  spkiHash(
    algorithm: DigestAlgorithm = "sha-256",
    options: { readonly format?: DigestFormat | "pin" | undefined } = {},
  ): string | Uint8Array {
    const { format = "hex" } = takeOwn(options, FORMAT, "options");
    if (format !== "pin") return formatDigest(PublicKey.viewOf(this), algorithm, format);
    const hash = formatDigest(PublicKey.viewOf(this), algorithm, "base64");
    return `${algorithm.toLowerCase().replace("-", "")}/${hash}`;
  }

  /** Whether the other key has the same SubjectPublicKeyInfo. Takes the same time whatever they are. Row KEY-12. */
  equals(other: PublicKey): boolean {
    return fromArgument("other", "a PublicKey", () => {
      const [ours, theirs] = [PublicKey.viewOf(this), PublicKey.viewOf(other)];
      if (theirs.length !== ours.length) return false;
      let difference = 0;
      for (let index = 0; index < theirs.length; index++) difference |= (theirs[index] ?? 0) ^ (ours[index] ?? 0);
      return difference === 0;
    });
  }

  /**
   * Checks a signature. `false` is the only answer to a signature that is wrong, malformed, or of an algorithm that
   * belongs to another kind of key.
   *
   * @param algorithm what the signature claims to be, as a certificate's `signatureAlgorithm`
   * @throws X509Error UNSUPPORTED_ALGORITHM if this package or this runtime cannot compute it, KEY_INVALID if the key
   *   is no usable key (a point that is not on its curve)
   */
  async verify(algorithm: SignatureAlgorithm, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    const scheme = this.#schemeFor(algorithm);
    assertSigned(signature, data);
    return scheme !== undefined && this.#import().verify(scheme, signature, data);
  }

  /**
   * As {@link PublicKey.verify}, at once.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has only promises: in browsers, and for ML-DSA on Deno
   */
  verifySync(algorithm: SignatureAlgorithm, signature: Uint8Array, data: Uint8Array): boolean {
    const scheme = this.#schemeFor(algorithm);
    assertSigned(signature, data);
    return scheme !== undefined && this.#import().verifySync(scheme, signature, data);
  }

  /**
   * The key as WebCrypto has it, for verifying. RSA keys are bound to a padding and hash there: those of `algorithm`,
   * by default PKCS #1 v1.5 with SHA-256.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM, KEY_INVALID
   */
  async toCryptoKey(algorithm?: SignatureAlgorithm): Promise<CryptoKey> {
    const { algorithm: row } = this.#contents;
    if (row === undefined || row.type === "dsa") throw this.#unsupported();
    const scheme = algorithm && this.#schemeFor(algorithm);
    const { importPublicKey } = await import("./keys/import-public-key.ts");
    return importPublicKey(row, scheme, this.#plainSpki());
  }

  /**
   * The key as a public JSON Web Key (RFC 7517): what a JWKS holds, but for `kid` and `use`, which are for its publisher
   * to say.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM for a key that a JWK cannot say: one bound to RSASSA-PSS, DSA, the compressed
   *   form of a point, or of an unknown algorithm
   * @example
   * const jwks = { keys: [{ ...(await certificate.publicKey.toJwk()), kid: certificate.id, use: "sig" }] };
   */
  async toJwk(): Promise<PublicJwk> {
    const { algorithm, type } = this.#contents;
    const { unsupportedJwk, writePublicJwk } = await import("./keys/jwk.ts");
    if (algorithm === undefined || algorithm.type !== type || type === "dsa") throw unsupportedJwk(`of ${this.label}`);
    return writePublicJwk({ algorithm, publicKeyBytes: this.#keyView() });
  }

  /** The key as a `PUBLIC KEY` block. */
  toPem(): string {
    return pemEncode("PUBLIC KEY", PublicKey.viewOf(this));
  }

  /** One line for a person: kind, size and SHA-256 of the SubjectPublicKeyInfo. Row KEY-12. */
  inspect(): string {
    return `${this.label} Public Key with Hash: ${this.spkiHash()}`;
  }

  /** The kind and size in words, such as `2048-bit RSA` or `ECDSA P-256`. */
  get label(): string {
    const { type, bits, curve, algorithm, oid } = this.#contents;
    switch (type) {
      case "rsa":
        return `${bits}-bit RSA`;
      case "rsa-pss":
        return `${bits}-bit RSASSA-PSS`;
      case "ecdsa":
        return `ECDSA ${curve ?? "(explicit curve)"}`;
      case "dsa":
        return "DSA";
      case "unknown":
        return otherKeyName(oid);
      default:
        return algorithm?.label ?? type;
    }
  }

  override toString(): string {
    return `<PublicKey ${this.label} ${this.spkiHash()}>`;
  }

  toJSON(): { readonly type: KeyType; readonly bits?: number; readonly curve?: string; readonly spkiSha256: string } {
    const { type, bits, curve } = this.#contents;
    return {
      type,
      ...(bits !== undefined && { bits }),
      ...(curve !== undefined && { curve }),
      spkiSha256: this.spkiHash(),
    };
  }

  /** The scheme, or undefined if no key of this kind makes such signatures. */
  #schemeFor(algorithm: SignatureAlgorithm): SignatureScheme | undefined {
    if (!Array.isArray(algorithm?.keyTypes)) throw badArgument("algorithm", "a SignatureAlgorithm");
    if (algorithm.scheme === undefined) {
      throw new X509Error(
        "UNSUPPORTED_ALGORITHM",
        `signatures with ${algorithm.name} are not supported: ${algorithm.unsupported}`,
        { algorithm: algorithm.name, oid: algorithm.oid },
      );
    }
    const { type, pss, algorithm: row } = this.#contents;
    if (!algorithm.keyTypes.includes(type)) {
      if (type === "unknown") throw this.#unsupported();
      return undefined;
    }
    if (row === undefined) throw this.#unsupported();
    return isWithinPss(pss, algorithm) ? algorithm.scheme : undefined;
  }

  #unsupported(): X509Error {
    const { unsupported, oid } = this.#contents;
    return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${unsupported ?? oid}`, {
      algorithm: unsupported ?? oid,
      oid,
    });
  }

  #import(): NativePublicKey {
    const { algorithm } = this.#contents;
    if (algorithm === undefined) throw this.#unsupported();
    this.#native ??= backend.importPublicKey(algorithm, this.#plainSpki());
    return this.#native;
  }

  /** The libraries know RSA keys as rsaEncryption only: that a key is bound to RSASSA-PSS is for us to enforce. */
  #plainSpki(): Uint8Array {
    const { type, algorithm } = this.#contents;
    if (algorithm?.seedBytes !== undefined && isWeakPoint(this.#keyView())) {
      throw new X509Error("KEY_INVALID", "anybody can sign for this key", {});
    }
    return type === "rsa-pss" ? writeSpki(RSA, this.#keyView()) : PublicKey.viewOf(this);
  }

  #keyView(): Uint8Array {
    return this.#bytes.subarray(this.#contents.keyStart, this.#end);
  }
}

/**
 * Throws unless it is a key of this package: what only looks like one must not say whether a signature is right.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertPublicKey(key: PublicKey, argument: string): void {
  const expected = "a PublicKey, such as certificate.publicKey";
  if (!(key instanceof PublicKey)) throw badArgument(argument, expected);
  fromArgument(argument, expected, () => PublicKey.viewOf(key));
}

function assertSigned(signature: Uint8Array, data: Uint8Array): void {
  if (!isBytes(signature)) throw badArgument("signature", "a Uint8Array");
  if (!isBytes(data)) throw badArgument("data", "a Uint8Array");
}

const LABELS: readonly string[] = ["PUBLIC KEY", "RSA PUBLIC KEY"];
const FORMAT: ReadonlySet<string> = /* @__PURE__ */ new Set(["format"]);
