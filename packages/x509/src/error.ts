// The root of every error that a tlskit package throws, and the errors of this package.

import { escapeControlsKeepingLines } from "./text/text.ts";

// Recognises an error of any copy of the package.
const brand: unique symbol = Symbol.for("tlskit.error");

/** What `JSON.stringify` sees of an error: no stack, no cause, nothing that is not JSON. */
export interface TlsKitErrorJson {
  readonly name: string;
  /** What went wrong, for programs. */
  readonly code: string;
  /** What went wrong, for people. */
  readonly message: string;
  /** The facts behind the message: bigint as decimal text, a Date in ISO 8601, bytes in hex. */
  readonly details: { readonly [key: string]: unknown };
}

/**
 * The base of all errors of all tlskit packages: a stable `code` to branch on, typed `details`, and the `cause` where
 * there is one. Messages are for people and may change; codes are API.
 *
 * Control characters in a message are escaped, because messages quote what a peer sent.
 */
export abstract class TlsKitError<Code extends string = string, Details extends object = object> extends Error {
  /** What went wrong, for programs: `UPPER_SNAKE`, unique in the project, never renamed within a major version. */
  readonly code: Code;
  /** The facts behind the message, typed by the code. */
  readonly details: Readonly<Details>;

  constructor(code: Code, message: string, details: Details, options?: { readonly cause?: unknown }) {
    super(escapeControlsKeepingLines(message), options);
    this.code = code;
    this.details = Object.freeze(details);
    Object.defineProperty(this, brand, { value: true });
  }

