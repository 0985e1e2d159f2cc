// `pnpm generate`: writes every document that is made from the sources.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordScores } from "@tlskit/vectors";
import { documents } from "./documents.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
await recordScores();
for (const [path, text] of documents(root)) writeFileSync(join(root, path), text);
