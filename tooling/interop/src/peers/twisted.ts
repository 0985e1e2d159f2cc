// Real Twisted, both sides: Debian's packages python3-twisted, python3-openssl and python3-service-identity.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "@tlskit/cases";
import type { ClientPeer, ClientSetup, RunningServer, ServerPeer, ServerSetup, Sight } from "../peer.ts";
import { Sights } from "../sights.ts";

/** A server and a client. */
export const twisted: ServerPeer & ClientPeer = { name: "twisted", start, connect };

interface Said {
  readonly port?: number;
  readonly sight?: Sight;
}

async function start(setup: ServerSetup): Promise<RunningServer> {
  const sights = new Sights();
  const peer = run("server", setup, ({ sight }) => sight !== undefined && sights.push(sight));
  const port = await peer.port;
  const close = async (): Promise<void> => {
    peer.kill();
    await peer.ended;
  };
  return { port, sight: () => sights.next(), close };
}

async function connect(setup: ClientSetup): Promise<Sight> {
  let seen: Sight | undefined;
  const peer = run("client", setup, ({ sight }) => {
    seen = sight;
  });
  peer.port.catch(() => {});
  const complaints = await peer.ended;
  if (seen === undefined) throw new Error(complaints);
  return seen.refused === undefined ? seen : { refused: shortened(seen.refused) };
}

function run(role: "server" | "client", setup: object, hear: (said: Said) => unknown) {
  // Debian's own Python: the packages are for it.
  const args = [script, role, JSON.stringify(setup)];
  const child = spawn("/usr/bin/python3", args, { env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = `${complaints}${text}`.slice(-1000);
  });
  const ended = once(child, "close").then(() => complaints);
  const port = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = JSON.parse(line) as Said;
      if (said.port !== undefined) resolve(said.port);
      hear(said);
    });
    ended.then((text) => reject(new Error(text)), reject);
  });
  return { port, ended, kill: () => child.kill("SIGKILL") };
}

/** OpenSSL's queue of errors as Python shows it: the reason is the last word of the last entry. */
function shortened(reason: string): string {
  const words = [...reason.matchAll(/'([^']*)'\)/g)].at(-1)?.[1];
  return words === undefined || !reason.startsWith("[(") ? reason : words;
}

const script = fileURLToPath(new URL("./twisted_peer.py", import.meta.url));
