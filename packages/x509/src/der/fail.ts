// How the DER code throws: one place, so that every error carries its offset.

import { X509Error } from "../error.ts";

/** The codes whose details are an offset and what was expected there. */
export type DerErrorCode = "DER_TRUNCATED" | "DER_TRAILING_DATA" | "DER_BAD_LENGTH" | "DER_BAD_VALUE";

/** Throws an {@link X509Error} about the byte at `offset`. */
export function derFail(code: DerErrorCode, offset: number, expected: string): never {
  throw new X509Error(code, `${sentences[code]} at offset ${offset}: expected ${expected}`, { offset, expected });
}

/** Throws DER_BAD_VALUE. */
export function valueFail(offset: number, expected: string): never {
  derFail("DER_BAD_VALUE", offset, expected);
}

/** Throws DER_UNEXPECTED_TAG. `actual` is -1 at the end of the input. */
export function tagFail(offset: number, expected: string, actual: number): never {
  if (actual === -1) derFail("DER_TRUNCATED", offset, expected);
  const found = `0x${actual.toString(16).padStart(2, "0")}`;
  throw new X509Error("DER_UNEXPECTED_TAG", `unexpected tag ${found} at offset ${offset}: expected ${expected}`, {
    offset,
    expected,
    actual,
  });
}

/** Throws DER_LIMIT_EXCEEDED. */
export function limitFail(offset: number, what: string, limit: number): never {
  throw new X509Error("DER_LIMIT_EXCEEDED", `too much at offset ${offset}: more than ${limit} ${what}`, {
    offset,
    expected: `at most ${limit} ${what}`,
    limit,
  });
}

const sentences: Readonly<Record<DerErrorCode, string>> = {
  DER_TRUNCATED: "truncated DER",
  DER_TRAILING_DATA: "trailing data",
  DER_BAD_LENGTH: "bad DER length",
  DER_BAD_VALUE: "bad DER value",
};
