// RFC 4514: a name as text. Most significant RDN last in DER, first in text.

import { toHex } from "../bytes.ts";
import { replaceControls } from "../text/text.ts";
import { NameAttribute } from "./name-attribute.ts";
import type { RelativeDistinguishedName } from "./read-name.ts";

/** RFC 4514 text of a name. Control characters appear as `\0A`, so that it is safe to print. */
export function formatName(rdns: readonly RelativeDistinguishedName[]): string {
  return rdns
    .map((rdn) => rdn.map(formatAttribute).join("+"))
    .reverse()
    .join(",");
}

function formatAttribute(attribute: NameAttribute): string {
  const { name } = attribute;
  // RFC 4514 2.4: a type without a name, or a value without text, is shown by its encoding.
  if (name === undefined || !attribute.isText) {
    return `${name ?? attribute.oid}=#${toHex(NameAttribute.viewOf(attribute))}`;
  }
  return `${name}=${escapeValue(attribute.value)}`;
}

function escapeValue(value: string): string {
  if (/^[A-Za-z0-9.-](?:[A-Za-z0-9 .:/_*@-]*[A-Za-z0-9.-])?$/.test(value)) return value;
  const escaped = value
    .replace(/["+,;<>\\]/g, "\\$&")
    .replace(/(?<=.) $/s, "\\ ")
    .replace(/^[ #]/, "\\$&");
  // What could trick a terminal becomes the hex pairs of its UTF-8, which RFC 4514 allows for any character.
  return replaceControls(escaped, (character) => toHex(encoder.encode(character)).replace(/../g, "\\$&"));
}

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder();
