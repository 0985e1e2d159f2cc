// Every case through the real handshake of each runtime.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:tls";
import { fileURLToPath } from "node:url";
import { Conversation, type RuntimeName } from "@tlskit/runtimes";
import type { Verdicts } from "./child/protocol.ts";
import type { Verdict } from "./recorded.ts";
import type { ShownCase } from "./shown-case.ts";

/** What each runtime says of each case; a case that no server can show is left out. */
export async function measure(
  cases: readonly ShownCase[],
  progress: (text: string) => void,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const runtimes = (Object.entries(asked) as [keyof typeof asked, RuntimeName][]).map(
    ([name, runtime]) => [name, new Conversation(runtime, script)] as const,
  );
  try {
    for (const one of cases) {
      const server = await show(one);
      if (server === undefined) continue;
      const { port } = server.address() as AddressInfo;
      const said: Partial<Record<keyof typeof asked, Verdicts>> = {};
      for (const [name, runtime] of runtimes) {
        const { native, ours } = await runtime.ask<Verdicts>({ port, name: one.name, trust: one.trust });
        said[name] = { native, ours };
      }
      verdicts.push({ id: one.id, ...(said as Record<keyof typeof asked, Verdicts>) });
      server.close();
      if (verdicts.length % 20 === 0) progress(`${verdicts.length} cases`);
    }
    return verdicts;
  } finally {
    await Promise.all(runtimes.map(([, runtime]) => runtime.stop()));
  }
}

/** A server that shows the case; undefined if OpenSSL does not take its certificate or key. */
async function show({ chain, key }: ShownCase): Promise<Server | undefined> {
  try {
    const server = createServer({ cert: chain, key, ciphers: "DEFAULT:@SECLEVEL=0" }, (socket) => {
      socket.on("error", () => {}); // Refused: that is what is to be found out.
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
  } catch {
    return undefined;
  }
}

const asked = { node: "node-26", bun: "bun", deno: "deno" } as const satisfies Record<string, RuntimeName>;
const script = fileURLToPath(new URL("./child/main.ts", import.meta.url));
