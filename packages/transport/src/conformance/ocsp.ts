// OCSP responses of a CA about its certificates (RFC 6960, section 4.2), only as much as the cases need.

import { type Certificate, OcspCertId, OcspResponse, type PrivateCertificate } from "@tlskit/x509";

/** A response that is signed by the CA itself, good for a day. */
export async function ocspAbout(
  certificate: Certificate,
  ca: PrivateCertificate,
  revoked: boolean,
): Promise<OcspResponse> {
  const now = Date.now();
  const status = revoked ? tlv(0xa1, time(now)) : tlv(0x80);
  const single = tlv(0x30, OcspCertId.of(certificate, ca).der, status, time(now), tlv(0xa0, time(now + day)));
  const data = tlv(0x30, tlv(0xa1, ca.subject.der), time(now), tlv(0x30, single));
  const signature = await ca.keyPair.sign(data);
  const basic = tlv(0x30, data, ecdsaWithSha256, tlv(0x03, Uint8Array.of(0), signature));
  const bytes = tlv(0xa0, tlv(0x30, basicResponseType, tlv(0x04, basic)));
  return OcspResponse.fromDer(tlv(0x30, tlv(0x0a, Uint8Array.of(0)), bytes));
}

const day = 86_400_000;

// 1.2.840.10045.4.3.2, the default of the CAs' P-256 keys.
const ecdsaWithSha256 = Uint8Array.of(0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
// 1.3.6.1.5.5.7.48.1.1
const basicResponseType = Uint8Array.of(0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01);

function time(milliseconds: number): Uint8Array {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return tlv(0x18, new TextEncoder().encode(`${text}Z`));
}

function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const header = length < 0x80 ? [tag, length] : [tag, ...long];
  return Uint8Array.of(...header, ...parts.flatMap((part) => [...part]));
}
