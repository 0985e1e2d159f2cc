// Every conformance case, in a child process of real Bun.

import { describeConformance } from "@tlskit/adapter-tests";

describeConformance("bun", new URL("./conformance-child.ts", import.meta.url));
