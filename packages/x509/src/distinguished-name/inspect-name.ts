// The block of lines that Twisted prints for a name (DN-07).

import { titleOf } from "../inspect/title.ts";
import { escapeControls } from "../text/text.ts";
import { attributeTypeOf } from "./attribute-types.ts";
import type { RelativeDistinguishedName } from "./read-name.ts";

/** The column where labels end: the longest of Twisted's seven, and two. */
const labelWidth = 26;

/** One line per attribute: `                Common Name: example`. Control characters are escaped. */
export function inspectName(rdns: readonly RelativeDistinguishedName[], order: "label" | "encoded"): string {
  const lines = rdns.flat().map(({ oid, value }) => ({ type: attributeTypeOf(oid)?.long ?? oid, value }));
  // Sorting is stable: several values of one type keep their order.
  if (order === "label") lines.sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  return lines.map(({ type, value }) => `${titleOf(type).padStart(labelWidth)}: ${escapeControls(value)}`).join("\n");
}
