import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The path of a UNIX socket, in a folder of its own. */
export async function withSocketPath(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-"));
  try {
    await use(join(folder, "socket"));
  } finally {
    await rm(folder, { recursive: true });
  }
}
