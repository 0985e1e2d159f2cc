// Reads the error codes out of the sources: every package declares its codes as the members of an interface
// `…Details`, each with a sentence above it that says when it happens.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One code, where it is declared, and what it means. */
export interface ErrorCode {
  readonly code: string;
  readonly packageName: string;
  /** Path below the repository's root. */
  readonly file: string;
  /** The docstring as one line; empty if there is none. */
  readonly meaning: string;
}

/** All codes of all packages, in order of package and declaration. */
export function errorCodes(root: string): ErrorCode[] {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root }).filter((file) => !/\.test(-d)?\.ts$/.test(file));
  return files.sort().flatMap((file) => codesOf(file, readFileSync(join(root, file), "utf8")));
}

function codesOf(file: string, text: string): ErrorCode[] {
  const packageName = `@tlskit/${file.split("/")[1]}`;
  const members = [...text.matchAll(/^export interface \w+Details \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = ""]) =>
    [...body.matchAll(/(?:^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
      ([, doc = "", code = ""]) => ({
        code,
        meaning: oneLine(doc),
      }),
    ),
  );
  const alone = [
    ...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class \w+ extends TlsKitError<\s*"([A-Z0-9_]+)"/g),
  ].map(([, doc = "", code = ""]) => ({ code, meaning: oneLine(doc) }));
  return [...members, ...alone].map((found) => ({ ...found, packageName, file }));
}

function oneLine(doc: string): string {
  return doc
    .replace(/^\s*\* ?/gm, " ")
    .replace(/@example[\s\S]*/, "")
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
