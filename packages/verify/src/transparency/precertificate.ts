import { type Certificate, DerReader } from "@tlskit/x509";
import { concat, element } from "../search/tlv.ts";

/**
 * What a log has signed for a timestamp that is embedded in the certificate: the certificate to be, without the list of
 * timestamps, under the hash of its issuer's key.
 *
 * @see RFC 6962, section 3.2
 */
export function signedEntry(
  certificate: Certificate,
  issuerKeyHash: Uint8Array,
  { timestamp, extensions }: { readonly timestamp: Date; readonly extensions: Uint8Array },
): Uint8Array {
  const tbs = withoutTimestamps(certificate.tbsCertificate);
  return concat(
    // v1, certificate_timestamp.
    Uint8Array.of(0, 0),
    bigEndian(timestamp.getTime(), 8),
    // precert_entry.
    bigEndian(1, 2),
    issuerKeyHash,
    bigEndian(tbs.length, 3),
    tbs,
    bigEndian(extensions.length, 2),
    extensions,
  );
}

// The extensions are the last field: [3] { SEQUENCE OF Extension }.
function withoutTimestamps(tbs: Uint8Array): Uint8Array {
  const fields = new DerReader(tbs).enter(0x30, "a TBSCertificate");
  const start = fields.position;
  while (fields.peek() !== 0xa3) fields.next();
  const before = tbs.subarray(start, fields.position);
  const list = fields.enter(0xa3, "the extensions").enter(0x30, "the extensions");
  const kept: Uint8Array[] = [];
  while (list.peek() !== -1) {
    const extension = list.raw();
    if (list.contents().oid() !== EMBEDDED_TIMESTAMPS) kept.push(extension);
  }
  // Section 3.2: where nothing else was there, there are no extensions.
  const rest = kept.length === 0 ? [] : [element(0xa3, element(0x30, ...kept))];
  return element(0x30, before, ...rest);
}

function bigEndian(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = size - 1, left = value; index >= 0; index--, left = Math.floor(left / 256))
    bytes[index] = left % 256;
  return bytes;
}

const EMBEDDED_TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2";
