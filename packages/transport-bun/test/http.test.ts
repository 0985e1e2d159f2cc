// Every case of the HTTP hand-overs, in a child process of real Bun.

import { describeHandOvers } from "@tlskit/adapter-tests";

describeHandOvers("bun", new URL("./http-child.ts", import.meta.url));
