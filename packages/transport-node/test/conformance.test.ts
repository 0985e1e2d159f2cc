// Every conformance case, in a child process of real Node.

import { describeConformance } from "@tlskit/adapter-tests";

describeConformance("node", new URL("./conformance-child.ts", import.meta.url));
