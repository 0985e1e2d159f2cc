// Reads the rule table of the verifier out of its source: which rule stands on what, and applies where.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of the rule table. */
export interface VerifyRule {
  readonly id: string;
  readonly section: string;
  readonly profiles: string;
  readonly positions: string;
}

/** All rules, in the order of the table. */
export function verifyRules(root: string): readonly VerifyRule[] {
  const text = readFileSync(join(root, "packages/verify/src/rules/table.ts"), "utf8");
  const lists = new Map(
    [...text.matchAll(/^const ([A-Z0-9]+): (?:Profiles|Positions) = \[(.*?)\];/gm)].map(([, name = "", list = ""]) => [
      name,
      list.replaceAll('"', ""),
    ]),
  );
  const table = text.slice(text.indexOf("export const RULES"));
  const row = /(?:alone|inOctets|inPath)\(\s*"([^"]+)",\s*"([^"]+)",\s*([A-Z0-9]+),\s*([A-Z0-9]+),/g;
  return [...table.matchAll(row)].map(([, id = "", section = "", profiles = "", positions = ""]) => ({
    id,
    section,
    profiles: lists.get(profiles) ?? "",
    positions: lists.get(positions) ?? "",
  }));
}
