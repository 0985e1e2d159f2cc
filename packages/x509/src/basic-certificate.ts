// BasicCertificate: an X.509 certificate (RFC 5280) with the fields that nearly every program reads, and no more. It is
// its DER and a few offsets; values decode on first read.

import { fromArgument } from "./argument.ts";
import { bytesEqual, copyPooled, isBytes, sameOctets } from "./bytes.ts";
import { type CertificateOutline, outlineCertificate, readVersion } from "./certificate/certificate-outline.ts";
import type { Deviation } from "./certificate/deviation.ts";
import { decodeOid } from "./der/oid.ts";
import { type DerReader, decodeInteger } from "./der/reader.ts";
import { contentStart, elementEnd } from "./der/skip.ts";
import { decodeTime } from "./der/time.ts";
import { BasicName } from "./distinguished-name/basic-name.ts";
import { type BasicConstraints, decodeBasicConstraints } from "./extensions/basic-constraints.ts";
import { decodeExtendedKeyUsage } from "./extensions/extended-key-usage.ts";
import type { Extension } from "./extensions/extension.ts";
import { decodeKeyUsage, type KeyUsageName } from "./extensions/key-usage.ts";
import { type ExtensionId, readExtension } from "./extensions/read-extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name/read-general-name.ts";
import { certificateBlocks, onlyCertificateBlock } from "./pem/certificate-pem.ts";
import { looksLikeDer } from "./pem/pem.ts";
import type { PublicKey } from "./public-key.ts";
import type { SignatureAlgorithm } from "./signature/signature-algorithm.ts";
import { Printable } from "./text/printable.ts";
import { quote } from "./text/text.ts";

/**
 * @internal What was read before. A field that is not in `BasicCertificate` belongs to its subclass. A class, so that all
 * are made alike, whatever is read first: that is what engines are fast with.
 */
export class CertificateCache {
  subject: BasicName | undefined;
  issuer: BasicName | undefined;
  signatureAlgorithm: SignatureAlgorithm | undefined;
  publicKey: PublicKey | undefined;
  extensions: readonly Extension[] | undefined;
  /** Values of extensions. A handful at most: a Map would cost more. */
  values: CachedValue | undefined;
  deviations: readonly Deviation[] | undefined;
  id: string | undefined;
}

interface CachedValue {
  readonly oid: string;
  readonly value: unknown;
  readonly next: CachedValue | undefined;
}

/**
 * The part of {@link Certificate} that most programs need, for those in which each kilobyte counts: it reads DER and PEM
 * with the same checks, and names, times, serial number, key and the usual extensions of a certificate. A `Certificate`
 * is one, too. Immutable.
 *
 * @example
 * const { subject, notAfter, subjectAltName } = BasicCertificate.fromPem(text);
 * console.log(subject.CN, notAfter, subjectAltName);
 */
export class BasicCertificate extends Printable {
  readonly #bytes: Uint8Array;
  readonly #serial: number;
  readonly #issuer: number;
  readonly #subject: number;
  readonly #extensions: number;
  #cache: CertificateCache | undefined;

