// The public page of @tlskit/testing.

export { createTestCa, TestCa, type TestCaOptions, type TestIssueOptions } from "./test-ca.ts";
