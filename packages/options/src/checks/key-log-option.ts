/** Where the secrets of connections are written to, for Wireshark and its like. */

import { isFileUrl } from "../input/read-file.ts";
import { wrongType } from "../input/wrong-value.ts";
import type { ValueCheck } from "./option-values.ts";

/**
 * A function that is given each line; the path or `file:` URL of a file to append to; or `"env"`: the file that the
 * environment variable SSLKEYLOGFILE names when a connection is made, and none if it is not set.
 */
export type KeyLog = ((line: string) => void) | string | URL;

/** Checks `dangerouslyLogKeys`. */
export const checkKeyLog: ValueCheck<KeyLog> = (value, path) => {
  if (typeof value === "function") return value as (line: string) => void;
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  if (isFileUrl(value)) return new URL(value);
  throw wrongType(path, 'a function, the path or file: URL of a file, or "env"', value);
};