  /**
   * For subclasses, which share what the given certificate has, or give DER, which is copied. Everyone else uses the static
   * loaders.
   */
  protected constructor(source: BasicCertificate | Uint8Array);
  /** @internal With `isOwn`, of bytes that nobody else has. */
  protected constructor(source: BasicCertificate | Uint8Array, isOwn?: boolean);
  protected constructor(source: BasicCertificate | Uint8Array, isOwn?: boolean) {
    super();
    if (source instanceof BasicCertificate) {
      this.#bytes = source.#bytes;
      this.#serial = source.#serial;
      this.#issuer = source.#issuer;
      this.#subject = source.#subject;
      this.#extensions = source.#extensions;
      this.#cache = source.#cached;
    } else {
      this.#bytes = isOwn ? source : copyPooled(source);
      const outline = outlineCertificate(this.#bytes);
      this.#serial = outline.serial;
      this.#issuer = outline.issuer;
      this.#subject = outline.subject;
      this.#extensions = outline.extensions;
    }
  }

  /**
   * A certificate from DER, which is copied.
   *
   * @throws X509Error with a DER code, CERTIFICATE_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static fromDer(bytes: Uint8Array): BasicCertificate {
    return new BasicCertificate(copyPooled(bytes), true);
  }

  /**
   * The only certificate of a PEM text. Prose, CRLF, indentation, and blocks that are not certificates are passed over.
   *
   * @throws X509Error as {@link BasicCertificate.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK, PEM_WRONG_LABEL,
   *   PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static fromPem(text: string | Uint8Array): BasicCertificate {
    return new BasicCertificate(onlyCertificateBlock(text), true);
  }

  /**
   * All certificates of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link BasicCertificate.fromPem}
   */
  static allFromPem(text: string | Uint8Array): [BasicCertificate, ...BasicCertificate[]] {
    return certificateBlocks(text).map((bytes) => new BasicCertificate(bytes, true)) as [
      BasicCertificate,
      ...BasicCertificate[],
    ];
  }

  /**
   * A certificate from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link BasicCertificate.fromDer} and {@link BasicCertificate.fromPem}
   */
  static parse(input: string | Uint8Array): BasicCertificate {
    return isBytes(input) && looksLikeDer(input) ? BasicCertificate.fromDer(input) : BasicCertificate.fromPem(input);
  }

  /** @internal The DER without a copy: do not let it leave the package. */
  static viewOf(certificate: BasicCertificate): Uint8Array {
    return certificate.#bytes;
  }

  /** @internal How many octets the DER has: counting them takes no copy. */
  static byteLengthOf(certificate: BasicCertificate): number {
    return certificate.#bytes.length;
  }

  /** @internal What was read before; the subclass keeps its own there, too. */
  static cacheOf(certificate: BasicCertificate): CertificateCache {
    return certificate.#cached;
  }

  /** @internal Where its parts are. */
  static outlineOf(certificate: BasicCertificate): CertificateOutline {
    return {
      serial: certificate.#serial,
      issuer: certificate.#issuer,
      subject: certificate.#subject,
      extensions: certificate.#extensions,
    };
  }

  /** @internal Are subject and issuer the same, octet by octet? */
  static hasOneName(certificate: BasicCertificate): boolean {
    const length = certificate.#validity - certificate.#issuer;
    return sameOctets(certificate.#bytes, certificate.#issuer, certificate.#bytes, certificate.#subject, length);
  }

  /** @internal The value of an extension, read once. The same OID always comes with the same decoder. */
  static read<T>(certificate: BasicCertificate, id: ExtensionId, decode: (reader: DerReader) => T): T | undefined {
    if (certificate.#extensions === 0) return undefined;
    const cache = certificate.#cached;
    for (let known = cache.values; known !== undefined; known = known.next) {
      if (known.oid === id.oid) return known.value as T;
    }
    const value = readExtension(certificate.#bytes, certificate.#extensions, id, decode);
    // That it is not there, too: to look for it takes as long as to read it.
    cache.values = { oid: id.oid, value, next: cache.values };
    return value;
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

  /** The OID of the algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithmOid(): string {
    const at = contentStart(this.#bytes, this.#algorithm);
    return decodeOid(this.#bytes, contentStart(this.#bytes, at), elementEnd(this.#bytes, at));
  }

  /** The signature; a fresh copy. */
  get signature(): Uint8Array {
    const bits = elementEnd(this.#bytes, this.#algorithm);
    return this.#bytes.slice(contentStart(this.#bytes, bits) + 1);
  }

  /** The part that is signed, in DER; a fresh copy. */
  get tbsCertificate(): Uint8Array {
    return this.#copy(this.#tbs);
  }

  /** Whose certificate it is (KEY-04). */
  get subject(): BasicName {
    const cache = this.#cached;
    cache.subject ??= BasicName.fromChecked(this.#bytes, this.#subject);
    return cache.subject;
  }

  /** Who signed it (KEY-04); the same object as `subject` where both are the same, octet by octet. */
  get issuer(): BasicName {
    const cache = this.#cached;
    cache.issuer ??= BasicCertificate.hasOneName(this)
      ? this.subject
      : BasicName.fromChecked(this.#bytes, this.#issuer);
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

  /** Is the moment within the validity, both ends included (RFC 5280 section 4.1.2.5)? */
  isValidAt(time: Date): boolean {
    return fromArgument("time", "a Date", () => {
      const notBefore = contentStart(this.#bytes, this.#validity);
      const at = time.getTime();
      return this.#time(notBefore) <= at && at <= this.#time(elementEnd(this.#bytes, notBefore));
    });
  }

  /** The public key: its SubjectPublicKeyInfo in DER, for WebCrypto or a `PublicKey`; a fresh copy. */
  get subjectPublicKeyInfo(): Uint8Array {
    return this.#copy(elementEnd(this.#bytes, this.#subject));
  }

  /** Names of the subject. @throws X509Error EXTENSION_INVALID */
  get subjectAltName(): readonly GeneralName<BasicName>[] | undefined {
    return BasicCertificate.read(this, subjectAltName, decodeAltName);
  }

  /** Is the subject a CA? @throws X509Error EXTENSION_INVALID */
  get basicConstraints(): BasicConstraints | undefined {
    return BasicCertificate.read(this, basicConstraints, decodeBasicConstraints);
  }

  /** What the key may be used for; a fresh set, so that nobody can give a certificate more rights. @throws X509Error EXTENSION_INVALID */
  get keyUsage(): ReadonlySet<KeyUsageName> | undefined {
    const usages = BasicCertificate.read(this, keyUsage, decodeKeyUsage);
    return usages && new Set(usages);
  }

  /** The purposes of the certificate, as OIDs: see `ExtendedKeyUsage`. @throws X509Error EXTENSION_INVALID */
  get extendedKeyUsage(): readonly string[] | undefined {
    return BasicCertificate.read(this, extendedKeyUsage, decodeExtendedKeyUsage);
  }

  /** The same DER (KEY-09)? A private key beside one of them does not count. */
  equals(other: BasicCertificate): boolean {
    return fromArgument("other", "a certificate", () => {
      return bytesEqual(this.#bytes, other.#bytes);
    });
  }

  /** `<Certificate subject="..." issuer="...">`: common names, or whole names where there is none (KEY-08). */
  override toString(): string {
    const { subject, issuer } = this;
    return `<Certificate subject=${quote(subject.CN ?? subject.toString())} issuer=${quote(issuer.CN ?? issuer.toString())}>`;
  }

  get #cached(): CertificateCache {
    this.#cache ??= new CertificateCache();
    return this.#cache;
  }

  get #tbs(): number {
    return contentStart(this.#bytes, 0);
  }

  get #algorithm(): number {
    return elementEnd(this.#bytes, this.#tbs);
  }

  get #validity(): number {
    return elementEnd(this.#bytes, this.#issuer);
  }

  #copy(at: number): Uint8Array {
    return this.#bytes.slice(at, elementEnd(this.#bytes, at));
  }

  #time(at: number): number {
    return decodeTime(this.#bytes, this.#bytes[at] ?? 0, contentStart(this.#bytes, at), elementEnd(this.#bytes, at));
  }
}

function decodeAltName(reader: DerReader): readonly GeneralName<BasicName>[] {
  return readGeneralNames(reader, (bytes, at) => BasicName.fromChecked(bytes, at));
}

// In the words of `extensionId`, without its tables.
const keyUsage: ExtensionId = { oid: "2.5.29.15", octets: [0x55, 0x1d, 15], name: "keyUsage" };
const subjectAltName: ExtensionId = { oid: "2.5.29.17", octets: [0x55, 0x1d, 17], name: "subjectAltName" };
const basicConstraints: ExtensionId = { oid: "2.5.29.19", octets: [0x55, 0x1d, 19], name: "basicConstraints" };
const extendedKeyUsage: ExtensionId = { oid: "2.5.29.37", octets: [0x55, 0x1d, 37], name: "extendedKeyUsage" };
