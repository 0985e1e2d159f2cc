// Options that make no certificate: those that contradict each other, and those of a wrong type.

import { describe, expect, test } from "vitest";
import { newCa } from "../../test/authority.ts";
import { PrivateCertificate, type SelfSignedOptions } from "../index.ts";

describe("REQ-18: options that make no certificate", () => {
  test.each([
    ["no name at all", {}, "subject"],
    ["a CA without a subject", { profile: "ca", subjectAltName: ["x"], subject: {} }, "subject"],
    ["an unknown profile", { profile: "root", subjectAltName: ["x"] }, "profile"],
    ["an intermediate that signs itself", { profile: "intermediate", subject: { CN: "x" } }, "profile"],
    ["a path length of a server", { subjectAltName: ["x"], pathLength: 1 }, "pathLength"],
    ["a negative path length", { profile: "ca", subject: { CN: "x" }, pathLength: -1 }, "pathLength"],
  ])("%s", async (_, options, argument) => {
    await expect(PrivateCertificate.selfSigned(options as SelfSignedOptions)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument },
    });
  });

  test.each([
    ["a misspelt option", { san: ["x"] }, "san"],
    ["names that are no array", { subjectAltName: "localhost" }, "subjectAltName"],
    ["a date as text", { subjectAltName: ["x"], notAfter: "2030-01-01" }, "notAfter"],
    ["days as text", { subjectAltName: ["x"], days: "90" }, "days"],
    ["a key and what key to make", { subjectAltName: ["x"], keyPair: {}, key: {} }, "keyPair"],
    ["a key that is none", { subjectAltName: ["x"], keyPair: {} }, "keyPair"],
    ["a purpose that is no array", { subjectAltName: ["x"], extendedKeyUsage: "1.3.6" }, "extendedKeyUsage"],
    ["a purpose that is no OID", { subjectAltName: ["x"], extendedKeyUsage: ["serverAuth"] }, "extendedKeyUsage[0]"],
    ["a usage that does not exist", { subjectAltName: ["x"], keyUsage: ["sign"] }, "keyUsage"],
  ])("%s, which types would have caught", async (_, options, argument) => {
    const expected = { code: "ARGUMENT_INVALID", details: { argument } };
    await expect(PrivateCertificate.selfSigned(options as never)).rejects.toMatchObject(expected);
    await expect((await newCa()).issuePrivate(options as never)).rejects.toMatchObject(expected);
  });

  test("a public key that is none, and a chain that is no array", async () => {
    const ca = await newCa();
    const options = { subjectAltName: ["x"], publicKey: ca } as never;
    await expect(ca.issue(options)).rejects.toMatchObject({ details: { argument: "publicKey" } });
    expect(() => PrivateCertificate.from(ca, ca.keyPair, { chain: ca as never })).toThrow(
      expect.objectContaining({ details: { argument: "chain", expected: "an array" } }),
    );
  });

  test("issue without a key", async () => {
    const ca = await newCa();
    await expect(ca.issue({ subjectAltName: ["x"] } as never)).rejects.toMatchObject({
      details: { argument: "publicKey" },
    });
    await expect(ca.issuePrivate({ subject: { CN: "x" }, profile: "ca" as never })).rejects.toMatchObject({
      details: { argument: "profile" },
    });
  });
});
