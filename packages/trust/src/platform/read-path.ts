import { platform } from "#platform";
import { TrustError } from "../error.ts";
import { badArgument } from "../input/bad-argument.ts";

/** Where a file or a directory is: its path, or a `file:` URL, as the runtimes' own functions take them. */
export type FileLocation = string | URL;

/**
 * The path that is meant.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID
 */
export function readPath(value: unknown, argument: string): string {
  if (value instanceof URL) return pathOf(value, argument);
  if (typeof value !== "string") {
    const hint =
      value instanceof Uint8Array ? "For what is in a file, there is trustRootFromCertificates()." : undefined;
    throw badArgument(argument, EXPECTED, value, hint);
  }
  if (value === "") throw badArgument(argument, EXPECTED, value, "It is empty.");
  // A letter alone is a drive.
  const scheme = /^([a-z][a-z0-9+.-]+:)\/\//i.exec(value)?.[1];
  if (scheme !== undefined) {
    throw badArgument(argument, EXPECTED, value, `It is the text of a URL (${scheme}): a file: URL is new URL(text).`);
  }
  // It may hold a key, and must not end up in an error as the name of a file that does not exist.
  if (value.includes("-----BEGIN ")) {
    const hint = "It is PEM: give Certificate.allFromPem(text) to trustRootFromCertificates().";
    throw badArgument(argument, EXPECTED, value, hint);
  }
  return value;
}

function pathOf(url: URL, argument: string): string {
  if (url.protocol !== "file:") {
    const hint = `Its scheme is ${url.protocol} and nothing is fetched here: give what is there to trustRootFromCertificates().`;
    throw badArgument(argument, EXPECTED, url, hint);
  }
  try {
    return platform.pathOfUrl(url);
  } catch (error) {
    if (TrustError.is(error)) throw error;
    throw badArgument(argument, EXPECTED, url, error instanceof Error ? `${error.message}.` : undefined);
  }
}

const EXPECTED = "a path or a file: URL";
