// The gate, taken out in parts, on real Deno.

import { describeMutatedGate } from "@tlskit/adapter-tests";

describeMutatedGate("deno", new URL("./gate-mutation-child.ts", import.meta.url));
