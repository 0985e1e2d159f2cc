// Real Twisted as the other side: scripts kept beside the repository, run by a Python that has Twisted.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { hasShared, sharedPath } from "@tlskit/cases";

const python = ["/usr/bin/python3", "python3"].find(
  (name) => spawnSync(name, ["-c", "import twisted, OpenSSL, service_identity"]).status === 0,
);

/** Whether Twisted can be a peer here. Absent: its tests are skipped, unless they are required. */
export const hasTwisted: boolean =
  hasShared("twisted/tw_server.py") && (python !== undefined || process.env.TLSKIT_REQUIRE_SHARED === "1");

/** What a script prints: one object per line. */
export type TwistedEvent = Readonly<Record<string, unknown>>;

/** A running script. */
export interface TwistedPeer {
  readonly events: readonly TwistedEvent[];
  /** The first event of this kind, now or later; rejects if the script ends without. */
  event(kind: string): Promise<TwistedEvent>;
  stop(): Promise<void>;
}

/** Starts Twisted's echo server; resolves when it listens. */
export async function twistedServer(...args: readonly string[]): Promise<TwistedPeer & { readonly port: number }> {
  const peer = start("tw_server.py", args);
  const { port } = await peer.event("listening");
  return { ...peer, port: Number(port) };
}

/** Runs Twisted's client against a port; resolves to what it says of the connection. */
export async function twistedClient(port: number, ...args: readonly string[]): Promise<TwistedEvent> {
  const peer = start("tw_client.py", ["--port", String(port), ...args]);
  await peer.ended;
  const said = peer.events.at(-1);
  if (said === undefined) throw new Error("the Twisted client has said nothing");
  return said;
}

function start(script: string, args: readonly string[]): TwistedPeer & { readonly ended: Promise<void> } {
  const child: ChildProcess = spawn(python ?? "python3", [sharedPath(`twisted/${script}`), ...args]);
  const events: TwistedEvent[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const listeners = new Set<() => void>();
  let text = "";
  let trouble = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines.filter((each) => each.startsWith("{"))) events.push(JSON.parse(line) as TwistedEvent);
    for (const listener of listeners) listener();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    trouble += chunk.toString();
  });
  let over = false;
  // Not at its exit: what it has said may still be on the way.
  child.on("close", () => {
    over = true;
    resolve();
    for (const listener of listeners) listener();
  });
  const event = (kind: string): Promise<TwistedEvent> =>
    new Promise((found, failed) => {
      const look = (): void => {
        const one = events.find((each) => each.event === kind);
        if (one === undefined && !over) return;
        listeners.delete(look);
        if (one === undefined)
          failed(new Error(`${script} has ended without ${kind}: ${JSON.stringify(events)} ${trouble}`));
        else found(one);
      };
      listeners.add(look);
      look();
    });
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { events, event, stop, ended };
}
