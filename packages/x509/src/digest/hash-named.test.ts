// One spelling everywhere: the names of hash functions are taken in upper and in lower case, wherever one is given.

import { describe, expect, test } from "vitest";
import { toHex } from "../bytes.ts";
import {
  digest,
  issueCrl,
  KeyPair,
  OcspCertId,
  OcspRequest,
  PrivateCertificate,
  readSignatureAlgorithm,
} from "../index.ts";

const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const crl = await issueCrl(ca, { crlNumber: 1 });

const uses: readonly (readonly [name: string, (hash: never) => unknown])[] = [
  ["KEY-06: certificate.fingerprint", (hash) => ca.fingerprint(hash)],
  ["crl.fingerprint", (hash) => crl.fingerprint(hash)],
  ["KEY-11: publicKey.spkiHash", (hash) => ca.publicKey.spkiHash(hash)],
  ["publicKey.spkiHash as a pin", (hash) => ca.publicKey.spkiHash(hash, { format: "pin" })],
  ["digest", (hash) => toHex(digest(hash, ca.der))],
  ["OcspCertId.of", (hash) => toHex(OcspCertId.of(ca, ca, { hash }).der)],
  [
    "OcspRequest.create",
    (hash) => toHex(OcspRequest.create({ certificate: ca, issuer: ca }, { hash, nonce: false }).der),
  ],
];

describe.each(uses)("%s", (_, use) => {
  test.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"])("%s", (hash) => {
    expect(use(hash.toLowerCase() as never)).toBe(use(hash as never));
  });

  test.each([["sha256"], ["SHA-3"], ["sha-224"], [" sha-1"], [null], [256], [{ toString: () => "SHA-256" }]])(
    "%j is none, and the error lists those that there are",
    (hash) => {
      expect(() => use(hash as never)).toThrow(
        expect.objectContaining({
          code: "ARGUMENT_INVALID",
          details: expect.objectContaining({ expected: expect.stringContaining("SHA-1, SHA-256, SHA-384, SHA-512") }),
        }),
      );
    },
  );
});

test("MD5 is for digest alone", () => {
  expect(digest("md5", ca.der)).toEqual(digest("MD5", ca.der));
  expect(() => ca.fingerprint("md5" as never)).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
});

test("KEY-15: the hash that a key is bound to", async () => {
  const { publicKey } = await KeyPair.generate({ type: "rsa-pss", hash: "sha-384" });
  expect(publicKey.pss).toMatchObject({ hash: "SHA-384" });
  await expect(KeyPair.generate({ type: "rsa-pss", hash: "sha384" as never })).rejects.toMatchObject({
    details: { expected: "one of SHA-256, SHA-384, SHA-512" },
  });
  expect(readSignatureAlgorithm(ca.signatureAlgorithm.der).hash).toBe("SHA-256");
});
