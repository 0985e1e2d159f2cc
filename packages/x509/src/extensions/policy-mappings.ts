// PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy OBJECT IDENTIFIER }
// RFC 5280 section 4.2.1.5

import { fromArgument, takeOwn } from "../argument.ts";
import { encodeOidAt } from "../argument-parts.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** The issuer's policy counts as the subject's. */
export interface PolicyMapping {
  /** The policy of the issuer. */
  readonly issuerDomainPolicy: string;
  /** The policy of the subject that counts as much. */
  readonly subjectDomainPolicy: string;
}

/** Reads the extension. */
export function decodePolicyMappings(reader: DerReader): readonly PolicyMapping[] {
  const list = reader.enter(Tag.sequence, "PolicyMappings");
  const mappings: PolicyMapping[] = [];
  do {
    const fields = list.enter(Tag.sequence, "a policy mapping");
    const issuerDomainPolicy = fields.oid("an issuerDomainPolicy");
    const subjectDomainPolicy = fields.oid("a subjectDomainPolicy");
    fields.done("a policy mapping");
    mappings.push(Object.freeze({ issuerDomainPolicy, subjectDomainPolicy }));
  } while (list.peek() !== -1);
  return Object.freeze(mappings);
}

/** The extension in DER. */
export function encodePolicyMappings(mappings: readonly PolicyMapping[]): Uint8Array {
  return fromArgument("policyMappings", "a value of its type", () => {
    if (mappings.length === 0) {
      throw new X509Error("ARGUMENT_INVALID", "policy mappings need at least one mapping", {
        argument: "policyMappings",
        expected: "at least one mapping",
      });
    }
    return derSequence(
      ...mappings.map((one, index) => {
        const path = `policyMappings[${index}]`;
        const own = takeOwn(one, FIELDS, path, `${path}.`);
        return derSequence(
          encodeOidAt(own.issuerDomainPolicy, `${path}.issuerDomainPolicy`),
          encodeOidAt(own.subjectDomainPolicy, `${path}.subjectDomainPolicy`),
        );
      }),
    );
  });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["issuerDomainPolicy", "subjectDomainPolicy"]);
