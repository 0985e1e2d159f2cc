import { checkBoolean } from "../checks/option-values.ts";
import { OptionsError } from "../error.ts";
import { shownText } from "../input/describe-value.ts";
import { nearestName } from "../input/nearest-name.ts";
import { ownValues } from "../input/own-values.ts";
import { wrongType } from "../input/wrong-value.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import type { Cipher } from "./cipher.ts";
import { type CipherStringOptions, expandCipherString } from "./cipher-string.ts";
import { cipherByName, cipherSuites, isInDefaultBuild } from "./cipher-suites.ts";
import { DEFAULT_TLS13, MOZILLA_GUIDELINES, type MozillaConfiguration } from "./mozilla-guidelines.ts";

/** Something that chooses among ciphers (Twisted's IAcceptableCiphers). */
export interface CipherSelector {
  /** Those of `available` that are acceptable, the most preferred first. */
  selectCiphers(available: Iterable<Cipher>): Iterable<Cipher>;
}

/** How to read a cipher string, and what goes with it. */
export interface AcceptableCiphersOptions extends CipherStringOptions {
  /** The suites of TLS 1.3, which cipher strings do not choose; default: the three that every runtime has. */
  readonly tls13?: readonly string[] | undefined;
}

/**
 * The cipher suites that may be negotiated, the most preferred first. A value that never changes.
 *
 * @example
 * const ciphers = AcceptableCiphers.fromOpenSSLCipherString("ECDHE+AESGCM:!aNULL");
 * for (const { openSslName, ianaName } of ciphers) console.log(openSslName, ianaName);
 */
export class AcceptableCiphers implements CipherSelector, Iterable<Cipher> {
  /** All of them, those of TLS 1.3 first. */
  readonly ciphers: readonly Cipher[];
  /** Those of TLS 1.3. */
  readonly tls13: readonly Cipher[];
  /** Those of TLS 1.2 and older. */
  readonly tls12: readonly Cipher[];
  /** OpenSSL's security level, from `@SECLEVEL=n`; `undefined`: the runtime's. */
  readonly securityLevel: number | undefined;
  readonly #isGenuine = true;

  private constructor(ciphers: Iterable<Cipher>, securityLevel?: number) {
    const unique = [...new Set(itemsOf(ciphers, "an array of cipher suites"))];
    // An object that looks like a suite could have another one's name.
    const known = new Set(cipherSuites());
    for (const cipher of unique) if (!known.has(cipher)) throw wrongCiphers("one of cipherSuites()", cipher);
    this.tls13 = Object.freeze(unique.filter(({ protocol }) => protocol === "TLSv1.3"));
    this.tls12 = Object.freeze(unique.filter(({ protocol }) => protocol !== "TLSv1.3"));
    this.ciphers = Object.freeze([...this.tls13, ...this.tls12]);
    this.securityLevel = securityLevel;
    Object.freeze(this);
  }

  /**
   * From a cipher string, expanded as OpenSSL 3.0 does (OPT-29). What selects nothing gives an empty selection, without
   * the suites of TLS 1.3 unless `tls13` names them.
   *
   * @throws OptionsError CIPHER_STRING_INVALID for what OpenSSL refuses, CIPHER_UNKNOWN for what it ignores: see `lenient`
   * @example
   * AcceptableCiphers.fromOpenSSLCipherString("HIGH:!aNULL:!kRSA:@STRENGTH");
   */
  static fromOpenSSLCipherString(text: string, options: AcceptableCiphersOptions = {}): AcceptableCiphers {
    if (typeof text !== "string") throw wrongCiphers("a cipher string", text);
    // Own properties only: what someone put on Object.prototype must not make a string lenient.
    const { tls13, lenient, available } = ownValues(options, "acceptableCiphers", SETTINGS);
    const reading = {
      lenient: lenient !== undefined && checkBoolean(lenient, "acceptableCiphers.lenient"),
      available: checkAvailable(available),
    };
    const { ciphers, securityLevel } = expandCipherString(text, reading);
    const names = (tls13 as AcceptableCiphersOptions["tls13"]) ?? (ciphers.length === 0 ? [] : DEFAULT_TLS13);
    const first = itemsOf(names, "an array of names for tls13").map((name) => suiteNamed(name, "TLSv1.3"));
    return new AcceptableCiphers([...first, ...ciphers], securityLevel);
  }

  /**
   * From names, OpenSSL's or IANA's, of any version, the most preferred first.
   *
   * @throws OptionsError CIPHER_UNKNOWN; OPTION_TYPE_INVALID for what is no string
   * @example
   * AcceptableCiphers.fromNames(["TLS_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"]);
   */
  static fromNames(names: Iterable<string>): AcceptableCiphers {
    return new AcceptableCiphers(itemsOf(names, "names of cipher suites").map((name) => suiteNamed(name)));
  }

