// Reads samples from stdin, and prints what this runtime can check of them.
import { readFileSync } from "node:fs";
import process from "node:process";
import { supportOf } from "./samples.ts";

process.stdout.write(JSON.stringify(await supportOf(JSON.parse(readFileSync(0, "utf8")))));
