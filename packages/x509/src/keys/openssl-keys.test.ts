// Private keys that OpenSSL wrote, in each of its forms, and those of its keys that are refused.

import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { derSequence } from "../der/writer.ts";
import { KeyPair, PublicKey, pemEncode } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const message = new TextEncoder().encode("a message");

describe("KEY-13: keys that OpenSSL wrote", () => {
  const kinds = [
    ["rsa", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]],
    ["p256", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]],
    ["p384", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]],
    ["p521", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]],
    ["ed25519", ["genpkey", "-algorithm", "ED25519"]],
    ["pss", ["genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]],
    [
      "pss-bound",
      [
        "genpkey",
        "-algorithm",
        "RSA-PSS",
        "-pkeyopt",
        "rsa_pss_keygen_md:sha384",
        "-pkeyopt",
        "rsa_pss_keygen_mgf1_md:sha384",
        "-pkeyopt",
        "rsa_pss_keygen_saltlen:48",
      ],
    ],
  ] as const;

  test.each(kinds)("%s, in every form", async (name, args) => {
    openssl.must(...args, "-out", "theirs.pem");
    const publicPem = openssl.must("pkey", "-in", "theirs.pem", "-pubout");
    openssl.must("pkcs8", "-topk8", "-nocrypt", "-in", "theirs.pem", "-outform", "DER", "-out", "theirs.der");
    const forms = [openssl.text("theirs.pem")];
    if (!name.startsWith("pss") && name !== "ed25519") {
      openssl.must("pkey", "-in", "theirs.pem", "-traditional", "-out", "traditional.pem");
      forms.push(openssl.text("traditional.pem"));
    }
    for (const pem of forms) {
      const keyPair = await KeyPair.fromPem(pem);
      expect(keyPair.publicKey.toPem()).toBe(publicPem);
      expect(await keyPair.toDer()).toEqual(new Uint8Array(openssl.read("theirs.der")));
      const signature = await keyPair.sign(message);
      openssl.write("message", message);
      openssl.write("signature", signature);
      const algorithm = keyPair.signatureAlgorithm();
      const digest = algorithm.hash === undefined ? [] : ["-digest", algorithm.hash.replace("-", "").toLowerCase()];
      openssl.write("public.pem", publicPem);
      const verify = ["pkeyutl", "-verify", "-rawin", "-in", "message", "-sigfile", "signature", "-pubin", "-inkey"];
      openssl.must(...verify, "public.pem", ...digest);
    }
  });

  test("the curve parameters that `openssl ecparam -genkey` writes first are passed over", async () => {
    openssl.must("ecparam", "-name", "prime256v1", "-genkey", "-out", "ecparam.pem");
    expect(openssl.text("ecparam.pem")).toContain("BEGIN EC PARAMETERS");
    expect((await KeyPair.fromPem(openssl.text("ecparam.pem"))).publicKey.curve).toBe("P-256");
  });

  test("a compressed public half is compared, not refused", async () => {
    openssl.must(
      "ecparam",
      "-name",
      "secp384r1",
      "-genkey",
      "-conv_form",
      "compressed",
      "-noout",
      "-out",
      "compressed.pem",
    );
    expect((await KeyPair.fromPem(openssl.text("compressed.pem"))).publicKey.curve).toBe("P-384");
  });

  test("an unusable curve is named", async () => {
    openssl.must("ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", "k1.pem");
    await expect(KeyPair.fromPem(openssl.text("k1.pem"))).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm: "the curve secp256k1" },
    });
  });

  test("explicit curve parameters are refused (CVE-2020-0601)", async () => {
    openssl.must(
      "ecparam",
      "-name",
      "prime256v1",
      "-genkey",
      "-param_enc",
      "explicit",
      "-noout",
      "-out",
      "explicit.pem",
    );
    await expect(KeyPair.fromPem(openssl.text("explicit.pem"))).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
    });
  });

  test("keys that only agree on secrets are refused by name", async () => {
    for (const name of ["X25519", "X448"]) {
      openssl.must("genpkey", "-algorithm", name, "-out", "agree.pem");
      await expect(KeyPair.fromPem(openssl.text("agree.pem"))).rejects.toMatchObject({
        code: "UNSUPPORTED_ALGORITHM",
        message: expect.stringContaining(name),
      });
      openssl.must("pkey", "-in", "agree.pem", "-pubout", "-out", "agree.pub");
      expect(PublicKey.fromPem(openssl.text("agree.pub")).inspect()).toMatch(
        new RegExp(String.raw`^${name} \(1\.3\.101`),
      );
    }
  });

  test("keys of more than two primes, DSA keys and other blocks are refused by name", async () => {
    openssl.must(
      "genpkey",
      "-algorithm",
      "RSA",
      "-pkeyopt",
      "rsa_keygen_bits:2048",
      "-pkeyopt",
      "rsa_keygen_primes:3",
      "-out",
      "three.pem",
    );
    await expect(KeyPair.fromPem(openssl.text("three.pem"))).rejects.toMatchObject({
      details: { algorithm: "RSA keys with more than two primes" },
    });
    for (const label of ["DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"]) {
      await expect(KeyPair.fromPem(pemEncode(label, derSequence()))).rejects.toMatchObject({
        code: "UNSUPPORTED_ALGORITHM",
        details: { algorithm: `keys in a ${label} block` },
      });
    }
    await expect(KeyPair.fromPem(pemEncode("CERTIFICATE", derSequence()))).rejects.toMatchObject({
      code: "PEM_WRONG_LABEL",
    });
    const one = openssl.text("three.pem");
    await expect(KeyPair.fromPem(one + one)).rejects.toMatchObject({ code: "PEM_MULTIPLE_BLOCKS" });
  });
});
