// Certificates of all shapes, for fast-check: names, alternative names, extensions, validity, serial number, key.

import { generalName, KeyPair, type NameFields, type SelfSignedOptions } from "@tlskit/x509";
import fc from "fast-check";

/** What a certificate is made from. */
export interface Wanted {
  readonly subject: NameFields;
  readonly names: readonly string[];
  readonly profile: "server" | "client" | "peer" | "ca";
  readonly pathLength: number | undefined;
  readonly serialNumber: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extendedKeyUsage: readonly string[];
  readonly extension: { readonly arc: number; readonly critical: boolean; readonly value: Uint8Array };
  readonly key: KeyName;
}

const keyOptions = {
  "P-256": { type: "ecdsa", curve: "P-256" },
  "P-384": { type: "ecdsa", curve: "P-384" },
  "P-521": { type: "ecdsa", curve: "P-521" },
  "RSA-2048": { type: "rsa" },
  "RSA-3072": { type: "rsa", bits: 3072 },
  Ed25519: { type: "ed25519" },
} as const;

export type KeyName = keyof typeof keyOptions;

/** One key of each kind, made once. */
export async function makeKeys(): Promise<Readonly<Record<KeyName, KeyPair>>> {
  const made = Object.entries(keyOptions).map(
    async ([name, options]) => [name, await KeyPair.generate(options)] as const,
  );
  return Object.fromEntries(await Promise.all(made)) as Record<KeyName, KeyPair>;
}

const text = fc
  .string({
    unit: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(..."abcXYZ019 ,+\"\\<>;=#'()./:?-@*_&") },
      fc.constantFrom(..."äßé€漢字😀"),
    ),
    minLength: 1,
    maxLength: 30,
  })
  .filter((value) => value.trim() !== "");
const letter = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const dnsName = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const ipv6 = fc
  .array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((all) => all.map((part) => part.toString(16)).join(":"));

const names = fc.array(
  fc.oneof(
    dnsName,
    dnsName.map((name) => `*.${name}`),
    fc.ipV4(),
    ipv6,
    fc.tuple(label, dnsName).map(([user, host]) => `${user}@${host}`),
    fc.tuple(dnsName, label).map(([host, path]) => `https://${host}/${path}`),
  ),
  { maxLength: 6 },
);

const subject: fc.Arbitrary<NameFields> = fc.record(
  {
    C: fc.tuple(letter, letter).map((both) => both.join("")),
    ST: text,
    O: text,
    OU: fc.array(text, { minLength: 1, maxLength: 3 }),
    DC: fc.array(label, { minLength: 1, maxLength: 2 }),
    "2.5.4.97": text,
    CN: text,
  },
  { requiredKeys: ["CN"] },
);

// Whole seconds, from 1950 to 9999, on both sides of 2050, where the encoding changes.
const second = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 - 1 });
const near2050 = fc.integer({ min: -2, max: 2 }).map((offset) => Date.UTC(2050, 0, 1) / 1000 + offset);
const validity = fc
  .uniqueArray(fc.oneof(second, near2050), { minLength: 2, maxLength: 2 })
  .map((both) => both.sort((a, b) => a - b).map((time) => new Date(time * 1000)));

/** All that a certificate can be asked to be. */
export const wanted: fc.Arbitrary<Wanted> = fc
  .record({
    subject,
    names,
    profile: fc.constantFrom("server", "client", "peer", "ca"),
    path: fc.option(fc.nat({ max: 200 }), { nil: undefined }),
    serialNumber: fc.bigInt({ min: 1n, max: (1n << 159n) - 1n }),
    validity,
    extendedKeyUsage: fc.uniqueArray(
      fc.nat({ max: 100_000 }).map((arc) => `1.3.6.1.4.1.55555.${arc}`),
      { minLength: 1, maxLength: 3 },
    ),
    extension: fc.record({ arc: fc.nat(), critical: fc.boolean(), value: fc.uint8Array({ maxLength: 40 }) }),
    key: fc.constantFrom(...(Object.keys(keyOptions) as KeyName[])),
  })
  .map(({ path, validity: [notBefore = new Date(0), notAfter = new Date(1)], ...rest }) => ({
    ...rest,
    pathLength: rest.profile === "ca" ? path : undefined,
    notBefore,
    notAfter,
  }));

/** The same for our own issuing. */
export function selfSignedOptions(want: Wanted, keyPair: KeyPair): SelfSignedOptions {
  const { extension, names: subjectAltName, pathLength, key: _, ...rest } = want;
  return {
    ...rest,
    ...(pathLength !== undefined && { pathLength }),
    subjectAltName: subjectAltName.map(generalName),
    extensions: [
      { oid: `1.3.6.1.4.1.66666.${extension.arc}`, critical: extension.critical, value: octetString(extension.value) },
    ],
    keyPair,
  };
}

/** Short OCTET STRING in DER. */
export function octetString(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(4, bytes.length, ...bytes);
}
