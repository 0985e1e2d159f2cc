import { shownText } from "./describe-value.ts";
import { OptionsError } from "./error.ts";

/** Reads a whole file: `readFile` of `node:fs/promises` is one. This package opens no file by itself. */
export type FileReader = (file: string) => Promise<string | Uint8Array>;

/**
 * The text of a file.
 *
 * @throws OptionsError OPTION_FILE_UNREADABLE with the file's name
 */
export async function readFileWith(readFile: FileReader, file: string): Promise<string> {
  const shown = shownText(file);
  try {
    const contents = await readFile(file);
    return typeof contents === "string" ? contents : new TextDecoder().decode(contents);
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
