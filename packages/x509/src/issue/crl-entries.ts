// The entries of a new CRL, any number of them.

import { shownText, shownValue, takeOwn } from "../argument.ts";
import { concatBytes } from "../bytes.ts";
import { derInteger, derSequence, derTime } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { encodeCertificateIssuer } from "../extensions/certificate-issuer.ts";
import { type Extension, encodeExtensions } from "../extensions/extension.ts";
import { encodeInvalidityDate } from "../extensions/invalidity-date.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { encodeReasonCode } from "../extensions/reason-code.ts";
import { assertDate, takeExtensions } from "./check-options.ts";
import type { CrlEntryInput } from "./crl-options.ts";

/** What the entries have to fit. */
export interface CrlEntryContext {
  /** Of the CRL. */
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly isDelta: boolean;
  readonly isIndirect: boolean;
}

/**
 * revokedCertificates in DER; undefined without entries.
 *
 * @throws X509Error SERIAL_INVALID, ARGUMENT_INVALID for a certificate that is there twice, or an entry that does not
 *   belong into such a CRL
 */
export function encodeCrlEntries(entries: Iterable<CrlEntryInput>, context: CrlEntryContext): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  let chunk: Uint8Array[] = [];
  const seen = new Set<string>();
  let current = context.issuer;
  if (typeof (entries as Partial<Iterable<CrlEntryInput>>)[Symbol.iterator] !== "function") {
    throw new X509Error("ARGUMENT_INVALID", "cannot list certificates: entries: expected an iterable", {
      argument: "entries",
      expected: "an iterable of entries",
    });
  }
  let index = 0;
  for (const given of entries) {
    const path = `entries[${index++}]`;
    const entry = takeOwn(given, FIELDS, path, `${path}.`);
    const issuer = entry.certificateIssuer ?? context.issuer;
    assertEntry(entry, issuer, context, path);
    const key = `${entry.serialNumber} ${context.isIndirect ? issuer.key : ""}`;
    if (seen.has(key)) throw badEntry(path, "serialNumber", `${entry.serialNumber} once for each issuer`);
    seen.add(key);
    chunk.push(encodeEntry(entry, context.thisUpdate, issuer.equals(current) ? undefined : issuer, path));
    current = issuer;
    // Functions take a bounded number of arguments.
    if (chunk.length === chunkSize) {
      chunks.push(concatBytes(...chunk));
      chunk = [];
    }
  }
  if (chunks.length === 0 && chunk.length === 0) return undefined;
  return derSequence(...chunks, ...chunk);
}

function assertEntry(
  entry: CrlEntryInput,
  issuer: DistinguishedName,
  { isDelta, isIndirect, issuer: crlIssuer }: CrlEntryContext,
  path: string,
): void {
  const { serialNumber, reason } = entry;
  // Zero and negative numbers are wrong, but certificates with them exist and may have to be revoked.
  if (typeof serialNumber !== "bigint" || BigInt.asIntN(160, serialNumber) !== serialNumber) {
    const text = typeof serialNumber === "string" ? shownText(serialNumber) : shownValue(serialNumber);
    const expected = 'expected a bigint of at most 20 octets; of text in hex, BigInt("0x" + text)';
    throw new X509Error("SERIAL_INVALID", `not a serial number: ${path}: ${text}: ${expected}`, {
      serialNumber: text,
    });
  }
  if (!(issuer instanceof DistinguishedName)) throw badEntry(path, "certificateIssuer", "a DistinguishedName");
  if (entry.revocationDate !== undefined) assertDate(entry.revocationDate, `${path}.revocationDate`);
  if (entry.invalidityDate !== undefined) assertDate(entry.invalidityDate, `${path}.invalidityDate`);
  if (!isIndirect && !issuer.equals(crlIssuer)) {
    throw badEntry(path, "certificateIssuer", "the issuer of the CRL, or an issuingDistributionPoint with indirectCRL");
  }
  if (reason === "removeFromCRL" && !isDelta) throw badEntry(path, "reason", "removeFromCRL in delta CRLs only");
}

// The issuer is written where it changes: it counts for all entries that follow (RFC 5280 section 5.3.3).
function encodeEntry(
  entry: CrlEntryInput,
  thisUpdate: Date,
  newIssuer: DistinguishedName | undefined,
  path: string,
): Uint8Array {
  const { serialNumber, revocationDate = thisUpdate, reason, invalidityDate } = entry;
  const more = entry.extensions === undefined ? [] : takeExtensions(entry.extensions, `${path}.extensions`);
  const list: Extension[] = [];
  if (reason !== undefined && reason !== "unspecified") {
    list.push({ oid: ExtensionOid.reasonCode, critical: false, value: encodeReasonCode(reason) });
  }
  if (invalidityDate !== undefined) {
    list.push({ oid: ExtensionOid.invalidityDate, critical: false, value: encodeInvalidityDate(invalidityDate) });
  }
  if (newIssuer !== undefined) {
    const value = encodeCertificateIssuer([{ type: "directory", value: newIssuer }]);
    list.push({ oid: ExtensionOid.certificateIssuer, critical: true, value });
  }
  if (more.some(({ oid }) => isOwn(oid)) || new Set(more.map(({ oid }) => oid)).size !== more.length) {
    throw badEntry(path, "extensions", "each extension once, and none of those that have a field of their own");
  }
  const all = [...list, ...more];
  const fields = [derInteger(serialNumber), derTime(revocationDate)];
  return all.length === 0 ? derSequence(...fields) : derSequence(...fields, encodeExtensions(all));
}

function badEntry(path: string, name: string, expected: string): X509Error {
  const argument = `${path}.${name}`;
  return new X509Error("ARGUMENT_INVALID", `cannot list a certificate: ${argument}: expected ${expected}`, {
    argument,
    expected,
  });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "certificateIssuer",
  "extensions",
  "invalidityDate",
  "reason",
  "revocationDate",
  "serialNumber",
]);
const chunkSize = 4096;
function isOwn(oid: string): boolean {
  const { reasonCode, invalidityDate, certificateIssuer } = ExtensionOid;
  return oid === reasonCode || oid === invalidityDate || oid === certificateIssuer;
}
