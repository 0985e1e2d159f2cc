// Where a file is: a path, or a file: URL, as every API of Node takes them.

import { fileURLToPath } from "node:url";
import { TransportError } from "../../error.ts";

/**
 * The path of what was given as a path or a `file:` URL (an object, as `new URL(name, import.meta.url)` makes it). The
 * value itself is never shown: whoever passes a key's text instead of a path would find it in a log.
 *
 * @param setting what it is called, for errors
 * @param what what should be there, for errors: `"a PEM file"`
 * @throws {TransportError} `SETTING_INVALID`
 *
 * @example
 * filePath("key", new URL("key.pem", import.meta.url), "a PEM file");
 */
export function filePath(setting: string, location: unknown, what: string): string {
  if (location instanceof URL) return pathOf(setting, location, what);
  if (typeof location !== "string") throw refused(setting, what, location === null ? "null" : typeof location);
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(location)?.[1];
  // Node would look for a file of that name below the current directory.
  if (scheme !== undefined) throw refused(setting, what, `the text of a URL (${scheme}); file: URLs are URL objects`);
  if (location === "" || isContents(location)) throw refused(setting, what, location === "" ? "empty" : "another text");
  return location;
}

function pathOf(setting: string, url: URL, what: string): string {
  if (url.protocol !== "file:") throw refused(setting, what, `a URL with the scheme ${url.protocol}`);
  try {
    return fileURLToPath(url);
  } catch (cause) {
    // Of another host, or with an escaped separator.
    throw refused(setting, what, "a file: URL that leads to no path here", cause);
  }
}

/** Whether this is what a file should hold, in place of its name: text with line breaks, or base64 on one line. */
function isContents(text: string): boolean {
  return (
    text.includes("-----BEGIN") || /[\0\r\n]/.test(text) || text.length > 1024 || /^[^/.][\w+/=-]{100,}$/.test(text)
  );
}

function refused(setting: string, what: string, actual: string, cause?: unknown): TransportError<"SETTING_INVALID"> {
  const expected = `the path or file: URL of ${what}`;
  const message = `${setting} must be ${expected}, but is ${actual}.`;
  const details = { setting, expected, actual };
  return new TransportError("SETTING_INVALID", message, details, cause === undefined ? {} : { cause });
}
