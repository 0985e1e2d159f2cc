// One runtime, as server and client, that does as it is told until its input ends.

import { obey } from "@tlskit/runtimes";
import type { Order } from "./protocol.ts";
import { serve } from "./server.ts";
import { stats } from "./stats.ts";
import { visit } from "./visits.ts";

await obey(async (order: Order) => {
  if (order.do === "serve") return serve(order.settings);
  return order.do === "visit" ? visit(order.settings) : stats();
});
