export { describeConformance, describeHandOvers } from "./case-suites.ts";
export { describeMutatedGate } from "./gate-suite.ts";
