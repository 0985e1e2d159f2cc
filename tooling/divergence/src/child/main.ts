// Asks one runtime, until its input ends.

import { obey } from "@tlskit/runtimes";
import { askNative } from "./native.ts";
import { askOurs } from "./ours.ts";
import type { Order, Verdicts } from "./protocol.ts";

await obey(async (order: Order): Promise<Verdicts> => ({ native: await askNative(order), ours: await askOurs(order) }));
