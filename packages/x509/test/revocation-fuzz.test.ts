// Damaged CRLs and OCSP messages: whatever happens to the bytes, the outcome is a value or an X509Error. And CRLs that are
// made, read and made again from what was read are the same, byte for byte.

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  CertificateRevocationList,
  type CrlEntryInput,
  type CrlOptions,
  DistinguishedName,
  issueCrl,
  KeyPair,
  OcspRequest,
  OcspResponse,
  PrivateCertificate,
  type RevocationReason,
  type RevocationReasonFlag,
} from "../src/index.ts";
import { attempt } from "./attempt.ts";
import { hasShared, sharedJson } from "./shared.ts";

let ca: PrivateCertificate;
const seeds: Uint8Array[] = [];
const others = [DistinguishedName.of({ CN: "a" }), DistinguishedName.of({ O: "Zoë", CN: "b" })];

beforeAll(async () => {
  // Ed25519 signs the same bytes the same way each time.
  const keyPair = await KeyPair.generate({ type: "ed25519" });
  ca = await PrivateCertificate.selfSigned({ profile: "ca", subject: { CN: "CA" }, keyPair });
  const crl = await issueCrl(ca, {
    crlNumber: 4,
    deltaOf: 2,
    entries: [
      { serialNumber: 5n, reason: "superseded", invalidityDate: new Date("2026-01-01T00:00:00Z") },
      { serialNumber: -6n, ...(others[0] && { certificateIssuer: others[0] }) },
    ],
    issuingDistributionPoint: { fullName: ["http://a.test/"], indirectCRL: true, onlySomeReasons: ["superseded"] },
  });
  seeds.push(crl.der, OcspRequest.create({ certificate: ca, issuer: ca }).der, ...sharedSeeds());
});

function sharedSeeds(): readonly Uint8Array[] {
  if (!hasShared) return [];
  const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
  const crls = sharedJson<{ testcases: { blocks: { der_base64: string }[] }[] }>("vectors/boringssl-crl-dev.json.gz");
  const ocsp = sharedJson<{ testcases: { ocsp_response: string }[] }>("vectors/boringssl-ocsp-dev.json.gz");
  return [
    ...crls.testcases.flatMap(({ blocks }) => blocks.slice(0, 1).map(({ der_base64 }) => bytesOf(der_base64))),
    ...ocsp.testcases.map(({ ocsp_response }) => bytesOf(ocsp_response)),
  ];
}

/** Reads whatever getters there are, to some depth. */
function readAll(value: unknown, depth = 0): void {
  if (typeof value !== "object" || value === null || depth > 3 || value instanceof Uint8Array) return;
  for (const item of Symbol.iterator in value ? (value as Iterable<unknown>) : []) readAll(item, depth + 1);
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)));
  for (const [name, { get }] of getters) {
    if (get !== undefined && name !== "__proto__") attempt(() => readAll(value[name as keyof typeof value], depth + 1));
  }
}

/** How many of the three readers take the bytes. Each value can be read and printed, or says why not. */
function readers(bytes: Uint8Array): number {
  const read = [
    attempt(() => CertificateRevocationList.fromDer(bytes)),
    attempt(() => OcspRequest.fromDer(bytes)),
    attempt(() => OcspResponse.fromDer(bytes)),
  ].filter((one) => one !== undefined);
  for (const one of read) {
    readAll(one);
    for (const text of [String(one), one.inspect(), JSON.stringify(one)]) {
      expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }
    // What was read is what was given: no part of the input is dropped or normalised.
    expect(one.der).toEqual(new Uint8Array(bytes));
    if (one instanceof CertificateRevocationList) {
      for (const serial of [0n, 5n, -6n]) attempt(() => one.find(serial));
      expect(one.deviations.every(({ offset }) => offset < bytes.length)).toBe(true);
    }
  }
  return read.length;
}

// Without bias: fast-check would prefer both ends, and nearly all lies between them.
const position = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);
const change = fc.record({
  kind: fc.constantFrom("set" as const, "flip" as const, "cut" as const, "insert" as const, "double" as const),
  at: position,
  to: fc.integer({ min: 0, max: 255 }),
});

function damaged(seed: Uint8Array, changes: readonly { kind: string; at: number; to: number }[]): Uint8Array {
  const bytes = Array.from(seed);
  for (const { kind, at, to } of changes) {
    const index = Math.floor(at * bytes.length);
    if (kind === "set") bytes[index] = to;
    else if (kind === "flip") bytes[index] = (bytes[index] ?? 0) ^ (1 << (to & 7));
    else if (kind === "cut") bytes.splice(index, (to & 7) + 1);
    else if (kind === "insert") bytes.splice(index, 0, to);
    else bytes.splice(index, 0, ...bytes.slice(index, index + (to & 63)));
  }
  return Uint8Array.from(bytes);
}

