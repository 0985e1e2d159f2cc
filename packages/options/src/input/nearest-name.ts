import { wrongType } from "./wrong-value.ts";

/**
 * The name that someone meant who wrote `name`: the nearest by edit distance, if it is near enough. Upper and lower case
 * do not count. For the errors of adapters.
 *
 * @throws OptionsError OPTION_TYPE_INVALID
 * @example
 * nearestName("trustRoots", ["identity", "trustRoot"]); // "trustRoot"
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (typeof name !== "string") throw wrongType("name", "a string", name);
  // Distance is quadratic, and no option has a name this long.
  if (name.length > 64) return undefined;
  const wanted = name.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of names) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (best === undefined || distance < best.distance) best = { name: candidate, distance };
  }
  // A third of the letters may be wrong; beyond that a suggestion is a guess.
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const replace = at(previous, column - 1) + (same ? 0 : 1);
      let best = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, replace);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, at(before, column - 2) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}
