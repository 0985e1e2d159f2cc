export {
  type Callable,
  exportedConstructors,
  exportedFunctions,
  methodsOf,
  type NonsenseTrial,
  nonsenseMistakes,
  rightArguments,
} from "./callables.ts";
export { cleanEnvironment } from "./environment.ts";
export { type EveryUndefined, type LeftOutTrial, type OptionalName, undefinedMistakes } from "./left-out.ts";
export { type Loopback, startLoopback } from "./loopback.ts";
export { type CaseResult, type Counts, count, isPassed, jsonReport, textReport } from "./report.ts";
export { runCase } from "./run-case.ts";
export { type ChildResult, type ChildRuntime, childCommand, jsonLines, runChild } from "./run-child.ts";
export { hasShared, sharedJson, sharedPath } from "./shared-data.ts";
