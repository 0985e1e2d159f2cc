// A child process on a runtime that takes orders: a JSON document a line, each answered by one with the same id. What it
// says without having been asked has no id.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { cleanEnvironment } from "@tlskit/cases";
import { commandOf, type RuntimeName } from "./runtime.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** An answer to an order; `failed` says why there is no other. */
export interface Answer {
  readonly id: number;
  readonly failed?: string;
}

/** How the child is started. */
export interface ConversationSettings {
  /** More flags for the runtime. */
  readonly flags?: readonly string[];
  /** How many files it may have open. */
  readonly maxFiles?: number;
  /** Its life is over when it dies: further orders fail with how it ended. */
  readonly mortal?: boolean;
  /** Told of what it says without having been asked. */
  readonly onNews?: (news: object) => void;
}

/** Talks to a child that is started with the first order, and, unless it is mortal, again after it has died. */
export class Conversation {
  readonly #runtime: RuntimeName;
  readonly #script: string;
  readonly #settings: ConversationSettings;
  #child: Promise<Child> | undefined;
  #last = 0;
  #complaints = "";
  #death: string | undefined;
  readonly #asked = new Map<number, (answer: Answer) => void>();

  constructor(runtime: RuntimeName, script: string, settings: ConversationSettings = {}) {
    this.#runtime = runtime;
    this.#script = script;
    this.#settings = settings;
  }

  /** The id that the next order will have. */
  get nextId(): number {
    return this.#last + 1;
  }

  /** Gives an order. @throws if the child says that it failed, or dies */
  async ask<T extends object>(order: object): Promise<T> {
    const id = ++this.#last;
    if (this.#death !== undefined && this.#settings.mortal === true) throw new Error(this.#death);
    this.#child ??= this.#spawn();
    const child = await this.#child;
    const answer = await new Promise<Answer>((resolve) => {
      this.#asked.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ ...order, id })}\n`);
    });
    if (answer.failed !== undefined) throw new Error(answer.failed);
    return answer as unknown as T;
  }

  /** Ends the process; one that does not go by itself is killed, and that is an error. */
  async stop(): Promise<void> {
    const child = await this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.stdin.end();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    await once(child, "close");
    clearTimeout(timer);
    if (child.signalCode === "SIGKILL") throw new Error(`${this.#runtime} did not end: ${this.#complaints}`);
  }

  async #spawn(): Promise<Child> {
    const [command, ...flags] = await commandOf(this.#runtime, { packages: "sources" });
    const line = [command, ...flags, ...(this.#settings.flags ?? []), this.#script];
    const { maxFiles } = this.#settings;
    const limited = maxFiles === undefined ? line : ["sh", "-c", `ulimit -n ${maxFiles}; exec "$@"`, "sh", ...line];
    const [program = "", ...args] = limited;
    const child = spawn(program, args, { env: cleanEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => {}); // Its end is reported below.
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = `${this.#complaints}${text}`.slice(-1000);
    });
    createInterface({ input: child.stdout }).on("line", (text) => this.#hear(JSON.parse(text)));
    child.once("close", (code, signal) => this.#died(`${this.#runtime} ended: ${signal ?? code} ${this.#complaints}`));
    return child;
  }

  #hear(said: Partial<Answer>): void {
    if (said.id === undefined) {
      this.#settings.onNews?.(said);
      return;
    }
    this.#asked.get(said.id)?.({ ...said, id: said.id });
    this.#asked.delete(said.id);
  }

  #died(failed: string): void {
    this.#child = undefined;
    this.#death = failed;
    for (const [id, resolve] of this.#asked) resolve({ id, failed });
    this.#asked.clear();
  }
}

/** How long a child may take to end, on a machine that has much else to do. */
const patienceMs = 60_000;
