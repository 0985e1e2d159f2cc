// Every conformance case, in a child process of real Deno.

import { describeConformance } from "@tlskit/adapter-tests";

describeConformance("deno", new URL("./conformance-child.ts", import.meta.url));
