// tlskit on one runtime: a child process that lives as long as the matrix.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "@tlskit/cases";
import { commandOf, type RuntimeName } from "@tlskit/runtimes";
import type { Order, Report } from "../child/protocol.ts";
import type { ClientPeer, ClientSetup, RunningServer, ServerPeer, ServerSetup, Sight } from "../peer.ts";
import { Sights } from "../sights.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
type Wish = { readonly [Kind in Order["do"]]: Omit<Extract<Order, { do: Kind }>, "id"> }[Order["do"]];

/** Serves and connects on a runtime. */
export class RuntimePeer implements ServerPeer, ClientPeer {
  readonly name: string;
  readonly #runtime: RuntimeName;
  #child: Promise<Child> | undefined;
  #last = 0;
  #complaints = "";
  readonly #asked = new Map<number, (report: Report) => void>();
  readonly #servers = new Map<number, Sights>();

  constructor(name: string, runtime: RuntimeName) {
    this.name = name;
    this.#runtime = runtime;
  }

  async start(setup: ServerSetup): Promise<RunningServer> {
    const sights = new Sights();
    const id = this.#last + 1;
    this.#servers.set(id, sights);
    const report = await this.#ask({ do: "serve", setup });
    if (!("port" in report)) throw new Error("failed" in report ? report.failed : "no port");
    const close = async (): Promise<void> => {
      await this.#ask({ do: "close", server: id });
      this.#servers.delete(id);
    };
    return { port: report.port, sight: () => sights.next(), close };
  }

  async connect(setup: ClientSetup): Promise<Sight> {
    const report = await this.#ask({ do: "connect", setup });
    if (!("sight" in report)) throw new Error("failed" in report ? report.failed : "no answer");
    return report.sight;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const child = await this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }

  async #ask(wish: Wish): Promise<Report> {
    const id = ++this.#last;
    this.#child ??= this.#spawn();
    const child = await this.#child;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ ...wish, id })}\n`);
    });
  }

  async #spawn(): Promise<Child> {
    const [command, ...flags] = await commandOf(this.#runtime, { packages: "sources" });
    const child = spawn(command, [...flags, script], { env: cleanEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => {}); // Its end is reported below.
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = `${this.#complaints}${text}`.slice(-1000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => this.#hear(JSON.parse(line) as Report));
    child.once("close", (code, signal) => this.#died(`${this.name} ended: ${signal ?? code} ${this.#complaints}`));
    return child;
  }

  #hear(report: Report): void {
    if ("server" in report) {
      this.#servers.get(report.server)?.push(report.sight);
      return;
    }
    this.#asked.get(report.id)?.(report);
    this.#asked.delete(report.id);
  }

  /** Whoever waits is told; the next order gets another process. */
  #died(failed: string): void {
    this.#child = undefined;
    for (const [id, resolve] of this.#asked) resolve({ id, failed });
    this.#asked.clear();
  }
}

const script = fileURLToPath(new URL("../child/main.ts", import.meta.url));
