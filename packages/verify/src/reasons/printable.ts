/**
 * Text that cannot draw on a terminal: control characters, and those that change the direction or the look of what is
 * around them, are shown as their code points. Names come from peers and configuration files.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

// Joiners are part of ordinary words in several scripts.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
