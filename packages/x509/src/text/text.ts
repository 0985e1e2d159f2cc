// Text that came from a certificate is text that an attacker wrote: before it reaches a terminal or a log, every
// character that could move the cursor, hide or reorder what is printed becomes a visible escape.

// C0 and C1 controls, DEL, soft hyphen, the Arabic letter mark, the Mongolian vowel separator, zero-width and bidirectional controls, line and
// paragraph separators, the byte order mark, lone surrogates and tag characters.
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/**
 * Replaces every character that could trick a terminal or a log by a visible escape such as `\n`, `\x1b` or `\u{202e}`.
 * All other text, in any script, stays as it is.
 *
 * @example
 * escapeControls("a\u001b[31mb"); // "a\\x1b[31mb"
 */
export function escapeControls(text: string): string {
  return replaceControls(text, escapeOne);
}

/** As {@link escapeControls}, with another form of escape. */
export function replaceControls(text: string, replacement: (character: string) => string): string {
  return text.replace(unsafe, replacement);
}

/** As {@link escapeControls}, but keeps line feeds: for whole messages of several lines that we wrote ourselves. */
export function escapeControlsKeepingLines(text: string): string {
  return replaceControls(text, (character) => (character === "\n" ? character : escapeOne(character)));
}

/** The text in double quotes, with whatever could end them, or trick a terminal, escaped. */
export function quote(text: string): string {
  return `"${escapeControls(text.replace(/["\\]/g, "\\$&"))}"`;
}

function escapeOne(character: string): string {
  switch (character) {
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
    default: {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
    }
  }
}
