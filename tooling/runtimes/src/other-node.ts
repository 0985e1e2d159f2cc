// Nodes besides the repository's own. They are heavy (some 190 MB each), so no ordinary install brings them: the first
// command that needs one installs them from npm, by a lockfile of their own.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * The path of the Node of that major version: the one that `TLSKIT_NODE_22` (or another number) names, else ours.
 *
 * @throws if there is none for this platform
 */
export async function otherNode(major: string): Promise<string> {
  const given = process.env[`TLSKIT_NODE_${major}`];
  if (given !== undefined) return given;
  const path = join(folder, `node_modules/node-${major}-${process.platform}-${process.arch}/bin/node`);
  if (!existsSync(path)) await install();
  if (existsSync(path)) return path;
  const platform = `${process.platform} ${process.arch}`;
  throw new Error(`There is no Node ${major} for ${platform} here: set TLSKIT_NODE_${major} to the path of one.`);
}

async function install(): Promise<void> {
  process.stderr.write("installing the other Nodes …\n");
  const args = ["ci", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts"];
  await promisify(execFile)("npm", args, { cwd: folder });
}

const folder = fileURLToPath(new URL("../nodes/", import.meta.url));