// A loaded machine takes its time.

test("changed bytes of real CRLs, requests and responses", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }), (which, changes) => {
      accepted += readers(damaged(seeds[which % seeds.length] ?? new Uint8Array(0), changes));
    }),
    { numRuns: 4000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test("every single bit of one of each", () => {
  for (const seed of seeds.slice(0, 2)) {
    expect(readers(seed)).toBe(1);
    for (let bit = 0; bit < seed.length * 8; bit++) {
      const bytes = seed.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      readers(bytes);
    }
  }
});

test("every beginning of one of each is refused", () => {
  for (const seed of seeds.slice(0, 2)) {
    for (let length = 0; length < seed.length; length++) expect(readers(seed.subarray(0, length))).toBe(0);
  }
});

test("any bytes at all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(attempt(() => CertificateRevocationList.parse(bytes))).toBeUndefined();
      readers(bytes);
    }),
    { numRuns: 1000 },
  );
});

const seconds = fc.integer({ min: -631_152_000, max: 4_102_444_800 }).map((value) => new Date(value * 1000));
const reasons: readonly RevocationReason[] = [
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
];
const flags: readonly RevocationReasonFlag[] = ["unused", "keyCompromise", "superseded", "aACompromise"];
const entry: fc.Arbitrary<CrlEntryInput> = fc.record(
  {
    serialNumber: fc.bigInt({ min: -(2n ** 80n), max: 2n ** 159n - 1n }),
    revocationDate: seconds,
    reason: fc.constantFrom(...reasons),
    invalidityDate: seconds,
    certificateIssuer: fc.constantFrom(...others),
  },
  { requiredKeys: ["serialNumber", "revocationDate"] },
);
const options: fc.Arbitrary<CrlOptions> = fc.record({
  crlNumber: fc.bigInt({ min: 10n, max: 2n ** 159n - 1n }),
  deltaOf: fc.bigInt({ min: 0n, max: 9n }),
  thisUpdate: seconds,
  days: fc.integer({ min: 1, max: 5000 }),
  entries: fc.uniqueArray(entry, { maxLength: 8, selector: ({ serialNumber }) => serialNumber }),
  issuingDistributionPoint: fc.record(
    {
      indirectCRL: fc.constant(true),
      onlyContainsUserCerts: fc.boolean(),
      fullName: fc.constant(["http://a.test/", "a.test"]),
      onlySomeReasons: fc.subarray([...flags], { minLength: 1 }),
    },
    { requiredKeys: ["indirectCRL"] },
  ),
});

test("a CRL, made again from what was read, is the same", async () => {
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const crl = await issueCrl(ca, given);
      expect(crl.deviations.filter(({ code }) => code !== "SERIAL_NEGATIVE")).toEqual([]);
      expect((await issueCrl(ca, optionsOf(crl))).equals(crl)).toBe(true);
      for (const { serialNumber, reason, revocationDate, invalidityDate, certificateIssuer } of given.entries ?? []) {
        const found = crl.find(serialNumber, certificateIssuer);
        expect([found?.reason, found?.revocationDate, found?.invalidityDate]).toEqual([
          reason,
          revocationDate,
          invalidityDate,
        ]);
        expect(crl.find(serialNumber, DistinguishedName.of({ CN: "nobody" }))).toBeUndefined();
      }
    }),
    { numRuns: 200 },
  );
});

function optionsOf(crl: CertificateRevocationList): CrlOptions {
  const { crlNumber = 0n, deltaCrlIndicator, thisUpdate, nextUpdate, issuingDistributionPoint } = crl;
  return {
    crlNumber,
    thisUpdate,
    ...(deltaCrlIndicator !== undefined && { deltaOf: deltaCrlIndicator }),
    ...(nextUpdate && { nextUpdate }),
    ...(issuingDistributionPoint && { issuingDistributionPoint }),
    entries: [...crl.entries].map(({ serialNumber, revocationDate, reason, invalidityDate, certificateIssuer }) => {
      const [name] = certificateIssuer ?? [];
      return {
        serialNumber,
        revocationDate,
        ...(reason && { reason }),
        ...(invalidityDate && { invalidityDate }),
        ...(name?.type === "directory" && { certificateIssuer: name.value }),
      };
    }),
  };
}
