// What this process holds.

import { readdirSync } from "node:fs";
import process from "node:process";
import type { Stats } from "./protocol.ts";
import { met } from "./server.ts";

/** Collects the garbage first: what is left is held by someone. */
export async function stats(): Promise<Stats> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    // Finalizers, and handles that close, take a turn of the loop.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss, files: openFiles(), ...met };
}

function collectGarbage(): void {
  const { Bun, gc } = globalThis as { Bun?: { gc(now: boolean): void }; gc?: () => void };
  if (Bun !== undefined) Bun.gc(true);
  else if (gc !== undefined) gc();
  else throw new Error("this runtime was started without a way to collect garbage");
}

function openFiles(): number {
  return readdirSync(process.platform === "linux" ? "/proc/self/fd" : "/dev/fd").length;
}
