import { OptionsError } from "../error.ts";

/** The error for options that contradict each other or their role. */
export function conflict(paths: readonly string[], rule: string, advice: string): OptionsError<"OPTION_CONFLICT"> {
  return new OptionsError("OPTION_CONFLICT", `${rule}: ${advice}.`, { paths: Object.freeze([...paths]), rule });
}
