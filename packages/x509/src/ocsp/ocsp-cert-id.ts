// CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
//   serialNumber INTEGER }
// RFC 6960 section 4.1.1: which certificate is meant. The hash identifies, and protects nothing.

import { backend } from "#crypto";
import { fromArgument, takeOwn } from "../argument.ts";
import { bytesEqual, copyBytes } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derInteger, derNull, derOctetString, derOid, derSequence } from "../der/writer.ts";
import type { HashSpelling } from "../digest/hash-name.ts";
import { hashNamed } from "../digest/hash-named.ts";
import { hashByOid, hashOids, SHA, type ShaName } from "../digest/hash-oids.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { certIdJson, type OcspCertIdJson } from "../inspect/inspect-ocsp-request.ts";
import { Printable } from "../text/printable.ts";

/** The hash functions for CertIDs. */
export type OcspHashName = ShaName;

/** Which certificate an OCSP request or response is about. Immutable. */
export class OcspCertId extends Printable {
  readonly #der: Uint8Array;
  /** The OID of the hash function. */
  readonly hashOid: string;
  /** The hash function; absent if it is one that we do not have. */
  readonly hash: OcspHashName | undefined;
  /** The serial number of the certificate. */
  readonly serialNumber: bigint;
  readonly #nameHash: Uint8Array;
  readonly #keyHash: Uint8Array;

  private constructor(bytes: Uint8Array) {
    super();
    const der = copyBytes(bytes);
    const fields = new DerReader(der).enter(Tag.sequence, "a CertID");
    const algorithm = fields.enter(Tag.sequence, "a hashAlgorithm");
    const oid = algorithm.oid("a hash algorithm");
    const isPlain = algorithm.peek() === -1 || algorithm.peek() === Tag.null;
    this.#der = der;
    this.hashOid = oid;
    this.hash = isPlain ? hashByOid(oid) : undefined;
    this.#nameHash = fields.octetString("an issuerNameHash");
    this.#keyHash = fields.octetString("an issuerKeyHash");
    this.serialNumber = fields.integer("a serialNumber");
    Object.freeze(this);
  }

  /**
   * The id of a certificate.
   *
   * @param options.hash by default SHA-1, which is the only one that many responders know; in upper or lower case
   * @throws X509Error ARGUMENT_INVALID if the certificate names another issuer, or for an unknown hash function
   * @example
   * OcspCertId.of(certificate, issuer, { hash: "SHA-256" });
   */
  static of(
    certificate: Certificate,
    issuer: Certificate,
    options: { readonly hash?: HashSpelling<OcspHashName> | undefined } = {},
  ): OcspCertId {
    return fromArgument("certificate", "a Certificate, and that of its issuer", () => {
      const { hash: given = "SHA-1" } = takeOwn(options, OPTIONS, "options");
      const hash = hashNamed(given, "hash", SHA);
      if (!certificate.issuer.equals(issuer.subject))
        throw badArgument("issuer", `a certificate of ${certificate.issuer}`);
      return new OcspCertId(
        derSequence(
          derSequence(derOid(hashOids[hash]), derNull()),
          derOctetString(hashOfName(hash, certificate)),
          derOctetString(hashOfKey(hash, issuer)),
          derInteger(certificate.serialNumber),
        ),
      );
    });
  }

  /** @internal From the bytes of a CertID that was checked; copied. */
  static fromCheckedView(view: Uint8Array): OcspCertId {
    return new OcspCertId(view);
  }

  /** The hash of the issuer's name in DER, as it stands in the certificate. A fresh copy. */
  get issuerNameHash(): Uint8Array {
    return this.#nameHash.slice();
  }

  /** The hash of the issuer's subjectPublicKey, without its tag, length and unused bits. A fresh copy. */
  get issuerKeyHash(): Uint8Array {
    return this.#keyHash.slice();
  }

  /** In DER; a fresh copy. */
  get der(): Uint8Array {
    return this.#der.slice();
  }

  /** Is this the id of the certificate? Never with a hash function that we do not have. */
  matches(certificate: Certificate, issuer: Certificate): boolean {
    return fromArgument("certificate", "a Certificate, and that of its issuer", () => {
      const { hash } = this;
      return (
        hash !== undefined &&
        certificate.serialNumber === this.serialNumber &&
        bytesEqual(hashOfName(hash, certificate), this.#nameHash) &&
        bytesEqual(hashOfKey(hash, issuer), this.#keyHash)
      );
    });
  }

  /** The same hash function, hashes and serial number? How parameters that are NULL are written does not count. */
  equals(other: OcspCertId): boolean {
    return fromArgument("other", "an OcspCertId", () => {
      return (
        this.hashOid === other.hashOid &&
        this.hash === other.hash &&
        this.serialNumber === other.serialNumber &&
        bytesEqual(this.#nameHash, other.#nameHash) &&
        bytesEqual(this.#keyHash, other.#keyHash)
      );
    });
  }

  /** `<OcspCertId serialNumber="0a1b" hash="SHA-1">` */
  override toString(): string {
    const { serialNumber, hash } = this.toJSON();
    return `<OcspCertId serialNumber="${serialNumber}" hash="${hash}">`;
  }

  /** What tools show. */
  toJSON(): OcspCertIdJson {
    return certIdJson(this);
  }
}

function hashOfName(hash: OcspHashName, certificate: Certificate): Uint8Array {
  return backend.digest(hash, DistinguishedName.viewOf(certificate.issuer));
}

function hashOfKey(hash: OcspHashName, issuer: Certificate): Uint8Array {
  return backend.digest(hash, issuer.publicKey.keyBytes);
}

function badArgument(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot name a certificate to OCSP: ${argument}: expected ${expected}`, {
    argument,
    expected,
  });
}

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["hash"]);
