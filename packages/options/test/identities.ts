/** Certificates for tests, made once. */
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";

export const ca: TestCa = await createTestCa({ name: "options test CA" });
export const otherCa: TestCa = await createTestCa({ name: "another options test CA" });
export const intermediate: TestCa = await ca.createIntermediate();
export const identity: PrivateCertificate = await ca.issue("localhost");
export const chained: PrivateCertificate = await intermediate.issue("localhost");