  /**
   * The suites of a configuration of Mozilla's guidelines: `"modern"` goes with `raiseMinimumTo: "TLSv1.3"`, `"old"`
   * with `insecurelyLowerMinimumTo: "TLSv1.0"`.
   *
   * @throws OptionsError OPTION_TYPE_INVALID
   * @example
   * new CertificateOptions({ identity, raiseMinimumTo: "TLSv1.3", acceptableCiphers: AcceptableCiphers.mozilla("modern") });
   */
  static mozilla(configuration: MozillaConfiguration): AcceptableCiphers {
    const { configurations } = MOZILLA_GUIDELINES;
    if (typeof configuration !== "string" || !Object.hasOwn(configurations, configuration)) {
      throw wrongCiphers('"modern", "intermediate" or "old"', configuration);
    }
    return AcceptableCiphers.fromNames(configurations[configuration].ciphers);
  }

  /**
   * What a selector of one's own chooses from all suites there are; each must be one of {@link cipherSuites} (OPT-27).
   *
   * @throws OptionsError OPTION_TYPE_INVALID
   */
  static fromSelector(selector: CipherSelector["selectCiphers"]): AcceptableCiphers {
    if (typeof selector !== "function") throw wrongCiphers("a function that selects", selector);
    return new AcceptableCiphers(itemsOf(selector(cipherSuites()), "a selection of cipher suites"));
  }

  /** @internal Whether it is a selection and nothing else: a subclass could say one thing here and another there. */
  static isGenuine(value: unknown): value is AcceptableCiphers {
    if (typeof value !== "object" || value === null || !(#isGenuine in value)) return false;
    return Object.getPrototypeOf(value) === AcceptableCiphers.prototype;
  }

  /** Those of `available` that are acceptable, in the order wanted here (OPT-31). */
  selectCiphers(available: Iterable<Cipher>): readonly Cipher[] {
    const there = new Set(itemsOf(available, "cipher suites to select from"));
    return Object.freeze(this.ciphers.filter((cipher) => there.has(cipher)));
  }

  [Symbol.iterator](): IterableIterator<Cipher> {
    return this.ciphers[Symbol.iterator]();
  }

  /** Whether the same suites are acceptable in the same order, with the same security level. */
  equals(other: AcceptableCiphers): boolean {
    return AcceptableCiphers.isGenuine(other) && String(this) === String(other);
  }

  /** OpenSSL's names, or IANA's where it has none, joined with colons. */
  toString(): string {
    const names = this.ciphers.map(({ openSslName, ianaName }) => openSslName ?? ianaName);
    return [...names, ...(this.securityLevel === undefined ? [] : [`@SECLEVEL=${this.securityLevel}`])].join(":");
  }

  /** The same as `toString`. */
  toJSON(): string {
    return this.toString();
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return `<AcceptableCiphers ${this}>`;
  }
}

/** The items of something that may be anything. */
function itemsOf<T>(value: Iterable<T>, expected: string): T[] {
  const isList = typeof value === "object" && value !== null && typeof value[Symbol.iterator] === "function";
  // What only looks like a selection has nothing to go through.
  const isForged = isList && value instanceof AcceptableCiphers && !AcceptableCiphers.isGenuine(value);
  if (isList && !isForged) return [...value];
  throw wrongCiphers(expected, value);
}

function suiteNamed(name: string, protocol?: "TLSv1.3"): Cipher {
  if (typeof name !== "string") throw wrongCiphers("the name of a cipher suite", name);
  const cipher = cipherByName(name);
  if (cipher !== undefined && (protocol === undefined || cipher.protocol === protocol)) return cipher;
  const candidates = cipherSuites().filter((suite) => protocol === undefined || suite.protocol === protocol);
  const nearest = nearestName(
    name,
    candidates.flatMap(({ openSslName, ianaName }) => [ianaName, openSslName ?? ianaName]),
  );
  const shown = shownText(name);
  const kind = protocol === undefined ? "cipher suite" : "cipher suite of TLS 1.3";
  const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const details = nearest === undefined ? { name: shown } : { name: shown, nearest };
  throw new OptionsError("CIPHER_UNKNOWN", `No ${kind} is called ${JSON.stringify(shown)}.${advice}`, details);
}

function checkAvailable(value: unknown): (cipher: Cipher) => boolean {
  if (value === undefined) return isInDefaultBuild;
  if (typeof value === "function") return value as (cipher: Cipher) => boolean;
  throw wrongType("acceptableCiphers.available", "a function", value);
}

function wrongCiphers(expected: string, value: unknown): OptionsError<"OPTION_TYPE_INVALID"> {
  return wrongType("acceptableCiphers", expected, value);
}

const SETTINGS = ["tls13", "lenient", "available"] as const;
