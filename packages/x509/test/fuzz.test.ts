// Damaged certificates: whatever happens to the bytes, the outcome is a certificate or an X509Error, and never a hang.

import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  Certificate,
  ExtensionOid,
  encodeAltName,
  encodeBasicConstraints,
  encodeKeyUsage,
  encodeNameConstraints,
  generalSubtree,
  pemEncode,
} from "../src/index.ts";
import { attempt } from "./attempt.ts";
import { makeCertificate } from "./make-certificate.ts";
import { debianRoots, hasShared, sharedJson } from "./shared.ts";

const own = makeCertificate({
  extensions: [
    { oid: ExtensionOid.basicConstraints, critical: true, value: encodeBasicConstraints({ ca: true, pathLength: 1 }) },
    { oid: ExtensionOid.keyUsage, critical: true, value: encodeKeyUsage(["keyCertSign"]) },
    {
      oid: ExtensionOid.subjectAltName,
      critical: false,
      value: encodeAltName(["a.test", "10.0.0.1", "a@b.test", "http://c.test/"]),
    },
    {
      oid: ExtensionOid.nameConstraints,
      critical: true,
      value: encodeNameConstraints({ permitted: [generalSubtree("10.0.0.0/8")] }),
    },
  ],
});

const seeds: readonly Uint8Array[] = [
  own,
  ...(existsSync(debianRoots) ? Certificate.allFromPem(readFileSync(debianRoots)).map(({ der }) => der) : []),
  ...limboLeaves(),
];

/** Everything that can be read: values, or X509Errors. */
function readEverything(certificate: Certificate): void {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Certificate.prototype)).filter(([, { get }]) => get);
  expect(getters.length).toBeGreaterThan(25);
  for (const [name] of getters) attempt(() => certificate[name as "subject"]);
  attempt(() => certificate.nameConstraints?.permitted?.map(({ base }) => JSON.stringify(base)));
  attempt(() => certificate.extensions.map(({ value }) => value));
  // These have to work for whatever was accepted.
  for (const text of [certificate.toString(), certificate.inspect(), JSON.stringify(certificate)]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  }
  expect(certificate.subject.key).toBeTypeOf("string");
  expect(certificate.subject.inspect()).toBeTypeOf("string");
  expect(Array.isArray(certificate.deviations)).toBe(true);
}

// Without bias: fast-check would prefer both ends, and nearly all of a certificate lies between them.
const position = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);
const change = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: position, to: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("flip" as const), at: position, to: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: position, to: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant("insert" as const), at: position, to: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("double" as const), at: position, to: fc.integer({ min: 1, max: 40 }) }),
);

function damaged(seed: Uint8Array, changes: readonly { kind: string; at: number; to: number }[]): Uint8Array {
  const bytes = Array.from(seed);
  for (const { kind, at, to } of changes) {
    const index = Math.floor(at * bytes.length);
    if (kind === "set") bytes[index] = to;
    else if (kind === "flip") bytes[index] = (bytes[index] ?? 0) ^ (1 << to);
    else if (kind === "cut") bytes.splice(index, to);
    else if (kind === "insert") bytes.splice(index, 0, to);
    else bytes.splice(index, 0, ...bytes.slice(index, index + to));
  }
  return Uint8Array.from(bytes);
}

test("changed bytes of real certificates", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 3 }), (seed, changes) => {
      const certificate = attempt(() => Certificate.fromDer(damaged(seed, changes)));
      if (certificate === undefined) return;
      accepted++;
      readEverything(certificate);
    }),
    { numRuns: 4000 },
  );
  // Most bytes are key, signature and text: changing them leaves a certificate.
  expect(accepted).toBeGreaterThan(100);
});

test("every single bit of a certificate", () => {
  for (let index = 0; index < own.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const bytes = own.slice();
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      const certificate = attempt(() => Certificate.fromDer(bytes));
      if (certificate === undefined) continue;
      readEverything(certificate);
      // What was read is what was given: no part of the input is dropped or normalised.
      expect(certificate.der).toEqual(bytes);
    }
  }
});

test("damaged PEM of real certificates", () => {
  const pems = seeds.slice(0, 20).map((der) => new TextEncoder().encode(pemEncode("CERTIFICATE", der)));
  fc.assert(
    fc.property(fc.constantFrom(...pems), fc.array(change, { minLength: 1, maxLength: 3 }), (pem, changes) => {
      const certificate = attempt(() => Certificate.parse(damaged(pem, changes)));
      if (certificate !== undefined) readEverything(certificate);
    }),
    { numRuns: 1000 },
  );
});

test("any bytes at all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(attempt(() => Certificate.parse(bytes))).toBeUndefined();
      expect(attempt(() => Certificate.fromDer(bytes))).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

function limboLeaves(): Uint8Array[] {
  if (!hasShared) return [];
  const { testcases } = sharedJson<{ testcases: { peer_certificate: string }[] }>("vectors/limbo-dev-core.json.gz");
  return testcases.flatMap(({ peer_certificate }) => attempt(() => Certificate.fromPem(peer_certificate).der) ?? []);
}
