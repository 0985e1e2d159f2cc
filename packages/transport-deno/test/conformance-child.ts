// Runs conformance cases in this very runtime; one line of JSON per case. Arguments: ids, or none for all.

import { reportCases } from "@tlskit/adapter-tests/child";
import { conformanceCases } from "@tlskit/transport/conformance";
import { capabilities, connect, listen, startTls, wrapTls } from "../src/index.ts";

const context = { runtime: "deno", transport: { connect, listen, startTls, wrapTls }, capabilities };
// Where all hold, nothing is left that keeps the process.
if (!(await reportCases(conformanceCases, context, process.argv.slice(2)))) process.exit();