  /**
   * Is this an error of tlskit? Works across copies of the package, where `instanceof` does not.
   *
   * @example
   * try { Certificate.fromPem(text) } catch (error) { if (TlsKitError.is(error)) console.log(error.code) }
   */
  static is(value: unknown): value is TlsKitError {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** JSON-safe: bigint becomes decimal text, a Date ISO 8601, bytes hex, an object with `toJSON` what that returns. */
  toJSON(): TlsKitErrorJson {
    const details = jsonSafe(this.details, 0) as { [key: string]: unknown };
    return { name: this.name, code: this.code, message: this.message, details };
  }
}

/** Where in DER something is wrong. */
export interface DerErrorDetails {
  /** Byte offset from the start of the structure that was given. */
  readonly offset: number;
  /** What should have been there. */
  readonly expected?: string;
}

/** Where in a PEM text something is wrong. */
export interface PemErrorDetails {
  /** Line number, from 1. */
  readonly line: number;
  /** The label of the block, as in `BEGIN <label>`. */
  readonly label?: string;
}

/** For each code of {@link X509Error}, the details that come with it. */
export interface X509ErrorDetails {
  /** An element ends after its container or after the input. */
  DER_TRUNCATED: DerErrorDetails;
  /** Bytes follow where the structure should have ended. */
  DER_TRAILING_DATA: DerErrorDetails;
  /** An indefinite, non-minimal or reserved form of length. */
  DER_BAD_LENGTH: DerErrorDetails;
  /** Another type than the one that must be here, or a form of tag that DER does not have. */
  DER_UNEXPECTED_TAG: DerErrorDetails & { readonly actual?: number };
  /** The contents are not what DER, or the type, allows. */
  DER_BAD_VALUE: DerErrorDetails;
  /** Larger, deeper or more than the reader takes from a stranger. */
  DER_LIMIT_EXCEEDED: DerErrorDetails & { readonly limit: number };
  /** No block with the wanted label, nor any other; `found` says what the text looks like, if that explains it. */
  PEM_NO_BLOCK: { readonly label?: string; readonly found?: string };
  /** Several blocks where exactly one was asked for; `line` is where the second begins. */
  PEM_MULTIPLE_BLOCKS: PemErrorDetails & { readonly count: number };
  /** There are blocks, but none with the wanted label; `line` is where the first begins. */
  PEM_WRONG_LABEL: PemErrorDetails & { readonly expected: string };
  /** A character that is not base64, wrong padding, or bits after the end. */
  PEM_BAD_BASE64: PemErrorDetails & { readonly column: number };
  /** A `BEGIN` line without its `END` line. */
  PEM_UNTERMINATED: PemErrorDetails;
  /** DER that is none of the structures that this package knows; `line` is that of the PEM block. */
  FORMAT_UNKNOWN: { readonly offset: number; readonly expected: string; readonly line?: number };
  /** A certificate whose outer structure RFC 5280 section 4.1 does not allow. */
  CERTIFICATE_INVALID: DerErrorDetails;
  /** The value of an extension is not what its specification says. */
  EXTENSION_INVALID: { readonly oid: string; readonly offset: number; readonly name?: string };
  /** The same extension twice (RFC 5280 section 4.2 forbids it, and readers disagree which one counts). */
  EXTENSION_DUPLICATE: { readonly oid: string; readonly offset: number };
  /** A name, or an attribute value, that cannot be read or encoded. */
  NAME_INVALID: {
    readonly attribute?: string;
    readonly max?: number;
    readonly min?: number;
    readonly offset?: number;
    readonly text?: string;
  };
  /** An attribute type that nobody defined. */
  UNKNOWN_ATTRIBUTE: { readonly attribute: string; readonly nearest?: string };
  /** A key that cannot be read. */
  KEY_INVALID: { readonly reason?: string; readonly offset?: number; readonly expected?: string };
  /** The key is encrypted and no passphrase was given. */
  KEY_ENCRYPTED: { readonly line?: number };
  /** The passphrase does not decrypt the key, or is not that of the file. */
  KEY_WRONG_PASSPHRASE: { readonly line?: number };
  /** The private key is not the one of the certificate, or of the public key beside it. */
  KEY_MISMATCH: { readonly certificateKey?: string; readonly privateKey?: string };
  /** The private key is elsewhere (HSM, key management service, WebCrypto), and can only sign. */
  KEY_NOT_EXTRACTABLE: { readonly publicKey: string };
  /** A PKCS #7 or PKCS #12 file that is not one; offsets inside an encrypted part count from its first byte. */
  CONTAINER_INVALID: { readonly expected: string; readonly offset?: number };
  /** A key too short to be safe. */
  KEY_WEAK: { readonly type: string; readonly bits: number; readonly minimum: number };
  /** An algorithm that this package, or this runtime, does not have. */
  UNSUPPORTED_ALGORITHM: { readonly algorithm: string; readonly oid?: string };
  /** An algorithm that nobody should rely on any more, such as a signature with SHA-1. */
  ALGORITHM_WEAK: { readonly algorithm: string };
  /** The runtime has no synchronous cryptography: use the method that returns a promise. */
  CRYPTO_NOT_SYNCHRONOUS: { readonly algorithm: string };
  /** A certificate request that is not one. */
  REQUEST_INVALID: DerErrorDetails;
  /** The signature of a certificate request does not fit its key: the sender does not have the private key. */
  REQUEST_SIGNATURE_INVALID: { readonly subject: string };
  /** The request was not approved. */
  REQUEST_REJECTED: { readonly subject: string; readonly reason?: string };
  /** A CRL whose structure RFC 5280 section 5.1 does not allow. */
  CRL_INVALID: DerErrorDetails;
  /** An OCSP request or response whose structure RFC 6960 section 4 does not allow. */
  OCSP_INVALID: DerErrorDetails;
  /** A serial number that RFC 5280 section 4.1.2.2 does not allow. */
  SERIAL_INVALID: { readonly serialNumber: string };
  /** A validity that ends before it begins, or cannot be written. */
  VALIDITY_INVALID: { readonly notBefore?: string; readonly notAfter?: string };
  /** The issuer is not allowed to sign certificates, or not such ones. */
  NOT_A_CA: { readonly subject: string; readonly reason: string };
  /** An argument that makes no sense; `argument` names it. */
  ARGUMENT_INVALID: { readonly argument: string; readonly expected?: string };
}

/** The codes of {@link X509Error}. */
export type X509ErrorCode = keyof X509ErrorDetails;

/** Any {@link X509Error}: `switch (error.code)` narrows `error.details`. */
export type AnyX509Error = { [Code in X509ErrorCode]: X509Error<Code> }[X509ErrorCode];

/**
 * What every function of `@tlskit/x509` throws.
 *
 * @example
 * try {
 *   Certificate.fromPem(text);
 * } catch (error) {
 *   if (X509Error.is(error) && error.code === "PEM_BAD_BASE64") console.log(`line ${error.details.line}`);
 * }
 */
export class X509Error<Code extends X509ErrorCode = X509ErrorCode> extends TlsKitError<Code, X509ErrorDetails[Code]> {
  override get name(): "X509Error" {
    return "X509Error";
  }

  /** Is this an error of this package (of any copy of it)? */
  static override is(value: unknown): value is AnyX509Error {
    return TlsKitError.is(value) && value.name === "X509Error";
  }
}

const maxJsonDepth = 8;

function jsonSafe(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "bigint":
      return value.toString();
    case "function":
    case "symbol":
      return undefined;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : jsonSafeObject(value, depth);
    default:
      return value;
  }
}

function jsonSafeObject(value: object, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (depth >= maxJsonDepth) return undefined;
  if ("toJSON" in value && typeof value.toJSON === "function") return jsonSafe(value.toJSON(), depth + 1);
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (Array.isArray(value) || value instanceof Set) return Array.from(value, (item) => jsonSafe(item, depth + 1));
  // What is no text becomes one as the key of an object.
  const entries: [PropertyKey, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, jsonSafe(item, depth + 1)]));
}
