/** Runs a tool of the system within limits, and says what went wrong. */
import { TrustError } from "../error.ts";
import type { CommandResult, CommandRunner } from "../platform/trust-platform.ts";
import { LIMITS } from "./store-location.ts";

/** A call of a tool. */
export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  /** What errors show in place of arguments that say nothing to people. */
  readonly shown?: readonly string[];
}

/** How long one call may take: keychains on a busy machine take seconds. */
const TIMEOUT = 60_000;

/**
 * The result of a call, or `undefined` if this machine has no such tool.
 *
 * @throws TrustError TRUST_TOOL_FAILED if it may not be run, runs for too long or writes too much
 */
export async function runTool(commands: CommandRunner, call: ToolCall): Promise<CommandResult | undefined> {
  try {
    return await commands.run(call.program, call.args, { maxBytes: LIMITS.bytes, timeout: TIMEOUT });
  } catch (cause) {
    if (TrustError.is(cause)) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw toolFailed(call, { problem }, { cause });
  }
}

/** The error about a call. */
export function toolFailed(
  { program, args, shown = args }: ToolCall,
  { problem, exitCode }: { readonly problem: string; readonly exitCode?: number | undefined },
  options?: { cause: unknown },
): TrustError<"TRUST_TOOL_FAILED"> {
  const how = exitCode === undefined ? problem : `${problem} (exit code ${exitCode})`;
  const message = `The system's trust store cannot be read through ${program} ${shown.join(" ")}: ${how}. On Deno, grant --allow-run=${program}; or name your own roots with SSL_CERT_FILE or trustRootFromCertificates().`;
  const details = { program, args: [...shown], problem, ...(exitCode === undefined ? {} : { exitCode }) };
  return new TrustError("TRUST_TOOL_FAILED", message, details, options);
}
