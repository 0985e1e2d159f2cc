import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { WrongUsage } from "../wrong-usage.ts";
import { inspectPage } from "./page.ts";

/** `demo inspect`: a page on loopback, or a file, that prints what one pastes into it. */
export async function inspectCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: "string" }, port: { type: "string", default: "0" } } });
  if (!/^\d{1,5}$/.test(values.port)) throw new WrongUsage("--port takes a number");
  const page = await inspectPage();
  if (values.out !== undefined) {
    await writeFile(values.out, page);
    console.log(`${values.out}: open it in a browser; it needs nothing else.`);
    return 0;
  }
  const server = createServer((request, response) => {
    const found = request.url === "/";
    response.writeHead(found ? 200 : 404, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(found ? page : "");
  });
  server.listen(Number(values.port), "127.0.0.1");
  await once(server, "listening");
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ (Ctrl-C ends it)`);
  await once(process, "SIGINT");
  server.close();
  server.closeAllConnections();
  return 0;
}
