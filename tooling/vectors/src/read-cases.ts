import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { VectorCase } from "./decision.ts";

/** A file that cannot be used, as a sentence for the person who gave it. */
export class VectorFileError extends Error {
  override readonly name = "VectorFileError";
}

/** The cases of a file, plain or gzipped. @throws VectorFileError */
export function readCases(path: string): readonly VectorCase[] {
  const bytes = read(path);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(isGzip(bytes) ? gunzipSync(bytes) : bytes));
  } catch (cause) {
    throw new VectorFileError(`${path} is no JSON, plain or gzipped.`, { cause });
  }
  const cases: unknown = typeof content === "object" && content !== null && Reflect.get(content, "testcases");
  if (!Array.isArray(cases)) throw new VectorFileError(`${path} has no list "testcases".`);
  for (const [index, one] of cases.entries()) {
    if (typeof one?.id !== "string") throw new VectorFileError(`${path}: testcases[${index}] has no id.`);
  }
  return cases;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new VectorFileError(`${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
