// What a tool writes: words for people first, then data, on the same stream.

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Reads standard output in two ways, and keeps standard error. */
export class OutputReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #kept: Buffer = Buffer.alloc(0);
  #preface = "";
  #complaints = "";
  readonly #complained: Promise<void>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    const { stdout, stderr } = child;
    this.#child = child;
    if (stdout === null || stderr === null) throw new Error("a child without pipes");
    this.#chunks = stdout[Symbol.asyncIterator]();
    stderr.setEncoding("latin1").on("data", (text: string) => {
      this.#complaints += text;
    });
    this.#complained = new Promise((resolve) => {
      stderr.once("close", () => resolve());
    });
  }

  /** Skips to the end of what matches; undefined if the output ends before it. Then standard error is complete, too. */
  async until(pattern: RegExp): Promise<RegExpExecArray | undefined> {
    for (;;) {
      const text = this.#kept.toString("latin1");
      const found = pattern.exec(text);
      if (found !== null) {
        const end = found.index + found[0].length;
        this.#preface += text.slice(0, end);
        this.#kept = this.#kept.subarray(end);
        return found;
      }
      const { value, done } = await this.#chunks.next();
      if (done === true) {
        this.#preface += text;
        await this.#complained;
        return undefined;
      }
      this.#kept = Buffer.concat([this.#kept, value]);
    }
  }

  /** The next bytes after what was skipped; null at the end. */
  async read(): Promise<Uint8Array | null> {
    const kept = this.#kept;
    this.#kept = Buffer.alloc(0);
    if (kept.byteLength > 0) return kept;
    const { value, done } = await this.#chunks.next();
    return done === true ? null : value;
  }

  /** Kills the child and waits until it is gone. What it wrote and nobody read would keep its streams open. */
  async kill(): Promise<void> {
    const { stdout, exitCode, signalCode } = this.#child;
    const isGone = exitCode !== null || signalCode !== null;
    this.#child.kill("SIGKILL");
    stdout?.destroy();
    if (!isGone) await once(this.#child, "exit");
  }

  /** Everything that was skipped. */
  get preface(): string {
    return this.#preface;
  }

  /** Standard error so far. */
  get complaints(): string {
    return this.#complaints;
  }
}
