// Plays every situation on whichever runtime this is: with our toolkit, and with what the runtime has by itself. Takes
// the certificates on standard input; prints one line of JSON for each situation.
import process from "node:process";
import { runtimeVersion } from "../peers/runtime-version.ts";
import { type IdentitiesJson, identitiesFromJson } from "./identities.ts";
import { runAlone } from "./run-alone.ts";
import { runOurs } from "./run-ours.ts";
import { situations } from "./situations.ts";

let text = "";
process.stdin.setEncoding("utf8");
for await (const part of process.stdin) text += String(part);
const identities = identitiesFromJson(JSON.parse(text) as IdentitiesJson);

print({ version: runtimeVersion() });
for (const situation of situations) {
  const start = performance.now();
  const ours = await runOurs(situation, identities);
  const ms = Math.round(performance.now() - start);
  print({ id: situation.id, ours, alone: await runAlone(situation, identities), ms });
}
process.exit(0);

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
