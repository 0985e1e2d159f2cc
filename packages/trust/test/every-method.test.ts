/** What no compiler would let through: every function, class and method of the package, found by itself. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { exportedFunctions, methodsOf, nonsenseMistakes } from "@tlskit/cases";
import { Certificate, TlsKitError } from "@tlskit/x509";
import { expect, test } from "vitest";
import * as trust from "../src/index.ts";

const [one] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [Certificate];
const set = trust.trustRootFromCertificates([one]);

const nonsense: readonly unknown[] = [
  ...[undefined, null, 1, -1, Number.NaN, true, "nonsense", "", Symbol("s"), 1n, () => 1],
  ...[{}, [], [null], [1], ["x"], [{}], new Map(), new Date(Number.NaN), new Uint8Array(3), { length: 3 }],
  ...[
    Object.create(null),
    Object.create(Certificate.prototype),
    new Proxy({}, {}),
    new Proxy(one, {}),
    one,
    [one],
    set,
  ],
  ...[Object.create(trust.TrustRoot.prototype), new Proxy(set, {})],
];

const directory = new trust.DirectoryFirstUseStore(join(tmpdir(), "tlskit-nothing-here"));

/** Arguments that are right, so that the one after them is looked at. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  add: ["a.test:443"],
  diff: [set],
  distrust: [[one]],
  distrustAfter: [new Date()],
  known: ["a.test"],
  trustRootFromCertificates: [[one]],
  trustRootFromDirectory: ["/nowhere"],
  trustRootFromFile: ["/nowhere"],
};

const callables = [
  ...exportedFunctions({ trust }),
  ...methodsOf({
    set,
    directory,
    memory: new trust.MemoryFirstUseStore(),
    known: new trust.TrustOnFirstUse(new trust.MemoryFirstUseStore()),
    paths: new trust.OpenSSLDefaultPaths("/nowhere", { environment: {} }),
  }),
];

test.each(callables)("nonsense for $label", async (callable) => {
  expect(await nonsenseMistakes(callable, { nonsense, right, isOurs: TlsKitError.is })).toEqual([]);
});
