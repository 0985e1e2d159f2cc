// Conformance cases about what peers present, on a Deno that was never measured: the public methods of its sockets have to
// do. One line of JSON per case.

import { type ConformanceResult, conformanceCases, runConformanceCase } from "@tlskit/transport/conformance";

Object.defineProperty(process.versions, "deno", { value: "2.999.0" });
const { capabilities, connect, listen, startTls, wrapTls } = await import("../src/index.ts");

const context = { runtime: "deno", transport: { connect, listen, startTls, wrapTls }, capabilities };

function report(result: ConformanceResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

const aboutChains = /chain|path|intermediate|issuer|anchor|root|trust|certificate|revoked|resume/;

for (const one of conformanceCases) {
  if (aboutChains.test(one.name)) report(await runConformanceCase(one, context));
}
