// PostgreSQL, from Debian's package, as its own user: it refuses to run as root.

import { execFile } from "node:child_process";
import { chmod, chown, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { cleanEnvironment } from "@tlskit/cases";
import type { IdentityPaths } from "../peer.ts";
import { type Daemon, freePort, startDaemon } from "./daemon.ts";

/** The database's user, whom a client certificate must name. */
export const postgresUser = "tlskit";

/** Databases: one for everyone who comes by TLS, one for those who show a certificate. */
export const databases = { open: "postgres", certificate: "template1" } as const;

/** Makes a cluster in the folder and starts it. */
export async function startPostgresql(folder: string, identity: IdentityPaths, clientCa: string): Promise<Daemon> {
  const bin = await newestVersion();
  const who = await serverUser();
  const data = join(folder, "postgresql");
  await mkdir(data, { mode: 0o700 });
  const own = async (name: string, mode: number): Promise<string> => {
    const path = join(data, name);
    await chmod(path, mode);
    if (who !== undefined) await chown(path, who.uid, who.gid);
    return path;
  };
  if (who !== undefined) await chown(data, who.uid, who.gid);
  const made = { env: cleanEnvironment(), cwd: "/", ...who };
  const initdb = ["-D", data, "-U", postgresUser, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  await promisify(execFile)(join(bin, "initdb"), initdb, made);
  await copyFile(identity.fullChain, join(data, "server.crt"));
  await copyFile(identity.key, join(data, "server.key"));
  await writeFile(join(data, "root.crt"), await readFile(clientCa));
  await writeFile(join(data, "pg_hba.conf"), rules);
  await own("server.crt", 0o644);
  await own("server.key", 0o600);
  await own("root.crt", 0o644);
  await own("pg_hba.conf", 0o600);
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${data}`, "fsync=off"];
  settings.push("ssl=on", "ssl_cert_file=server.crt", "ssl_key_file=server.key", "ssl_ca_file=root.crt");
  const args = ["-D", data, ...settings.flatMap((one) => ["-c", one])];
  return startDaemon({ command: join(bin, "postgres"), args, port, ...who });
}

/** Whoever comes without TLS is not let in at all. */
const rules = `hostssl ${databases.open} all 127.0.0.1/32 trust
hostssl ${databases.certificate} all 127.0.0.1/32 cert
`;

async function newestVersion(): Promise<string> {
  const versions = await readdir(programs).catch(() => []);
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  if (newest === undefined) throw new Error("Debian's package postgresql is not installed");
  return join(programs, newest, "bin");
}

/** Root must become another; everyone else is one already. */
async function serverUser(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> =>
    Number((await promisify(execFile)("id", [flag, "postgres"])).stdout.trim());
  return { uid: await id("-u"), gid: await id("-g") };
}

const programs = "/usr/lib/postgresql";
