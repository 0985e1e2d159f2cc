import type { ChildRuntime } from "@tlskit/cases";

/** The runtimes as their makers write them. */
export const runtimeNames: Readonly<Record<ChildRuntime, string>> = { node: "Node", bun: "Bun", deno: "Deno" };
