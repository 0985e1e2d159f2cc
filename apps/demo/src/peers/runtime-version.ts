import process from "node:process";

/** The version of the runtime that this is. */
export function runtimeVersion(): string {
  const { bun, deno, node } = process.versions as {
    readonly bun?: string;
    readonly deno?: string;
    readonly node?: string;
  };
  return bun ?? deno ?? node ?? "unknown";
}
