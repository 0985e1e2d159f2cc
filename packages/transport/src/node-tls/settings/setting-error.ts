import { shownText } from "@tlskit/options";
import { TransportError } from "../../error.ts";

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
  return value === null ? "null" : typeof value === "object" ? classOf(value) : typeof value;
}

/** Of an instance, what it is an instance of: it may be the right thing in the wrong place. */
function classOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object" ? shownText(name) : "object";
}
