import { OptionsError } from "../error.ts";
import { shownText } from "../input/describe-value.ts";
import { nearestName } from "../input/nearest-name.ts";
import type { Cipher } from "./cipher.ts";
import { aliasNames, criteriaOf } from "./cipher-aliases.ts";
import { type CipherCriteria, CipherOrder, type CipherRule } from "./cipher-order.ts";
import { cipherByName, cipherSuites } from "./cipher-suites.ts";

/** How to read a cipher string. */
export interface CipherStringOptions {
  /** Ignores words that nobody knows, as OpenSSL does; without it they are errors, because they may be misspelt. */
  readonly lenient?: boolean | undefined;
  /** Which suites there are to choose from; default: those of a default build of OpenSSL 3. */
  readonly available?: ((cipher: Cipher) => boolean) | undefined;
}

/** What a cipher string says: suites of TLS 1.2 and older. */
export interface CipherSelection {
  readonly ciphers: readonly Cipher[];
  /** From `@SECLEVEL=n`. */
  readonly securityLevel: number | undefined;
}

/**
 * Expands a cipher string as OpenSSL 3.0 does (openssl-ciphers(1); `ssl_create_cipher_list` in its sources). Suites of
 * TLS 1.3 are not chosen by cipher strings.
 *
 * @throws OptionsError CIPHER_STRING_INVALID, CIPHER_UNKNOWN
 */
export function expandCipherString(
  text: string,
  { lenient, available }: { readonly lenient: boolean; readonly available: (cipher: Cipher) => boolean },
): CipherSelection {
  if (text.length > MAX_LENGTH) throw invalid(text, MAX_LENGTH, `is longer than ${MAX_LENGTH} characters`);
  const suiteB = SUITE_B.find(([name]) => (lenient ? text.startsWith(name) : text === name));
  const reader = new RuleReader(lenient, available);
  if (suiteB !== undefined) reader.read(suiteB[1]);
  else if (text.startsWith("DEFAULT")) {
    reader.read(DEFAULT_STRING);
    reader.read(text, text.startsWith("DEFAULT:") ? 8 : 7);
  } else reader.read(text);
  return Object.freeze({ ciphers: Object.freeze(reader.order.chosen), securityLevel: reader.securityLevel });
}

/** Applies the rules of a string, one after the other. */
class RuleReader {
  readonly order: CipherOrder;
  securityLevel: number | undefined;
  readonly #lenient: boolean;
  readonly #available: (cipher: Cipher) => boolean;

  constructor(lenient: boolean, available: (cipher: Cipher) => boolean) {
    this.order = new CipherOrder(available);
    this.#lenient = lenient;
    this.#available = available;
  }

  read(text: string, start: number = 0): void {
    let at = start;
    while (at < text.length) {
      const first = text.charAt(at);
      if (isSeparator(first)) {
        at++;
        continue;
      }
      if (first === "@") at = this.#command(text, at + 1);
      else {
        const rule = SIGNS[first];
        at = this.#rule(rule ?? "add", text, rule === undefined ? at : at + 1);
      }
    }
  }

  /** `@STRENGTH`, `@SECLEVEL=n`; returns where the next rule begins. */
  #command(text: string, start: number): number {
    const word = wordAt(text, start);
    const level = /^SECLEVEL=([0-5])$/.exec(word)?.[1];
    if (word === "STRENGTH") this.order.sortByStrength();
    else if (level !== undefined) this.securityLevel = Number(level);
    else throw invalid(text, start - 1, "has no such command there: they are @STRENGTH and @SECLEVEL=0 to 5");
    return nextSeparator(text, start + word.length);
  }

  /** Words joined with `+`: what all of them select; returns where the next rule begins. */
  #rule(rule: CipherRule, text: string, start: number): number {
    let criteria: CipherCriteria | undefined = {};
    for (let at = start; ; ) {
      const word = wordAt(text, at);
      if (word === "") throw invalid(text, at, "has no name there");
      const more = criteriaOf(word, this.#available);
      if (more === undefined && !this.#lenient && !this.#isAbsent(word)) throw unknown(text, word, at);
      criteria = more === undefined ? undefined : both(criteria, more);
      at += word.length;
      // OpenSSL skips what is left of a rule that selects nothing.
      if (criteria === undefined) return nextSeparator(text, at);
      if (text.charAt(at) !== "+") {
        this.order.apply(rule, criteria);
        return at;
      }
      at++;
    }
  }

  /** A real suite that is just not there to be chosen: no mistake. */
  #isAbsent(word: string): boolean {
    const cipher = cipherByName(word);
    return cipher !== undefined && cipher.protocol !== "TLSv1.3";
  }
}

