// What a CRL says: fields, extensions, PEM and print-outs.

import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { entryReason } from "../test/crl-extensions.ts";
import { errorCode } from "../test/error-code.ts";
import { crlIssuer, makeCrl, makeEntry, readCrl } from "../test/make-crl.ts";
import { derOid } from "./der/writer.ts";
import {
  CertificateRevocationList,
  DistinguishedName,
  ExtensionOid,
  encodeAuthorityKeyIdentifier,
  encodeCrlNumber,
  encodeDeltaCrlIndicator,
  encodeFreshestCrl,
  encodeInvalidityDate,
  encodeIssuingDistributionPoint,
  pemEncode,
} from "./index.ts";

describe("what a CRL says", () => {
  test("every field and extension", () => {
    const keyIdentifier = Uint8Array.of(1, 2, 3);
    const crl = readCrl({
      revoked: [
        makeEntry(1n, [
          entryReason("cACompromise"),
          {
            oid: ExtensionOid.invalidityDate,
            critical: false,
            value: encodeInvalidityDate(new Date("2026-05-01T00:00:00Z")),
          },
        ]),
        makeEntry(2n ** 159n - 1n),
      ],
      extensions: [
        {
          oid: ExtensionOid.authorityKeyIdentifier,
          critical: false,
          value: encodeAuthorityKeyIdentifier({ keyIdentifier }),
        },
        { oid: ExtensionOid.cRLNumber, critical: false, value: encodeCrlNumber(2n ** 100n) },
        { oid: ExtensionOid.deltaCRLIndicator, critical: true, value: encodeDeltaCrlIndicator(7) },
        { oid: ExtensionOid.freshestCRL, critical: false, value: encodeFreshestCrl([["http://a.test/delta.crl"]]) },
        {
          oid: ExtensionOid.issuingDistributionPoint,
          critical: true,
          value: encodeIssuingDistributionPoint({
            fullName: ["http://a.test/a.crl"],
            onlyContainsCACerts: true,
            onlySomeReasons: ["keyCompromise", "aACompromise"],
          }),
        },
      ],
    });
    expect(crl.version).toBe(2);
    expect(crl.issuer.equals(crlIssuer)).toBe(true);
    expect(crl.thisUpdate).toEqual(new Date("2026-06-01T00:00:00Z"));
    expect(crl.nextUpdate).toEqual(new Date("2026-07-01T00:00:00Z"));
    expect(crl.signatureAlgorithm.name).toBe("Ed25519");
    expect(crl.crlNumber).toBe(2n ** 100n);
    expect(crl.deltaCrlIndicator).toBe(7n);
    expect(crl.authorityKeyIdentifier?.keyIdentifier).toEqual(keyIdentifier);
    expect(crl.freshestCrl).toEqual([{ fullName: [{ type: "uri", value: "http://a.test/delta.crl" }] }]);
    expect(crl.issuerAltName).toBeUndefined();
    expect(crl.issuingDistributionPoint).toEqual({
      fullName: [{ type: "uri", value: "http://a.test/a.crl" }],
      onlyContainsUserCerts: false,
      onlyContainsCACerts: true,
      onlyContainsAttributeCerts: false,
      indirectCRL: false,
      onlySomeReasons: new Set(["keyCompromise", "aACompromise"]),
    });
    expect(crl.entryCount).toBe(2);
    const [first, second, ...more] = [...crl.entries];
    expect(more).toEqual([]);
    expect([first?.serialNumber, second?.serialNumber]).toEqual([1n, 2n ** 159n - 1n]);
    expect([first?.reason, second?.reason]).toEqual(["cACompromise", undefined]);
    expect(first?.invalidityDate).toEqual(new Date("2026-05-01T00:00:00Z"));
    expect(first?.revocationDate).toEqual(new Date("2026-06-01T00:00:00Z"));
    expect(first?.certificateIssuer).toBeUndefined();
    expect(first?.extensions.map(({ name }) => name)).toEqual(["reasonCode", "invalidityDate"]);
    expect(second?.extension(ExtensionOid.reasonCode)).toBeUndefined();
    expect(crl.deviations).toEqual([]);
  });

  test("version 1 has no extensions, and need not say when the next one comes", () => {
    const crl = readCrl({ version: null, nextUpdate: null });
    expect([crl.version, crl.nextUpdate, crl.entryCount, [...crl.entries]]).toEqual([1, undefined, 0, []]);
    expect(crl.find(1n)).toBeUndefined();
    expect(crl.deviations.map((one) => one.code)).toEqual(["NEXT_UPDATE_MISSING"]);
  });

  test("nobody can change it", () => {
    const der = makeCrl({ revoked: [makeEntry(5n)] });
    const given = der.slice();
    const crl = CertificateRevocationList.fromDer(given);
    given.fill(0);
    crl.der.fill(0);
    crl.tbsCertList.fill(0);
    crl.signature.fill(1);
    expect(crl.der).toEqual(der);
    expect(crl.find(5n)?.serialNumber).toBe(5n);
  });

  test("PEM: one, several, or none", () => {
    const crl = readCrl();
    const twice = `prose\r\n${crl.toPem().replaceAll("\n", "\r\n")}${crl.toPem()}`;
    expect(CertificateRevocationList.fromPem(crl.toPem()).equals(crl)).toBe(true);
    expect(CertificateRevocationList.parse(new TextEncoder().encode(crl.toPem())).equals(crl)).toBe(true);
    expect(CertificateRevocationList.parse(crl.der).equals(crl)).toBe(true);
    expect(CertificateRevocationList.allFromPem(twice)).toHaveLength(2);
    expect(() => CertificateRevocationList.fromPem(twice)).toThrow(errorCode("PEM_MULTIPLE_BLOCKS"));
    expect(() => CertificateRevocationList.allFromPem("")).toThrow(errorCode("PEM_NO_BLOCK"));
    expect(() => CertificateRevocationList.fromPem(pemEncode("CERTIFICATE", crl.der))).toThrow(
      errorCode("PEM_WRONG_LABEL"),
    );
    expect(() => CertificateRevocationList.fromPem(null as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  });

  test("extensions of an entry that have no getter are named in the print-out", () => {
    const hold = { oid: "2.5.29.23", critical: false, value: derOid("1.2.840.10040.2.3") };
    const lines = readCrl({ revoked: [makeEntry(1n, [hold])] }).inspect();
    expect(lines).toMatch(/\n {2}01 on .*\n {4}Other Extensions: holdInstructionCode$/);
    expect(readCrl({ revoked: [makeEntry(1n)] }).inspect()).not.toContain("Other Extensions");
  });

  test("the fingerprint has the form that those of certificates have, and is printed in it", () => {
    const crl = readCrl();
    const sha256 = createHash("sha256").update(crl.der).digest("hex");
    const printed = (sha256.match(/../g) ?? []).join(":").toUpperCase();
    expect([crl.id, crl.fingerprint(), crl.fingerprint("sha-256", { format: "hex" })]).toEqual([
      sha256,
      printed,
      sha256,
    ]);
    expect(crl.fingerprint("sha-1", { format: "bytes" })).toHaveLength(20);
    expect(crl.inspect()).toContain(`\nDigest (SHA-256): ${printed}\n`);
    expect(() => crl.fingerprint("md5" as never)).toThrow(errorCode("ARGUMENT_INVALID"));
    expect(() => crl.fingerprint("sha-1", { form: "hex" } as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  });

  test("entries show what they are", () => {
    const crl = readCrl({ revoked: [makeEntry(5n, [entryReason("keyCompromise")]), makeEntry(6n)] });
    const [first, second] = crl.entries;
    expect([inspect(first), inspect(second), inspect(crl.entries)]).toEqual([
      '<CrlEntry serialNumber="05" reason="keyCompromise">',
      '<CrlEntry serialNumber="06">',
      "<RevokedEntries 2>",
    ]);
    expect(JSON.parse(JSON.stringify(crl.find(5n)))).toEqual({
      serialNumber: "05",
      revocationDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      reason: "keyCompromise",
    });
  });

  test("print-outs are safe, short and stable", () => {
    const hostile = DistinguishedName.of({ CN: "a\u001b[31m\u202eb" });
    const crl = readCrl({
      issuer: hostile.der,
      revoked: Array.from({ length: 100 }, (_, serial) => makeEntry(serial)),
    });
    for (const text of [crl.inspect(), crl.toString(), JSON.stringify(crl)]) {
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(crl.inspect()).toContain("... and 80 more");
    expect(crl.toJSON()).toEqual({
      issuer: hostile.toString(),
      thisUpdate: "2026-06-01T00:00:00Z",
      nextUpdate: "2026-07-01T00:00:00Z",
      entryCount: 100,
      sha256: crl.id,
    });
  });
});
