import { parseArgs } from "node:util";
import type { RunSettings } from "./decision.ts";
import { RUNTIMES, type RuntimeName } from "./runtime.ts";

/** What the command was told. */
export interface CommandArguments extends RunSettings {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly runtime?: RuntimeName;
}

/** For whoever got it wrong. */
export const USAGE =
  "Usage: pnpm conformance:vectors FILE… [--json] [--profile compatible|rfc5280|webpki] [--runtime node|bun|deno]";

/** The arguments, or what is wrong with them. */
export function readArguments(args: readonly string[]): CommandArguments | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args.filter((arg) => arg !== "--"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals: files } = parsed;
  const profile = PROFILES.find((name) => name === values.profile);
  const runtime = RUNTIMES.find((name) => name === values.runtime);
  if (values.profile !== undefined && profile === undefined) return `There is no profile "${values.profile}".`;
  if (values.runtime !== undefined && runtime === undefined) return `There is no runtime "${values.runtime}".`;
  if (files.length === 0) return "No file is given.";
  return {
    files,
    json: values.json ?? false,
    ...(profile === undefined ? {} : { profile }),
    ...(runtime === undefined ? {} : { runtime }),
  };
}

const PROFILES: readonly NonNullable<RunSettings["profile"]>[] = ["compatible", "rfc5280", "webpki"];

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean" }, profile: { type: "string" }, runtime: { type: "string" } },
  });
}
