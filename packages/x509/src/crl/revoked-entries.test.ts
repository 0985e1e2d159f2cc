// Looking entries up: by serial number, and in indirect CRLs by issuer; however many there are.

import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { aboutIssuer, entryReason, indirectCrl } from "../../test/crl-extensions.ts";
import { errorCode } from "../../test/error-code.ts";
import { crlIssuer, makeEntry, readCrl } from "../../test/make-crl.ts";
import { concatBytes } from "../bytes.ts";
import { derNull, derSequence } from "../der/writer.ts";
import { DistinguishedName, type Extension, ExtensionOid, encodeCertificateIssuer } from "../index.ts";

const other = DistinguishedName.of({ CN: "other" });
const third = DistinguishedName.of({ CN: "third" });

describe("looking up", () => {
  test("finds each entry, and nothing else", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 159n }), { maxLength: 60 }), (serials) => {
        const crl = readCrl({ revoked: serials.map((serial) => makeEntry(serial)) });
        for (const serial of serials) expect(crl.find(serial)?.serialNumber).toBe(serial);
        const known = new Set(serials);
        for (const serial of serials) {
          for (const near of [serial + 1n, serial << 8n, -serial]) {
            expect(crl.find(near) === undefined).toBe(!known.has(near));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("an indirect CRL: the issuer carries forward to the following entries", () => {
    const crl = readCrl({
      revoked: [
        makeEntry(1n, [entryReason("superseded")]),
        makeEntry(1n, [aboutIssuer(other), entryReason("keyCompromise")]),
        makeEntry(2n),
        makeEntry(1n, [aboutIssuer(third)]),
        makeEntry(3n),
        makeEntry(4n, [aboutIssuer(crlIssuer)]),
      ],
      extensions: [indirectCrl],
    });
    const names = [...crl.entries].map(({ certificateIssuer }) => certificateIssuer?.map(({ value }) => String(value)));
    expect(names).toEqual([undefined, ["CN=other"], ["CN=other"], ["CN=third"], ["CN=third"], ["CN=test"]]);
    expect(crl.find(1n)?.reason).toBe("superseded");
    expect(crl.find(1n, other)?.reason).toBe("keyCompromise");
    expect(crl.find(1n, third)?.reason).toBeUndefined();
    expect(crl.find(1n, third)?.certificateIssuer).toEqual([{ type: "directory", value: third }]);
    expect(crl.find(2n)).toBeUndefined();
    expect(crl.find(2n, other)?.serialNumber).toBe(2n);
    expect(crl.find(3n, other)).toBeUndefined();
    expect(crl.find(3n, third)?.serialNumber).toBe(3n);
    expect(crl.find(4n)?.serialNumber).toBe(4n);
    expect(crl.deviations).toEqual([]);
  });

  test("the names of an issuer are read once, and not for each of its entries", () => {
    const names = encodeCertificateIssuer(Array.from({ length: 50 }, (_, index) => `${index}.example`));
    const about: Extension = { oid: ExtensionOid.certificateIssuer, critical: true, value: names };
    const rest = Array.from({ length: 50 }, () => makeEntry(1n));
    const crl = readCrl({ revoked: [makeEntry(1n, [about]), ...rest], extensions: [indirectCrl] });
    const freeze = vi.spyOn(Object, "freeze");
    try {
      expect(crl.find(1n, other)).toBeUndefined();
      // Each name that is read is frozen.
      expect(freeze.mock.calls.length).toBeGreaterThan(49);
      expect(freeze.mock.calls.length).toBeLessThan(200);
    } finally {
      freeze.mockRestore();
    }
  });

  test("a direct CRL says nothing about other issuers", () => {
    const crl = readCrl({ revoked: [makeEntry(1n)] });
    expect(crl.find(1n, other)).toBeUndefined();
    expect(crl.find(1n, DistinguishedName.of({ CN: " TEST " }))?.serialNumber).toBe(1n);
  });

  test("of several entries, one that revokes", () => {
    const crl = readCrl({
      revoked: [makeEntry(1n, [entryReason("removeFromCRL")]), makeEntry(1n, [entryReason("certificateHold")])],
    });
    expect(crl.find(1n)?.reason).toBe("certificateHold");
    expect(readCrl({ revoked: [makeEntry(1n, [entryReason("removeFromCRL")])] }).find(1n)?.reason).toBe(
      "removeFromCRL",
    );
  });

  test("an entry that cannot be read is an error, not an answer", () => {
    const bad = (oid: string): Extension => ({ oid, critical: false, value: derNull() });
    const crl = readCrl({
      revoked: [makeEntry(1n, [bad(ExtensionOid.reasonCode)]), makeEntry(2n, [bad(ExtensionOid.certificateIssuer)])],
    });
    expect(() => crl.find(1n)).toThrow(errorCode("EXTENSION_INVALID"));
    expect(() => crl.find(2n)).toThrow(errorCode("EXTENSION_INVALID"));
    expect(crl.inspect()).toContain("EXTENSION_INVALID");
  });

  test("only a bigint is a serial number", () => {
    expect(() => readCrl().find(1 as never)).toThrow(errorCode("ARGUMENT_INVALID"));
  });

  test("many entries with one serial number are refused rather than searched", () => {
    const removed = makeEntry(1n, [entryReason("removeFromCRL")]);
    const crl = readCrl({ revoked: Array.from({ length: 5000 }, () => removed) });
    expect(() => crl.find(1n)).toThrow(errorCode("DER_LIMIT_EXCEEDED"));
  });

  test("a list of 300,000 entries, beyond the bounds of certificates", () => {
    const count = 300_000;
    const serial = (index: number) => (BigInt(index) * 0x9e3779b97f4a7c15f39cc0605cedc835n) & (2n ** 127n - 1n);
    const chunks = Array.from({ length: count / 1000 }, (_, chunk) =>
      concatBytes(...Array.from({ length: 1000 }, (_, index) => makeEntry(serial(chunk * 1000 + index)))),
    );
    const crl = readCrl({ revoked: derSequence(...chunks) });
    expect(crl.entryCount).toBe(count);
    for (let index = 0; index < count; index += 997) expect(crl.find(serial(index))?.serialNumber).toBe(serial(index));
    expect(crl.find(serial(count))).toBeUndefined();
    let iterated = 0;
    for (const _ of crl.entries) iterated++;
    expect(iterated).toBe(count);
  });
});
