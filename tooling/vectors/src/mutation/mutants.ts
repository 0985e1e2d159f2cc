/** Small faults in the sources of verify: each takes one condition out of one rule. */

/** One fault. */
export interface Mutant {
  /** The file, below `packages/verify/src`. */
  readonly file: string;
  /** How the fault is named in the list of the reviewed ones: stays the same while the code around it changes. */
  readonly id: string;
  readonly line: number;
  /** The source with the fault in it. */
  readonly source: string;
}

/**
 * Every `if` that never holds, and every question whose answer is one of its two ends, always: what guards is removed, what
 * decides is decided. Types do not matter, because sources run without being checked.
 */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const add = (start: number, end: number, replacement: string, label: string): void => {
    const line = source.slice(0, start).split("\n").length;
    const text = source.slice(start, end).replace(/\s+/g, " ");
    const same = found.filter(({ id }) => id.startsWith(`${label}: ${text}`)).length;
    found.push({
      file,
      id: `${label}: ${text}${same === 0 ? "" : ` (${same + 1})`}`,
      line,
      source: source.slice(0, start) + replacement + source.slice(end),
    });
  };
  for (const { index } of source.matchAll(/(?<![\w$.])if \(/g)) {
    const start = index + "if (".length;
    const end = closing(source, start);
    add(start, end, "false", "if");
  }
  for (const { index } of source.matchAll(/(?<=\breturn |=> )(?=[^;]*? \? )/g)) {
    const end = questionMark(source, index);
    if (end === undefined) continue;
    add(index, end, "true", "always");
    add(index, end, "false", "never");
  }
  return found.filter(({ line }) => !isComment(source, line));
}

// Where the parenthesis that was opened before `start` is closed; strings and expressions hold none that matter here.
function closing(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at++) {
    if (source[at] === "(") depth++;
    if (source[at] === ")" && --depth === 0) return at;
  }
  throw new Error("a parenthesis is never closed");
}

// The end of the condition that begins at `start`, if the expression is one with a question mark at its top.
function questionMark(source: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at] ?? "";
    if ("([{`".includes(character)) depth++;
    if (")]}".includes(character) && --depth < 0) return undefined;
    if (depth === 0 && (character === ";" || character === ",")) return undefined;
    if (depth === 0 && source.startsWith(" ? ", at)) return at;
    if (depth === 0 && source.startsWith("\n", at) && /^\s*\? /.test(source.slice(at))) return at;
  }
  return undefined;
}

function isComment(source: string, line: number): boolean {
  return /^\s*(?:\/\/|\*|\/\*)/.test(source.split("\n")[line - 1] ?? "");
}
