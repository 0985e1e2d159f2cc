// Runs everything that is about refusing peers, with a mutated gate. Argument: the name of the mutation.

import { mutateGate } from "@tlskit/gate-mutations";

const loaded = mutateGate(process.argv[2] ?? "none");
const { refusalCases, reportCases } = await import("@tlskit/adapter-tests/child");
const { capabilities, connect, listen, startTls, wrapTls } = await import("../src/index.ts");
const { runtimeRefusalCases } = await import("@tlskit/gate-mutations/runtime-refusals");
if (loaded() !== 1) throw new Error(`the gate was loaded ${loaded()} times`);

const context = { runtime: "node", transport: { connect, listen, startTls, wrapTls }, capabilities };
await reportCases([...refusalCases(), ...runtimeRefusalCases], context);
process.exit(0);
