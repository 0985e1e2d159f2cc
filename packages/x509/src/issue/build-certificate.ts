// From options to a signed certificate (RFC 5280 section 4.1).
//
// TBSCertificate ::= SEQUENCE { [0] version 2, serialNumber, signature, issuer, validity, subject,
//   subjectPublicKeyInfo, [3] extensions }

import { Certificate } from "../certificate.ts";
import { derExplicitSequence, derSequence, derSigned } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { encodeExtension } from "../extensions/extension.ts";
import { type GeneralName, toGeneralNames } from "../general-name/general-name.ts";
import type { KeyPair } from "../key-pair.ts";
import { PublicKey } from "../public-key.ts";
import { assertNewCertificateOptions } from "./check-new-certificate-options.ts";
import type { NewCertificateOptions } from "./issue-options.ts";
import { assertMayIssue, pathLengthBelow } from "./issuer-rules.ts";
import { buildExtensions, type Profile } from "./profile.ts";
import { encodeSerialNumber } from "./serial-number.ts";
import { toName } from "./subject-name.ts";
import { encodeValidity } from "./validity.ts";

/** Who signs. Without `certificate` the result is self-signed. */
export interface Signer {
  readonly keyPair: KeyPair;
  readonly certificate?: Certificate;
}

/**
 * Makes and signs a certificate.
 *
 * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, SERIAL_INVALID, VALIDITY_INVALID, KEY_WEAK,
 *   NOT_A_CA, UNSUPPORTED_ALGORITHM
 */
export async function buildCertificate(
  signer: Signer,
  profile: Profile,
  publicKey: PublicKey,
  options: NewCertificateOptions,
): Promise<Certificate> {
  assertNewCertificateOptions(options, publicKey);
  const issuer = signer.certificate;
  if (options.force !== true) assertMayIssue(issuer, signer.keyPair.publicKey, publicKey, profile);
  const subjectAltName = toGeneralNames(options.subjectAltName);
  const subject = toName(options.subject, subjectAltName);
  assertNamed(profile, subject, subjectAltName);
  if (!profile.ca && options.pathLength !== undefined) throw badArgument("pathLength", "it for CAs only");
  const algorithm = signer.keyPair.signatureAlgorithm(options.signatureAlgorithm);
  const extensions = buildExtensions({
    profile,
    options,
    publicKey,
    subjectAltName,
    subjectIsEmpty: subject.isEmpty,
    pathLength: profile.ca ? pathLengthBelow(issuer, profile, options) : undefined,
    authorityKeyIdentifier: issuer && (issuer.subjectKeyIdentifier ?? issuer.publicKey.keyIdentifier),
  });
  const algorithmDer = algorithm.der;
  const subjectDer = DistinguishedName.viewOf(subject);
  const tbs = derSequence(
    versionThree,
    encodeSerialNumber(options.serialNumber),
    algorithmDer,
    // Byte for byte: a copy that was decoded and encoded again may differ, and then no path is found. Row REQ-11.
    issuer === undefined ? subjectDer : DistinguishedName.viewOf(issuer.subject),
    encodeValidity({
      notBefore: options.notBefore,
      notAfter: options.notAfter,
      days: options.days,
      defaultDays: profile.days,
      ...(issuer && { issuer }),
    }),
    subjectDer,
    PublicKey.viewOf(publicKey),
    derExplicitSequence(3, ...extensions.map(encodeExtension)),
  );
  const signature = await signer.keyPair.sign(tbs, { algorithm: options.signatureAlgorithm });
  return Certificate.fromOwn(derSigned(tbs, algorithmDer, signature));
}

function assertNamed(profile: Profile, subject: DistinguishedName, names: readonly GeneralName[]): void {
  if (!subject.isEmpty || (!profile.ca && names.length > 0)) return;
  const expected = profile.ca ? "a name, which becomes the issuer of others" : "it, or a subjectAltName";
  throw badArgument("subject", expected);
}

function badArgument(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot make a certificate: ${argument}: expected ${expected}`, {
    argument,
    expected,
  });
}

// [0] EXPLICIT INTEGER 2
const versionThree: Uint8Array = /* @__PURE__ */ Uint8Array.of(0xa0, 3, 2, 1, 2);
