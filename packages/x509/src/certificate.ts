// Certificate: an X.509 certificate (RFC 5280), with all that can be read of it, and done with it.

import { badArgument, fromArgument } from "./argument.ts";
import { BasicCertificate } from "./basic-certificate.ts";
import { bytesEqual, copyPooled, isBytes } from "./bytes.ts";
import { offsetOf, partOf } from "./certificate/certificate-part.ts";
import { type Deviation, findDeviations } from "./certificate/deviation.ts";
import { type DigestAlgorithm, type DigestFormat, fingerprintOf, formatDigest } from "./digest/digest-text.ts";
import { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import type { AuthorityKeyIdentifier } from "./extensions/authority-key-identifier.ts";
import type { PolicyInformation } from "./extensions/certificate-policies.ts";
import type { DistributionPoint } from "./extensions/crl-distribution-points.ts";
import type { Extension } from "./extensions/extension.ts";
import { extensionId } from "./extensions/extension-id.ts";
import { extensionWith, listExtensions } from "./extensions/extension-list.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "./extensions/extension-values.ts";
import type { AccessDescription } from "./extensions/info-access.ts";
import type { NameConstraints } from "./extensions/name-constraints.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import type { PolicyConstraints } from "./extensions/policy-constraints.ts";
import type { PolicyMapping } from "./extensions/policy-mappings.ts";
import type { PrivateKeyUsagePeriod } from "./extensions/private-key-usage-period.ts";
import type { SignedCertificateTimestamp } from "./extensions/signed-certificate-timestamps.ts";
import type { DirectoryAttribute } from "./extensions/subject-directory-attributes.ts";
import type { GeneralName } from "./general-name/general-name.ts";
import { type CertificateJson, certificateJson } from "./inspect/certificate-json.ts";
import { inspectCertificate } from "./inspect/inspect-certificate.ts";
import { serialText } from "./inspect/serial-text.ts";
import { certificateBlocks, onlyCertificateBlock } from "./pem/certificate-pem.ts";
import { looksLikeDer, pemEncode } from "./pem/pem.ts";
import { assertPublicKey, PublicKey } from "./public-key.ts";
import { type SignatureAlgorithm, signatureAlgorithmAt } from "./signature/signature-algorithm.ts";
import { readingKind } from "./wrong-kind.ts";

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
export class Certificate extends BasicCertificate {
  /**
   * A certificate from DER, which is copied (KEY-01).
   *
   * @throws X509Error with a DER code, CERTIFICATE_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static override fromDer(bytes: Uint8Array): Certificate {
    return Certificate.fromOwn(copyPooled(bytes));
  }

  /** @internal As {@link Certificate.fromDer}, of bytes that nobody else has. */
  static fromOwn(bytes: Uint8Array): Certificate {
    return readingKind("Certificate", () => new Certificate(bytes, true), bytes);
  }

  /**
   * The only certificate of a PEM text (KEY-02). Prose, CRLF, indentation, and blocks that are not certificates are
   * passed over.
   *
   * @throws X509Error as {@link Certificate.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK, PEM_WRONG_LABEL,
   *   PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static override fromPem(text: string | Uint8Array): Certificate {
    return Certificate.fromOwn(readingKind("Certificate", () => onlyCertificateBlock(text)));
  }

  /**
   * All certificates of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link Certificate.fromPem}
   */
  static override allFromPem(text: string | Uint8Array): [Certificate, ...Certificate[]] {
    const blocks = readingKind("Certificate", () => certificateBlocks(text));
    return blocks.map(Certificate.fromOwn) as [Certificate, ...Certificate[]];
  }

  /**
   * A certificate from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link Certificate.fromDer} and {@link Certificate.fromPem}
   */
  static override parse(input: string | Uint8Array): Certificate {
    return isBytes(input) && looksLikeDer(input) ? Certificate.fromDer(input) : Certificate.fromPem(input);
  }

  /**
   * @internal The certificate itself, or one of its own bytes in place of an object of a subclass, or with properties of
   * its own: whoever decides by what a certificate says must not ask an object that says something else.
   *
   * @throws X509Error ARGUMENT_INVALID for what is no certificate of this package
   */
  static genuine(certificate: Certificate): Certificate {
    if (!(certificate instanceof Certificate)) throw badArgument("certificate", "a Certificate");
    const isPlain =
      Object.getPrototypeOf(certificate) === Certificate.prototype && Reflect.ownKeys(certificate).length === 0;
    return fromArgument("certificate", "a Certificate", () => {
      if (!isPlain) return new Certificate(certificate);
      BasicCertificate.viewOf(certificate);
      return certificate;
    });
  }

  /** The serial number in lower-case hex, two digits per octet, as CRLs and other tools print it. */
  get serialNumberHex(): string {
    return serialText(this.serialNumber);
  }

  /** The algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithm(): SignatureAlgorithm {
    const cache = BasicCertificate.cacheOf(this);
    cache.signatureAlgorithm ??= signatureAlgorithmAt(
      BasicCertificate.viewOf(this),
      offsetOf(this, "signatureAlgorithm"),
    );
    return cache.signatureAlgorithm;
  }

  /** Is the same algorithm named inside the signed part and beside the signature (RFC 5280 section 4.1.1.2)? */
  get hasOneSignatureAlgorithm(): boolean {
    const inner = partOf(this, "innerAlgorithm");
    return bytesEqual(inner, partOf(this, "signatureAlgorithm"));
  }

  /** Whose certificate it is (KEY-04). */
  override get subject(): DistinguishedName {
    const cache = BasicCertificate.cacheOf(this);
    cache.subject ??= DistinguishedName.fromChecked(BasicCertificate.viewOf(this), offsetOf(this, "subject"));
    // Of a Certificate, nothing else is ever kept there.
    return cache.subject as DistinguishedName;
  }

  /** Who signed it (KEY-04); the same object as `subject` where both are the same, octet by octet. */
  override get issuer(): DistinguishedName {
    const cache = BasicCertificate.cacheOf(this);
    cache.issuer ??= BasicCertificate.hasOneName(this)
      ? this.subject
      : DistinguishedName.fromChecked(BasicCertificate.viewOf(this), offsetOf(this, "issuer"));
    // Of a Certificate, nothing else is ever kept there.
    return cache.issuer as DistinguishedName;
  }

  /**
   * The public key (KEY-10).
   *
   * @throws X509Error KEY_INVALID or a DER code if the key is malformed
   */
  get publicKey(): PublicKey {
    const cache = BasicCertificate.cacheOf(this);
    cache.publicKey ??= PublicKey.fromChecked(BasicCertificate.viewOf(this), offsetOf(this, "publicKey"));
    return cache.publicKey;
  }

  /** All extensions, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    const cache = BasicCertificate.cacheOf(this);
    cache.extensions ??= listExtensions(BasicCertificate.viewOf(this), BasicCertificate.outlineOf(this).extensions);
    return cache.extensions;
  }

  /**
   * The extension with this OID, as in `ExtensionOid`.
   *
   * @throws X509Error ARGUMENT_INVALID for a name in its place
   */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /** Names of the subject. @throws X509Error EXTENSION_INVALID */
  override get subjectAltName(): readonly GeneralName[] | undefined {
    return this.#read("subjectAltName");
  }

  /** Names of the issuer. @throws X509Error EXTENSION_INVALID */
  get issuerAltName(): readonly GeneralName[] | undefined {
    return this.#read("issuerAltName");
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
    return this.#read("crlDistributionPoints");
  }

  /** Where delta CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get freshestCrl(): readonly DistributionPoint[] | undefined {
    return this.#read("freshestCrl");
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
    const cache = BasicCertificate.cacheOf(this);
    cache.deviations ??= findDeviations(BasicCertificate.viewOf(this));
    return cache.deviations;
  }

  /** Have subject and issuer the same name (RFC 5280 section 3.2)? Says nothing about the signature. */
  get isSelfIssued(): boolean {
    return this.subject.equals(this.issuer);
  }

  /** SHA-256 of the DER in lower-case hex: equal certificates have equal ids, so it is a key for a Map (KEY-09). */
  get id(): string {
    const cache = BasicCertificate.cacheOf(this);
    cache.id ??= formatDigest(BasicCertificate.viewOf(this), "sha-256", "hex") as string;
    return cache.id;
  }

  /**
   * The hash of the DER (KEY-06), as upper-case hex with colons unless another format is asked for.
   *
   * @throws X509Error ARGUMENT_INVALID for an unknown algorithm or format
   * @example
   * certificate.fingerprint(); // "14:75:EE:..."
   * certificate.fingerprint("sha-1", { format: "hex" });
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
    return fingerprintOf(BasicCertificate.viewOf(this), algorithm, options);
  }

  /**
   * Was this signed by the issuer's key? `false` for any signature that is not right.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(issuerKey: PublicKey): Promise<boolean> {
    assertPublicKey(issuerKey, "issuerKey");
    return issuerKey.verify(this.signatureAlgorithm, this.signature, partOf(this, "tbsCertificate"));
  }

  /**
   * As {@link Certificate.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(issuerKey: PublicKey): boolean {
    assertPublicKey(issuerKey, "issuerKey");
    return issuerKey.verifySync(this.signatureAlgorithm, this.signature, partOf(this, "tbsCertificate"));
  }

  /** PEM, in lines of 64 characters (KEY-03). */
  toPem(): string {
    return pemEncode("CERTIFICATE", BasicCertificate.viewOf(this));
  }

  /** Lines for people (KEY-07). Safe to print: control characters are escaped. */
  inspect(): string {
    return inspectCertificate(this);
  }

  /** The fields that tools show; `pem` is not among them. */
  toJSON(): CertificateJson {
    return certificateJson(this);
  }

  #read<Name extends ExtensionName>(name: Name): ExtensionValues[Name] | undefined {
    return BasicCertificate.read(this, extensionId(ExtensionOid[name]), extensionDecoders[name]);
  }
}
