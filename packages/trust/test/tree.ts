/** File trees for tests: a directory that stands for `/`, read through the real file system. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TrustFileSystem } from "../src/index.ts";
import { nodePlatform } from "../src/platform/node-platform.ts";

/** A file's text, or where a symbolic link leads (relative to the link). */
export type TreeEntry = string | { readonly link: string } | { readonly directory: true };

/** One tree; removed when disposed. */
export class Tree implements AsyncDisposable {
  readonly root: string;
  readonly fileSystem: TrustFileSystem;
  /** Every path that was asked for, in order. */
  readonly asked: string[] = [];

  constructor(root: string) {
    this.root = root;
    const real = nodePlatform().fileSystem;
    const at = (path: string) => {
      this.asked.push(path);
      return join(root, path);
    };
    this.fileSystem = {
      status: (path) => real.status(at(path)),
      readFile: (path, maxBytes) => real.readFile(at(path), maxBytes),
      readDirectory: (path, maxNames) => real.readDirectory(at(path), maxNames),
    };
  }

  static async make(entries: Readonly<Record<string, TreeEntry>>): Promise<Tree> {
    const root = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
    for (const [path, entry] of Object.entries(entries)) {
      const place = join(root, path);
      await mkdir(dirname(place), { recursive: true });
      if (typeof entry === "string") await writeFile(place, entry);
      else if ("link" in entry) await symlink(entry.link, place);
      else await mkdir(place, { recursive: true });
    }
    return new Tree(root);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
