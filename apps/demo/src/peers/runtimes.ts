// The runtimes of this workspace, as programs.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A runtime that can play a part. */
export interface Runtime {
  readonly id: "node" | "bun" | "deno";
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
}

const bin = (name: string): string => fileURLToPath(new URL(`../../../../node_modules/.bin/${name}`, import.meta.url));

const source = "--conditions=@tlskit/source";

/** All three; `isInstalled` tells whether one is here. */
export const runtimes: readonly Runtime[] = [
  { id: "node", title: "Node", program: process.execPath, args: [source] },
  { id: "bun", title: "Bun", program: bin("bun"), args: [source] },
  { id: "deno", title: "Deno", program: bin("deno"), args: ["run", "-A", "--no-check", "--quiet", source] },
];

/** Whether the program is there. */
export function isInstalled({ program }: Runtime): boolean {
  return existsSync(program);
}
