// Runs everything that is about refusing peers, with a mutated gate. Argument: the name of the mutation.

import { mutateGate } from "@tlskit/gate-mutations";

const loaded = mutateGate(process.argv[2] ?? "none");
const { conformanceCases, runConformanceCase } = await import("@tlskit/transport/conformance");
const { capabilities, connect, listen, startTls, wrapTls } = await import("../src/index.ts");
const { runtimeRefusalCases } = await import("@tlskit/gate-mutations/runtime-refusals");
if (loaded() !== 1) throw new Error(`the gate was loaded ${loaded()} times`);

const context = { runtime: "node", transport: { connect, listen, startTls, wrapTls }, capabilities };
const first = conformanceCases.findIndex(({ id }) => id === "wrong-name");
const last = conformanceCases.findIndex(({ id }) => id === "tls12-only-server");
const startTlsCases = conformanceCases.filter(({ id }) => id.startsWith("starttls"));

for (const one of [...conformanceCases.slice(first, last), ...startTlsCases, ...runtimeRefusalCases]) {
  process.stdout.write(`${JSON.stringify(await runConformanceCase(one, context))}\n`);
}
process.exit(0);
