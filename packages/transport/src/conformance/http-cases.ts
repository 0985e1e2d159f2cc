// HTTP over verified connections: the hand-overs of an adapter to node:https, node:http2 and node:http.

import type { HttpHandOver } from "../node-tls/index.ts";
import type { ConformanceCase } from "./case.ts";
import { http2Cases } from "./http/http2-cases.ts";
import { httpsCases } from "./http/https-cases.ts";

/**
 * The cases for an adapter's HTTP hand-overs, to be run with `runConformanceCase`.
 *
 * @example
 * for (const one of httpCases({ httpsAgent, … })) console.log(await runConformanceCase(one, context));
 */
export function httpCases(http: HttpHandOver): readonly ConformanceCase[] {
  return [...httpsCases, ...http2Cases].map(({ id, name, run }) => ({
    id,
    name,
    run: (context) => run(http, context),
  }));
}
