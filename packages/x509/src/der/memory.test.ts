// What is remembered between calls must be ours: nobody may change it from outside, and no hit may be a wrong one.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSignatureAlgorithm } from "../signature/signature-algorithm.ts";
import { decodeOid, encodeOid } from "./oid.ts";
import { decodeInteger } from "./reader.ts";
import { derNull, derOid, derSequence } from "./writer.ts";

describe("memory", () => {
  test("of OIDs is no view of the caller's Buffer", () => {
    const octets = Buffer.from(encodeOid("1.2.840.99999.7.1"));
    expect(decodeOid(octets, 0, octets.length)).toBe("1.2.840.99999.7.1");
    octets[octets.length - 1] = 2;
    expect(decodeOid(octets, 0, octets.length)).toBe("1.2.840.99999.7.2");
    expect(decodeOid(encodeOid("1.2.840.99999.7.1"), 0, octets.length)).toBe("1.2.840.99999.7.1");
  });

  test("of signature algorithms is no view of the caller's Buffer", () => {
    const der = Buffer.from(derSequence(derOid("1.2.840.113549.1.1.12"), derNull()));
    const first = readSignatureAlgorithm(der);
    expect(first.name).toBe("sha384WithRSAEncryption");
    const before = [...first.der];
    der[der.length - 3] = 13;
    expect(readSignatureAlgorithm(der).name).toBe("sha512WithRSAEncryption");
    expect([...first.der]).toEqual(before);
  });

  test("gives the right OID however many there are", () => {
    const texts = Array.from({ length: 2000 }, (_, index) => `1.3.6.1.4.1.${index * 37}.${index % 5}`);
    for (const text of [...texts, ...texts.reverse()]) {
      const octets = encodeOid(text);
      expect(decodeOid(octets, 0, octets.length)).toBe(text);
    }
  });

  test("integers of every size and sign", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (octets) => {
        const expected = BigInt.asIntN(octets.length * 8, BigInt(`0x${Buffer.from(octets).toString("hex")}`));
        expect(decodeInteger(octets, 0, octets.length)).toBe(expected);
      }),
    );
  });
});
