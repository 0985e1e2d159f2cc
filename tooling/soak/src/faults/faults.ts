// What peers and the system do to a listener, too much of it for a conformance case: the listener lives, memory is
// bounded, and every promise settles.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { type CaseResult, runCase } from "@tlskit/cases";
import type { RuntimeName } from "@tlskit/runtimes";
import type { Answers, ServeSettings } from "../child/protocol.ts";
import { Subject } from "../subject.ts";
import { crowd, disperse } from "./crowd.ts";
import { after, type Damage, startProxy, trickle } from "./proxy.ts";

/** Both sides, a process each. */
interface Pair {
  readonly server: Subject;
  readonly client: Subject;
}

/** The faults that are named, or all. @throws for a name that is none */
export function faultsOf(names: readonly string[] | undefined): readonly Fault[] {
  const unknown = names?.find((given) => all.every(({ name }) => name !== given));
  if (unknown !== undefined)
    throw new Error(`There is no fault "${unknown}": ${all.map(({ name }) => name).join(", ")}.`);
  return all.filter(({ name }) => names?.includes(name) ?? true);
}

/** Some of them, on one runtime. */
export async function faults(
  runtime: RuntimeName,
  progress: (text: string) => void,
  some: readonly Fault[],
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { name, run, serverFiles, clientFiles, ...fault } of some) {
    if (runtime === "deno" && fault.panicsDeno === true) continue;
    const expected = (runtime === "bun" ? fault.expectedOnBun : undefined) ?? fault.expected;
    const pair = {
      server: new Subject(runtime, serverFiles === undefined ? {} : { maxFiles: serverFiles }),
      client: new Subject(runtime, clientFiles === undefined ? {} : { maxFiles: clientFiles }),
    };
    const notes: string[] = [];
    try {
      const result = await runCase(`${runtime}/${name}`, expected, () => run(pair, (note) => notes.push(note)));
      results.push({ ...result, reason: result.reason || notes.join(", ") });
    } finally {
      await Promise.all([pair.server.stop(), pair.client.stop()]);
    }
    progress(`${runtime}: ${name}`);
  }
  return results;
}

/** What is done to whom, and what is to become of it. */
export interface Fault {
  readonly name: string;
  readonly expected: string;
  readonly expectedOnBun?: string;
  /** Deno itself ends ("Deno has panicked. This is a bug in Deno"): nothing is left to be asked. */
  readonly panicsDeno?: true;
  /** How many files the server may open. */
  readonly serverFiles?: number;
  readonly clientFiles?: number;
  readonly run: (pair: Pair, note: (text: string) => void) => Promise<string>;
}

/** A damaged conversation of 1 MiB each way; tells what became of the client, and whether the server's side is over. */
async function damaged(pair: Pair, back: Damage, forth?: Damage, bytes: number = 1024 ** 2): Promise<string> {
  const { port, caPem } = await pair.server.serve({ mode: "echo" });
  const proxy = await startProxy(port, back, forth);
  try {
    const visit = { port: proxy.port, caPem, connections: 1, atOnce: 1, bytes, hangMs: 60_000 };
    const { outcomes } = await pair.client.visit(visit);
    await pair.server.settled();
    return `${Object.keys(outcomes).join()}; ${await stillServes(pair, { port, caPem })}`;
  } finally {
    proxy.close();
  }
}

async function stillServes(pair: Pair, server: Answers["serve"]): Promise<string> {
  const { outcomes } = await pair.client.visit({ ...server, connections: 3, atOnce: 1, bytes: 1000 });
  return outcomes.done === 3 ? "still serves" : `no longer serves: ${JSON.stringify(outcomes)}`;
}

/** Serves a crowd of bad peers, and good ones between them. */
async function crowded(
  pair: Pair,
  note: (text: string) => void,
  settings: Omit<ServeSettings, "mode">,
  size: number,
  say: (index: number) => Uint8Array | undefined,
): Promise<string> {
  const server = await pair.server.serve({ mode: "echo", ...settings });
  const before = await pair.server.stats();
  const sockets = await crowd(server.port, size, say);
  try {
    const during = await stillServes(pair, server);
    const { rss } = await pair.server.stats();
    const more = Math.round((rss - before.rss) / 1024 ** 2);
    note(`${size} peers, ${more} MiB more, ${Math.round((rss - before.rss) / 1024 / size)} KiB each`);
    const reports = await reported(pair.server, size);
    const bounded = more <= 256 ? "memory bounded" : `${more} MiB more`;
    return `${during}; ${reports === size ? "all reported" : `${reports} of ${size} reported`}; ${bounded}`;
  } finally {
    disperse(sockets);
  }
}

async function reported(server: Subject, wanted: number): Promise<number> {
  const end = Date.now() + 60_000;
  for (;;) {
    const { errors } = await server.stats();
    const total = Object.values(errors).reduce((a, b) => a + b, 0);
    if (total >= wanted || Date.now() > end) return total;
  }
}

