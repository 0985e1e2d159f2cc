import type { Cipher } from "./cipher.ts";
import { type CipherCriteria, isNotDefault, Strength, strengthClasses } from "./cipher-order.ts";
import { cipherSuites } from "./cipher-suites.ts";

/** What a word of a cipher string stands for; `undefined` if OpenSSL does not know it. */
export function criteriaOf(word: string, available: (cipher: Cipher) => boolean): CipherCriteria | undefined {
  if (Object.hasOwn(ALIASES, word)) return ALIASES[word];
  const cipher = cipherSuites().find(({ openSslName, ianaName }) => openSslName === word || ianaName === word);
  if (cipher === undefined || cipher.protocol === "TLSv1.3" || !available(cipher)) return undefined;
  return {
    id: cipher.id,
    keyExchange: [cipher.keyExchange],
    authentication: [cipher.authentication],
    encryption: [cipher.encryption],
    mac: [cipher.mac],
    strength: strengthClasses(cipher),
    ...(isNotDefault(cipher) ? { notDefault: true } : {}),
  };
}

/** All words but the names of suites, for suggestions. */
export function aliasNames(): readonly string[] {
  return Object.keys(ALIASES);
}

const KEYS = [128, 256] as const;
const aes = (...modes: string[]): readonly string[] => modes.flatMap((m) => KEYS.map((bits) => `AES-${bits}-${m}`));
const AES_MODES = ["CBC", "GCM", "CCM", "CCM-8"];
const OTHER_CBC = ["CAMELLIA-128-CBC", "CAMELLIA-256-CBC", "SEED-CBC", "3DES-EDE-CBC"];
const OTHERS = ["ARIA-128-GCM", "ARIA-256-GCM", "CHACHA20-POLY1305", "RC4-128", "28147-CNT", "RC2", "IDEA"];
const NOT_NULL = [...aes(...AES_MODES), ...OTHER_CBC, ...OTHERS];
const CBC = [...aes("CBC"), ...OTHER_CBC];
const NOT_ANONYMOUS = ["RSA", "DSS", "ECDSA", "PSK", "SRP", "GOST", "GOST01"];

/**
 * The words of OpenSSL's cipher strings, as in its manual (openssl-ciphers) and, where that differs, in its table. Words
 * for what no default build has select nothing.
 */
const ALIASES: Readonly<Record<string, CipherCriteria>> = {
  ALL: { encryption: NOT_NULL },
  COMPLEMENTOFALL: { encryption: ["NULL"] },
  COMPLEMENTOFDEFAULT: { notDefault: true },
  kRSA: { keyExchange: ["RSA"] },
  kEDH: { keyExchange: ["DHE"] },
  kDHE: { keyExchange: ["DHE"] },
  DH: { keyExchange: ["DHE"] },
  kEECDH: { keyExchange: ["ECDHE"] },
  kECDHE: { keyExchange: ["ECDHE"] },
  ECDH: { keyExchange: ["ECDHE"] },
  kPSK: { keyExchange: ["PSK"] },
  kRSAPSK: { keyExchange: ["RSA-PSK"] },
  kECDHEPSK: { keyExchange: ["ECDHE-PSK"] },
  kDHEPSK: { keyExchange: ["DHE-PSK"] },
  kSRP: { keyExchange: ["SRP"] },
  kGOST: { keyExchange: ["GOST"] },
  kGOST18: { keyExchange: ["GOST18"] },
  aRSA: { authentication: ["RSA"] },
  aDSS: { authentication: ["DSS"] },
  DSS: { authentication: ["DSS"] },
  aNULL: { authentication: ["none"] },
  aECDSA: { authentication: ["ECDSA"] },
  ECDSA: { authentication: ["ECDSA"] },
  aPSK: { authentication: ["PSK"] },
  aGOST01: { authentication: ["GOST01"] },
  aGOST12: { authentication: ["GOST"] },
  aGOST: { authentication: ["GOST", "GOST01"] },
  aSRP: { authentication: ["SRP"] },
  EDH: { keyExchange: ["DHE"], authentication: NOT_ANONYMOUS },
  DHE: { keyExchange: ["DHE"], authentication: NOT_ANONYMOUS },
  EECDH: { keyExchange: ["ECDHE"], authentication: NOT_ANONYMOUS },
  ECDHE: { keyExchange: ["ECDHE"], authentication: NOT_ANONYMOUS },
  NULL: { encryption: ["NULL"] },
  RSA: { keyExchange: ["RSA"], authentication: ["RSA"] },
  ADH: { keyExchange: ["DHE"], authentication: ["none"] },
  AECDH: { keyExchange: ["ECDHE"], authentication: ["none"] },
  PSK: { keyExchange: ["PSK", "RSA-PSK", "DHE-PSK", "ECDHE-PSK"] },
  SRP: { keyExchange: ["SRP"] },
  "3DES": { encryption: ["3DES-EDE-CBC"] },
  RC4: { encryption: ["RC4-128"] },
  RC2: { encryption: ["RC2"] },
  IDEA: { encryption: ["IDEA"] },
  SEED: { encryption: ["SEED-CBC"] },
  eNULL: { encryption: ["NULL"] },
  GOST89: { encryption: ["28147-CNT"] },
  AES128: { encryption: AES_MODES.map((mode) => `AES-128-${mode}`) },
  AES256: { encryption: AES_MODES.map((mode) => `AES-256-${mode}`) },
  AES: { encryption: aes(...AES_MODES) },
  AESGCM: { encryption: aes("GCM") },
  AESCCM: { encryption: aes("CCM", "CCM-8") },
  AESCCM8: { encryption: aes("CCM-8") },
  CAMELLIA128: { encryption: ["CAMELLIA-128-CBC"] },
  CAMELLIA256: { encryption: ["CAMELLIA-256-CBC"] },
  CAMELLIA: { encryption: ["CAMELLIA-128-CBC", "CAMELLIA-256-CBC"] },
  CHACHA20: { encryption: ["CHACHA20-POLY1305"] },
  ARIA128: { encryption: ["ARIA-128-GCM"] },
  ARIA256: { encryption: ["ARIA-256-GCM"] },
  ARIA: { encryption: ["ARIA-128-GCM", "ARIA-256-GCM"] },
  ARIAGCM: { encryption: ["ARIA-128-GCM", "ARIA-256-GCM"] },
  CBC: { encryption: CBC },
  MD5: { mac: ["MD5"] },
  SHA1: { mac: ["SHA1"] },
  SHA: { mac: ["SHA1"] },
  GOST94: { mac: ["GOST94"] },
  GOST89MAC: { mac: ["IMIT"] },
  SHA256: { mac: ["SHA256"] },
  SHA384: { mac: ["SHA384"] },
  GOST12: { mac: ["GOST12"] },
  SSLv3: { protocol: "SSLv3" },
  TLSv1: { protocol: "TLSv1.0" },
  "TLSv1.0": { protocol: "TLSv1.0" },
  "TLSv1.2": { protocol: "TLSv1.2" },
  LOW: { strength: Strength.low },
  MEDIUM: { strength: Strength.medium },
  HIGH: { strength: Strength.high },
  FIPS: { encryption: NOT_NULL, strength: Strength.fips },
  "EDH-DSS-DES-CBC3-SHA": { keyExchange: ["DHE"], authentication: ["DSS"], encryption: ["3DES-EDE-CBC"] },
  "EDH-RSA-DES-CBC3-SHA": { keyExchange: ["DHE"], authentication: ["RSA"], encryption: ["3DES-EDE-CBC"] },
};
