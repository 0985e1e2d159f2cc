/** The command line makes no sense; the message says why. */
export class WrongUsage extends Error {}

/** Whether an error is about the command line: one of ours, or of `parseArgs`. */
export function isWrongUsage(error: unknown): error is Error {
  if (error instanceof WrongUsage) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}
