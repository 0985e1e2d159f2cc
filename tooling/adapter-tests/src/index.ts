export { describeBrokenAdapters } from "./broken-suite.ts";
export { describeConformance, describeHandOvers } from "./case-suites.ts";
export { describeMutatedGate } from "./gate-suite.ts";
