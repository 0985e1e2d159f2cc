export { commandOf, familyOf, isRuntime, RUNTIMES, type RuntimeFamily, type RuntimeName } from "./runtime.ts";
