import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCertificate } from "../../test/make-certificate.ts";
import { Openssl } from "../../test/openssl.ts";
import { derOid, derSequence, derSet, derTlv } from "../der/writer.ts";
import { Certificate, DistinguishedName, opensslNameHash, pemEncode } from "../index.ts";

const encoder = new TextEncoder();

/** What `openssl rehash` calls the certificates: names by file, hash and number. */
function rehashed(certificates: readonly Uint8Array[]): ReadonlyMap<number, ReadonlySet<string>> {
  using openssl = new Openssl();
  for (const [index, der] of certificates.entries()) openssl.write(`${index}.pem`, pemEncode("CERTIFICATE", der));
  openssl.must("rehash", "-compat", openssl.directory);
  const names = new Map<number, Set<string>>();
  for (const name of readdirSync(openssl.directory).filter((file) => /^[0-9a-f]{8}\.[0-9]+$/.test(file))) {
    const index = Number.parseInt(readlinkSync(join(openssl.directory, name)), 10);
    const hashes = names.get(index) ?? new Set();
    names.set(index, hashes.add(name.slice(0, 8)));
  }
  return names;
}

function expectSame(certificates: readonly Uint8Array[]): void {
  const names = rehashed(certificates);
  for (const [index, der] of certificates.entries()) {
    const { subject } = Certificate.fromDer(der);
    const ours = new Set([opensslNameHash(subject), opensslNameHash(subject, { old: true })]);
    expect(names.get(index), subject.toString()).toEqual(ours);
  }
}

test("every root of the runtime has the name that openssl rehash gives it", () => {
  expectSame(rootCertificates.map((pem) => Certificate.fromPem(pem).der));
});

/** Texts of every type, also in forms that need to be made one: spaces, capitals, other alphabets. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("A", "b", " ", "  ", "\t", "z", "Z", "0", "-") }),
  fc.constantFrom("", " ", "ÄÖÜ", "Straße  ", " İstanbul", "日本 語", "É É"),
);
const value = fc.oneof(
  text.map((one) => derTlv(0x0c, encoder.encode(one))),
  text.map((one) =>
    derTlv(
      0x14,
      Uint8Array.from(one, (char) => char.charCodeAt(0) & 0xff),
    ),
  ),
  text.map((one) =>
    derTlv(0x1e, Uint8Array.from([...one].flatMap((char) => [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 0xff]))),
  ),
  text.map((one) =>
    derTlv(
      0x13,
      Uint8Array.from(one, (char) => char.charCodeAt(0) & 0x7f),
    ),
  ),
  text.map((one) =>
    derTlv(
      0x16,
      Uint8Array.from(one, (char) => char.charCodeAt(0) & 0x7f),
    ),
  ),
  fc.uint8Array({ maxLength: 8 }).map((octets) =>
    derTlv(
      0x12,
      octets.map((octet) => 0x30 + (octet % 10)),
    ),
  ),
);
const type = fc.constantFrom("2.5.4.3", "2.5.4.10", "2.5.4.11", "1.2.840.113549.1.9.1", "1.3.6.1.4.1.99999.1");
const attribute = fc.tuple(type, value).map(([oid, der]) => derSequence(derOid(oid), der));
const name = fc
  .array(fc.array(attribute, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((rdns) => derSequence(...rdns.map((rdn) => derSet(...rdn))));

test("names made at random have the names that openssl rehash gives them", () => {
  // Several attributes of one name, and one file for all: openssl starts once.
  const names = fc.sample(name, { numRuns: 300, seed: 7 });
  expectSame(
    names.map((subject, index) =>
      makeCertificate({ subject, serial: derTlv(2, Uint8Array.of(1 + (index >> 7), index & 0x7f)) }),
    ),
  );
});

test("one name in two forms has one hash, and two old ones", () => {
  const one = DistinguishedName.of({ O: "Example AB", CN: "A  b" });
  const other = DistinguishedName.parse("cn= a B,o=EXAMPLE ab");
  expect(opensslNameHash(one)).toBe(opensslNameHash(other));
  expect(opensslNameHash(one, { old: true })).not.toBe(opensslNameHash(other, { old: true }));
});
