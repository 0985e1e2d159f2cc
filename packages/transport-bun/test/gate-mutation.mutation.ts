// The gate, taken out in parts, on real Bun.

import { describeMutatedGate } from "@tlskit/adapter-tests";

describeMutatedGate("bun", new URL("./gate-mutation-child.ts", import.meta.url));
