// What is DER but not the structure that was asked for: one code for each structure, with the offset.

import { X509Error } from "../error.ts";

/**
 * Runs `read`, and turns the DER errors of the reader into `code`. A limit stays a limit.
 *
 * @throws X509Error `code`, with the DER error as its cause
 */
export function readStructure<T>(code: "CRL_INVALID" | "OCSP_INVALID", what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!X509Error.is(cause) || !isAboutStructure(cause.code)) throw cause;
    const { offset = 0, expected = what } = cause.details as { readonly offset?: number; readonly expected?: string };
    throw new X509Error(code, `not ${what} at offset ${offset}: expected ${expected}`, { offset, expected }, { cause });
  }
}

function isAboutStructure(code: string): boolean {
  return code.startsWith("DER_") && code !== "DER_LIMIT_EXCEEDED";
}
