// Runs the cases of the HTTP hand-overs in this very runtime; one line of JSON per case. Arguments: ids, or none for all.

import { type ConformanceResult, httpCases, runConformanceCase } from "@tlskit/transport/conformance";
import * as adapter from "../src/index.ts";

const context = { runtime: "deno", transport: adapter, capabilities: adapter.capabilities };
const { httpsAgent, http2Connection, serveHttps, serveHttp2 } = adapter;
const undiciConnector = (): never => {
  throw new TypeError("The connector is for undici on Node.");
};
const all = httpCases({ httpsAgent, http2Connection, serveHttps, serveHttp2, undiciConnector });
const wanted = process.argv.slice(2);

function report(result: ConformanceResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

for (const one of all)
  if (wanted.length === 0 || wanted.includes(one.id)) report(await runConformanceCase(one, context));
