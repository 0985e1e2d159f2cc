// Every case of the HTTP hand-overs, in a child process of real Deno.

import { describeHandOvers } from "@tlskit/adapter-tests";

describeHandOvers("deno", new URL("./http-child.ts", import.meta.url));
