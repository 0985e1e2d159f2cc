// CertificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation
// PolicyInformation ::= SEQUENCE { policyIdentifier OBJECT IDENTIFIER,
//   policyQualifiers SEQUENCE SIZE (1..MAX) OF SEQUENCE { policyQualifierId OBJECT IDENTIFIER, qualifier ANY } OPTIONAL }
// RFC 5280 section 4.2.1.4: no policy twice.

import { fromArgument, takeOwn } from "../argument.ts";
import { elementAt, encodeOidAt } from "../argument-parts.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { freezeShown } from "../text/printable.ts";

/** A policy under which a certificate was issued. */
export interface PolicyInformation {
  /** The policy. */
  readonly oid: string;
  /** What the issuer adds; no rule of RFC 5280 looks at it. `value` is DER, a fresh copy. */
  readonly qualifiers?: readonly { readonly oid: string; readonly value: Uint8Array }[];
}

/** As {@link PolicyInformation}, to be written. */
export interface PolicyInformationInput {
  /** The policy. */
  readonly oid: string;
  /** What the issuer adds, each value in DER; by default nothing. */
  readonly qualifiers?: PolicyInformation["qualifiers"] | undefined;
}

/** Reads the extension. */
export function decodeCertificatePolicies(reader: DerReader): readonly PolicyInformation[] {
  const list = reader.enter(Tag.sequence, "CertificatePolicies");
  const policies: PolicyInformation[] = [];
  const seen = new Set<string>();
  do {
    const fields = list.enter(Tag.sequence, "a PolicyInformation");
    const oid = fields.oid("a policyIdentifier");
    if (seen.has(oid)) valueFail(fields.headerStart, "each policy once");
    seen.add(oid);
    const qualifiers = fields.peek() === -1 ? undefined : decodeQualifiers(fields);
    fields.done("a PolicyInformation");
    policies.push(Object.freeze(qualifiers === undefined ? { oid } : { oid, qualifiers }));
  } while (list.peek() !== -1);
  return Object.freeze(policies);
}

/** The extension in DER. */
export function encodeCertificatePolicies(policies: readonly (string | PolicyInformationInput)[]): Uint8Array {
  return fromArgument("certificatePolicies", "a value of its type", () => {
    const all = policies.map((policy, index): PolicyInformationInput => {
      const path = `certificatePolicies[${index}]`;
      return typeof policy === "string" ? { oid: policy } : takeOwn(policy, FIELDS, path, `${path}.`);
    });
    if (all.length === 0 || new Set(all.map(({ oid }) => oid)).size !== all.length) {
      throw new X509Error("ARGUMENT_INVALID", "certificate policies need at least one policy, and each once", {
        argument: "certificatePolicies",
        expected: "at least one policy, and each once",
      });
    }
    return derSequence(
      ...all.map((policy, index) => {
        const path = `certificatePolicies[${index}]`;
        return encodePolicy(policy, typeof policies[index] === "string" ? path : `${path}.oid`, path);
      }),
    );
  });
}

function decodeQualifiers(fields: DerReader): NonNullable<PolicyInformation["qualifiers"]> {
  const list = fields.enter(Tag.sequence, "policyQualifiers");
  const qualifiers: { readonly oid: string; readonly value: Uint8Array }[] = [];
  do {
    const qualifier = list.enter(Tag.sequence, "a PolicyQualifierInfo");
    const oid = qualifier.oid("a policyQualifierId");
    const der = qualifier.raw("a qualifier").slice();
    qualifier.done("a PolicyQualifierInfo");
    qualifiers.push(
      freezeShown({
        oid,
        get value(): Uint8Array {
          return der.slice();
        },
      }),
    );
  } while (list.peek() !== -1);
  return Object.freeze(qualifiers);
}

function encodePolicy({ oid, qualifiers = [] }: PolicyInformationInput, oidPath: string, path: string): Uint8Array {
  const policy = encodeOidAt(oid, oidPath, "2.23.140.1.2.1");
  if (qualifiers.length === 0) return derSequence(policy);
  const encoded = qualifiers.map((one, index) => {
    const place = `${path}.qualifiers[${index}]`;
    const own = takeOwn(one, QUALIFIER, place, `${place}.`);
    return derSequence(encodeOidAt(own.oid, `${place}.oid`), elementAt(own.value, `${place}.value`));
  });
  return derSequence(policy, derSequence(...encoded));
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["oid", "qualifiers"]);
const QUALIFIER: ReadonlySet<string> = /* @__PURE__ */ new Set(["oid", "value"]);
