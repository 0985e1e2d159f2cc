// Runs everything that is about refusing peers, with a mutated gate. Argument: the name of the mutation.

import { mutateGate } from "@tlskit/gate-mutations/bun";

const loaded = mutateGate(process.argv[2] ?? "none");
const { conformanceCases, runConformanceCase } = await import("@tlskit/transport/conformance");
const { capabilities, connect, listen, startTls, wrapTls } = await import("../src/index.ts");
const { runtimeRefusalCases } = await import("@tlskit/gate-mutations/runtime-refusals");
if (loaded() !== 1) throw new Error(`the gate was loaded ${loaded()} times`);

const context = { runtime: "bun", transport: { connect, listen, startTls, wrapTls }, capabilities };
const first = conformanceCases.findIndex(({ id }) => id === "wrong-name");
const last = conformanceCases.findIndex(({ id }) => id === "tls12-only-server");
// Bun has no security levels.
const refusals = runtimeRefusalCases.filter(({ id }) => !id.endsWith("small-ca-key"));
const startTlsCases = conformanceCases.filter(({ id }) => id.startsWith("starttls"));

for (const one of [...conformanceCases.slice(first, last), ...startTlsCases, ...refusals]) {
  process.stdout.write(`${JSON.stringify(await runConformanceCase(one, context))}\n`);
}
process.exit(0);
