// Text for people: columns, colours where the terminal wants them, nothing that could steer a terminal.
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours `text` where stdout is a terminal that wants colours. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: true, stream: process.stdout });
}

/** What a peer chose to write into its certificate, made harmless for a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Left-aligned columns, two spaces apart; the widths are those of the widest cells. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return widths;
}

/** One row padded to `widths`; `style` colours a cell after padding, so that colours do not disturb the columns. */
export function columns(
  row: readonly string[],
  widths: readonly number[],
  style?: (cell: string, i: number) => string,
): string {
  return row
    .map((cell, i) => {
      const padded = i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0);
      return style ? style(padded, i) : padded;
    })
    .join("  ")
    .trimEnd();
}

/** `text` broken at spaces into lines of at most `width` characters, each after `indent`. */
export function wrap(text: string, indent: string, width = 110): string {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((part) => indent + part).join("\n");
}
