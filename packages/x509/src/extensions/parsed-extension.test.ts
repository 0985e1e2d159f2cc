// How extensions show themselves: with what they say, not only that they are there.

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { certificates } from "../../test/fuzz/seeds.ts";
import {
  Certificate,
  CertificateRequest,
  type Extension,
  issueCrl,
  KeyPair,
  makeExtension,
  PrivateCertificate,
} from "../index.ts";

const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca", pathLength: 1 });
const keyPair = await KeyPair.generate();

/** As it stands in a certificate. */
async function read(extension: Extension): Promise<Extension> {
  const found = (await ca.issue({ keyPair, subject: { CN: "a" }, extensions: [extension] })).extension(extension.oid);
  if (found === undefined) throw new Error("not there");
  return found;
}

describe("in console.log and as text", () => {
  test.each<[Extension, string]>([
    [
      { ...makeExtension("subjectAltName", ["a.test", "10.0.0.1"]), critical: true },
      "<Extension subjectAltName, critical: DNS:a.test, IP Address:10.0.0.1>",
    ],
    [makeExtension("tlsFeature", [5]), "<Extension tlsFeature: status_request>"],
    [{ oid: "1.2.3.4", critical: false, value: Uint8Array.of(4, 1, 255) }, "<Extension 1.2.3.4: #0401ff>"],
    [
      { oid: "1.2.3.4", critical: true, value: Uint8Array.of(4, 100, ...new Uint8Array(100)) },
      `<Extension 1.2.3.4, critical: #0464${"00".repeat(30)}... (102 octets)>`,
    ],
    [
      { oid: "1.3.6.1.5.5.7.1.24", critical: false, value: Uint8Array.of(5, 0) },
      "<Extension tlsFeature: (EXTENSION_INVALID: the extension tlsFeature cannot be read: unexpected tag 0x05 at " +
        "offset 0: expected Features)>",
    ],
  ])("%#", async (given, text) => {
    const extension = await read(given);
    expect(String(extension)).toBe(text);
    expect(inspect(extension)).toBe(text);
    expect(inspect([extension], { depth: 5 })).toContain(text);
  });

  test("of a certificate, a request and a CRL", async () => {
    const request = await CertificateRequest.create({ keyPair, subjectAltName: ["b.test"] });
    expect(inspect(ca.extensions)).toContain("<Extension basicConstraints, critical: CA, path length 1>");
    expect(inspect(request.requestedExtensions)).toContain("<Extension subjectAltName");
    expect(inspect((await issueCrl(ca, { crlNumber: 7 })).extensions)).toContain("<Extension crlNumber: #020107>");
  });

  test("what a stranger wrote is escaped, and never throws", () => {
    for (const der of certificates) {
      for (const extension of Certificate.fromDer(der).extensions) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(String(extension)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }
    }
  });
});

test("JSON has the value, in hex", async () => {
  const extension = await read({ oid: "1.2.3.4", critical: false, value: Uint8Array.of(4, 1, 255) });
  expect(JSON.parse(JSON.stringify(extension))).toEqual({ oid: "1.2.3.4", critical: false, value: "0401ff" });
  const [first] = ca.extensions;
  expect(JSON.parse(JSON.stringify(first))).toMatchObject({
    name: first?.name,
    value: expect.stringMatching(/^[0-9a-f]+$/),
  });
});
