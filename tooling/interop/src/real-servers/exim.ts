// Exim, from Debian's package: a light mail server that can insist on a client certificate; its TLS is GnuTLS.

import { execFile } from "node:child_process";
import { chmod, chown, copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import type { IdentityPaths } from "../peer.ts";
import { type Daemon, freePort, startDaemon } from "./daemon.ts";

/** A mail server; on a second port it wants a client certificate. */
export interface MailServer extends Daemon {
  readonly portForCertificates: number;
}

/** Starts it. It must be root, and becomes its own user. */
export async function startExim(folder: string, identity: IdentityPaths, clientCa: string): Promise<MailServer> {
  if (process.getuid?.() !== 0) throw new Error("Exim takes a configuration of ours only from root");
  const [port, portForCertificates] = [await freePort(), await freePort()];
  const home = join(folder, "exim");
  await mkdir(join(home, "spool"), { recursive: true });
  const key = join(home, "key.pem");
  await copyFile(identity.key, key);
  await chmod(key, 0o600);
  const file = join(home, "exim.conf");
  const lines = [
    `spool_directory = ${home}/spool`,
    "log_file_path = syslog", // Into a file, it would write of its end when its folder is gone.
    `pid_file_path = ${home}/exim.pid`,
    "primary_hostname = localhost",
    `local_interfaces = <; 127.0.0.1.${port} ; 127.0.0.1.${portForCertificates}`,
    "tls_advertise_hosts = *",
    `tls_certificate = ${identity.fullChain}`,
    `tls_privatekey = ${key}`,
    `tls_verify_certificates = ${clientCa}`,
    `tls_verify_hosts = \${if eq{$received_port}{${portForCertificates}}{*}{}}`,
    "host_lookup =",
    "rfc1413_query_timeout = 0s",
    "keep_environment =",
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  const uid = await idOf("-u");
  const gid = await idOf("-g");
  for (const path of [home, join(home, "spool"), key]) await chown(path, uid, gid);
  const daemon = await startDaemon({ command: "/usr/sbin/exim4", args: ["-bdf", "-C", file], port });
  return { ...daemon, portForCertificates };
}

async function idOf(flag: string): Promise<number> {
  return Number((await promisify(execFile)("id", [flag, "Debian-exim"])).stdout.trim());
}
