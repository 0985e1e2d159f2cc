import { limboCases } from "./limbo.ts";
import { pkitsCases } from "./pkits.ts";
import type { ShownCase } from "./shown-case.ts";

/** Every chain that is asked about; undefined where the vectors are not at hand. */
export function shownCases(): readonly ShownCase[] | undefined {
  const [limbo, pkits] = [limboCases(), pkitsCases()];
  return limbo === undefined || pkits === undefined ? undefined : [...limbo, ...pkits];
}
