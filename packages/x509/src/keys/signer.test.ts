// Keys that are elsewhere: here they are node:crypto's, which signs and never shows them.

import { generateKeyPairSync, type KeyObject, sign as nodeSign, type SignKeyObjectInput } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { writePkcs12 } from "../containers/index.ts";
import { CertificateRequest, issueCrl, KeyPair, PrivateCertificate, PublicKey, type Signer } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

interface Kind {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly options?: Partial<SignKeyObjectInput>;
  readonly signer?: Partial<Signer>;
}

const kinds: Readonly<Record<string, Kind>> = {
  "ECDSA, DER": generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "ECDSA, r || s": {
    ...generateKeyPairSync("ec", { namedCurve: "P-521" }),
    options: { dsaEncoding: "ieee-p1363" },
    signer: { dsaEncoding: "ieee-p1363" },
  },
  RSA: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "RSA, PSS only": {
    ...generateKeyPairSync("rsa", { modulusLength: 2048 }),
    options: { padding: 6, saltLength: 48 },
    signer: { signatureAlgorithm: "rsassaPss-SHA384" },
  },
  Ed25519: generateKeyPairSync("ed25519"),
};

function signerOf({ privateKey, publicKey, options, signer }: Kind): Signer {
  return {
    publicKey: PublicKey.fromSpki(publicKey.export({ format: "der", type: "spki" })),
    sign: (data, { hash }) => nodeSign(hash?.replace("-", "") ?? null, data, { key: privateKey, ...options }),
    ...signer,
  };
}

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  const keyPair = KeyPair.fromSigner(signerOf(kind));

  test("signs a root, a server, a request and a CRL, which OpenSSL accepts", async () => {
    const ca = await PrivateCertificate.selfSigned({ keyPair, profile: "ca", subject: { CN: "a CA elsewhere" } });
    const server = await ca.issue({ keyPair, subjectAltName: ["server.test"] });
    const request = await CertificateRequest.create({ keyPair, subject: { CN: "a device" } });
    const crl = await issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber: 7n }] });
    for (const [name, made] of Object.entries({ ca, server, request, crl })) openssl.write(name, made.toPem());
    expect(openssl.must("verify", "-x509_strict", "-CAfile", "ca", "server")).toContain("server: OK");
    expect(openssl.must("req", "-verify", "-noout", "-in", "request")).toContain("verif");
    expect(openssl.must("crl", "-noout", "-CAfile", "ca", "-in", "crl")).toContain("verify OK");
  });

  test("is never given away, and says so", async () => {
    const ca = await PrivateCertificate.selfSigned({ keyPair, profile: "ca", subject: { CN: "a CA elsewhere" } });
    const refusal = { code: "KEY_NOT_EXTRACTABLE", details: { publicKey: keyPair.publicKey.spkiHash() } };
    await expect(keyPair.toPem()).rejects.toMatchObject(refusal);
    await expect(keyPair.toDer({ passphrase: "x" })).rejects.toMatchObject(refusal);
    await expect(keyPair.toJwk()).rejects.toMatchObject(refusal);
    await expect(ca.toPem({ includeKey: true })).rejects.toMatchObject(refusal);
    await expect(writePkcs12(ca, "correct horse")).rejects.toMatchObject(refusal);
    expect(inspect(keyPair)).toContain(keyPair.publicKey.label);
  });
});

describe("a signer that signs something else", () => {
  const good = signerOf(kinds["ECDSA, DER"] as Kind);
  const other = signerOf({ ...generateKeyPairSync("ec", { namedCurve: "P-256" }) });
  const { privateKey } = kinds["ECDSA, DER"] as Kind;
  const raw = (bytes: Uint8Array) => nodeSign("SHA256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
  const data = new Uint8Array(40);

  test.each<[string, Partial<Signer>, string]>([
    ["another key", { sign: other.sign }, "KEY_MISMATCH"],
    ["other data", { sign: (bytes, algorithm) => good.sign(bytes.subarray(1), algorithm) }, "KEY_MISMATCH"],
    ["changed data", { sign: (bytes, algorithm) => good.sign(bytes.fill(1), algorithm) }, "KEY_MISMATCH"],
    ["DER that is said to be r || s", { dsaEncoding: "ieee-p1363" }, "ARGUMENT_INVALID"],
    ["r || s that is said to be DER", { sign: raw }, "KEY_MISMATCH"],
    ["nothing", { sign: () => new Uint8Array() }, "KEY_MISMATCH"],
    ["text", { sign: () => "signature" as never }, "ARGUMENT_INVALID"],
  ])("%s", async (_, change, code) => {
    const keyPair = KeyPair.fromSigner({ ...good, ...change });
    await expect(keyPair.sign(data)).rejects.toMatchObject({ code });
    expect(data.every((octet) => octet === 0)).toBe(true);
  });

  test("what it throws is handed on", async () => {
    const failure = new Error("the service is down");
    const keyPair = KeyPair.fromSigner({ ...good, sign: () => Promise.reject(failure) });
    await expect(PrivateCertificate.selfSigned({ keyPair, subjectAltName: ["a.test"] })).rejects.toBe(failure);
  });

  test("no algorithm but its own", async () => {
    const keyPair = KeyPair.fromSigner(signerOf(kinds["RSA, PSS only"] as Kind));
    expect(keyPair.signatureAlgorithm().name).toBe("rsassaPss-SHA384");
    expect(() => keyPair.signatureAlgorithm("sha256WithRSAEncryption")).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID", message: expect.stringContaining("rsassaPss-SHA384") }),
    );
  });

  test.each<[unknown, string]>([
    [undefined, "signer"],
    [{ ...good, publicKey: undefined }, "signer.publicKey"],
    [{ ...good, sign: undefined }, "signer.sign"],
    [{ ...good, dsaEncoding: "raw" }, "signer.dsaEncoding"],
    [{ ...good, signatureAlgorithm: "Ed25519" }, "signer.signatureAlgorithm"],
  ])("%o", (signer, argument) => {
    expect(() => KeyPair.fromSigner(signer as Signer)).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID", details: expect.objectContaining({ argument }) }),
    );
  });

  test("methods of a class", async () => {
    class Service implements Signer {
      readonly publicKey = good.publicKey;
      readonly #privateKey = privateKey;
      sign(bytes: Uint8Array): Uint8Array {
        return nodeSign("SHA256", bytes, this.#privateKey);
      }
    }
    expect(await KeyPair.fromSigner(new Service()).sign(data)).toBeInstanceOf(Uint8Array);
  });
});
