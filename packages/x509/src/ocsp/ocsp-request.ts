// OCSP requests (RFC 6960 section 4.1).
//
// OCSPRequest ::= SEQUENCE { tbsRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
// TBSRequest ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
//   requestList SEQUENCE OF SEQUENCE { reqCert CertID, singleRequestExtensions [0] EXPLICIT Extensions OPTIONAL },
//   requestExtensions [2] EXPLICIT Extensions OPTIONAL }

import { privateBackend } from "#crypto";
import { fromArgument, takeOwn } from "../argument.ts";
import { bytesEqual, copyBytes } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";
import { derExplicitSequence, derSequence } from "../der/writer.ts";
import type { HashSpelling } from "../digest/hash-name.ts";
import { X509Error } from "../error.ts";
import { type Extension, encodeExtension } from "../extensions/extension.ts";
import { extensionId } from "../extensions/extension-id.ts";
import { extensionWith, listExtensions } from "../extensions/extension-list.ts";
import { decodeOcspNonce, encodeOcspNonce } from "../extensions/ocsp-nonce.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { readExtension } from "../extensions/read-extension.ts";
import type { GeneralName } from "../general-name/general-name.ts";
import { inspectOcspRequest, type OcspRequestJson, ocspRequestJson } from "../inspect/inspect-ocsp-request.ts";
import { takeExtensions } from "../issue/check-options.ts";
import { assertPublicKey, type PublicKey } from "../public-key.ts";
import type { SignatureAlgorithm } from "../signature/signature-algorithm.ts";
import { Printable } from "../text/printable.ts";
import { readingKind } from "../wrong-kind.ts";
import { OcspCertId, type OcspHashName } from "./ocsp-cert-id.ts";
import { findOcspDeviations, type OcspDeviation } from "./ocsp-deviation.ts";
import { OcspSignature } from "./ocsp-signature.ts";
import {
  type OcspRequestItem,
  type OcspRequestOutline,
  outlineOcspRequest,
  readRequestItem,
} from "./read-ocsp-request.ts";

/** A certificate to ask about, with the certificate of its issuer. */
export interface OcspTarget {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
}

/** How to ask. */
export interface OcspRequestOptions {
  /** The hash of the ids; by default SHA-1, which is the only one that many responders know. It protects nothing. */
  readonly hash?: HashSpelling<OcspHashName> | undefined;
  /**
   * By default 32 random octets (RFC 9654). `false` for none, so that a responder can answer from its cache; or octets
   * of your own, 1 to 128.
   */
  readonly nonce?: boolean | Uint8Array | undefined;
  /** More extensions of the request. */
  readonly extensions?: readonly Extension[] | undefined;
}

/**
 * An OCSP request. Immutable. Send it as `application/ocsp-request`.
 *
 * @example
 * const request = OcspRequest.create({ certificate, issuer });
 * const answer = await fetch(url, { method: "POST", body: request.der, headers: { "content-type": "application/ocsp-request" } });
 * const response = OcspResponse.fromDer(new Uint8Array(await answer.arrayBuffer()));
 */
export class OcspRequest extends Printable {
  readonly #bytes: Uint8Array;
  readonly #outline: OcspRequestOutline;
  readonly #signature: OcspSignature | undefined;
  #requests: readonly OcspRequestItem[] | undefined;

  private constructor(given: Uint8Array) {
    super();
    const bytes = copyBytes(given);
    this.#bytes = bytes;
    this.#outline = readingKind("OcspRequest", () => outlineOcspRequest(bytes), bytes);
    const { signature, tbs } = this.#outline;
    this.#signature = signature && new OcspSignature(bytes, tbs, signature);
  }

