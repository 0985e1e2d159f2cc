// The command line: `demo` runs the lab, `demo doctor HOST[:PORT]` examines a server, and two more.
import { isWrongUsage, WrongUsage } from "./wrong-usage.ts";

const usage = `Usage:
  pnpm demo [--json]                               play every situation on every runtime, with tlskit and without
  pnpm demo matrix [--json]                        every runtime as the server of every runtime
  pnpm demo inspect [--out FILE] [--port PORT]     a page that shows what is in a certificate; nothing is uploaded
  pnpm demo doctor HOST[:PORT] [--json] [options]  examine a server; sends it no data
      --ca FILE         trust the certificates in this PEM file instead of the machine's
      --name NAME       the name its certificate must have (default: HOST)
      --starttls NAME   the server begins in clear: smtp, imap, pop3 or postgres
      --timeout MS      for TCP, TLS and verification together (default: 10000)
  Exit codes: demo 0 as expected, 1 not; doctor 0 trusted, 1 not trusted, 2 unreachable; 64 unusable arguments or trust.`;

const [command, ...rest] = process.argv.slice(2);
if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) console.log(usage);
else {
  process.exitCode = await run().catch((error: unknown) => {
    if (!isWrongUsage(error)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 64;
  });
}

/** Each command is loaded when it is asked for: a doctor need not wait for the lab. */
async function run(): Promise<number> {
  if (command === undefined || command.startsWith("-")) {
    return (await import("./lab/command.ts")).labCommand(process.argv.slice(2));
  }
  if (command === "doctor") return (await import("./doctor/command.ts")).doctorCommand(rest);
  if (command === "matrix") return (await import("./matrix/command.ts")).matrixCommand(rest);
  if (command === "inspect") return (await import("./inspect/command.ts")).inspectCommand(rest);
  throw new WrongUsage(`unknown command ${JSON.stringify(command)}`);
}
