/** The platform of every runtime that has `node:fs`. */
import { constants } from "node:fs";
import { open, opendir, stat } from "node:fs/promises";
import { delimiter } from "node:path";
import process from "node:process";
import { clearInterval, setInterval } from "node:timers";
import { fileURLToPath } from "node:url";
import { nodeCommands } from "./node-commands.ts";
import { nodeFileWriter } from "./node-file-writer.ts";
import type { FileStatus, RuntimeCertificates, TrustFileSystem, TrustPlatform } from "./trust-platform.ts";

/** Built once per runtime file, so that each can replace what is special there. */
export function nodePlatform(): TrustPlatform {
  return {
    os: process.platform,
    pathDelimiter: delimiter,
    fileSystem,
    pathOfUrl: fileURLToPath,
    fileWriter: nodeFileWriter,
    commands: nodeCommands,
    environment(name) {
      // Read first: an environment that may not be read says so here.
      const value = process.env[name];
      // What somebody put on Object.prototype must not name the roots.
      return Object.hasOwn(process.env, name) ? value : undefined;
    },
    runtimeCertificates,
    repeat,
  };
}

const fileSystem: TrustFileSystem = {
  async status(path) {
    try {
      return toStatus(await stat(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  async readFile(path, maxBytes) {
    // Without O_NONBLOCK, opening a named pipe waits for a writer, and holds a thread of the pool while it does.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (toStatus(await handle.stat()).kind !== "file") throw new Error("not a regular file");
      return await readAtMost(handle, maxBytes);
    } finally {
      await handle.close();
    }
  },

  async readDirectory(path, maxNames) {
    const names: string[] = [];
    for await (const { name } of await opendir(path)) {
      if (names.push(name) > maxNames) throw new Error(`more than ${maxNames} entries`);
    }
    return names;
  },
};

/** Reads to the end, and does not trust the size that was reported: files grow, and those of /proc report none. */
async function readAtMost(handle: Awaited<ReturnType<typeof open>>, maxBytes: number): Promise<Uint8Array> {
  const { size } = await handle.stat();
  let bytes = new Uint8Array(Math.min(size, maxBytes) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(length * 2, maxBytes + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

function toStatus(stats: { isFile(): boolean; isDirectory(): boolean; size: number }): FileStatus {
  return { kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other", size: stats.size };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

async function runtimeCertificates(list: "system" | "bundled"): Promise<RuntimeCertificates | undefined> {
  // Loaded when needed: node:tls is a large module, and a system store makes it unnecessary.
  const tls: { getCACertificates?: (list: "system" | "bundled") => string[]; rootCertificates?: readonly string[] } =
    await import("node:tls");
  if (typeof tls.getCACertificates === "function") {
    return { name: `tls.getCACertificates("${list}")`, pem: tls.getCACertificates(list) };
  }
  if (list === "bundled" && tls.rootCertificates !== undefined) {
    return { name: "tls.rootCertificates", pem: tls.rootCertificates };
  }
  return undefined;
}

function repeat(milliseconds: number, callback: () => void): () => void {
  const timer = setInterval(callback, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
