import type { NegotiableTLSVersion } from "../tls-version.ts";

/** The names of Mozilla's configurations. */
export type MozillaConfiguration = "modern" | "intermediate" | "old";

/** What a configuration says about the protocol. */
export interface MozillaGuideline {
  /** The oldest version. */
  readonly minimum: NegotiableTLSVersion;
  /** The suites, the most preferred first: IANA's names for TLS 1.3, OpenSSL's for the others. */
  readonly ciphers: readonly string[];
  /** The groups for key exchange, the most preferred first. */
  readonly groups: readonly string[];
}

/** The suites of TLS 1.3 that every implementation has, in OpenSSL's order (RFC 8446, section 9.1). */
export const DEFAULT_TLS13: readonly string[] = Object.freeze([
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
]);

const TLS13 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];

const ECDHE_AEAD = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
];

const OLD = [
  "ECDHE-ECDSA-AES128-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA384",
  "ECDHE-RSA-AES256-SHA384",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES256-SHA",
  "AES128-GCM-SHA256",
  "AES256-GCM-SHA384",
  "AES128-SHA256",
  "AES256-SHA256",
  "AES128-SHA",
  "AES256-SHA",
  "DES-CBC3-SHA",
];

const GROUPS = Object.freeze(["X25519MLKEM768", "X25519", "P-256", "P-384"]);

function guideline(minimum: NegotiableTLSVersion, ciphers: readonly string[]): MozillaGuideline {
  return Object.freeze({ minimum, ciphers: Object.freeze(ciphers), groups: GROUPS });
}

/** Mozilla's "Server Side TLS" guidelines, as data. */
export const MOZILLA_GUIDELINES: {
  readonly version: string;
  readonly source: string;
  /** When it was published. */
  readonly date: string;
  readonly configurations: Readonly<Record<MozillaConfiguration, MozillaGuideline>>;
} = /* @__PURE__ */ Object.freeze({
  version: "5.8",
  source: "https://ssl-config.mozilla.org/guidelines/5.8.json",
  date: "2026-04",
  configurations: Object.freeze({
    /** TLS 1.3 only. */
    modern: guideline("TLSv1.3", TLS13),
    /** What this library uses unless told otherwise: AEAD with forward secrecy. */
    intermediate: guideline("TLSv1.2", [...TLS13, ...ECDHE_AEAD]),
    /** For peers that nobody maintains any more; a last resort. */
    old: guideline("TLSv1.0", [...TLS13, ...ECDHE_AEAD, ...OLD]),
  }),
});
