import { expect } from "vitest";

/** An error with this code, for `toThrow`. */
export function errorCode(code: string): unknown {
  return expect.objectContaining({ code });
}
