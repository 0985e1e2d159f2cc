// How long a new certificate is valid, how that is written, and what is refused.

import { afterAll, describe, expect, test } from "vitest";
import { newCa } from "../../test/authority.ts";
import { Openssl } from "../../test/openssl.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());
const day = 86_400_000;

describe("REQ-13: validity", () => {
  test("by default from five minutes ago, for 90 days, 5 years or 10 years", async () => {
    const now = Date.now();
    const ca = await newCa();
    const middle = await ca.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    const leaf = await middle.issuePrivate({ subjectAltName: ["x"] });
    for (const [certificate, days] of [
      [ca, 3650],
      [middle, 1825],
      [leaf, 90],
    ] as const) {
      expect(Math.abs(certificate.notBefore.getTime() - (now - 300_000))).toBeLessThan(30_000);
      expect(Math.abs(certificate.notAfter.getTime() - (now + days * day))).toBeLessThan(30_000);
    }
  });

  test("a default lies within the validity of the issuer; an explicit end may lie after it", async () => {
    const ca = await newCa({ days: 10 });
    const leaf = await ca.issuePrivate({ subjectAltName: ["x"] });
    expect(leaf.notAfter).toEqual(ca.notAfter);
    expect(leaf.notBefore.getTime()).toBeGreaterThanOrEqual(ca.notBefore.getTime());
    const longer = await ca.issuePrivate({ subjectAltName: ["x"], days: 20 });
    expect(longer.notAfter.getTime()).toBeGreaterThan(ca.notAfter.getTime());
  });

  test.each([
    ["1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z", ["UTCTIME", "UTCTIME"]],
    ["2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", ["UTCTIME", "GENERALIZEDTIME"]],
    ["2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ["GENERALIZEDTIME", "GENERALIZEDTIME"]],
  ])("%s to %s: UTCTime up to 2049, GeneralizedTime from 2050", async (notBefore, notAfter, types) => {
    const ca = await newCa({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });
    expect(ca.notBefore).toEqual(new Date(notBefore));
    expect(ca.notAfter).toEqual(new Date(notAfter));
    openssl.write("ca.pem", ca.toPem());
    const found = openssl.must("asn1parse", "-in", "ca.pem").match(/UTCTIME|GENERALIZEDTIME/g);
    expect(found).toEqual(types);
  });

  const at = (text: string) => new Date(text);
  test.each([
    ["an end before the start", { notBefore: at("2030-01-02"), notAfter: at("2030-01-01") }],
    ["no time at all", { notBefore: at("2030-01-01"), notAfter: at("2030-01-01") }],
    ["less than a second", { notBefore: at("2030-01-01T00:00:00.1Z"), notAfter: at("2030-01-01T00:00:00.9Z") }],
    ["an end in the past", { notAfter: at("2020-01-01") }],
    ["no days", { days: 0 }],
    ["negative days", { days: -1 }],
    ["days without a number", { days: Number.NaN }],
    ["days without an end", { days: Number.POSITIVE_INFINITY }],
    ["10^11 seconds and more", { days: 4_000_000 }],
    ["an invalid date", { notAfter: at("nonsense") }],
    ["the year 10000", { notAfter: new Date(253_402_300_800_000) }],
    ["the year 1949", { notBefore: at("1949-12-31") }],
  ])("%s is refused", async (_, validity) => {
    await expect(newCa(validity)).rejects.toMatchObject({ code: "VALIDITY_INVALID" });
  });

  test("days and an end contradict each other", async () => {
    await expect(newCa({ days: 1, notAfter: at("2040-01-01") })).rejects.toMatchObject({
      details: { argument: "days" },
    });
  });
});
