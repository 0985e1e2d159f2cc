import { writeFileSync } from "node:fs";
import { measureAlgorithms, measureFiles, measurePeers, SCORES_FILE } from "./scores.ts";

/** Measures the scores and records them. Without the vectors, what is recorded stays. */
export async function recordScores(): Promise<void> {
  const [files, peers] = [await measureFiles(), measurePeers()];
  if (files === undefined || peers === undefined) return;
  const scores = { files, peers, algorithms: await measureAlgorithms() };
  writeFileSync(SCORES_FILE, `${JSON.stringify(scores, undefined, 2)}\n`);
}
