// Certificate requests, PKCS #10 (RFC 2986): made, read, and checked for possession of the key.

import { fromArgument, takeOwn } from "./argument.ts";
import { bytesEqual, copyBytes, isBytes } from "./bytes.ts";
import type { DistinguishedName } from "./distinguished-name/distinguished-name.ts";
import { textOf } from "./distinguished-name/name-attribute.ts";
import { X509Error } from "./error.ts";
import type { Extension } from "./extensions/extension.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "./extensions/extension-values.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import { decodeExtensionValue } from "./extensions/read-extension.ts";
import { formatGeneralName, type GeneralName } from "./general-name/general-name.ts";
import { readableNames } from "./inspect/certificate-json.ts";
import { inspectExtensions } from "./inspect/inspect-extensions.ts";
import { readOnePem } from "./keys/one-pem.ts";
import { looksLikeDer, pemEncode } from "./pem/pem.ts";
import type { PublicKey } from "./public-key.ts";
import { buildRequest, type CertificateRequestOptions } from "./request/build-request.ts";
import {
  CHALLENGE_PASSWORD_OID,
  type RequestAttribute,
  type RequestContents,
  readRequest,
} from "./request/read-request.ts";
import type { SignatureAlgorithm } from "./signature/signature-algorithm.ts";
import { Printable } from "./text/printable.ts";
import { quote } from "./text/text.ts";
import { readingKind } from "./wrong-kind.ts";

/** How strictly a request is taken. */
export interface RequestVerifyOptions {
  /** Accept a signature with SHA-1. It still proves who holds the key only as well as SHA-1 does. */
  readonly allowWeakHash?: boolean | undefined;
}

/**
 * A certificate request. Immutable. Reading it does not check its signature: `verify` and `parseVerified` do.
 *
 * @example
 * const keyPair = await KeyPair.generate();
 * const request = await CertificateRequest.create({ subject: { O: "Example" }, subjectAltName: ["example.com"], keyPair });
 * await request.verify(); // true
 */
export class CertificateRequest extends Printable {
  readonly #bytes: Uint8Array;
  readonly #contents: RequestContents;
  #subjectAltName: readonly GeneralName[] | undefined;

  private constructor(bytes: Uint8Array) {
    super();
    this.#bytes = copyBytes(bytes);
    this.#contents = readingKind("CertificateRequest", () => readRequest(this.#bytes), this.#bytes);
  }

  /**
   * Makes a request and signs it. Row REQ-01.
   *
   * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, UNSUPPORTED_ALGORITHM
   */
  static async create(options: CertificateRequestOptions): Promise<CertificateRequest> {
    return new CertificateRequest(await buildRequest(options));
  }

  /**
   * Reads a request in DER. Rows REQ-03, REQ-05.
   *
   * @throws X509Error REQUEST_INVALID, NAME_INVALID, KEY_INVALID, DER_*
   */
  static fromDer(bytes: Uint8Array): CertificateRequest {
    return new CertificateRequest(bytes);
  }

  /**
   * Reads the only request in a PEM text: `CERTIFICATE REQUEST`, or `NEW CERTIFICATE REQUEST` as older software has it.
   *
   * @throws X509Error as {@link CertificateRequest.fromDer}, and PEM_*
   */
  static fromPem(text: string | Uint8Array): CertificateRequest {
    const { bytes } = readingKind("CertificateRequest", () => readOnePem(text, LABELS));
    return new CertificateRequest(bytes);
  }

  /**
   * Reads a request in DER or PEM, whichever it is. Row REQ-14.
   *
   * @throws X509Error as {@link CertificateRequest.fromPem}
   */
  static parse(input: string | Uint8Array): CertificateRequest {
    return isBytes(input) && looksLikeDer(input)
      ? CertificateRequest.fromDer(input)
      : CertificateRequest.fromPem(input);
  }

  /**
   * Reads a request and requires that its signature is right. Rows REQ-03, REQ-06.
   *
   * @throws X509Error REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, and as {@link CertificateRequest.parse}
   */
  static async parseVerified(
    input: string | Uint8Array,
    options: RequestVerifyOptions = {},
  ): Promise<CertificateRequest> {
    const request = CertificateRequest.parse(input);
    await request.assertVerified(options);
    return request;
  }

  /** The request in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return this.#bytes.slice();
  }

  /** Who asks. */
  get subject(): DistinguishedName {
    return this.#contents.subject;
  }

  /** The key to be certified. */
  get publicKey(): PublicKey {
    return this.#contents.publicKey;
  }

  /** The algorithm of the signature. */
  get signatureAlgorithm(): SignatureAlgorithm {
    return this.#contents.signatureAlgorithm;
  }

