// A runtime that takes orders.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { IdentitiesJson } from "../lab/identities.ts";
import type { Runtime } from "../peers/runtimes.ts";

/** What a peer answers. */
export interface Answer {
  readonly code?: string;
  readonly message?: string;
  readonly port?: number;
  readonly version?: string;
  readonly negotiated?: { readonly version: string; readonly alpn?: string };
}

const program = fileURLToPath(new URL("./peer.ts", import.meta.url));
/** Turns a hang into an answer. */
const patienceMs = 60_000;

/** See the head of this file. One order at a time. */
export class PeerProcess {
  readonly runtime: Runtime;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(runtime: Runtime) {
    this.runtime = runtime;
    const env = { ...process.env, NODE_NO_WARNINGS: "1", NO_COLOR: "1" };
    const child = spawn(runtime.program, [...runtime.args, program], { env, stdio: ["pipe", "pipe", "ignore"] });
    child.stdin.on("error", () => {});
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Sends the certificates; its version comes back. */
  start(identities: IdentitiesJson): Promise<Answer> {
    return this.order({ order: "identities", identities });
  }

  /** Never rejects: who does not answer has the code NO_ANSWER. */
  async order(order: object): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    const { promise: late, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => resolve({ code: "NO_ANSWER" }), patienceMs);
    const answer = this.#answers
      .next()
      .then(({ value, done }) => (done ? { code: "NO_ANSWER" } : (JSON.parse(String(value)) as Answer)));
    const first = await Promise.race([answer, late]);
    clearTimeout(timer);
    return first;
  }

  end(): void {
    this.#child.kill();
  }
}
