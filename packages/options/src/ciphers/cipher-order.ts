import type { Cipher } from "./cipher.ts";
import { cipherSuites } from "./cipher-suites.ts";

/** Which suites a rule is about: those that every part given allows. */
export interface CipherCriteria {
  readonly id?: number | undefined;
  readonly keyExchange?: readonly string[] | undefined;
  readonly authentication?: readonly string[] | undefined;
  readonly encryption?: readonly string[] | undefined;
  readonly mac?: readonly string[] | undefined;
  readonly protocol?: string | undefined;
  readonly strength?: number | undefined;
  readonly notDefault?: boolean | undefined;
  readonly strengthBits?: number | undefined;
}

/** What a rule does; `bump` is OpenSSL's own, and has no sign in cipher strings. */
export type CipherRule = "add" | "remove" | "kill" | "last" | "bump";

/** OpenSSL's classes of strength, one bit each. */
export const Strength = { none: 1, low: 2, medium: 4, high: 8, fips: 16 } as const;

/**
 * The list that a cipher string works on: every suite there is, in order of preference, some of them chosen. Rules move
 * suites about exactly as in OpenSSL (`ssl_create_cipher_list`): what was removed last comes back first.
 */
export class CipherOrder {
  #suites: { readonly cipher: Cipher; chosen: boolean }[];

  /** Every suite in the order of preference that OpenSSL has before a string is applied; none is chosen. */
  constructor(available: (cipher: Cipher) => boolean) {
    // OpenSSL walks its table backwards.
    const ciphers = cipherSuites()
      .filter((cipher) => cipher.protocol !== "TLSv1.3" && available(cipher))
      .toReversed();
    this.#suites = ciphers.map((cipher) => ({ cipher, chosen: false }));
    this.#prefer();
  }

  /** The chosen ones, in order. */
  get chosen(): Cipher[] {
    return this.#suites.filter(({ chosen }) => chosen).map(({ cipher }) => cipher);
  }

  /** Applies a rule to what meets the criteria. */
  apply(rule: CipherRule, criteria: CipherCriteria): void {
    const wanted = rule === "add" ? false : rule === "kill" ? undefined : true;
    const moved = new Set(
      this.#suites.filter((suite) => (wanted ?? suite.chosen) === suite.chosen && meets(suite.cipher, criteria)),
    );
    const rest = this.#suites.filter((suite) => !moved.has(suite));
    if (rule === "add" || rule === "remove") for (const suite of moved) suite.chosen = rule === "add";
    if (rule === "kill") this.#suites = rest;
    else this.#suites = rule === "remove" || rule === "bump" ? [...moved, ...rest] : [...rest, ...moved];
  }

  /** Sorts what is chosen by strength, the strongest first; within one strength the order stays. */
  sortByStrength(): void {
    const bits = new Set(this.chosen.map(({ strengthBits }) => strengthBits));
    for (const strengthBits of [...bits].sort((a, b) => b - a)) this.apply("last", { strengthBits });
  }

  /** ECDHE before others, GCM, then ChaCha20, then AES; no anonymous ones first; by strength; AEAD with (EC)DHE on top. */
  #prefer(): void {
    this.apply("add", { keyExchange: ["ECDHE"], authentication: ["ECDSA"] });
    this.apply("add", { keyExchange: ["ECDHE"] });
    this.apply("remove", { keyExchange: ["ECDHE"] });
    this.apply("add", { encryption: ["AES-128-GCM", "AES-256-GCM"] });
    this.apply("add", { encryption: ["CHACHA20-POLY1305"] });
    this.apply("add", { encryption: AES_WITHOUT_GCM });
    this.apply("add", {});
    this.apply("last", { mac: ["MD5"] });
    this.apply("last", { authentication: ["none"] });
    this.apply("last", { keyExchange: ["RSA"] });
    this.apply("last", { keyExchange: ["PSK"] });
    this.apply("last", { encryption: ["RC4-128"] });
    this.sortByStrength();
    this.apply("bump", { protocol: "TLSv1.2" });
    this.apply("bump", { mac: ["AEAD"] });
    this.apply("bump", { keyExchange: ["DHE", "ECDHE"] });
    this.apply("bump", { keyExchange: ["DHE", "ECDHE"], mac: ["AEAD"] });
    this.apply("remove", {});
  }
}

/** Whether OpenSSL leaves the suite out of its default selection. */
export function isNotDefault({ encryption, authentication }: Cipher): boolean {
  if (encryption === "NULL") return false;
  return authentication === "DSS" || authentication === "none" || /CCM|^(ARIA|CAMELLIA|SEED|RC4|3DES)/.test(encryption);
}

/** The classes of strength that OpenSSL puts the suite in. */
export function strengthClasses({ encryption, keyExchange }: Cipher): number {
  if (encryption === "NULL") return Strength.none | Strength.fips;
  const approved = /^(AES-\d+-(CBC|GCM)|3DES)/.test(encryption) && keyExchange !== "SRP";
  return (/^(SEED|RC4|3DES)/.test(encryption) ? Strength.medium : Strength.high) | (approved ? Strength.fips : 0);
}

function meets(cipher: Cipher, criteria: CipherCriteria): boolean {
  const { id, keyExchange, authentication, encryption, mac, protocol, strength, notDefault, strengthBits } = criteria;
  return (
    (id === undefined || id === cipher.id) &&
    (strengthBits === undefined || strengthBits === cipher.strengthBits) &&
    (keyExchange === undefined || keyExchange.includes(cipher.keyExchange)) &&
    (authentication === undefined || authentication.includes(cipher.authentication)) &&
    (encryption === undefined || encryption.includes(cipher.encryption)) &&
    (mac === undefined || mac.includes(cipher.mac)) &&
    (protocol === undefined || protocol === cipher.protocol) &&
    (strength === undefined || (strength & strengthClasses(cipher)) !== 0) &&
    (notDefault !== true || isNotDefault(cipher))
  );
}

const AES_WITHOUT_GCM = ["CBC", "CCM", "CCM-8"].flatMap((mode) => [`AES-128-${mode}`, `AES-256-${mode}`]);
