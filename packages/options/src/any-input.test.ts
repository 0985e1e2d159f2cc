import { TrustRoot } from "@tlskit/trust";
import { TlsKitError } from "@tlskit/x509/error";
import fc from "fast-check";
import { expect, test } from "vitest";
import { capabilitiesExcept } from "../test/capabilities.ts";
import { ca, chained, identity } from "../test/identities.ts";
import {
  AcceptableCiphers,
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  compile,
  optionsForClientTLS,
} from "./index.ts";
import { editDistance, nearestName } from "./input/nearest-name.ts";
import { OPTION_NAMES } from "./input/option-names.ts";

/** Values that options really take, and everything else. */
const value = fc.oneof(
  fc.constantFrom<unknown>(identity, chained, ca.certificate, [ca.certificate], TrustRoot.none(), "platform"),
  fc.constantFrom<unknown>("HIGH:!aNULL", "ECDHE+AESGCM:DHE+AESGCM", "ALL", AcceptableCiphers.mozilla("modern")),
  fc.constantFrom<unknown>(
    ["X25519"],
    ["P-256", "X25519MLKEM768"],
    ["ed25519"],
    "ffdhe2048",
    () => [],
    () => null,
  ),
  fc.constantFrom<unknown>("none", "request", "require", "compatible", "TLSv1.0", "TLSv1.2", "TLSv1.3", "SSLv3"),
  fc.constantFrom<unknown>(true, false, undefined, null, 0, 9, ["h2"], ["h2", "http/1.1"], "h2"),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  }),
);
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom<string>(...OPTION_NAMES) }, fc.string());
const options = fc.oneof(fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: false }), fc.anything());

/** The result, or the error, which must be typed and must survive JSON. */
function outcome<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: error.code });
    return undefined;
  }
}

test("whatever is given, the answer is options or a typed error; and what is made compiles or says why not", () => {
  let made = 0;
  fc.assert(
    fc.property(options, options, (init, changes) => {
      const first = outcome(() => new CertificateOptions(init as CertificateOptionsInit));
      if (first === undefined) return;
      made++;
      expect(Object.isFrozen(first)).toBe(true);
      expect(first.minVersion <= first.maxVersion).toBe(true);
      for (const role of ["client", "server"] as const) {
        const compiled = outcome(() => compile(first, capabilitiesExcept(), role));
        // Fails closed: nobody is verified against "platform" or anyone else without being verified.
        if (compiled?.verifyPeer === false) expect(compiled.trust).toMatchObject({ size: 0 });
        if (compiled?.role === "client") expect(compiled.verifyPeer).toBe(!first.dangerouslySkipVerification);
      }
      outcome(() => first.with(changes as object));
      expect(new CertificateOptions(init as CertificateOptionsInit).toJSON()).toEqual(first.toJSON());
    }),
    { numRuns: 2000 },
  );
  expect(made).toBeGreaterThan(100);
});

test("with nothing to change nothing changes; what is changed is as if given at once", () => {
  fc.assert(
    fc.property(options, options, (init, changes) => {
      const first = outcome(() => new CertificateOptions(init as CertificateOptionsInit));
      if (first === undefined) return;
      expect(first.with({}).toJSON()).toEqual(first.toJSON());
      const changed = outcome(() => first.with(changes as object));
      if (changed === undefined) return;
      const set = Object.entries(changes as object).filter(([, value]) => value !== undefined);
      const sum = {
        ...(init as object),
        ...Object.fromEntries(set.map(([name, value]) => [name, value ?? undefined])),
      };
      expect(changed.toJSON()).toEqual(new CertificateOptions(sum as CertificateOptionsInit).toJSON());
    }),
    { numRuns: 1000 },
  );
});

test("whatever host and options a client names", () => {
  const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.string({ unit: "binary" }), fc.anything());
  fc.assert(
    fc.property(host, options, (hostname, extra) => {
      const made = outcome(() => optionsForClientTLS(hostname as string, extra as ClientTLSExtra));
      if (made === undefined) return;
      expect(made.serverName).toBe(made.hostname.type === "dns" ? made.hostname.value : undefined);
      expect(made.serverName ?? "x").toMatch(/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/);
      outcome(() => compile(made.options, capabilitiesExcept(), "client"));
    }),
    { numRuns: 1000 },
  );
});

test("edit distance is a distance, and the nearest name is near", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
  for (const each of OPTION_NAMES) expect(nearestName(`${each}s`, OPTION_NAMES)).toBe(each);
  expect(nearestName("x".repeat(100_000), OPTION_NAMES)).toBeUndefined();
});
