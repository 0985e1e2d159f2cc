/** Writes files through node:fs. */
import { randomUUID } from "node:crypto";
import { link, mkdir, open, unlink } from "node:fs/promises";
import type { TrustFileWriter } from "./trust-platform.ts";

/** The writer of every runtime that has `node:fs`. */
export const nodeFileWriter: TrustFileWriter = {
  async create(directory, path, contents) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const temporary = `${directory}/.${randomUUID()}.tmp`;
    const handle = await open(temporary, "wx", 0o600);
    try {
      try {
        await handle.writeFile(contents);
        await handle.sync();
      } finally {
        await handle.close();
      }
      // Unlike rename, link refuses to replace what is there.
      await link(temporary, path);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      await unlink(temporary);
    }
  },

  async remove(path) {
    try {
      await unlink(path);
      return true;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    }
  },
};

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
