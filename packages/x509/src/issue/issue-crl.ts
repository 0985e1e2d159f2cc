// From options to a signed CRL, version 2 (RFC 5280 section 5.1).
//
// TBSCertList ::= SEQUENCE { version 1, signature, issuer, thisUpdate, nextUpdate, revokedCertificates OPTIONAL,
//   crlExtensions [0] EXPLICIT }

import { fromArgument, takeOwn } from "../argument.ts";
import { Certificate } from "../certificate.ts";
import { CertificateRevocationList } from "../certificate-revocation-list.ts";
import { derExplicitSequence, derInteger, derSequence, derSigned, derTime } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { encodeAuthorityKeyIdentifier } from "../extensions/authority-key-identifier.ts";
import { encodeCrlNumber } from "../extensions/crl-number.ts";
import { encodeDeltaCrlIndicator } from "../extensions/delta-crl-indicator.ts";
import { type Extension, encodeExtension } from "../extensions/extension.ts";
import { encodeFreshestCrl } from "../extensions/freshest-crl.ts";
import {
  encodeIssuingDistributionPoint,
  takeIssuingDistributionPoint,
} from "../extensions/issuing-distribution-point.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { KeyPair } from "../key-pair.ts";
import type { PrivateCertificate } from "../private-certificate.ts";
import { assertDate, takeExtensions } from "./check-options.ts";
import { encodeCrlEntries } from "./crl-entries.ts";
import type { CrlOptions } from "./crl-options.ts";
import { assertMaySignCrl } from "./issuer-rules.ts";

/**
 * Makes and signs a CRL, with the authority key identifier and the number that RFC 5280 section 5.2 demands.
 *
 * @throws X509Error NOT_A_CA if the certificate may not sign CRLs, KEY_WEAK, SERIAL_INVALID, VALIDITY_INVALID,
 *   ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM
 * @example
 * const crl = await issueCrl(ca, {
 *   crlNumber: 7,
 *   entries: [{ serialNumber: certificate.serialNumber, reason: "keyCompromise" }],
 * });
 * await writeFile("ca.crl", crl.toPem());
 */
export async function issueCrl(ca: PrivateCertificate, given: CrlOptions): Promise<CertificateRevocationList> {
  if (!isIssuer(ca)) throw badArgument("ca", "a PrivateCertificate");
  const options = takeCrlOptions(given);
  if (options.force !== true) assertMaySignCrl(ca);
  const { thisUpdate, nextUpdate } = updates(options);
  const algorithm = ca.keyPair.signatureAlgorithm(options.signatureAlgorithm).der;
  const entries = encodeCrlEntries(options.entries ?? [], {
    issuer: ca.subject,
    thisUpdate,
    isDelta: options.deltaOf !== undefined,
    isIndirect: options.issuingDistributionPoint?.indirectCRL === true,
  });
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    // Byte for byte, as in the certificates: a copy that was decoded and encoded again may differ.
    DistinguishedName.viewOf(ca.subject),
    derTime(thisUpdate),
    derTime(nextUpdate),
    // RFC 5280 section 5.1.2.6: without entries there must be no list.
    ...(entries === undefined ? [] : [entries]),
    derExplicitSequence(0, ...listExtensions(ca, options).map(encodeExtension)),
  );
  const signature = await ca.keyPair.sign(tbs, { algorithm: options.signatureAlgorithm });
  return CertificateRevocationList.fromDer(derSigned(tbs, algorithm, signature));
}

function takeCrlOptions(given: CrlOptions): CrlOptions {
  const options = takeOwn(given, OPTIONS, "options");
  const { issuingDistributionPoint: point, extensions, force } = options;
  if (force !== undefined && typeof force !== "boolean") throw badArgument("force", "a boolean");
  return Object.assign(Object.create(null), options, {
    extensions: takeExtensions(extensions),
    issuingDistributionPoint: point && takeIssuingDistributionPoint(point),
  });
}

