import { shownText } from "./describe-value.ts";
import { OptionsError } from "./error.ts";
import { wrongType } from "./wrong-value.ts";

/** Reads a whole file: `readFile` of `node:fs/promises` is one. This package opens no file by itself. */
export type FileReader = (file: string) => Promise<string | Uint8Array>;

/**
 * The text of a file.
 *
 * @throws OptionsError OPTION_FILE_UNREADABLE with the file's name; OPTION_TYPE_INVALID for what is no name or reader
 */
export async function readFileWith(readFile: FileReader, file: string): Promise<string> {
  if (typeof file !== "string") throw wrongType("file", "the name of a file", file);
  if (typeof readFile !== "function") throw wrongType("readFile", "a function that reads files", readFile);
  const contents: unknown = await contentsOf(readFile, file);
  if (typeof contents === "string") return contents;
  if (contents instanceof Uint8Array) return new TextDecoder().decode(contents);
  throw wrongType("readFile()", "text or bytes", contents);
}

async function contentsOf(readFile: FileReader, file: string): Promise<unknown> {
  const shown = shownText(file);
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = shown === file ? reason : "it is no file name"; // The reason would repeat it.
    throw new OptionsError(
      "OPTION_FILE_UNREADABLE",
      `${JSON.stringify(shown)} cannot be read: ${problem}`,
      { file: shown },
      { cause },
    );
  }
}
