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

// IANA's registry (as of December 2025), first and last code point of each run of assigned ones, and what is left out of
// it on purpose: export ciphers, DES and IDEA.
const REGISTERED = [
  [0x0001, 0x001b],
  [0x001e, 0x0046],
  [0x0067, 0x0071],
  [0x0084, 0x00c7],
  [0x1301, 0x1307],
  [0xc001, 0xc0b5],
  [0xc100, 0xc106],
  [0xcca8, 0xccae],
  [0xd001, 0xd003],
  [0xd005, 0xd005],
] as const;
const FORBIDDEN = [
  0x03, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0e, 0x0f, 0x11, 0x12, 0x14, 0x15, 0x17, 0x19, 0x1a, 0x1e, 0x21, 0x22,
  0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b,
];

describe("the table of cipher suites", () => {
  test("OPT-32: every code point of IANA's registry is in it, but for what TLS 1.2 forbids, and no other", () => {
    const all = REGISTERED.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
    expect(cipherSuites().map(({ id }) => id)).toEqual(all.filter((id) => !FORBIDDEN.includes(id)));
  });

  test.skipIf(!hasOpenSSL)("OPT-32: names and properties are those of OpenSSL, for every suite that it has", () => {
    const listed = opensslCiphers();
    expect(listed.length).toBeGreaterThan(150);
    for (const theirs of listed) {
      const ours = cipherSuites().find(({ id }) => id === theirs.id);
      expect(ours && asListed(ours), theirs.ianaName).toEqual(theirs);
    }
  });

  test("OPT-32: each suite once, by any of its names, and frozen", () => {
    expect(cipherSuites()).toHaveLength(327);
    for (const key of ["id", "ianaName"] as const)
      expect(new Set(cipherSuites().map((suite) => suite[key])).size).toBe(327);
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
    for (const name of ["AEGIS_128L_SHA256", "ASCONAEAD128_ASCONHASH256", "ASCONAEAD128_SHA256"]) {
      expect(cipherByName(`TLS_${name}`)).toMatchObject({ mac: "AEAD", strengthBits: 128, protocol: "TLSv1.3" });
    }
    expect(cipherByName("TLS_AES_128_CCM_ASCONHASH256")).toMatchObject({
      id: 0x71,
      mac: "AEAD",
      encryption: "AES-128-CCM",
      protocol: "TLSv1.3",
    });
  });
});
