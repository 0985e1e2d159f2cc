// Certificate requests, PKCS #10 (RFC 2986): made, read, and checked for possession of the key.

import { badArgument, fromArgument } from "./argument.ts";
import { assertBytes, bytesEqual, copyBytes, isBytes } from "./bytes.ts";
import { DerReader } from "./der/reader.ts";
import { isPrintableText, isStringTag } from "./der/string.ts";
import {
  derImplicit,
  derInteger,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derSigned,
  derUtf8String,
} from "./der/writer.ts";
import { DistinguishedName, type NameFields } from "./distinguished-name/distinguished-name.ts";
import { X509Error } from "./error.ts";
import { encodeNames } from "./extensions/alt-name.ts";
import { type Extension, encodeExtensions } from "./extensions/extension.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "./extensions/extension-values.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import { decodeExtensionValue } from "./extensions/read-extension.ts";
import { type GeneralName, type GeneralNameInput, toGeneralNames } from "./general-name.ts";
import { inspectExtensions } from "./inspect/inspect-extensions.ts";
import { assertArray, assertExtensions, assertKnown } from "./issue/check-options.ts";
import { toName } from "./issue/subject-name.ts";
import { KeyPair } from "./key-pair.ts";
import { readOnePem } from "./keys/one-pem.ts";
import { looksLikeDer, pemEncode } from "./pem.ts";
import { Printable } from "./printable.ts";
import { PublicKey } from "./public-key.ts";
import {
  CHALLENGE_PASSWORD_OID,
  EXTENSION_REQUEST_OID,
  type RequestAttribute,
  type RequestContents,
  readRequest,
} from "./request/read-request.ts";
import type { SignatureAlgorithm, SignatureAlgorithmName } from "./signature-algorithm.ts";
import { quote } from "./text.ts";

/** What a request asks for. */
export interface CertificateRequestOptions {
  /** Whose key it is: the request is signed with it. */
  readonly keyPair: KeyPair;
  /** By default the first name of `subjectAltName` as CN. */
  readonly subject?: DistinguishedName | NameFields;
  /** DNS names, IP addresses, e-mail addresses and URIs, told apart by their form. */
  readonly subjectAltName?: readonly GeneralNameInput[];
  /** More extensions to ask for. */
  readonly extensions?: readonly Extension[];
  /** More attributes; the requested extensions and the challenge password have options of their own. */
  readonly attributes?: readonly RequestAttribute[];
  /** A password for the authority, which everyone who sees the request can read (RFC 2985 section 5.4.1). */
  readonly challengePassword?: string;
  /** In place of the default of the key. */
  readonly signatureAlgorithm?: SignatureAlgorithmName;
}