/** Peers that push as much as they can at servers that do not read. */
async function pushed(pair: Pair, note: (text: string) => void): Promise<string> {
  const { port, caPem } = await pair.server.serve({ mode: "mute" });
  const before = await pair.server.stats();
  const block = Buffer.alloc(64 * 1024 ** 2);
  const sockets = Array.from({ length: 10 }, () =>
    connectTls({ port, host: "127.0.0.1", servername: "localhost", ca: caPem }),
  );
  try {
    await Promise.all(sockets.map((socket) => once(socket, "secureConnect")));
    for (const socket of sockets) socket.on("error", () => {}).write(block);
    // Long enough for 640 MiB on any machine; nothing more passes in it, or it is not bounded.
    let last = -1;
    for (let now = 0; now !== last; ) {
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      now = (await pair.server.stats()).rss;
      if (Math.abs(now - last) < 1024 ** 2) break;
    }
    const more = Math.round(((await pair.server.stats()).rss - before.rss) / 1024 ** 2);
    note(`10 peers with 64 MiB each, ${more} MiB more`);
    return more <= 160 ? "memory bounded" : `${more} MiB more`;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** Handshakes that are good, and then a reset, again and again. */
async function resets(pair: Pair): Promise<string> {
  const server = await pair.server.serve({ mode: "echo" });
  for (let round = 0; round < 30; round++) {
    const raw = Array.from({ length: 10 }, () => connectTcp(server.port, "127.0.0.1"));
    const secure = raw.map((socket) => connectTls({ socket, servername: "localhost", ca: server.caPem }));
    await Promise.all(secure.map((socket) => once(socket, "secureConnect")));
    for (const socket of [...raw, ...secure]) socket.on("error", () => {});
    // Only the socket below: it takes the other with it.
    for (const socket of raw) socket.resetAndDestroy();
  }
  await pair.server.settled();
  return stillServes(pair, server);
}

/** More peers than the server may open files for. */
async function serverOutOfFiles(pair: Pair, note: (text: string) => void): Promise<string> {
  const server = await pair.server.serve({ mode: "echo", handshakeTimeoutMs: 60_000 });
  const sockets = await crowd(server.port, 400);
  // Once it answers, it has met them all, whatever it says: it may have no file left to look at itself.
  await pair.server.stats().catch(() => {});
  const isClosed = await soon(() => sockets.some(({ closed }) => closed));
  disperse(sockets);
  const served = await stillServes(pair, server);
  note(JSON.stringify((await pair.server.stats()).errors));
  return `${isClosed ? "who finds no room is closed" : "all wait for room"}; ${served}`;
}

/** More connections than the client may open files for. */
async function clientOutOfFiles(pair: Pair, note: (text: string) => void): Promise<string> {
  const server = await pair.server.serve({ mode: "echo" });
  const { outcomes } = await pair.client.visit({ ...server, connections: 400, atOnce: 400, bytes: 1000 });
  note(JSON.stringify(outcomes));
  const total = Object.values(outcomes).reduce((a, b) => a + b, 0);
  const refused = Object.keys(outcomes).filter((name) => name !== "done");
  return `${total} settled, ${refused.join() || "none refused"}; ${await stillServes(pair, server)}`;
}

/** Whether it becomes true in a while, in which this process looks at its sockets again and again. */
async function soon(holds: () => boolean): Promise<boolean> {
  for (let round = 0; round < 150 && !holds(); round++) await new Promise((resolve) => setTimeout(resolve, 20));
  return holds();
}

// A record header that promises a ClientHello of 512 bytes, and its beginning.
const halfHello = Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3);
// Longer than RFC 8446, section 5.2, allows.
const oversized = Buffer.from([23, 3, 3, 0xff, 0xff, ...new Uint8Array(64)]);
// A handshake is about 2 KiB: the damage falls on the data.
const midway = 100_000;

const all: readonly Fault[] = [
  {
    name: "byte-at-a-time",
    expected: "done; still serves",
    run: (pair) => damaged(pair, trickle, trickle, 2000),
  },
  {
    name: "tampered-record",
    expected: "PROTOCOL_ERROR; still serves",
    run: (pair) =>
      damaged(
        pair,
        after(midway, (rest, to) => to.write(rest.map((byte) => byte ^ 1))),
      ),
  },
  {
    name: "oversized-record",
    expected: "PROTOCOL_ERROR; still serves",
    run: (pair) =>
      damaged(
        pair,
        after(midway, (rest, to) => to.write(Buffer.concat([oversized, rest]))),
      ),
  },
  {
    name: "reset-midway",
    expected: "CONNECTION_RESET; still serves",
    run: (pair) =>
      damaged(
        pair,
        after(midway, (_, to) => to.resetAndDestroy()),
      ),
  },
  {
    name: "half-open",
    expected: "still serves; all reported; memory bounded",
    run: (pair, note) =>
      crowded(pair, note, { handshakeTimeoutMs: 8000 }, 2000, (index) => (index % 2 === 0 ? halfHello : undefined)),
  },
  {
    name: "garbage",
    expected: "still serves; all reported; memory bounded",
    run: (pair, note) => crowded(pair, note, {}, 500, () => Uint8Array.of(0x80, ...randomBytes(500))),
  },
  { name: "slow-readers", expected: "memory bounded", run: pushed },
  { name: "resets", expected: "still serves", run: resets },
  {
    name: "server-out-of-files",
    expected: "who finds no room is closed; still serves",
    // Bun leaves them in the system's queue, and serves them as soon as it can.
    expectedOnBun: "all wait for room; still serves",
    serverFiles: 128,
    panicsDeno: true,
    run: serverOutOfFiles,
  },
  {
    name: "client-out-of-files",
    expected: "400 settled, TOO_MANY_FILES; still serves",
    // Bun itself says ECONNREFUSED where the system says EMFILE.
    expectedOnBun: "400 settled, CONNECTION_REFUSED; still serves",
    clientFiles: 128,
    panicsDeno: true,
    run: clientOutOfFiles,
  },
];
