// Runs cases on adapters that are broken on purpose, in this very runtime; one line of JSON for each.

import { reportBroken } from "@tlskit/adapter-tests/broken";
import { capabilities, connect, listen, startTls, wrapTls } from "../src/index.ts";

await reportBroken({ runtime: "bun", transport: { connect, listen, startTls, wrapTls }, capabilities });
