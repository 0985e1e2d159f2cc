// A certificate again, from its decoded fields.

import { DerReader } from "../../src/der/reader.ts";
import { Tag } from "../../src/der/tag.ts";
import {
  derBitString,
  derExplicit,
  derImplicit,
  derInteger,
  derSequence,
  derTime,
  derTlv,
} from "../../src/der/writer.ts";
import { extensionDecoders } from "../../src/extensions/extension-values.ts";
import { decodeExtensionValue } from "../../src/extensions/read-extension.ts";
import { Certificate, type DeviationCode, type Extension, type ExtensionName, ExtensionOid } from "../../src/index.ts";
import { makeCertificate } from "../make-certificate.ts";
import { rebuildDer } from "./rebuild-der.ts";
import { isRebuilt, rebuildExtensions, type ValueReader } from "./rebuild-extension.ts";
import { rebuildName } from "./rebuild-name.ts";

/** The DER of a certificate, from what its getters say. */
export function rebuildCertificate(certificate: Certificate): Uint8Array {
  const { version, extensions } = certificate;
  const algorithm = rebuildDer(certificate.signatureAlgorithm.der);
  const { publicKey, uniqueIds } = unread(certificate);
  const tbs = derSequence(
    ...(version === 1 ? [] : [derExplicit(0, derInteger(version - 1))]),
    derInteger(certificate.serialNumber),
    algorithm,
    rebuildName(certificate.issuer),
    derSequence(derTime(certificate.notBefore), derTime(certificate.notAfter)),
    rebuildName(certificate.subject),
    publicKey,
    ...uniqueIds,
    ...(extensions.length === 0 ? [] : [derExplicit(3, rebuildExtensions(extensions, valueReader(extensions)))]),
  );
  return derSequence(tbs, algorithm, derBitString(certificate.signature));
}

/** Reads the values of extensions as a certificate does. */
export function valueReader(extensions: readonly Extension[]): ValueReader {
  return (name) => {
    const extension = extensions.find(({ oid }) => oid === ExtensionOid[name]);
    if (extension === undefined) return undefined;
    const { oid, value } = extension;
    return decodeExtensionValue(value, 0, value.length, oid, extensionDecoders[name]);
  };
}

/** Deviations of extensions that are not written anew, because they cannot be read, or nobody should write them. */
export function lastingDeviations({ extensions }: Certificate): readonly DeviationCode[] {
  const read = valueReader(extensions);
  const has = (name: ExtensionName) => extensions.some(({ oid }) => oid === ExtensionOid[name]);
  return codesOf.flatMap(([name, codes]) => (has(name) && !isRebuilt(name, read) ? codes : []));
}

/** Would a certificate with these extensions have a deviation after which the values do not tell the encoding? */
export function hasOddEncoding(extensions: readonly Extension[]): boolean {
  if (extensions.length === 0) return false;
  const { deviations } = Certificate.fromDer(makeCertificate({ extensions }));
  return deviations.some(({ code }) => encodingDeviations.includes(code));
}

const codesOf: readonly (readonly [ExtensionName, readonly DeviationCode[]])[] = [
  ["basicConstraints", ["CA_DEFAULT_ENCODED"]],
  ["keyUsage", ["KEY_USAGE_PADDING", "KEY_USAGE_UNKNOWN_BIT"]],
  ["nameConstraints", ["SUBTREE_MINIMUM_DEFAULT_ENCODED"]],
];

/** Deviations after which the decoded values do not tell how it was encoded. */
export const encodingDeviations: readonly DeviationCode[] = [
  "VERSION_DEFAULT_ENCODED",
  "SIGNATURE_ALGORITHM_MISMATCH",
  "TIME_GENERALIZED_BEFORE_2050",
  "CRITICAL_DEFAULT_ENCODED",
  "CA_DEFAULT_ENCODED",
  "SUBTREE_MINIMUM_DEFAULT_ENCODED",
  "KEY_USAGE_PADDING",
  "KEY_USAGE_UNKNOWN_BIT",
];

/** What has no getter of its own: the key if it cannot be used, and the unique identifiers of version 2. */
function unread(certificate: Certificate): {
  readonly publicKey: Uint8Array;
  readonly uniqueIds: readonly Uint8Array[];
} {
  const fields = new DerReader(certificate.tbsCertificate).enter(Tag.sequence, "a TBSCertificate");
  fields.optional(0xa0);
  for (const what of ["serialNumber", "signature", "issuer", "validity", "subject"]) fields.next(what);
  const publicKey = rebuildDer(fields.raw("subjectPublicKeyInfo"));
  const uniqueIds = [0x81, 0x82].flatMap((tag, index) => {
    if (!fields.optional(tag)) return [];
    const bits = new DerReader(derTlv(Tag.bitString, fields.value())).bitString();
    return [derImplicit(index + 1, derBitString(bits.bytes, bits.unused))];
  });
  return { publicKey, uniqueIds };
}