/** What both select, or `undefined` if that is nothing, judged part by part as OpenSSL judges it. */
function both(a: CipherCriteria, b: CipherCriteria): CipherCriteria | undefined {
  const keyExchange = common(a.keyExchange, b.keyExchange);
  const authentication = common(a.authentication, b.authentication);
  const encryption = common(a.encryption, b.encryption);
  const mac = common(a.mac, b.mac);
  if ([keyExchange, authentication, encryption, mac].some((part) => part?.length === 0)) return undefined;
  if (a.protocol !== undefined && b.protocol !== undefined && a.protocol !== b.protocol) return undefined;
  let { strength, notDefault } = a;
  if (b.strength !== undefined) {
    // The first class of strength makes OpenSSL forget COMPLEMENTOFDEFAULT before it.
    if (strength === undefined) notDefault = undefined;
    strength = (strength ?? ~0) & b.strength;
    if (strength === 0) return undefined;
  }
  return {
    id: b.id ?? a.id,
    keyExchange,
    authentication,
    encryption,
    mac,
    protocol: a.protocol ?? b.protocol,
    strength,
    notDefault: notDefault ?? b.notDefault,
  };
}

function common(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.filter((name) => b.includes(name));
}

function wordAt(text: string, start: number): string {
  // The underscore is in IANA's names, which OpenSSL takes since 3.2; older ones stop at it.
  return /^[A-Za-z0-9_.=-]*/.exec(text.slice(start))?.[0] ?? "";
}

function nextSeparator(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isSeparator(text.charAt(at))) at++;
  return at;
}

function isSeparator(character: string): boolean {
  return character === ":" || character === " " || character === ";" || character === ",";
}

function invalid(text: string, offset: number, problem: string): OptionsError<"CIPHER_STRING_INVALID"> {
  const shown = shownText(text);
  return new OptionsError(
    "CIPHER_STRING_INVALID",
    `The cipher string ${JSON.stringify(shown)} ${problem} (at character ${offset}).`,
    { text: shown, offset, problem },
  );
}

function unknown(text: string, word: string, offset: number): OptionsError<"CIPHER_UNKNOWN"> {
  const name = shownText(word);
  const nearest = nearestName(word, [...aliasNames(), ...cipherSuites().flatMap((c) => c.openSslName ?? [])]);
  return new OptionsError("CIPHER_UNKNOWN", `No cipher is called ${JSON.stringify(name)}. ${adviceOn(word, nearest)}`, {
    name,
    offset,
    text: shownText(text),
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function adviceOn(word: string, nearest: string | undefined): string {
  if (cipherByName(word)?.protocol === "TLSv1.3") {
    return "Cipher strings do not choose suites of TLS 1.3: name them in the option tls13, or all suites by AcceptableCiphers.fromNames([…]).";
  }
  if (word === "DEFAULT" || word.startsWith("SUITEB")) return "It is known at the start of a cipher string only.";
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  return "OpenSSL would ignore it; if that is meant, set lenient.";
}

/** No list of names is nearly as long; rules cost time. */
const MAX_LENGTH = 8192;

const SIGNS: Readonly<Record<string, CipherRule>> = { "-": "remove", "+": "last", "!": "kill" };

/** `OSSL_default_cipher_list()`. */
const DEFAULT_STRING = "ALL:!COMPLEMENTOFDEFAULT:!eNULL";

/** RFC 6460. The longer names first: OpenSSL compares beginnings. */
const SUITE_B: readonly (readonly [name: string, string: string])[] = [
  ["SUITEB128ONLY", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ["SUITEB128C2", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  ["SUITEB128", "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"],
  ["SUITEB192", "ECDHE-ECDSA-AES256-GCM-SHA384"],
];
