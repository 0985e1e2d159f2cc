// A server from a package, started for the occasion, and gone afterwards.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTcp, createServer } from "node:net";
import { cleanEnvironment } from "@tlskit/cases";

/** Somebody's server that answers. */
export interface Daemon {
  readonly port: number;
  stop(): Promise<void>;
}

/** How it is started. */
export interface DaemonSettings {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  /** As whom. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts it, and waits until its port answers. @throws with what it complained of if it ends first */
export async function startDaemon({ command, args, port, uid, gid }: DaemonSettings): Promise<Daemon> {
  const who = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
  const child = spawn(command, args, { env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"], ...who });
  let complaints = "";
  const keep = (text: Buffer): void => {
    complaints = `${complaints}${text}`.slice(-2000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "exit").catch((error: unknown) => keep(Buffer.from(String(error))));
  while (!(await answers(port))) {
    if (isGone(child)) throw new Error(`${command} ended: ${complaints.trim()}`);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return { port, stop };
}

/** A port of 127.0.0.1 that nobody had a moment ago: these servers cannot be told to take any. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function isGone({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}

async function answers(port: number): Promise<boolean> {
  const socket = connectTcp(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
