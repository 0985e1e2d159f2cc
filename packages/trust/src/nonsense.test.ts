// What no compiler would let through: every public function with every kind of nonsense in place of each argument
// succeeds, or throws an error of ours.
import { rootCertificates } from "node:tls";
import { Certificate, TlsKitError } from "@tlskit/x509";
import { expect, test } from "vitest";
import {
  DirectoryFirstUseStore,
  MemoryFirstUseStore,
  OpenSSLDefaultPaths,
  platformTrust,
  ReloadingTrust,
  TrustOnFirstUse,
  TrustRoot,
  trustRootFromCertificates,
  trustRootFromDirectory,
  trustRootFromFile,
} from "./index.ts";

const [one, two] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [Certificate, Certificate];
const trust = trustRootFromCertificates([one, two]);
const known = new TrustOnFirstUse(new MemoryFirstUseStore());
const paths = new OpenSSLDefaultPaths("/nowhere", { environment: {} });
const leaf = { leaf: one, host: "a.test", port: 443 };
const day = new Date();

const nonsense: readonly unknown[] = [
  ...[null, 1, Number.NaN, true, "nonsense", Symbol("s"), 1n],
  ...[{}, [], [null], [undefined], [1], [{}], new Map(), new Set([5]), new Date(Number.NaN), new Uint8Array(3)],
  ...[
    Object.create(null),
    Object.create(Certificate.prototype),
    new Proxy({}, {}),
    new Proxy(one, {}),
    [new Proxy(one, {})],
  ],
];

type Call = (value: never) => unknown;
const calls: Readonly<Record<string, Call>> = {
  platformTrust: (value) => platformTrust(value),
  "platformTrust fileSystem": (fileSystem) => platformTrust({ environment: {}, fileSystem }),
  "platformTrust commands": (commands) => platformTrust({ environment: {}, os: "darwin", commands }),
  "platformTrust environment": (environment) => platformTrust({ environment }),
  "platformTrust runtimeCertificates": (runtimeCertificates) =>
    platformTrust({ environment: {}, os: "beos", runtimeCertificates }),
  trustRootFromCertificates: (value) => trustRootFromCertificates(value),
  "trustRootFromCertificates options": (value) => trustRootFromCertificates([], value),
  trustRootFromFile: (value) => trustRootFromFile(value),
  "trustRootFromFile options": (value) => trustRootFromFile("/nowhere", value),
  trustRootFromDirectory: (value) => trustRootFromDirectory(value),
  "trustRootFromDirectory onSkip": (onSkip) => trustRootFromDirectory("/proc/self", { onSkip }),
  and: (value) => trust.and(value),
  filter: (value) => trust.filter(value),
  "filter options": (value) => trust.filter(() => false, value),
  without: (value) => trust.without(value),
  "without options": (value) => trust.without(one, value),
  distrust: (value) => trust.distrust(value),
  "distrust options": (value) => trust.distrust([one], value),
  "distrust by": (by) => trust.distrust([one], { by }),
  forPurposes: (value) => trust.forPurposes(value),
  distrustAfter: (value) => trust.distrustAfter(value),
  "distrustAfter purpose": (value) => trust.distrustAfter(day, value),
  withNameConstraints: (value) => trust.withNameConstraints(value),
  "withNameConstraints permitted": (permitted) => trust.withNameConstraints({ permitted }),
  "withNameConstraints base": (base) => trust.withNameConstraints({ excluded: [{ base }] }),
  pin: (value) => trust.pin(one, value),
  withLogs: (value) => trust.withLogs(value),
  why: (value) => trust.why(value),
  diff: (value) => TrustRoot.diff(trust, value),
  "ReloadingTrust.start": (value) => ReloadingTrust.start(value),
  "ReloadingTrust.start load": (value) => ReloadingTrust.start(async () => value),
  "ReloadingTrust.start options": (value) => ReloadingTrust.start(async () => trust, value).then((one) => one.close()),
  TrustOnFirstUse: (value) => new TrustOnFirstUse(value),
  "TrustOnFirstUse options": (value) => new TrustOnFirstUse(new MemoryFirstUseStore(), value),
  verify: (value) => known.verify(value),
  "verify leaf": (value) => known.verify({ ...leaf, leaf: value }),
  "verify intermediates": (intermediates) => known.verify({ ...leaf, intermediates }),
  "verify host": (host) => known.verify({ ...leaf, host }),
  "verify port": (port) => known.verify({ ...leaf, port }),
  "verify at": (at) => known.verify({ ...leaf, at }),
  "verify purpose": (purpose) => known.verify({ ...leaf, purpose }),
  known: (value) => known.known(value, 1),
  DirectoryFirstUseStore: (value) => new DirectoryFirstUseStore(value),
  OpenSSLDefaultPaths: (value) => new OpenSSLDefaultPaths(value, { environment: {} }),
  "OpenSSLDefaultPaths options": (value) => new OpenSSLDefaultPaths("/nowhere", value),
  "OpenSSLDefaultPaths.find": (value) => OpenSSLDefaultPaths.find(value),
  lookUp: (value) => paths.lookUp(value),
};

test.each(Object.entries(calls))("TRU-02: nonsense for %s is refused by an error of ours", async (_name, call) => {
  const mistakes: string[] = [];
  for (const [index, value] of nonsense.entries()) {
    try {
      await call(value as never);
    } catch (error) {
      if (!TlsKitError.is(error)) mistakes.push(`${index}: ${error}`);
    }
  }
  expect(mistakes).toEqual([]);
});

test.each(["SSL_CERT_FILE", "SSL_CERT_DIR"])(
  "%s counts only if the environment itself has it, and as a text",
  async (name) => {
    Reflect.set(Object.prototype, name, "/nowhere");
    try {
      expect((await platformTrust({ environment: {} })).source.kind).not.toBe("environment");
      expect((await platformTrust()).source.kind).not.toBe("environment");
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
    for (const value of [5, null, ["/nowhere"], { toString: () => "/nowhere", split: () => ["/nowhere"] }]) {
      await expect(platformTrust({ environment: { [name]: value } as never })).rejects.toMatchObject({
        code: "TRUST_ARGUMENT_INVALID",
        details: { argument: `options.environment.${name}` },
      });
    }
  },
);
