// The process that is worn out.

import { fileURLToPath } from "node:url";
import { Conversation, type RuntimeName } from "@tlskit/runtimes";
import type { Answers, Order, ServeSettings, Stats, VisitSettings } from "./child/protocol.ts";

/** A runtime with servers and clients of ours in it. */
export class Subject {
  readonly #conversation: Conversation;

  constructor(runtime: RuntimeName, settings: { readonly maxFiles?: number } = {}) {
    const flags = runtime === "bun" ? [] : [runtime === "deno" ? "--v8-flags=--expose-gc" : "--expose-gc"];
    this.#conversation = new Conversation(runtime, script, { ...settings, flags, mortal: true });
  }

  serve(settings: ServeSettings): Promise<Answers["serve"]> {
    return this.#ask("serve", { settings });
  }

  visit(settings: VisitSettings): Promise<Answers["visit"]> {
    return this.#ask("visit", { settings });
  }

  stats(): Promise<Stats> {
    return this.#ask("stats", {});
  }

  /** Waits until all connections of its server are over. */
  async settled(limitMs: number = 60_000): Promise<Stats> {
    const end = Date.now() + limitMs;
    for (;;) {
      const stats = await this.stats();
      if (stats.open === 0) return stats;
      if (Date.now() > end) throw new Error(`${stats.open} connections are not over`);
    }
  }

  stop(): Promise<void> {
    return this.#conversation.stop();
  }

  #ask<K extends Order["do"]>(what: K, more: object): Promise<Answers[K]> {
    return this.#conversation.ask({ do: what, ...more });
  }
}

const script = fileURLToPath(new URL("./child/main.ts", import.meta.url));
