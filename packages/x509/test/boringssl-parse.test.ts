// BoringSSL's parser tests: certificates and fragments that must be read, or must not.

import { describe, expect, test } from "vitest";
import { DerReader } from "../src/der/reader.ts";
import { Tag } from "../src/der/tag.ts";
import { assertDer } from "../src/der/walk.ts";
import { derBitString, derNull, derOid, derSequence } from "../src/der/writer.ts";
import { decodeAuthorityKeyIdentifier } from "../src/extensions/authority-key-identifier.ts";
import { decodeExtensionValue } from "../src/extensions/read-extension.ts";
import { Certificate, type DeviationCode, DistinguishedName, encodeBasicConstraints, X509Error } from "../src/index.ts";
import exceptions from "./boringssl-parse-exceptions.json" with { type: "json" };
import { hasShared, sharedJson } from "./shared.ts";

interface ParseCase {
  readonly id: string;
  readonly blocks: readonly { readonly type: string; readonly der_base64: string }[];
  readonly errors: string | null;
  readonly has_error: boolean;
}

const cases = hasShared ? sharedJson<{ testcases: ParseCase[] }>("vectors/boringssl-parse-dev.json.gz").testcases : [];

test.skipIf(!hasShared)("BoringSSL's cases are there", () => {
  expect(cases).not.toEqual([]);
});

describe.skipIf(!hasShared)("BoringSSL's parser cases", () => {
  test("there are some, and every exception is about one of them", () => {
    expect(cases.length).toBeGreaterThan(60);
    const ids = cases.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(exceptions.map(({ id }) => id)));
  });

  test.each(cases.map((one) => [one.id, one] as const))("%s", (id, one) => {
    const exception = exceptions.find((entry) => entry.id === id);
    const ours = verdict(one);
    const theirs = expectation(one);
    if (exception === undefined) expect(ours, ours.why).toMatchObject({ accepted: theirs });
    // An exception that is none any more must be taken off the list.
    else
      expect({ accepted: ours.accepted, theirs }).toEqual({
        accepted: exception.ours === "accepted",
        theirs: exception.ours !== "accepted",
      });
  });
});

interface Verdict {
  readonly accepted: boolean;
  readonly why?: string;
}

function verdict({ id, blocks }: ParseCase): Verdict {
  const certificate = blocks.find(({ type }) => type === "CERTIFICATE");
  if (certificate !== undefined) return tryTo(() => readAll(Certificate.fromDer(bytesOf(certificate.der_base64))));
  const [block] = blocks;
  if (block === undefined) throw new Error(`${id} has no block`);
  const der = bytesOf(block.der_base64);
  if (block.type === "TBS CERTIFICATE") return tryTo(() => readAll(Certificate.fromDer(certificateAround(der))));
  if (block.type !== "AUTHORITY_KEY_IDENTIFIER") throw new Error(`${id} is of the unknown type ${block.type}`);
  return tryTo(() => decodeExtensionValue(der, 0, der.length, "2.5.29.35", decodeAuthorityKeyIdentifier));
}

function tryTo(action: () => unknown): Verdict {
  try {
    action();
    return { accepted: true };
  } catch (error) {
    if (X509Error.is(error)) return { accepted: false, why: `${error.code}: ${error.message}` };
    throw error;
  }
}

// BoringSSL's parser refuses these; ours reads them and lists them.
const refusedThere: readonly DeviationCode[] = [
  "VERSION_DEFAULT_ENCODED",
  "CRITICAL_DEFAULT_ENCODED",
  "KEY_USAGE_EMPTY",
  "SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN",
  "NAME_TEXT_ALPHABET",
];

function readAll(certificate: Certificate): void {
  const values: unknown[] = [
    certificate.subjectAltName,
    certificate.issuerAltName,
    certificate.basicConstraints,
    certificate.keyUsage,
    certificate.extendedKeyUsage,
    certificate.subjectKeyIdentifier,
    certificate.authorityKeyIdentifier,
    certificate.nameConstraints,
    certificate.authorityInfoAccess,
    certificate.crlDistributionPoints,
    certificate.certificatePolicies,
    certificate.policyMappings,
    certificate.policyConstraints,
    certificate.inhibitAnyPolicy,
    certificate.signatureAlgorithm,
  ];
  expect(values).toHaveLength(15);
  const deviation = certificate.deviations.find(({ code }) => refusedThere.includes(code));
  if (deviation !== undefined) {
    throw new X509Error("CERTIFICATE_INVALID", deviation.message, { offset: deviation.offset });
  }
}

// For fragments the verdict stands in the code of BoringSSL's tests, not in the files.
function expectation({ id, has_error }: ParseCase): boolean {
  const fragment = /authority_key_identifier\/(.+)$/.exec(id)?.[1];
  if (fragment === undefined) return !has_error;
  const accepted = ["empty_sequence", "key_identifier", "issuer_and_serial", "key_identifier_and_issuer_and_serial"];
  return accepted.includes(fragment);
}

// The TBS fragments have `SEQUENCE { OCTET STRING }` in place of algorithms, names, keys and extensions: put real ones
// there, so that the certificate is refused for what the case is about and nothing else.
function certificateAround(tbs: Uint8Array): Uint8Array {
  assertDer(tbs);
  const algorithm = derSequence(derOid("1.2.840.113549.1.1.11"), derNull());
  const name = DistinguishedName.of({ CN: "a" }).der;
  const key = derSequence(derSequence(derOid("1.2.840.113549.1.1.1"), derNull()), derBitString(Uint8Array.of(0)));
  const fillings = [algorithm, name, name, key];
  const fields = new DerReader(tbs).enter(Tag.sequence, "a TBSCertificate");
  const parts: Uint8Array[] = [];
  while (fields.peek() !== -1) {
    const raw = fields.raw();
    const isPlaceholder = fields.tag === Tag.sequence && raw[2] === Tag.octetString;
    if (isPlaceholder) parts.push(fillings.shift() ?? raw);
    else if (fields.tag === 0xa3) parts.push(extensionsLike(fields.contents()));
    else parts.push(raw);
  }
  return derSequence(derSequence(...parts), algorithm, derBitString(Uint8Array.of(1)));
}

function extensionsLike(contents: DerReader): Uint8Array {
  contents.expect(Tag.sequence, "Extensions");
  contents.done("Extensions");
  const value = encodeBasicConstraints({ ca: false });
  const extension = derSequence(derOid("2.5.29.19"), Uint8Array.of(0x04, value.length, ...value));
  const list = derSequence(extension);
  return Uint8Array.of(0xa3, list.length, ...list);
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
