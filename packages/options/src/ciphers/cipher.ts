import type { SuiteRow } from "./suite-table.ts";

/** The oldest version of the protocol that can use a suite; suites of TLS 1.3 are used by nothing else. */
export type CipherProtocol = "SSLv3" | "TLSv1.0" | "TLSv1.2" | "TLSv1.3";

/** A cipher suite, with its properties (OPT-32). There is one object for each suite: compare with `===`. */
export interface Cipher {
  /** IANA's code point: 0xc02f. */
  readonly id: number;
  /** IANA's name: `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. */
  readonly ianaName: string;
  /** OpenSSL's name: `ECDHE-RSA-AES128-GCM-SHA256`; `undefined` if OpenSSL does not know the suite. */
  readonly openSslName: string | undefined;
  /** The oldest version that can use it. */
  readonly protocol: CipherProtocol;
  /** How keys are agreed on: `ECDHE`, `DHE`, `RSA`, `PSK`, …; `any` in TLS 1.3, where it is not the suite's. */
  readonly keyExchange: string;
  /** What the server proves itself with: `RSA`, `ECDSA`, `PSK`, …; `none` for anonymous suites; `any` in TLS 1.3. */
  readonly authentication: string;
  /** The cipher and its mode: `AES-128-GCM`, `CHACHA20-POLY1305`, `NULL`, … */
  readonly encryption: string;
  /** What protects integrity: `AEAD`, or the hash of an HMAC. */
  readonly mac: string;
  /** The length of the key in bits: 112 for 3DES, 0 for NULL. */
  readonly strengthBits: number;
  /** Whether each connection has keys of its own, which a stolen private key does not reveal. */
  readonly forwardSecrecy: boolean;
}

/** The properties of a suite, which are all in its name. */
export function describeSuite([id, shortName, openSslName]: SuiteRow): Cipher {
  const [exchange, protection] = shortName.includes("_WITH_") ? shortName.split("_WITH_") : [undefined, shortName];
  const { keyExchange, authentication } = readExchange(exchange);
  const { encryption, mac, strengthBits } = readProtection(protection ?? "");
  const protocol = exchange === undefined || /_MGM_/.test(shortName) ? "TLSv1.3" : oldestProtocol(keyExchange, mac);
  return Object.freeze({
    id,
    ianaName: `TLS_${shortName}`,
    openSslName,
    protocol,
    keyExchange: protocol === "TLSv1.3" ? "any" : keyExchange,
    authentication: protocol === "TLSv1.3" ? "any" : authentication,
    encryption,
    mac,
    strengthBits,
    forwardSecrecy: protocol === "TLSv1.3" || /DHE|ECCPWD/.test(keyExchange),
  });
}

/** The half of the name before `_WITH_`. */
function readExchange(text: string | undefined): Pick<Cipher, "keyExchange" | "authentication"> {
  if (text === undefined) return { keyExchange: "any", authentication: "any" };
  const named = EXCHANGES[text];
  if (named !== undefined) return { keyExchange: named[0], authentication: named[1] };
  // What is left has both in its name: DHE_RSA, ECDH_ECDSA.
  const at = text.lastIndexOf("_");
  return { keyExchange: text.slice(0, at), authentication: text.slice(at + 1) };
}

/** The half of the name after it: cipher, mode, and a hash, which is the MAC's unless the mode authenticates. */
function readProtection(text: string): Pick<Cipher, "encryption" | "mac" | "strengthBits"> {
  const integrityOnly = /^SHA(256|384)_SHA\d+$/.exec(text);
  if (integrityOnly !== null) return { encryption: "NULL", mac: `SHA${integrityOnly[1]}`, strengthBits: 0 };
  const [, cipher = text, hash = ""] = /^(.*?)(?:_(SHA\d*|MD5|SM3|ASCONHASH256|OMAC|IMIT))?$/.exec(text) ?? [];
  const encryption = cipher.replace(/_[LS]$/, "").replaceAll("_", "-");
  const aead = /GCM|CCM|POLY1305|AEGIS|ASCONAEAD|MGM/.test(encryption);
  return { encryption, mac: aead ? "AEAD" : hash === "SHA" ? "SHA1" : hash, strengthBits: strengthOf(encryption) };
}

function strengthOf(encryption: string): number {
  if (encryption === "NULL") return 0;
  if (encryption.startsWith("3DES")) return 112;
  if (/^(SEED|SM4)/.test(encryption)) return 128;
  return /128/.test(encryption) ? 128 : 256;
}

/** As OpenSSL has it: AEAD and the hashes of SHA-2 came with TLS 1.2, elliptic curves with TLS 1.0; PSK is its own. */
function oldestProtocol(keyExchange: string, mac: string): CipherProtocol {
  if (mac === "AEAD" || keyExchange === "GOST" || keyExchange === "ECCPWD") return "TLSv1.2";
  const sha2 = mac === "SHA256" || mac === "SHA384";
  if (sha2) return keyExchange.includes("PSK") ? "TLSv1.0" : "TLSv1.2";
  return keyExchange.startsWith("ECDH") ? "TLSv1.0" : "SSLv3";
}

/** Key exchange and authentication of names that do not have both in them. */
const EXCHANGES: Readonly<Record<string, readonly [keyExchange: string, authentication: string]>> = {
  RSA: ["RSA", "RSA"],
  DH_anon: ["DHE", "none"],
  ECDH_anon: ["ECDHE", "none"],
  PSK: ["PSK", "PSK"],
  DHE_PSK: ["DHE-PSK", "PSK"],
  PSK_DHE: ["DHE-PSK", "PSK"],
  ECDHE_PSK: ["ECDHE-PSK", "PSK"],
  RSA_PSK: ["RSA-PSK", "RSA"],
  SRP_SHA: ["SRP", "SRP"],
  SRP_SHA_RSA: ["SRP", "RSA"],
  SRP_SHA_DSS: ["SRP", "DSS"],
  KRB5: ["KRB5", "KRB5"],
  ECCPWD: ["ECCPWD", "ECCPWD"],
  GOSTR341112_256: ["GOST", "GOST"],
};