  /**
   * Makes a request for one certificate, or several; not signed, as responders expect it.
   *
   * @throws X509Error ARGUMENT_INVALID
   */
  static create(targets: OcspTarget | readonly OcspTarget[], options: OcspRequestOptions = {}): OcspRequest {
    return fromArgument("targets", "certificates, each with that of its issuer", () => {
      const list = "certificate" in targets ? [targets] : targets;
      if (list.length === 0) throw badArgument("targets", "at least one certificate");
      const { hash = "SHA-1", nonce = true, extensions: more } = takeOwn(options, OPTIONS, "options");
      const items = list.map(({ certificate, issuer }) =>
        derSequence(OcspCertId.of(certificate, issuer, { hash }).der),
      );
      const extensions = [...nonceExtension(nonce), ...takeExtensions(more)];
      const oids = extensions.map(({ oid }) => oid);
      if (new Set(oids).size !== oids.length) throw badArgument("extensions", "each extension once");
      const tbs = derSequence(
        derSequence(...items),
        ...(extensions.length === 0 ? [] : [derExplicitSequence(2, ...extensions.map(encodeExtension))]),
      );
      return new OcspRequest(derSequence(tbs));
    });
  }

  /**
   * Reads a request in DER, which is copied.
   *
   * @throws X509Error OCSP_INVALID, EXTENSION_DUPLICATE, DER_*, with the offset
   */
  static fromDer(bytes: Uint8Array): OcspRequest {
    return new OcspRequest(bytes);
  }

  /** The request in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return this.#bytes.slice();
  }

  /** What is asked, in the order of the encoding: at least one question. */
  get requests(): readonly OcspRequestItem[] {
    this.#requests ??= Object.freeze(this.#outline.items.map((item) => readRequestItem(this.#bytes, item)));
    return this.#requests;
  }

  /** Who asks; nearly always absent. */
  get requestorName(): GeneralName | undefined {
    return this.#outline.requestorName;
  }

  /** The nonce that the response should repeat; a fresh copy. @throws X509Error EXTENSION_INVALID */
  get nonce(): Uint8Array | undefined {
    const { extensions } = this.#outline;
    return extensions === 0
      ? undefined
      : readExtension(this.#bytes, extensions, extensionId(ExtensionOid.ocspNonce), decodeOcspNonce);
  }

  /** The extensions of the request, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    return listExtensions(this.#bytes, this.#outline.extensions);
  }

  /** The extension of the request with this OID. @throws X509Error ARGUMENT_INVALID for a name in its place */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /** The algorithm of the signature; absent if the request is not signed, as nearly all are. */
  get signatureAlgorithm(): SignatureAlgorithm | undefined {
    return this.#signature?.algorithm;
  }

  /** The certificates that came with the signature. @throws X509Error as `Certificate.fromDer` */
  get certificates(): readonly Certificate[] {
    return this.#signature?.certificates ?? [];
  }

  /** How the request differs from RFC 6960, though it is DER. */
  get deviations(): readonly OcspDeviation[] {
    const { version, extensions, items } = this.#outline;
    return findOcspDeviations(this.#bytes, {
      version,
      extensions: [...items.map((item) => item.extensions), extensions],
    });
  }

  /**
   * Was this signed by the key? `false` if it is not signed at all.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(key: PublicKey): Promise<boolean> {
    assertPublicKey(key, "key");
    return this.#signature?.verify(key) ?? false;
  }

  /** The same DER? */
  equals(other: OcspRequest): boolean {
    return fromArgument("other", "an OcspRequest", () => {
      return bytesEqual(this.#bytes, other.#bytes);
    });
  }

  /** `<OcspRequest for=1>` */
  override toString(): string {
    return `<OcspRequest for=${this.#outline.items.length}>`;
  }

  /** Lines for people. */
  inspect(): string {
    return inspectOcspRequest(this);
  }

  toJSON(): OcspRequestJson {
    return ocspRequestJson(this);
  }
}

function nonceExtension(nonce: boolean | Uint8Array): readonly Extension[] {
  if (nonce === false) return [];
  const octets = nonce === true ? privateBackend.randomBytes(32) : nonce;
  return [{ oid: ExtensionOid.ocspNonce, critical: false, value: encodeOcspNonce(octets) }];
}

function badArgument(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot make an OCSP request: ${argument}: expected ${expected}`, {
    argument,
    expected,
  });
}

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["extensions", "hash", "nonce"]);
