// What a responder says and signs (RFC 6960 section 4.2.1, BasicOCSPResponse). Values decode when they are read.

import { backend } from "#crypto";
import { fromArgument } from "../argument.ts";
import { bytesEqual } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { Tag } from "../der/tag.ts";
import { decodeTime } from "../der/time.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { frozenCopying } from "../extensions/copying.ts";
import type { Extension } from "../extensions/extension.ts";
import { extensionId } from "../extensions/extension-id.ts";
import { extensionWith, listExtensions } from "../extensions/extension-list.ts";
import { decodeOcspNonce } from "../extensions/ocsp-nonce.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { readExtension } from "../extensions/read-extension.ts";
import { type BasicOcspJson, basicOcspJson, responderText } from "../inspect/inspect-ocsp-response.ts";
import { assertPublicKey, type PublicKey } from "../public-key.ts";
import type { SignatureAlgorithm } from "../signature/signature-algorithm.ts";
import { Printable } from "../text/printable.ts";
import { quote } from "../text/text.ts";
import { findOcspDeviations, type OcspDeviation } from "./ocsp-deviation.ts";
import { OcspSignature } from "./ocsp-signature.ts";
import { OcspSingleResponse } from "./ocsp-single-response.ts";
import type { BasicOutline } from "./read-ocsp-response.ts";

/** Who signed: by name, or by the SHA-1 of the subjectPublicKey (a fresh copy). */
export type OcspResponderId =
  | { readonly type: "name"; readonly name: DistinguishedName }
  | { readonly type: "key"; readonly keyHash: Uint8Array };

/** The signed part of a successful response. Immutable. */
export class BasicOcspResponse extends Printable {
  readonly #bytes: Uint8Array;
  readonly #outline: BasicOutline;
  readonly #signature: OcspSignature;
  #responderId: OcspResponderId | undefined;
  #responses: readonly OcspSingleResponse[] | undefined;

  /** @internal */
  constructor(bytes: Uint8Array, outline: BasicOutline) {
    super();
    this.#bytes = bytes;
    this.#outline = outline;
    this.#signature = new OcspSignature(bytes, outline.data, outline.signature);
  }

  /** Who claims to have signed. */
  get responderId(): OcspResponderId {
    this.#responderId ??= this.#readResponderId();
    return this.#responderId;
  }

  /** Does the responder id name this certificate? Says nothing about the signature, nor whether it may sign. */
  isFrom(certificate: Certificate): boolean {
    return fromArgument("certificate", "a Certificate", () => {
      const id = this.responderId;
      if (id.type === "name") return id.name.equals(certificate.subject);
      return bytesEqual(id.keyHash, backend.digest("SHA-1", certificate.publicKey.keyBytes));
    });
  }

  /** When the response was signed. */
  get producedAt(): Date {
    const { producedAt: at } = this.#outline;
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, Tag.generalizedTime, contentStart(bytes, at), elementEnd(bytes, at)));
  }

  /** What is said about each certificate, in the order of the encoding. */
  get responses(): readonly OcspSingleResponse[] {
    this.#responses ??= Object.freeze(
      this.#outline.singles.map((single) => new OcspSingleResponse(this.#bytes, single)),
    );
    return this.#responses;
  }

  /** All that is said about this certificate: a response may say several things, or none. */
  responsesFor(certificate: Certificate, issuer: Certificate): readonly OcspSingleResponse[] {
    return this.responses.filter(({ certId }) => certId.matches(certificate, issuer));
  }

  /** The nonce of the request; a fresh copy. @throws X509Error EXTENSION_INVALID */
  get nonce(): Uint8Array | undefined {
    const { extensions } = this.#outline;
    return extensions === 0
      ? undefined
      : readExtension(this.#bytes, extensions, extensionId(ExtensionOid.ocspNonce), decodeOcspNonce);
  }

  /** The extensions of the response, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    return listExtensions(this.#bytes, this.#outline.extensions);
  }

  /** The extension of the response with this OID. @throws X509Error ARGUMENT_INVALID for a name in its place */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /**
   * The certificates that came with it, to find the signer's in; nobody has checked them.
   *
   * @throws X509Error as `Certificate.fromDer`, with offsets within the certificate
   */
  get certificates(): readonly Certificate[] {
    return this.#signature.certificates;
  }

  /** How the response differs from RFC 6960, though it is DER. */
  get deviations(): readonly OcspDeviation[] {
    const { version, responder, singles, extensions } = this.#outline;
    return findOcspDeviations(this.#bytes, {
      version,
      ...(this.#bytes[responder] === Tag.sequence && { name: responder }),
      extensions: [...singles.map((single) => single.extensions), extensions],
    });
  }

  /** The algorithm of the signature. */
  get signatureAlgorithm(): SignatureAlgorithm {
    return this.#signature.algorithm;
  }

  /** The signature; a fresh copy. */
  get signature(): Uint8Array {
    return this.#signature.value;
  }

  /** The part that is signed, in DER; a fresh copy. */
  get tbsResponseData(): Uint8Array {
    return this.#signature.signed.slice();
  }

  /**
   * Was this signed by the key? `false` for any signature that is not right. Whether the key may sign for the issuer of
   * the certificate (RFC 6960 section 4.2.2.2) is another question.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(key: PublicKey): Promise<boolean> {
    assertPublicKey(key, "key");
    return this.#signature.verify(key);
  }

  /**
   * As {@link BasicOcspResponse.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(key: PublicKey): boolean {
    assertPublicKey(key, "key");
    return this.#signature.verifySync(key);
  }

  /** `<BasicOcspResponse responder="CN=..." responses=1>` */
  override toString(): string {
    return `<BasicOcspResponse responder=${quote(responderText(this))} responses=${this.responses.length}>`;
  }

  /** What tools show. */
  toJSON(): BasicOcspJson {
    return basicOcspJson(this);
  }

  #readResponderId(): OcspResponderId {
    const { responder } = this.#outline;
    if (this.#bytes[responder] === Tag.sequence) {
      return Object.freeze({ type: "name", name: DistinguishedName.fromChecked(this.#bytes, responder) });
    }
    const end = elementEnd(this.#bytes, responder);
    return frozenCopying({ type: "key", keyHash: this.#bytes.slice(contentStart(this.#bytes, responder), end) });
  }
}
