// The certificates of the cases, made at run time, each when first needed.

import { createTestCa, type TestCa, type TestIssueOptions } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";

/** Another CA of the same kind, which nobody trusts. */
export const strangerCa: () => Promise<TestCa> = once(() => createTestCa({ name: "a stranger's CA" }));

/** The CA that cases trust. */
export const rootCa: () => Promise<TestCa> = once(() => createTestCa({ name: "conformance root" }));

/** The CA below it. */
export const intermediateCa: () => Promise<TestCa> = once(async () => {
  return (await rootCa()).createIntermediate({ name: "conformance intermediate" });
});

/** The identity of most servers: localhost and 127.0.0.1, issued by the root. */
export const goodServer: () => Promise<PrivateCertificate> = once(async () =>
  (await rootCa()).issue("localhost", "127.0.0.1", "::1"),
);

/** The identity of most clients. */
export const goodClient: () => Promise<PrivateCertificate> = once(async () =>
  (await rootCa()).issueWith({ names: ["client@example.org"], profile: "client" }),
);

/** An identity issued by the root that is wrong in one way, or special in another. */
export async function issued(options: TestIssueOptions): Promise<PrivateCertificate> {
  return (await rootCa()).issueWith(options);
}

/** A moment so many days from now. */
export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

/** Runs a maker the first time, and again only after a failure. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
