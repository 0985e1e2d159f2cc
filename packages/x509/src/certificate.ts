// Certificate: an X.509 certificate (RFC 5280). It is its DER and a few offsets; values decode on first read.

import { bytesEqual, copyPooled, isBytes } from "./bytes.ts";
import { outlineCertificate, readVersion } from "./certificate-outline.ts";
import { certificateBlocks, onlyCertificateBlock } from "./certificate-pem.ts";
import { decodeInteger } from "./der/reader.ts";
import { contentStart, elementEnd } from "./der/skip.ts";
import { decodeTime } from "./der/time.ts";
import { type Deviation, findDeviations } from "./deviation.ts";
import { type DigestAlgorithm, formatDigest } from "./digest-text.ts";
import { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import type { AuthorityKeyIdentifier } from "./extensions/authority-key-identifier.ts";
import type { BasicConstraints } from "./extensions/basic-constraints.ts";
import type { PolicyInformation } from "./extensions/certificate-policies.ts";
import type { DistributionPoint } from "./extensions/crl-distribution-points.ts";
import { type Extension, ParsedExtension } from "./extensions/extension.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "./extensions/extension-values.ts";
import type { AccessDescription } from "./extensions/info-access.ts";
import type { KeyUsageName } from "./extensions/key-usage.ts";
import type { NameConstraints } from "./extensions/name-constraints.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import type { PolicyConstraints } from "./extensions/policy-constraints.ts";
import type { PolicyMapping } from "./extensions/policy-mappings.ts";
import type { PrivateKeyUsagePeriod } from "./extensions/private-key-usage-period.ts";
import { readExtension } from "./extensions/read-extension.ts";
import type { SignedCertificateTimestamp } from "./extensions/signed-certificate-timestamps.ts";
import type { DirectoryAttribute } from "./extensions/subject-directory-attributes.ts";
import type { GeneralName } from "./general-name.ts";
import { type CertificateJson, certificateJson } from "./inspect/certificate-json.ts";
import { inspectCertificate } from "./inspect/inspect-certificate.ts";
import { looksLikeDer, pemEncode } from "./pem.ts";
import { Printable } from "./printable.ts";
import { PublicKey } from "./public-key.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "./signature-algorithm.ts";
import { quote } from "./text.ts";

/**
 * An X.509 certificate. Immutable.
 *
 * Loading checks the whole DER strictly, and the structure of RFC 5280 section 4.1; the value of an extension is
 * checked when it is read. What is DER but not as RFC 5280 wants it is listed in `deviations`.
 *
 * @example
 * const certificate = Certificate.fromPem(await readFile("server.pem"));
 * console.log(certificate.subject.CN, certificate.notAfter, certificate.subjectAltName);
 */
export class Certificate extends Printable {
  readonly #bytes: Uint8Array;
  readonly #serial: number;
  readonly #issuer: number;
  readonly #subject: number;
  readonly #extensions: number;
  #cache: Cache | undefined;

  /** For subclasses, which share what the given certificate has. Everyone else uses the static loaders. */
  protected constructor(source: Certificate | Uint8Array) {
    super();
    if (source instanceof Certificate) {
      this.#bytes = source.#bytes;
      this.#serial = source.#serial;
      this.#issuer = source.#issuer;
      this.#subject = source.#subject;
      this.#extensions = source.#extensions;
      this.#cache = source.#cached;
    } else {
      const outline = outlineCertificate(source);
      this.#bytes = source;
      this.#serial = outline.serial;
      this.#issuer = outline.issuer;
      this.#subject = outline.subject;
      this.#extensions = outline.extensions;
    }
  }

  /**
   * A certificate from DER, which is copied (KEY-01).
   *
   * @throws X509Error with a DER code, CERTIFICATE_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static fromDer(bytes: Uint8Array): Certificate {
    return new Certificate(copyPooled(bytes));
  }

  /** @internal As {@link Certificate.fromDer}, of bytes that nobody else has. */
  static fromOwn(bytes: Uint8Array): Certificate {
    return new Certificate(bytes);
  }

  /**
   * The only certificate of a PEM text (KEY-02). Prose, CRLF, indentation, and blocks that are not certificates are
   * passed over.
   *
   * @throws X509Error as {@link Certificate.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK, PEM_WRONG_LABEL,
   *   PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static fromPem(text: string | Uint8Array): Certificate {
    return new Certificate(onlyCertificateBlock(text));
  }

  /**
   * All certificates of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link Certificate.fromPem}
   */
  static allFromPem(text: string | Uint8Array): Certificate[] {
    return certificateBlocks(text).map((bytes) => new Certificate(bytes));
  }

  /**
   * A certificate from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link Certificate.fromDer} and {@link Certificate.fromPem}
   */
  static parse(input: string | Uint8Array): Certificate {
    return isBytes(input) && looksLikeDer(input) ? Certificate.fromDer(input) : Certificate.fromPem(input);
  }

  /** The certificate in DER, exactly as it was encoded; a fresh copy (KEY-03). */
  get der(): Uint8Array {
    return this.#bytes.slice();
  }

  /** X.509 version: 1, 2 or 3. */
  get version(): 1 | 2 | 3 {
    const at = contentStart(this.#bytes, this.#tbs);
    return at === this.#serial ? 1 : (readVersion(this.#bytes, at) as 1 | 2 | 3);
  }

  /** The serial number, of any size (KEY-05). */
  get serialNumber(): bigint {
    return decodeInteger(this.#bytes, contentStart(this.#bytes, this.#serial), elementEnd(this.#bytes, this.#serial));
  }

  /** The serial number in lower-case hex, two digits per octet. */
  get serialNumberHex(): string {
    const serial = this.serialNumber;
    const digits = (serial < 0n ? -serial : serial).toString(16);
    return (serial < 0n ? "-" : "") + digits.padStart(digits.length + (digits.length % 2), "0");
  }

  /** The algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithm(): SignatureAlgorithm {
    const cache = this.#cached;
    cache.signatureAlgorithm ??= readSignatureAlgorithm(this.#element(elementEnd(this.#bytes, this.#tbs)));
    return cache.signatureAlgorithm;
  }

  /** Is the same algorithm named inside the signed part and beside the signature (RFC 5280 section 4.1.1.2)? */
  get hasOneSignatureAlgorithm(): boolean {
    const inner = this.#bytes.subarray(elementEnd(this.#bytes, this.#serial), this.#issuer);
    return bytesEqual(inner, this.#element(elementEnd(this.#bytes, this.#tbs)));
  }

  /** The signature; a fresh copy. */
  get signature(): Uint8Array {
    return this.#signature.slice();
  }

  /** The part that is signed, in DER; a fresh copy. */
  get tbsCertificate(): Uint8Array {
    return this.#element(this.#tbs).slice();
  }

  /** Whose certificate it is (KEY-04). */
  get subject(): DistinguishedName {
    const cache = this.#cached;
    cache.subject ??= DistinguishedName.fromCheckedView(this.#element(this.#subject));
    return cache.subject;
  }

  /** Who signed it (KEY-04). */
  get issuer(): DistinguishedName {
    const cache = this.#cached;
    cache.issuer ??= DistinguishedName.fromCheckedView(this.#element(this.#issuer));
    return cache.issuer;
  }

  /** The first moment of validity. */
  get notBefore(): Date {
    return new Date(this.#time(contentStart(this.#bytes, this.#validity)));
  }

  /** The last moment of validity. */
  get notAfter(): Date {
    return new Date(this.#time(elementEnd(this.#bytes, contentStart(this.#bytes, this.#validity))));
  }

  /**
   * The public key (KEY-10).
   *
   * @throws X509Error KEY_INVALID or a DER code if the key is malformed
   */
  get publicKey(): PublicKey {
    const cache = this.#cached;
    cache.publicKey ??= PublicKey.fromCheckedView(this.#element(elementEnd(this.#bytes, this.#subject)));
    return cache.publicKey;
  }

  /** All extensions, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    const cache = this.#cached;
    cache.extensions ??= this.#readExtensions();
    return cache.extensions;
  }

  /** The extension with this OID. */
  extension(oid: string): Extension | undefined {
    for (const extension of this.extensions) if (extension.oid === oid) return extension;
    return undefined;
  }

  /** Names of the subject. @throws X509Error EXTENSION_INVALID */
  get subjectAltName(): readonly GeneralName[] | undefined {
    return this.#read("subjectAltName");
  }

  /** Names of the issuer. @throws X509Error EXTENSION_INVALID */
  get issuerAltName(): readonly GeneralName[] | undefined {
    return this.#read("issuerAltName");
  }

  /** Is the subject a CA? @throws X509Error EXTENSION_INVALID */
  get basicConstraints(): BasicConstraints | undefined {
    return this.#read("basicConstraints");
  }

  /** What the key may be used for; a fresh set, so that nobody can give a certificate more rights. @throws X509Error EXTENSION_INVALID */
  get keyUsage(): ReadonlySet<KeyUsageName> | undefined {
    const usages = this.#read("keyUsage");
    return usages && new Set(usages);
  }

  /** The purposes of the certificate, as OIDs: see `ExtendedKeyUsage`. @throws X509Error EXTENSION_INVALID */
  get extendedKeyUsage(): readonly string[] | undefined {
    return this.#read("extendedKeyUsage");
  }

  /** Which key this is; a fresh copy. @throws X509Error EXTENSION_INVALID */
  get subjectKeyIdentifier(): Uint8Array | undefined {
    return this.#read("subjectKeyIdentifier")?.slice();
  }

  /** Which key signed it. @throws X509Error EXTENSION_INVALID */
  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#read("authorityKeyIdentifier");
  }

  /** The names that this CA may, and may not, issue for. @throws X509Error EXTENSION_INVALID */
  get nameConstraints(): NameConstraints | undefined {
    return this.#read("nameConstraints");
  }

  /** Attributes of the subject that are no names. @throws X509Error EXTENSION_INVALID */
  get subjectDirectoryAttributes(): readonly DirectoryAttribute[] | undefined {
    return this.#read("subjectDirectoryAttributes");
  }

  /** When the private key may sign, if that is not the validity. @throws X509Error EXTENSION_INVALID */
  get privateKeyUsagePeriod(): PrivateKeyUsagePeriod | undefined {
    return this.#read("privateKeyUsagePeriod");
  }

  /** Where more is to be had about the issuer. @throws X509Error EXTENSION_INVALID */
  get authorityInfoAccess(): readonly AccessDescription[] | undefined {
    return this.#read("authorityInfoAccess");
  }

  /** Where more is to be had from the subject: the repository of a CA, say. @throws X509Error EXTENSION_INVALID */
  get subjectInfoAccess(): readonly AccessDescription[] | undefined {
    return this.#read("subjectInfoAccess");
  }

  /** Where CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get crlDistributionPoints(): readonly DistributionPoint[] | undefined {
    return this.#read("cRLDistributionPoints");
  }

  /** Where delta CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get freshestCrl(): readonly DistributionPoint[] | undefined {
    return this.#read("freshestCRL");
  }

  /** The policies under which it was issued. @throws X509Error EXTENSION_INVALID */
  get certificatePolicies(): readonly PolicyInformation[] | undefined {
    return this.#read("certificatePolicies");
  }

  /** Which policies of issuer and subject are the same. @throws X509Error EXTENSION_INVALID */
  get policyMappings(): readonly PolicyMapping[] | undefined {
    return this.#read("policyMappings");
  }

  /** When policies become mandatory. @throws X509Error EXTENSION_INVALID */
  get policyConstraints(): PolicyConstraints | undefined {
    return this.#read("policyConstraints");
  }

  /** After how many more certificates anyPolicy does not count. @throws X509Error EXTENSION_INVALID */
  get inhibitAnyPolicy(): number | undefined {
    return this.#read("inhibitAnyPolicy");
  }

  /** What logs of certificate transparency promised (RFC 6962 section 3.3). @throws X509Error EXTENSION_INVALID */
  get signedCertificateTimestamps(): readonly SignedCertificateTimestamp[] | undefined {
    return this.#read("signedCertificateTimestamps");
  }

  /** The TLS extensions that its server must support (RFC 7633), see `TlsFeature`. @throws X509Error EXTENSION_INVALID */
  get tlsFeature(): readonly number[] | undefined {
    return this.#read("tlsFeature");
  }

  /** The answer to a tls-alpn-01 challenge (RFC 8737); a fresh copy. @throws X509Error EXTENSION_INVALID */
  get acmeIdentifier(): Uint8Array | undefined {
    return this.#read("acmeIdentifier")?.slice();
  }

  /** How the certificate differs from RFC 5280, though it is DER; empty for nearly all. */
  get deviations(): readonly Deviation[] {
    const cache = this.#cached;
    cache.deviations ??= findDeviations(this.#bytes, {
      serial: this.#serial,
      issuer: this.#issuer,
      subject: this.#subject,
      extensions: this.#extensions,
    });
    return cache.deviations;
  }

  /** Have subject and issuer the same name (RFC 5280 section 3.2)? Says nothing about the signature. */
  get isSelfIssued(): boolean {
    return this.subject.equals(this.issuer);
  }

  /** SHA-256 of the DER in lower-case hex: equal certificates have equal ids, so it is a key for a Map (KEY-09). */
  get id(): string {
    const cache = this.#cached;
    cache.id ??= formatDigest(this.#bytes, "sha-256", "hex") as string;
    return cache.id;
  }

  /**
   * The hash of the DER (KEY-06), as upper-case hex with colons unless another format is asked for.
   *
   * @throws X509Error ARGUMENT_INVALID for an unknown algorithm or format
   * @example
   * certificate.fingerprint(); // "14:75:EE:…"
   * certificate.fingerprint("sha-1", { format: "hex" });
   */
  fingerprint(algorithm: DigestAlgorithm | undefined, options: { readonly format: "bytes" }): Uint8Array;
  fingerprint(algorithm?: DigestAlgorithm, options?: { readonly format?: "colon" | "hex" | "base64" }): string;
  fingerprint(
    algorithm: DigestAlgorithm = "sha-256",
    options: { readonly format?: "colon" | "hex" | "base64" | "bytes" } = {},
  ): string | Uint8Array {
    return formatDigest(this.#bytes, algorithm, options.format ?? "colon");
  }

  /** Is the moment within the validity, both ends included (RFC 5280 section 4.1.2.5)? */
  isValidAt(time: Date): boolean {
    const notBefore = contentStart(this.#bytes, this.#validity);
    const at = time.getTime();
    return this.#time(notBefore) <= at && at <= this.#time(elementEnd(this.#bytes, notBefore));
  }

  /** The same DER (KEY-09)? A private key beside one of them does not count. */
  equals(other: Certificate): boolean {
    return bytesEqual(this.#bytes, other.#bytes);
  }

  /**
   * Was this signed by the issuer's key? `false` for any signature that is not right.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(issuerKey: PublicKey): Promise<boolean> {
    return issuerKey.verify(this.signatureAlgorithm, this.#signature, this.#element(this.#tbs));
  }

  /**
   * As {@link Certificate.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(issuerKey: PublicKey): boolean {
    return issuerKey.verifySync(this.signatureAlgorithm, this.#signature, this.#element(this.#tbs));
  }

  /** PEM, in lines of 64 characters (KEY-03). */
  toPem(): string {
    return pemEncode("CERTIFICATE", this.#bytes);
  }

  /** `<Certificate subject="…" issuer="…">`: common names, or whole names where there is none (KEY-08). */
  override toString(): string {
    const { subject, issuer } = this;
    return `<Certificate subject=${quote(subject.CN ?? subject.toString())} issuer=${quote(issuer.CN ?? issuer.toString())}>`;
  }

  /** Lines for people (KEY-07). Safe to print: control characters are escaped. */
  inspect(): string {
    return inspectCertificate(this, (name) => this.#read(name));
  }

  /** The fields that tools show; `pem` is not among them. */
  toJSON(): CertificateJson {
    return certificateJson(this);
  }

  get #cached(): Cache {
    this.#cache ??= {};
    return this.#cache;
  }

  get #tbs(): number {
    return contentStart(this.#bytes, 0);
  }

  get #signature(): Uint8Array {
    const bits = elementEnd(this.#bytes, elementEnd(this.#bytes, this.#tbs));
    return this.#bytes.subarray(contentStart(this.#bytes, bits) + 1);
  }

  get #validity(): number {
    return elementEnd(this.#bytes, this.#issuer);
  }

  #element(at: number): Uint8Array {
    return this.#bytes.subarray(at, elementEnd(this.#bytes, at));
  }

  #time(at: number): number {
    return decodeTime(this.#bytes, this.#bytes[at] ?? 0, contentStart(this.#bytes, at), elementEnd(this.#bytes, at));
  }

  #readExtensions(): readonly Extension[] {
    const list: Extension[] = [];
    if (this.#extensions === 0) return Object.freeze(list);
    const end = elementEnd(this.#bytes, this.#extensions);
    for (let at = contentStart(this.#bytes, this.#extensions); at < end; at = elementEnd(this.#bytes, at)) {
      list.push(new ParsedExtension(this.#bytes, at));
    }
    return Object.freeze(list);
  }

  #read<Name extends ExtensionName>(name: Name): ExtensionValues[Name] | undefined {
    if (this.#extensions === 0) return undefined;
    const cache = this.#cached;
    cache.values ??= new Map();
    // The same name always has the same type of value.
    if (cache.values.has(name)) return cache.values.get(name) as ExtensionValues[Name] | undefined;
    const value = readExtension(this.#bytes, this.#extensions, ExtensionOid[name], extensionDecoders[name]);
    cache.values.set(name, value);
    return value;
  }
}

/** What was read before. */
interface Cache {
  subject?: DistinguishedName;
  issuer?: DistinguishedName;
  signatureAlgorithm?: SignatureAlgorithm;
  publicKey?: PublicKey;
  extensions?: readonly Extension[];
  values?: Map<ExtensionName, unknown>;
  deviations?: readonly Deviation[];
  id?: string;
}
