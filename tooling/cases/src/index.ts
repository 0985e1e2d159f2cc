export { cleanEnvironment } from "./environment.ts";
export { type CaseResult, type Counts, count, isPassed, jsonReport, textReport } from "./report.ts";
export { runCase } from "./run-case.ts";
