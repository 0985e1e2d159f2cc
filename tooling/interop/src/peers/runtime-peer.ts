// tlskit on one runtime: a child process that lives as long as the matrix.

import { fileURLToPath } from "node:url";
import { Conversation, type RuntimeName } from "@tlskit/runtimes";
import type { Answers, News, Order } from "../child/protocol.ts";
import type { ClientPeer, ClientSetup, RunningServer, ServerPeer, ServerSetup, Sight } from "../peer.ts";
import { Sights } from "../sights.ts";

/** Serves and connects on a runtime. */
export class RuntimePeer implements ServerPeer, ClientPeer {
  readonly name: string;
  readonly #conversation: Conversation;
  readonly #servers = new Map<number, Sights>();

  constructor(name: string, runtime: RuntimeName) {
    this.name = name;
    const onNews = (news: object): void => this.#hear(news as News);
    this.#conversation = new Conversation(runtime, script, { onNews });
  }

  async start(setup: ServerSetup): Promise<RunningServer> {
    const sights = new Sights();
    const server = this.#conversation.nextId;
    this.#servers.set(server, sights);
    const { port } = await this.#ask("serve", { setup });
    const close = async (): Promise<void> => {
      await this.#ask("close", { server });
      this.#servers.delete(server);
    };
    return { port, sight: () => sights.next(), close };
  }

  async connect(setup: ClientSetup): Promise<Sight> {
    return (await this.#ask("connect", { setup })).sight;
  }

  /** Ends the process. */
  stop(): Promise<void> {
    return this.#conversation.stop();
  }

  #ask<K extends Order["do"]>(what: K, more: object): Promise<Answers[K]> {
    return this.#conversation.ask({ do: what, ...more });
  }

  #hear({ server, sight }: News): void {
    this.#servers.get(server)?.push(sight);
  }
}

const script = fileURLToPath(new URL("../child/main.ts", import.meta.url));
