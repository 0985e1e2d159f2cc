// When two names are the same: RFC 5280 section 7.1, with the string preparation of RFC 4518 as far as it matters.
//
// - Two encodings of the same text are equal, whatever the string type (UTF8String, PrintableString, ...).
// - Compatibility forms (NFKC), upper and lower case and the amount of white space do not count.
// - Control, format and zero-width characters do not count (RFC 4518 section 2.2).
// - Values that are no character strings, or damaged ones, are equal if their DER is.
// - The order of RDNs counts, the order of attributes within one RDN does not.
//
// Bounded: Unicode normalization takes quadratic time for long runs of combining characters, so values beyond ASCII of
// more than 1,024 UTF-16 units (RFC 5280's bounds for common attributes are 64 and 128), or with more than 30 combining
// characters in a row (the bound of the Stream-Safe Text Format, UAX #15 section 13), are equal if their text is.

import { bytesEqual, toHex } from "../bytes.ts";
import { decodeOid } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { textOf } from "./name-attribute.ts";

/**
 * For each RDN of a Name in DER that was walked and checked, a text that is the same for two RDNs exactly when they
 * match.
 */
export function rdnKeys(der: Uint8Array): string[] {
  const end = elementEnd(der, 0);
  const keys: string[] = [];
  for (let set = contentStart(der, 0); set < end; set = elementEnd(der, set)) keys.push(rdnKeyOf(der, set));
  return keys;
}

/** A text that is the same for two names exactly when they match. */
export function nameKey(der: Uint8Array): string {
  // The separator cannot occur in prepared text, which has no control characters.
  return rdnKeys(der).join("\u0002");
}

/** Have two Names in DER, walked and checked, the same {@link nameKey}? Stops at the first RDN that differs. */
export function isSameName(a: Uint8Array, b: Uint8Array): boolean {
  const [endA, endB] = [elementEnd(a, 0), elementEnd(b, 0)];
  let [atA, atB] = [contentStart(a, 0), contentStart(b, 0)];
  while (atA < endA && atB < endB) {
    const [nextA, nextB] = [elementEnd(a, atA), elementEnd(b, atB)];
    const isSame = bytesEqual(a.subarray(atA, nextA), b.subarray(atB, nextB));
    if (!isSame && rdnKeyOf(a, atA) !== rdnKeyOf(b, atB)) return false;
    [atA, atB] = [nextA, nextB];
  }
  return atA === endA && atB === endB;
}

function rdnKeyOf(der: Uint8Array, set: number): string {
  const end = elementEnd(der, set);
  const first = contentStart(der, set);
  const next = elementEnd(der, first);
  if (next === end) return attributeKeyOf(der, first);
  const keys: string[] = [];
  for (let at = first; at < end; at = elementEnd(der, at)) keys.push(attributeKeyOf(der, at));
  return keys.sort().join("\u0001");
}

function attributeKeyOf(der: Uint8Array, at: number): string {
  const type = contentStart(der, at);
  const value = elementEnd(der, type);
  const end = elementEnd(der, value);
  const oid = decodeOid(der, contentStart(der, type), value);
  const text = textOf(der, value, end);
  return text === undefined ? `${oid}#${toHex(der.subarray(value, end))}` : `${oid}=${prepareText(text)}`;
}

const maxNormalized = 1024;

/** The form in which two texts are compared. */
function prepareText(text: string): string {
  // Nearly all values are plain ASCII: no normalization needed.
  const isAscii = /^[ -~]*$/.test(text);
  const folded = isAscii ? text.toLowerCase() : foldUnicode(text);
  // Nearly all values have their spaces right.
  if (!folded.startsWith(" ") && !folded.endsWith(" ") && !folded.includes("  ")) return folded;
  return folded.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}

function foldUnicode(text: string): string {
  // Control characters separate the parts of a key: none may stay.
  if (text.length > maxNormalized) return text.replace(/\p{Cc}/gu, "");
  const mapped = text.replace(spaceLike, " ").replace(mappedToNothing, "");
  if (/\p{M}{31}/u.test(mapped)) return mapped;
  // By way of upper case, so that ß and SS, or the two small sigmas, meet; from lower case, because ẞ becomes ß before it
  // becomes SS; twice NFKC, because folding may undo it.
  const folded = mapped.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return folded.normalize("NFKC").replace(spaceLike, " ");
}

// RFC 4518 2.2: these are spaces, all of Zs included.
const spaceLike = /[\t\n\v\f\r\u0085\p{Zs}\u2028\u2029]/gu;

// RFC 4518 2.2: other controls, format characters, combining grapheme joiner, variation selectors.
const mappedToNothing = /[\p{Cc}\p{Cf}\u1806\ufffc]|\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]/gu;
