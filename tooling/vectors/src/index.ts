export { allExceptions, type Exception, type ExceptionKind, readExceptions } from "./exceptions.ts";
export { readCases } from "./read-cases.ts";
export { recordScores } from "./record.ts";
export { fileLine } from "./report.ts";
export { type CaseResult, type FileResult, runCases, type Share } from "./run.ts";
export { type FileScore, type PeerScore, recordedScores, type Scores, type Tally } from "./scores.ts";
export { vectorFile } from "./shared.ts";