  /** The attributes, in the order of the encoding; the extension request is among them. */
  get attributes(): readonly RequestAttribute[] {
    return this.#contents.attributes;
  }

  /** The extensions that are asked for; an issuer copies none that was not approved. */
  get requestedExtensions(): readonly Extension[] {
    return this.#contents.requestedExtensions;
  }

  /**
   * The value of an extension that is asked for.
   *
   * @throws X509Error EXTENSION_INVALID
   * @example
   * request.requestedExtension("keyUsage")?.has("digitalSignature");
   */
  requestedExtension<Name extends ExtensionName>(name: Name): ExtensionValues[Name] | undefined {
    const extension = this.requestedExtensions.find(({ oid }) => oid === ExtensionOid[name]);
    if (extension === undefined) return undefined;
    const { oid, value } = extension;
    return decodeExtensionValue(value, 0, value.length, oid, extensionDecoders[name], name);
  }

  /** The names that are asked for. @throws X509Error EXTENSION_INVALID */
  get subjectAltName(): readonly GeneralName[] | undefined {
    this.#subjectAltName ??= this.requestedExtension("subjectAltName");
    return this.#subjectAltName;
  }

  /** The challenge password, if there is exactly one and it is text. No print-out shows it. */
  get challengePassword(): string | undefined {
    const [value, second] = this.attributes
      .filter(({ oid }) => oid === CHALLENGE_PASSWORD_OID)
      .flatMap(({ values }) => values);
    return value === undefined || second !== undefined ? undefined : textOf(value, 0, value.length);
  }

  /** The signature; a fresh copy. */
  get signature(): Uint8Array {
    return this.#contents.signature.slice();
  }

  /**
   * Whether the request is signed with the key that it is about.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verify(): Promise<boolean> {
    const { publicKey, signatureAlgorithm, signature, signed } = this.#contents;
    return publicKey.verify(signatureAlgorithm, signature, signed);
  }

  /**
   * Throws unless the signature is right, and made with a hash that still means something. Row REQ-06.
   *
   * @throws X509Error REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, UNSUPPORTED_ALGORITHM
   */
  async assertVerified(options: RequestVerifyOptions = {}): Promise<void> {
    const { allowWeakHash } = takeOwn(options, VERIFYING, "options");
    const { name, weak } = this.signatureAlgorithm;
    if (weak && allowWeakHash !== true) {
      throw new X509Error("ALGORITHM_WEAK", `the request is signed with ${name}, which proves nothing any more`, {
        algorithm: name,
      });
    }
    if (await this.verify()) return;
    const subject = this.subject.toString();
    throw new X509Error(
      "REQUEST_SIGNATURE_INVALID",
      `the request of ${subject} is not signed with its own key: whoever sent it may not have the private key`,
      { subject },
    );
  }

  /** The same DER? */
  equals(other: CertificateRequest): boolean {
    return fromArgument("other", "a CertificateRequest", () => {
      return bytesEqual(this.#bytes, other.#bytes);
    });
  }

  /** PEM, in lines of 64 characters. */
  toPem(): string {
    return pemEncode("CERTIFICATE REQUEST", this.#bytes);
  }

  /** Lines for people. Safe to print: control characters are escaped. Row REQ-04. */
  inspect(): string {
    const attributes = this.attributes.map(({ oid, name }) => name ?? oid).join(", ");
    return [
      "Certificate Request For Subject:",
      this.subject.inspect(),
      "",
      ...inspectExtensions(this.requestedExtensions),
      ...(attributes === "" ? [] : [`Attributes: ${attributes}`]),
      `Signature Algorithm: ${this.signatureAlgorithm.name}`,
      this.publicKey.inspect(),
    ].join("\n");
  }

  /** `<CertificateRequest subject="...">` */
  override toString(): string {
    return `<CertificateRequest subject=${quote(this.subject.CN ?? this.subject.toString())}>`;
  }

  /** The fields that tools show. Not the request itself: its attributes may hold the password of a challenge. */
  toJSON(): {
    readonly subject: string;
    readonly subjectAltName?: readonly string[];
    readonly publicKey: ReturnType<PublicKey["toJSON"]>;
  } {
    const names = readableNames(this);
    return {
      subject: this.subject.toString(),
      ...(names && { subjectAltName: names.map(formatGeneralName) }),
      publicKey: this.publicKey.toJSON(),
    };
  }
}

const LABELS: readonly string[] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
const VERIFYING: ReadonlySet<string> = /* @__PURE__ */ new Set(["allowWeakHash"]);
