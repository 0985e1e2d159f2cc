// Runs the cases of the HTTP hand-overs in this very runtime; one line of JSON per case. Arguments: ids, or none for all.

import { reportCases } from "@tlskit/adapter-tests/child";
import { httpCases } from "@tlskit/transport/conformance";
import * as adapter from "../src/index.ts";

const context = { runtime: "deno", transport: adapter, capabilities: adapter.capabilities };
const { httpsAgent, http2Connection, serveHttps, serveHttp2 } = adapter;
const undiciConnector = (): never => {
  throw new TypeError("The connector is for undici on Node.");
};
const cases = httpCases({ httpsAgent, http2Connection, serveHttps, serveHttp2, undiciConnector });
// Where all hold, nothing is left that keeps the process.
if (!(await reportCases(cases, context, process.argv.slice(2)))) process.exit();
