// Certificate revocation lists for tests (RFC 5280, section 5.1), only as much as a runtime has to be told.

import type { Certificate, PrivateCertificate } from "@tlskit/x509";

/** What a list says. */
export interface CrlContents {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked?: readonly Certificate[];
}

/** A signed list of an issuer with a P-256 key, as PEM. */
export async function makeCrl(issuer: PrivateCertificate, contents: CrlContents): Promise<string> {
  return pem(await signedList(issuer, contents));
}

/** The same with a signature that is not right. */
export async function makeForgedCrl(issuer: PrivateCertificate, contents: CrlContents): Promise<string> {
  const der = await signedList(issuer, { ...contents, revoked: [] });
  // Inside thisUpdate: what is signed changes, and everything still parses.
  const at = der.indexOf(Buffer.from([0x17, 13])) + 12;
  der[at] = der[at] === 0x30 ? 0x31 : 0x30;
  return pem(der);
}

async function signedList(
  issuer: PrivateCertificate,
  { thisUpdate, nextUpdate, revoked = [] }: CrlContents,
): Promise<Buffer> {
  const entries = revoked.map((certificate) => tlv(0x30, serial(certificate), time(thisUpdate)));
  const list = tlv(
    0x30,
    tlv(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    Buffer.from(issuer.subject.der),
    time(thisUpdate),
    time(nextUpdate),
    ...(entries.length === 0 ? [] : [tlv(0x30, ...entries)]),
  );
  const signature = Buffer.from(await issuer.keyPair.sign(list));
  return tlv(0x30, list, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
}

const ecdsaWithSha256 = Buffer.from("300a06082a8648ce3d040302", "hex");

function serial({ serialNumberHex }: Certificate): Buffer {
  const bytes = Buffer.from(
    serialNumberHex.padStart(serialNumberHex.length + (serialNumberHex.length % 2), "0"),
    "hex",
  );
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return tlv(0x17, Buffer.from(`${text}Z`));
}

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const contents = Buffer.concat(parts);
  const { byteLength } = contents;
  const length =
    byteLength < 0x80
      ? [byteLength]
      : byteLength < 0x100
        ? [0x81, byteLength]
        : [0x82, byteLength >> 8, byteLength & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), contents]);
}

function pem(der: Buffer): string {
  return `-----BEGIN X509 CRL-----\n${der.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END X509 CRL-----\n`;
}
