export { readExceptions } from "./exceptions.ts";
export { readCases } from "./read-cases.ts";
export { fileLine } from "./report.ts";
export type { CaseResult, Counts, FileResult, Share } from "./run.ts";
export { runCases } from "./run.ts";
export { vectorFile } from "./shared.ts";
