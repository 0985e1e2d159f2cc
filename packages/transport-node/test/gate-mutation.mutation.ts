// The gate, taken out in parts, on real Node.

import { describeMutatedGate } from "@tlskit/adapter-tests";

describeMutatedGate("node", new URL("./gate-mutation-child.ts", import.meta.url));
