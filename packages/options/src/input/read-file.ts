import { OptionsError } from "../error.ts";
import { shownText } from "./describe-value.ts";
import { wrongType } from "./wrong-value.ts";

/** Reads a whole file: `readFile` of `node:fs/promises` is one. This package opens no file by itself. */
export type FileReader<File extends string | URL = string> = (file: File) => Promise<string | Uint8Array>;

/**
 * The text of a file. A `file:` URL goes to the reader as it is.
 *
 * @throws OptionsError OPTION_FILE_UNREADABLE with the file's name; OPTION_TYPE_INVALID for what is no name or reader
 */
export async function readFileWith<File extends string | URL>(readFile: FileReader<File>, file: File): Promise<string> {
  if (typeof file !== "string" && !isFileUrl(file)) throw wrongType("file", "the path or file: URL of a file", file);
  if (typeof readFile !== "function") throw wrongType("readFile", "a function that reads files", readFile);
  const contents: unknown = await contentsOf(readFile, file);
  if (typeof contents === "string") return contents;
  if (contents instanceof Uint8Array) return new TextDecoder().decode(contents);
  throw wrongType("readFile()", "text or bytes", contents);
}

async function contentsOf<File extends string | URL>(readFile: FileReader<File>, file: File): Promise<unknown> {
  const name = String(file);
  const shown = shownText(name);
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = shown === name ? reason : "it is no file name"; // The reason would repeat it.
    throw new OptionsError(
      "OPTION_FILE_UNREADABLE",
      `${JSON.stringify(shown)} cannot be read: ${problem}`,
      { file: shown },
      { cause },
    );
  }
}

/** Whether this is a URL of the scheme `file:`, the only one that names a file. */
export function isFileUrl(value: unknown): value is URL {
  try {
    return value instanceof URL && value.protocol === "file:";
  } catch {
    // It only inherits from one.
    return false;
  }
}