/** How strictly a request is taken. */
export interface RequestVerifyOptions {
  /** Accept a signature with SHA-1. It still proves who holds the key only as well as SHA-1 does. */
  readonly allowWeakHash?: boolean;
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
    this.#bytes = bytes;
    this.#contents = readRequest(bytes);
  }

  /**
   * Makes a request and signs it. Row REQ-01.
   *
   * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, UNSUPPORTED_ALGORITHM
   */
  static async create(options: CertificateRequestOptions): Promise<CertificateRequest> {
    assertKnown(options, REQUEST_OPTIONS);
    assertArray(options.subjectAltName, "subjectAltName");
    assertExtensions(options.extensions);
    const { keyPair } = options;
    if (!(keyPair instanceof KeyPair)) {
      const details = { argument: "keyPair", expected: "a KeyPair" };
      throw new X509Error("ARGUMENT_INVALID", "a request is signed with its own key: expected a keyPair", details);
    }
    const subjectAltName = toGeneralNames(options.subjectAltName);
    const subject = toName(options.subject, subjectAltName);
    const algorithm = keyPair.signatureAlgorithm(options.signatureAlgorithm);
    const extensions = requestedExtensions(subject, subjectAltName, options.extensions ?? []);
    const info = derSequence(
      derInteger(0),
      DistinguishedName.viewOf(subject),
      PublicKey.viewOf(keyPair.publicKey),
      derImplicit(
        0,
        derSet(
          ...fromArgument("attributes", "attributes with values in DER", () => encodeAttributes(options, extensions)),
        ),
      ),
    );
    const signature = await keyPair.sign(info, { algorithm: options.signatureAlgorithm });
    return new CertificateRequest(derSigned(info, algorithm.der, signature));
  }

  /**
   * Reads a request in DER. Rows REQ-03, REQ-05.
   *
   * @throws X509Error REQUEST_INVALID, NAME_INVALID, KEY_INVALID, DER_*
   */
  static fromDer(bytes: Uint8Array): CertificateRequest {
    return new CertificateRequest(copyBytes(bytes));
  }

  /**
   * Reads the only request in a PEM text: `CERTIFICATE REQUEST`, or `NEW CERTIFICATE REQUEST` as older software has it.
   *
   * @throws X509Error as {@link CertificateRequest.fromDer}, and PEM_*
   */
  static fromPem(text: string | Uint8Array): CertificateRequest {
    return new CertificateRequest(readOnePem(text, ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]).bytes);
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
    if (value === undefined || second !== undefined || !isStringTag(value[0] ?? 0)) return undefined;
    return new DerReader(value).string("a challenge password");
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
    const { name, weak } = this.signatureAlgorithm;
    if (weak && options.allowWeakHash !== true) {
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
      ...inspectExtensions(this.requestedExtensions, (name) => this.requestedExtension(name)),
      ...(attributes === "" ? [] : [`Attributes: ${attributes}`]),
      `Signature Algorithm: ${this.signatureAlgorithm.name}`,
      this.publicKey.inspect(),
    ].join("\n");
  }

  /** `<CertificateRequest subject="...">` */
  override toString(): string {
    return `<CertificateRequest subject=${quote(this.subject.CN ?? this.subject.toString())}>`;
  }

  toJSON(): { readonly subject: string; readonly publicKey: ReturnType<PublicKey["toJSON"]>; readonly pem: string } {
    return { subject: this.subject.toString(), publicKey: this.publicKey.toJSON(), pem: this.toPem() };
  }
}

function encodeAttributes(options: CertificateRequestOptions, extensions: readonly Extension[]): Uint8Array[] {
  const { attributes = [], challengePassword } = options;
  const own = [EXTENSION_REQUEST_OID, ...(challengePassword === undefined ? [] : [CHALLENGE_PASSWORD_OID])];
  const oids = [...attributes.map(({ oid }) => oid), ...own];
  if (new Set(oids).size !== oids.length || attributes.some(({ values }) => values.length === 0)) {
    throw new X509Error("ARGUMENT_INVALID", "attributes that cannot be written: expected each once, with a value", {
      argument: "attributes",
      expected: "each attribute once, with at least one value",
    });
  }
  const encoded = attributes.map(({ oid, values }) => derSequence(derOid(oid), derSet(...values.map(assertBytes))));
  if (challengePassword !== undefined) {
    if (typeof challengePassword !== "string") throw badArgument("challengePassword", "a string");
    const text = isPrintableText(challengePassword) ? derPrintableString : derUtf8String;
    encoded.push(derSequence(derOid(CHALLENGE_PASSWORD_OID), derSet(text(challengePassword))));
  }
  if (extensions.length > 0) {
    encoded.push(derSequence(derOid(EXTENSION_REQUEST_OID), derSet(encodeExtensions(extensions))));
  }
  return encoded;
}

function requestedExtensions(
  subject: DistinguishedName,
  names: readonly GeneralName[],
  more: readonly Extension[],
): readonly Extension[] {
  const oids = more.map(({ oid }) => oid);
  if (new Set(oids).size !== oids.length || (names.length > 0 && oids.includes(ExtensionOid.subjectAltName))) {
    throw new X509Error("ARGUMENT_INVALID", "an extension is asked for twice", {
      argument: "extensions",
      expected: "each extension once",
    });
  }
  if (names.length === 0) return more;
  const value = encodeNames(names, "subjectAltName");
  return [{ oid: ExtensionOid.subjectAltName, name: "subjectAltName", critical: subject.isEmpty, value }, ...more];
}

const REQUEST_OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "attributes",
  "challengePassword",
  "extensions",
  "keyPair",
  "signatureAlgorithm",
  "subject",
  "subjectAltName",
]);
