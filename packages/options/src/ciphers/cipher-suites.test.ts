import { describe, expect, test } from "vitest";
import { hasOpenSSL, opensslCiphers } from "../../test/openssl-ciphers.ts";
import { type Cipher, cipherByName, cipherSuites } from "../index.ts";

/** The same properties, in the words of `openssl ciphers -V`. */
function asListed(cipher: Cipher): object {
  const { id, ianaName, openSslName, keyExchange, authentication, encryption, mac, strengthBits } = cipher;
  const name = encryption
    .replace(/^(AES|CAMELLIA|ARIA|SEED)(-\d+)?-CBC$/, "$1")
    .replace(/^(AES|ARIA)-\d+-(GCM|CCM)(-8)?$/, "$1$2$3")
    .replace("CCM-8", "CCM8")
    .replace("CHACHA20-POLY1305", "CHACHA20/POLY1305")
    .replace("CAMELLIA", "Camellia");
  return {
    id,
    ianaName,
    openSslName,
    protocol: cipher.protocol.replace("TLSv1.0", "TLSv1"),
    keyExchange: keyExchange
      .replace("DHE", "DH")
      .replace(/^(.+)-PSK$/, (_, kind) => `${kind === "DH" ? "DHE" : kind === "ECDH" ? "ECDHE" : kind}PSK`),
    authentication: authentication.replace("none", "None"),
    encryption: encryption === "NULL" ? "None" : `${name}(${strengthBits})`,
    mac,
  };
}

describe("the table of cipher suites", () => {
  test.skipIf(!hasOpenSSL)("OPT-32: names and properties are those of OpenSSL, for every suite that it has", () => {
    const listed = opensslCiphers();
    expect(listed.length).toBeGreaterThan(150);
    for (const theirs of listed) {
      const ours = cipherSuites().find(({ id }) => id === theirs.id);
      expect(ours && asListed(ours), theirs.ianaName).toEqual(theirs);
    }
  });

  test("OPT-32: each suite once, by any of its names, and frozen", () => {
    expect(cipherSuites()).toHaveLength(323);
    for (const key of ["id", "ianaName"] as const)
      expect(new Set(cipherSuites().map((suite) => suite[key])).size).toBe(323);
    for (const cipher of cipherSuites()) {
      expect(cipherByName(cipher.ianaName)).toBe(cipher);
      if (cipher.openSslName !== undefined) expect(cipherByName(cipher.openSslName)).toBe(cipher);
      expect(Object.isFrozen(cipher)).toBe(true);
    }
    expect(cipherByName("constructor")).toBeUndefined();
  });

  test("suites that OpenSSL does not have are described, too", () => {
    expect(cipherByName("TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256")).toMatchObject({
      id: 0xd003,
      openSslName: undefined,
      protocol: "TLSv1.2",
      keyExchange: "ECDHE-PSK",
      authentication: "PSK",
      encryption: "AES-128-CCM-8",
      mac: "AEAD",
      strengthBits: 128,
      forwardSecrecy: true,
    });
    expect(cipherByName("TLS_SHA256_SHA256")).toMatchObject({
      protocol: "TLSv1.3",
      encryption: "NULL",
      strengthBits: 0,
    });
    expect(cipherByName("TLS_RSA_WITH_3DES_EDE_CBC_SHA")).toMatchObject({ strengthBits: 112, forwardSecrecy: false });
    expect(cipherByName("TLS_DH_RSA_WITH_AES_128_CBC_SHA")).toMatchObject({ keyExchange: "DH", forwardSecrecy: false });
    expect(cipherByName("TLS_AEGIS_128L_SHA256")).toMatchObject({
      mac: "AEAD",
      strengthBits: 128,
      protocol: "TLSv1.3",
    });
  });
});
