// One runtime as a peer: serves and connects as the matrix orders, until its input ends.

import { obey, tell } from "@tlskit/runtimes";
import { visit } from "./connect.ts";
import type { Answers, Order } from "./protocol.ts";
import { serve } from "./serve.ts";

const servers = new Map<number, Awaited<ReturnType<typeof serve>>>();

await obey(async (order: Order): Promise<Answers[Order["do"]]> => {
  if (order.do === "connect") return { sight: await visit(order.setup) };
  if (order.do === "close") {
    await servers.get(order.server)?.close({ timeoutMs: 0 });
    servers.delete(order.server);
    return {};
  }
  const server = await serve(order.setup, (sight) => tell({ server: order.id, sight }));
  servers.set(order.id, server);
  const { address } = server;
  return { port: address.port };
});
