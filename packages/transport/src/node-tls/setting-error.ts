import { TransportError } from "../error.ts";

/** The error for a setting that makes no sense. */
export function invalid(setting: string, expected: string, value: unknown): TransportError<"SETTING_INVALID"> {
  const actual = typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
  return new TransportError("SETTING_INVALID", `${setting} must be ${expected}, but is ${actual}.`, {
    setting,
    expected,
    actual,
  });
}

function kindOf(value: unknown): string {
  if (typeof value === "string" && value.length <= 40) return `the text ${JSON.stringify(value)}`;
  return value === null ? "null" : typeof value;
}