function updates(options: CrlOptions): { readonly thisUpdate: Date; readonly nextUpdate: Date } {
  if (options.days !== undefined && options.nextUpdate !== undefined) {
    throw badArgument("days", "either days or nextUpdate");
  }
  assertDate(options.thisUpdate, "thisUpdate");
  assertDate(options.nextUpdate, "nextUpdate");
  if (options.days !== undefined && typeof options.days !== "number") throw badArgument("days", "a number");
  const thisUpdate = options.thisUpdate ?? new Date();
  const nextUpdate = options.nextUpdate ?? new Date(thisUpdate.getTime() + (options.days ?? defaultDays) * day);
  const isLater = Math.floor(nextUpdate.getTime() / 1000) > Math.floor(thisUpdate.getTime() / 1000);
  if (isLater && thisUpdate.getTime() >= earliest && nextUpdate.getTime() <= latest) return { thisUpdate, nextUpdate };
  const [notBefore, notAfter] = [describe(thisUpdate), describe(nextUpdate)];
  throw new X509Error(
    "VALIDITY_INVALID",
    `not the updates of a CRL: ${notBefore} and ${notAfter}: expected the next after this one, from 1950 to 9999`,
    { notBefore, notAfter },
  );
}

function listExtensions(ca: Certificate, options: CrlOptions): readonly Extension[] {
  const { crlNumber, deltaOf, issuingDistributionPoint, freshestCrl, extensions = [] } = options;
  const keyIdentifier = ca.subjectKeyIdentifier ?? ca.publicKey.keyIdentifier;
  const list = [
    extension("authorityKeyIdentifier", false, encodeAuthorityKeyIdentifier({ keyIdentifier })),
    extension("crlNumber", false, encodeCrlNumber(crlNumber)),
  ];
  if (deltaOf !== undefined) {
    if (typeof deltaOf !== "bigint" && typeof deltaOf !== "number") throw badArgument("deltaOf", "a number");
    if (deltaOf >= crlNumber) throw badArgument("deltaOf", "the number of a list before this one");
    if (freshestCrl !== undefined) throw badArgument("freshestCrl", "it in complete CRLs only");
    list.push(extension("deltaCrlIndicator", true, encodeDeltaCrlIndicator(deltaOf)));
  }
  if (issuingDistributionPoint !== undefined) {
    const value = encodeIssuingDistributionPoint(issuingDistributionPoint);
    list.push(extension("issuingDistributionPoint", true, value));
  }
  if (freshestCrl !== undefined) list.push(extension("freshestCrl", false, encodeFreshestCrl(freshestCrl)));
  const oids = [...list, ...extensions].map(({ oid }) => oid);
  if (new Set(oids).size !== oids.length) throw badArgument("extensions", "each extension once, and none of our own");
  return [...list, ...extensions];
}

function extension(name: keyof typeof ExtensionOid, critical: boolean, value: Uint8Array): Extension {
  return { oid: ExtensionOid[name], name, critical, value };
}

// By what is used of it: the class itself would make a cycle of imports.
function isIssuer(ca: unknown): boolean {
  return fromArgument("ca", "a PrivateCertificate", () => {
    return ca instanceof Certificate && Reflect.get(ca, "keyPair") instanceof KeyPair;
  });
}

function describe(time: Date): string {
  return Number.isNaN(time.getTime()) ? "no time" : time.toISOString();
}

function badArgument(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot make a CRL: ${argument}: expected ${expected}`, {
    argument,
    expected,
  });
}

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "crlNumber",
  "days",
  "deltaOf",
  "entries",
  "extensions",
  "force",
  "freshestCrl",
  "issuingDistributionPoint",
  "nextUpdate",
  "signatureAlgorithm",
  "thisUpdate",
]);
const day = 86_400_000;
const defaultDays = 7;
const earliest = -631_152_000_000;
const latest = 253_402_300_799_000;
