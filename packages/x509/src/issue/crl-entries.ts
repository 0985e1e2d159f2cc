// The entries of a new CRL, any number of them.

import { shownValue } from "../argument.ts";
import { concatBytes } from "../bytes.ts";
import { derInteger, derSequence, derTime } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { encodeCertificateIssuer } from "../extensions/certificate-issuer.ts";
import { type Extension, encodeExtensions } from "../extensions/extension.ts";
import { encodeInvalidityDate } from "../extensions/invalidity-date.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { encodeReasonCode } from "../extensions/reason-code.ts";
import { assertDate, assertExtensions, assertKnown } from "./check-options.ts";
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
  for (const entry of entries) {
    assertKnown(entry, FIELDS, "entries.");
    const issuer = entry.certificateIssuer ?? context.issuer;
    assertEntry(entry, issuer, context, seen);
    chunk.push(encodeEntry(entry, context.thisUpdate, issuer.equals(current) ? undefined : issuer));
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
  seen: Set<string>,
): void {
  const { serialNumber, reason } = entry;
  // Zero and negative numbers are wrong, but certificates with them exist and may have to be revoked.
  if (typeof serialNumber !== "bigint" || BigInt.asIntN(160, serialNumber) !== serialNumber) {
    const text = typeof serialNumber === "string" ? serialNumber : shownValue(serialNumber);
    throw new X509Error("SERIAL_INVALID", `not a serial number: ${text}: expected a bigint of at most 20 octets`, {
      serialNumber: text,
    });
  }
  if (!(issuer instanceof DistinguishedName)) throw badEntry("certificateIssuer", "a DistinguishedName");
  assertExtensions(entry.extensions, "entries.extensions");
  assertDate(entry.revocationDate, "entries.revocationDate");
  assertDate(entry.invalidityDate, "entries.invalidityDate");
  if (!isIndirect && !issuer.equals(crlIssuer)) {
    throw badEntry("certificateIssuer", "the issuer of the CRL, or an issuingDistributionPoint with indirectCRL");
  }
  if (reason === "removeFromCRL" && !isDelta) throw badEntry("reason", "removeFromCRL in delta CRLs only");
  const key = `${serialNumber} ${isIndirect ? issuer.key : ""}`;
  if (seen.has(key)) throw badEntry("serialNumber", `${serialNumber} once for each issuer`);
  seen.add(key);
}

// The issuer is written where it changes: it counts for all entries that follow (RFC 5280 section 5.3.3).
function encodeEntry(entry: CrlEntryInput, thisUpdate: Date, newIssuer: DistinguishedName | undefined): Uint8Array {
  const { serialNumber, revocationDate = thisUpdate, reason, invalidityDate, extensions: more = [] } = entry;
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
    throw badEntry("extensions", "each extension once, and none of those that have a field of their own");
  }
  const all = [...list, ...more];
  const fields = [derInteger(serialNumber), derTime(revocationDate)];
  return all.length === 0 ? derSequence(...fields) : derSequence(...fields, encodeExtensions(all));
}

function badEntry(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot list a certificate: ${argument}: expected ${expected}`, {
    argument: `entries.${argument}`,
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
