// One runtime as a peer: serves and connects as the matrix orders, until its input ends.

import process from "node:process";
import { createInterface } from "node:readline";
import { visit } from "./connect.ts";
import type { Order, Report } from "./protocol.ts";
import { serve } from "./serve.ts";

const servers = new Map<number, Awaited<ReturnType<typeof serve>>>();

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  obey(order).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? `${error.code}: ` : "";
    say({ id: order.id, failed: `${code}${error instanceof Error ? error.message : error}` });
  });
}
process.exit();

async function obey(order: Order): Promise<void> {
  const { id } = order;
  if (order.do === "connect") return say({ id, sight: await visit(order.setup) });
  if (order.do === "close") {
    await servers.get(order.server)?.close({ timeoutMs: 0 });
    servers.delete(order.server);
    return say({ id, closed: true });
  }
  const server = await serve(order.setup, (sight) => say({ server: id, sight }));
  servers.set(id, server);
  say({ id, port: server.address.port });
}

function say(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
