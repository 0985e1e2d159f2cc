// The public form of `text.ts`, which errors are made with, and so cannot throw one of ours.

import { badArgument } from "../argument.ts";
import { escapeControls as escapeText } from "./text.ts";

/**
 * Replaces every character that could trick a terminal or a log by a visible escape such as `\n`, `\x1b` or `\u{202e}`.
 * All other text, in any script, stays as it is.
 *
 * @throws X509Error ARGUMENT_INVALID if it is no string
 * @example
 * escapeControls("a\u001b[31mb"); // "a\\x1b[31mb"
 */
export function escapeControls(text: string): string {
  if (typeof text !== "string") throw badArgument("text", "a string");
  return escapeText(text);
}
