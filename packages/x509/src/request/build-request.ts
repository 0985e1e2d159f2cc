// A new certificate request (RFC 2986), signed with its own key.

import { badArgument, fromArgument, takeOwn } from "../argument.ts";
import { isPrintableText } from "../der/string.ts";
import {
  derImplicit,
  derInteger,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derSigned,
  derUtf8String,
} from "../der/writer.ts";
import { DistinguishedName, type NameFields } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { encodeNames } from "../extensions/alt-name.ts";
import { type Extension, encodeExtensions } from "../extensions/extension.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { encodeAttribute } from "../extensions/subject-directory-attributes.ts";
import { type GeneralName, type GeneralNameInput, toGeneralNames } from "../general-name/general-name.ts";
import { assertArray, takeExtensions } from "../issue/check-options.ts";
import { toName } from "../issue/subject-name.ts";
import { KeyPair } from "../key-pair.ts";
import { PublicKey } from "../public-key.ts";
import type { SignatureAlgorithmName } from "../signature/signature-algorithm.ts";
import { CHALLENGE_PASSWORD_OID, EXTENSION_REQUEST_OID, type RequestAttribute } from "./read-request.ts";

/** What a request asks for. */
export interface CertificateRequestOptions {
  /** Whose key it is: the request is signed with it. */
  readonly keyPair: KeyPair;
  /** By default the first name of `subjectAltName` as CN. */
  readonly subject?: DistinguishedName | NameFields | undefined;
  /** DNS names, IP addresses, e-mail addresses and URIs, told apart by their form. */
  readonly subjectAltName?: readonly GeneralNameInput[] | undefined;
  /** More extensions to ask for. */
  readonly extensions?: readonly Extension[] | undefined;
  /** More attributes; the requested extensions and the challenge password have options of their own. */
  readonly attributes?: readonly RequestAttribute[] | undefined;
  /** A password for the authority, which everyone who sees the request can read (RFC 2985 section 5.4.1). */
  readonly challengePassword?: string | undefined;
  /** In place of the default of the key. */
  readonly signatureAlgorithm?: SignatureAlgorithmName | undefined;
}

/**
 * The request in DER.
 *
 * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, UNSUPPORTED_ALGORITHM
 */
export async function buildRequest(given: CertificateRequestOptions): Promise<Uint8Array> {
  const options = takeOwn(given, REQUEST_OPTIONS, "options");
  assertArray(options.subjectAltName, "subjectAltName");
  const { keyPair } = options;
  if (!(keyPair instanceof KeyPair)) {
    const details = { argument: "keyPair", expected: "a KeyPair" };
    throw new X509Error("ARGUMENT_INVALID", "a request is signed with its own key: expected a keyPair", details);
  }
  const subjectAltName = toGeneralNames(options.subjectAltName);
  const subject = toName(options.subject, subjectAltName);
  const algorithm = keyPair.signatureAlgorithm(options.signatureAlgorithm);
  const extensions = requestedExtensions(subject, subjectAltName, takeExtensions(options.extensions));
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
  return derSigned(info, algorithm.der, signature);
}

function encodeAttributes(options: CertificateRequestOptions, extensions: readonly Extension[]): Uint8Array[] {
  const { attributes = [], challengePassword } = options;
  assertArray(attributes, "attributes");
  const own = [EXTENSION_REQUEST_OID, ...(challengePassword === undefined ? [] : [CHALLENGE_PASSWORD_OID])];
  const oids = [...attributes.map(({ oid }) => oid), ...own];
  if (new Set(oids).size !== oids.length) throw badArgument("attributes", "each attribute once");
  const encoded = attributes.map((one, index) => encodeAttribute(one, `attributes[${index}]`));
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
