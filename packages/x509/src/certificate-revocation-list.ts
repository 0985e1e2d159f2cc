// CertificateRevocationList: a CRL (RFC 5280 section 5). It is its DER and a few offsets; values decode on first read, and
// entries only while they are looked at.

import { fromArgument } from "./argument.ts";
import { bytesEqual, copyBytes, isBytes } from "./bytes.ts";
import { type CrlDeviation, findCrlDeviations } from "./crl/crl-deviation.ts";
import type { CrlEntry } from "./crl/crl-entry.ts";
import { type CrlOutline, outlineCrl } from "./crl/crl-outline.ts";
import { RevokedEntries } from "./crl/revoked-entries.ts";
import { contentStart, elementEnd } from "./der/skip.ts";
import { decodeTime } from "./der/time.ts";
import { type DigestAlgorithm, type DigestFormat, fingerprintOf, formatDigest } from "./digest/digest-text.ts";
import { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import { X509Error } from "./error.ts";
import { decodeAltName } from "./extensions/alt-name.ts";
import { type AuthorityKeyIdentifier, decodeAuthorityKeyIdentifier } from "./extensions/authority-key-identifier.ts";
import type { DistributionPoint } from "./extensions/crl-distribution-points.ts";
import { decodeCrlNumber } from "./extensions/crl-number.ts";
import { decodeDeltaCrlIndicator } from "./extensions/delta-crl-indicator.ts";
import type { Extension } from "./extensions/extension.ts";
import { extensionId } from "./extensions/extension-id.ts";
import { extensionWith, listExtensions } from "./extensions/extension-list.ts";
import { decodeFreshestCrl } from "./extensions/freshest-crl.ts";
import {
  decodeIssuingDistributionPoint,
  type IssuingDistributionPoint,
} from "./extensions/issuing-distribution-point.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import { type ExtensionDecoder, readExtension } from "./extensions/read-extension.ts";
import type { GeneralName } from "./general-name/general-name.ts";
import { type CrlJson, crlJson } from "./inspect/crl-json.ts";
import { inspectCrl } from "./inspect/inspect-crl.ts";
import { readAllPem, readOnePem } from "./keys/one-pem.ts";
import { looksLikeDer, pemEncode } from "./pem/pem.ts";
import { assertPublicKey, type PublicKey } from "./public-key.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "./signature/signature-algorithm.ts";
import { Printable } from "./text/printable.ts";
import { quote } from "./text/text.ts";
import { readingKind } from "./wrong-kind.ts";

/**
 * A certificate revocation list. Immutable.
 *
 * Loading checks the whole DER strictly, and the structure of RFC 5280 section 5.1 down to each entry; the value of an
 * extension is checked when it is read. What is DER but not as RFC 5280 wants it is listed in `deviations`. At most
 * 128 MiB and 16,777,216 elements are taken, which is room for a million entries with reasons and dates.
 *
 * Loading does not check the signature, nor whether the list is current or covers a certificate.
 *
 * @example
 * const crl = CertificateRevocationList.parse(await readFile("ca.crl"));
 * if (!(await crl.verifySignature(ca.publicKey))) throw new Error("not from this CA");
 * const entry = crl.find(certificate.serialNumber);
 * if (entry !== undefined) console.log("revoked", entry.revocationDate, entry.reason);
 */
export class CertificateRevocationList extends Printable {
  readonly #bytes: Uint8Array;
  readonly #outline: CrlOutline;
  readonly #entries: RevokedEntries;
  readonly #cache: Cache = {};

  // A list may be large: one that nobody else has is not copied.
  private constructor(source: Uint8Array, isOwn?: boolean) {
    super();
    const bytes = isOwn ? source : copyBytes(source);
    this.#bytes = bytes;
    this.#outline = readingKind("CertificateRevocationList", () => outlineCrl(bytes), bytes);
    this.#entries = new RevokedEntries(bytes, this.#outline);
  }

  /**
   * A CRL from DER, which is copied.
   *
   * @throws X509Error with a DER code, CRL_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static fromDer(bytes: Uint8Array): CertificateRevocationList {
    return new CertificateRevocationList(bytes);
  }

  /**
   * The only CRL of a PEM text (`X509 CRL`). Other blocks beside it are passed over.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK,
   *   PEM_WRONG_LABEL, PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static fromPem(text: string | Uint8Array): CertificateRevocationList {
    const { bytes } = readingKind("CertificateRevocationList", () => readOnePem(text, labels));
    return new CertificateRevocationList(bytes, true);
  }

  /**
   * All CRLs of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromPem}
   */
  static allFromPem(text: string | Uint8Array): [CertificateRevocationList, ...CertificateRevocationList[]] {
    const blocks = readingKind("CertificateRevocationList", () => readAllPem(text, labels));
    const [first, ...more] = blocks.map(({ bytes }) => new CertificateRevocationList(bytes, true));
    return [first as CertificateRevocationList, ...more];
  }

  /**
   * A CRL from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromPem}
   */
  static parse(input: string | Uint8Array): CertificateRevocationList {
    return isBytes(input) && looksLikeDer(input)
      ? CertificateRevocationList.fromDer(input)
      : CertificateRevocationList.fromPem(input);
  }

  /** The CRL in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return this.#bytes.slice();
  }

  /** The version: 2, or 1 for lists without extensions. */
  get version(): 1 | 2 {
    return this.#outline.version;
  }

  /** Who signed it. */
  get issuer(): DistinguishedName {
    this.#cache.issuer ??= DistinguishedName.fromChecked(this.#bytes, this.#outline.issuer);
    return this.#cache.issuer;
  }

  /** When it was issued. */
  get thisUpdate(): Date {
    return this.#time(this.#outline.thisUpdate);
  }

  /** By when the next one will be issued; absent if the issuer does not say. */
  get nextUpdate(): Date | undefined {
    return this.#outline.nextUpdate === 0 ? undefined : this.#time(this.#outline.nextUpdate);
  }

  /** How many certificates are listed. */
  get entryCount(): number {
    return this.#outline.entryCount;
  }

  /** The entries, in the order of the encoding; each is made while it is looked at. To look one up, use `find`. */
  get entries(): Iterable<CrlEntry> {
    return this.#entries;
  }

  /**
   * The entry for a certificate, or undefined. The first call sorts the entries by serial number; after that a call takes
   * the same time whatever the length of the list.
   *
   * In an indirect CRL an entry counts for the issuer that it names. Should there be several entries for one certificate,
   * one that revokes it goes before one with `removeFromCRL`.
   *
   * @param issuer of the certificate; by default the issuer of the CRL
   * @throws X509Error EXTENSION_INVALID if the entry cannot be read, DER_LIMIT_EXCEEDED for more than 4,096 entries with
   *   this serial number
   * @example
   * crl.find(certificate.serialNumber, certificate.issuer)?.reason;
   */
  find(serialNumber: bigint, issuer?: DistinguishedName): CrlEntry | undefined {
    if (typeof serialNumber === "bigint") return this.#entries.find(serialNumber, issuer ?? this.issuer, this.issuer);
    throw new X509Error("ARGUMENT_INVALID", `not a serial number: expected a bigint, got ${typeof serialNumber}`, {
      argument: "serialNumber",
      expected: "a bigint",
    });
  }

  /** All extensions of the list, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    this.#cache.extensions ??= listExtensions(this.#bytes, this.#outline.extensions);
    return this.#cache.extensions;
  }

  /**
   * The extension of the list with this OID, as in `ExtensionOid`.
   *
   * @throws X509Error ARGUMENT_INVALID for a name in its place
   */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /** The number of this list: later lists have higher ones. @throws X509Error EXTENSION_INVALID */
  get crlNumber(): bigint | undefined {
    return this.#read(ExtensionOid.crlNumber, decodeCrlNumber);
  }

  /**
   * Of a delta CRL, the number of the complete list that it builds upon; a complete CRL has none.
   *
   * @throws X509Error EXTENSION_INVALID
   */
  get deltaCrlIndicator(): bigint | undefined {
    return this.#read(ExtensionOid.deltaCrlIndicator, decodeDeltaCrlIndicator);
  }

  /** Which certificates the list is about; absent: all of its issuer. @throws X509Error EXTENSION_INVALID */
  get issuingDistributionPoint(): IssuingDistributionPoint | undefined {
    return this.#read(ExtensionOid.issuingDistributionPoint, decodeIssuingDistributionPoint);
  }

  /** Which key signed it. @throws X509Error EXTENSION_INVALID */
  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#read(ExtensionOid.authorityKeyIdentifier, decodeAuthorityKeyIdentifier);
  }

  /** Further names of the issuer. @throws X509Error EXTENSION_INVALID */
  get issuerAltName(): readonly GeneralName[] | undefined {
    return this.#read(ExtensionOid.issuerAltName, decodeAltName);
  }

  /** Where delta CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get freshestCrl(): readonly DistributionPoint[] | undefined {
    return this.#read(ExtensionOid.freshestCrl, decodeFreshestCrl);
  }

  /** How the list differs from RFC 5280, though it is DER; of its entries, the first difference of each kind. */
  get deviations(): readonly CrlDeviation[] {
    this.#cache.deviations ??= findCrlDeviations(this.#bytes, this.#outline);
    return this.#cache.deviations;
  }

  /** The algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithm(): SignatureAlgorithm {
    this.#cache.signatureAlgorithm ??= readSignatureAlgorithm(this.#element(this.#outline.algorithm).slice());
    return this.#cache.signatureAlgorithm;
  }

  /** The signature; a fresh copy. */
  get signature(): Uint8Array {
    return this.#bytes.slice(contentStart(this.#bytes, elementEnd(this.#bytes, this.#outline.algorithm)) + 1);
  }

  /** The part that is signed, in DER; a fresh copy. */
  get tbsCertList(): Uint8Array {
    return this.#signed.slice();
  }

  /**
   * Was this signed by the issuer's key? `false` for any signature that is not right.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(issuerKey: PublicKey): Promise<boolean> {
    assertPublicKey(issuerKey, "issuerKey");
    return issuerKey.verify(this.signatureAlgorithm, this.signature, this.#signed);
  }

  /**
   * As {@link CertificateRevocationList.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(issuerKey: PublicKey): boolean {
    assertPublicKey(issuerKey, "issuerKey");
    return issuerKey.verifySync(this.signatureAlgorithm, this.signature, this.#signed);
  }

  /** SHA-256 of the DER in lower-case hex: equal lists have equal ids, so it is a key for a Map. */
  get id(): string {
    this.#cache.id ??= formatDigest(this.#bytes, "sha-256", "hex") as string;
    return this.#cache.id;
  }

  /**
   * The hash of the DER, as upper-case hex with colons unless another format is asked for: as that of a certificate.
   *
   * @throws X509Error ARGUMENT_INVALID for an unknown algorithm or format
   * @example
   * crl.fingerprint("sha-1", { format: "hex" });
   */
  fingerprint(algorithm: DigestAlgorithm | undefined, options: { readonly format: "bytes" }): Uint8Array;
  fingerprint(
    algorithm?: DigestAlgorithm,
    options?: { readonly format?: "colon" | "hex" | "base64" | undefined },
  ): string;
  /** For a format that is known at run time only. */
  fingerprint(
    algorithm?: DigestAlgorithm,
    options?: { readonly format?: DigestFormat | undefined },
  ): string | Uint8Array;
  fingerprint(
    algorithm: DigestAlgorithm = "sha-256",
    options: { readonly format?: DigestFormat | undefined } = {},
  ): string | Uint8Array {
    return fingerprintOf(this.#bytes, algorithm, options);
  }

  /** The same DER? */
  equals(other: CertificateRevocationList): boolean {
    return fromArgument("other", "a CertificateRevocationList", () => {
      return bytesEqual(this.#bytes, other.#bytes);
    });
  }

  /** PEM, in lines of 64 characters. */
  toPem(): string {
    return pemEncode("X509 CRL", this.#bytes);
  }

  /** `<CertificateRevocationList issuer="..." entries=3>` */
  override toString(): string {
    const { issuer } = this;
    return `<CertificateRevocationList issuer=${quote(issuer.CN ?? issuer.toString())} entries=${this.entryCount}>`;
  }

  /** Lines for people, with the first 20 entries. Safe to print: control characters are escaped. */
  inspect(): string {
    return inspectCrl(this);
  }

  /** What tools show; not the entries, which may be a million. */
  toJSON(): CrlJson {
    return crlJson(this);
  }

  get #signed(): Uint8Array {
    return this.#bytes.subarray(contentStart(this.#bytes, 0), this.#outline.algorithm);
  }

  #element(at: number): Uint8Array {
    return this.#bytes.subarray(at, elementEnd(this.#bytes, at));
  }

  #time(at: number): Date {
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, bytes[at] ?? 0, contentStart(bytes, at), elementEnd(bytes, at)));
  }

  #read<T>(oid: string, decode: ExtensionDecoder<T>): T | undefined {
    if (this.#outline.extensions === 0) return undefined;
    this.#cache.values ??= new Map();
    const { values } = this.#cache;
    // The same OID is always read by the same decoder.
    if (values.has(oid)) return values.get(oid) as T | undefined;
    const value = readExtension(this.#bytes, this.#outline.extensions, extensionId(oid), decode);
    values.set(oid, value);
    return value;
  }
}

const labels: readonly string[] = ["X509 CRL"];

/** What was read before. */
interface Cache {
  issuer?: DistinguishedName;
  signatureAlgorithm?: SignatureAlgorithm;
  extensions?: readonly Extension[];
  values?: Map<string, unknown>;
  deviations?: readonly CrlDeviation[];
  id?: string;
}
