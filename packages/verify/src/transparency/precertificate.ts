import type { Certificate } from "@tlskit/x509";
import { concat, contentStart, element, elementEnd } from "../tlv.ts";

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
  let field = contentStart(tbs);
  while (tbs[field] !== 0xa3) field = elementEnd(tbs, field);
  const list = contentStart(tbs, field);
  const kept: Uint8Array[] = [];
  for (let at = contentStart(tbs, list); at < tbs.length; at = elementEnd(tbs, at)) {
    const oid = contentStart(tbs, at);
    const isList = EMBEDDED_TIMESTAMPS.every((octet, index) => tbs[oid + index] === octet);
    if (!isList) kept.push(tbs.subarray(at, elementEnd(tbs, at)));
  }
  // Section 3.2: where nothing else was there, there are no extensions.
  const rest = kept.length === 0 ? [] : [element(0xa3, element(0x30, ...kept))];
  return element(0x30, tbs.subarray(contentStart(tbs), field), ...rest);
}

function bigEndian(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = size - 1, left = value; index >= 0; index--, left = Math.floor(left / 256))
    bytes[index] = left % 256;
  return bytes;
}

// 1.3.6.1.4.1.11129.2.4.2, with tag and length.
const EMBEDDED_TIMESTAMPS = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xd6, 0x79, 0x02, 0x04, 0x02];
