// A CRL again, from its decoded fields.

import { derBitString, derExplicit, derInteger, derSequence, derTime } from "../../src/der/writer.ts";
import { decodeCertificateIssuer, encodeCertificateIssuer } from "../../src/extensions/certificate-issuer.ts";
import { decodeCrlNumber, encodeCrlNumber } from "../../src/extensions/crl-number.ts";
import { decodeDeltaCrlIndicator, encodeDeltaCrlIndicator } from "../../src/extensions/delta-crl-indicator.ts";
import { encodeExtension } from "../../src/extensions/extension.ts";
import { decodeInvalidityDate, encodeInvalidityDate } from "../../src/extensions/invalidity-date.ts";
import {
  decodeIssuingDistributionPoint,
  encodeIssuingDistributionPoint,
} from "../../src/extensions/issuing-distribution-point.ts";
import { decodeExtensionValue, type ExtensionDecoder } from "../../src/extensions/read-extension.ts";
import { decodeReasonCode, encodeReasonCode } from "../../src/extensions/reason-code.ts";
import {
  type CertificateRevocationList,
  type CrlDeviationCode,
  type CrlEntry,
  type Extension,
  ExtensionOid,
  X509Error,
} from "../../src/index.ts";
import { valueReader } from "./rebuild-certificate.ts";
import { rebuildDer } from "./rebuild-der.ts";
import { hasEmptyName, rebuildExtension } from "./rebuild-extension.ts";
import { rebuildGeneralName, rebuildName } from "./rebuild-name.ts";

/** The DER of a CRL, from what its getters say. Without entries it has two forms, one of them a deviation. */
export function rebuildCrl(crl: CertificateRevocationList): Uint8Array {
  const algorithm = rebuildDer(crl.signatureAlgorithm.der);
  const { version, nextUpdate, extensions, entryCount } = crl;
  const tbs = derSequence(
    ...(version === 1 ? [] : [derInteger(version - 1)]),
    algorithm,
    rebuildName(crl.issuer),
    derTime(crl.thisUpdate),
    ...(nextUpdate === undefined ? [] : [derTime(nextUpdate)]),
    ...(entryCount === 0 ? [] : [derSequence(...Array.from(crl.entries, rebuildEntry))]),
    ...(extensions.length === 0 ? [] : [derExplicit(0, rebuildList(extensions))]),
  );
  return derSequence(tbs, algorithm, derBitString(crl.signature));
}

/** Deviations after which the decoded values do not tell how it was encoded. */
export const crlEncodingDeviations: readonly CrlDeviationCode[] = [
  "SIGNATURE_ALGORITHM_MISMATCH",
  "TIME_GENERALIZED_BEFORE_2050",
  "REVOKED_CERTIFICATES_EMPTY",
  "CRITICAL_DEFAULT_ENCODED",
  "DISTRIBUTION_POINT_DEFAULT_ENCODED",
];

function rebuildEntry({ serialNumber, revocationDate, extensions }: CrlEntry): Uint8Array {
  const list = extensions.length === 0 ? [] : [rebuildList(extensions)];
  return derSequence(derInteger(serialNumber), derTime(revocationDate), ...list);
}

function rebuildList(extensions: readonly Extension[]): Uint8Array {
  return derSequence(...extensions.map((extension) => rebuildOne(extension, extensions)));
}

function rebuildOne(extension: Extension, all: readonly Extension[]): Uint8Array {
  const { oid, critical, value } = extension;
  const rebuild = rebuilders[oid];
  if (rebuild === undefined) {
    return shared.includes(oid) ? rebuildExtension(extension, valueReader(all)) : encodeExtension(extension);
  }
  try {
    return encodeExtension({ oid, critical, value: rebuild(value) });
  } catch (error) {
    if (!X509Error.is(error) || error.code !== "EXTENSION_INVALID") throw error;
    return encodeExtension({ oid, critical, value });
  }
}

function rebuilder<T>(oid: string, decode: ExtensionDecoder<T>, encode: (value: T) => Uint8Array) {
  return (value: Uint8Array): Uint8Array => {
    const decoded = decodeExtensionValue(value, 0, value.length, oid, decode);
    try {
      return encode(decoded);
    } catch (error) {
      // What is read although nobody should write it: see `rebuildExtension`.
      const unwritten = X509Error.is(error) && error.code === "ARGUMENT_INVALID" && hasEmptyName(decoded);
      if (unwritten) return value;
      throw new Error(`what was read of ${oid} cannot be written: ${String(error)}`);
    }
  };
}

const { crlNumber, deltaCrlIndicator, reasonCode, invalidityDate, certificateIssuer, issuingDistributionPoint } =
  ExtensionOid;

/** The extensions that CRLs and certificates have in common (RFC 5280 section 5.2). */
const shared: readonly string[] = [
  ExtensionOid.authorityKeyIdentifier,
  ExtensionOid.issuerAltName,
  ExtensionOid.freshestCrl,
  ExtensionOid.authorityInfoAccess,
];

/** The extensions that only CRLs have. */
const rebuilders: Readonly<Record<string, (value: Uint8Array) => Uint8Array>> = {
  [crlNumber]: rebuilder(crlNumber, decodeCrlNumber, encodeCrlNumber),
  [deltaCrlIndicator]: rebuilder(deltaCrlIndicator, decodeDeltaCrlIndicator, encodeDeltaCrlIndicator),
  [reasonCode]: rebuilder(reasonCode, decodeReasonCode, encodeReasonCode),
  [invalidityDate]: rebuilder(invalidityDate, decodeInvalidityDate, encodeInvalidityDate),
  [certificateIssuer]: rebuilder(certificateIssuer, decodeCertificateIssuer, (names) =>
    encodeCertificateIssuer(names.map(rebuildGeneralName)),
  ),
  [issuingDistributionPoint]: rebuilder(
    issuingDistributionPoint,
    decodeIssuingDistributionPoint,
    ({ fullName, relativeName, ...rest }) =>
      encodeIssuingDistributionPoint({
        ...rest,
        ...(fullName && { fullName: fullName.map(rebuildGeneralName) }),
        ...(relativeName && { relativeName: rebuildDer(relativeName) }),
      }),
  ),
};
