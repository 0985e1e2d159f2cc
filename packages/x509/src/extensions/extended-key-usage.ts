// ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER   (RFC 5280 section 4.2.1.12)

import { fromArgument } from "../argument.ts";
import { encodeOidAt } from "../argument-parts.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

const purposes = {
  anyExtendedKeyUsage: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

/** The purposes that RFC 5280 names. */
export const ExtendedKeyUsage: typeof purposes = /* @__PURE__ */ Object.freeze(purposes);

/** Reads the extension: OIDs as dotted text. */
export function decodeExtendedKeyUsage(reader: DerReader): readonly string[] {
  const list = reader.enter(Tag.sequence, "ExtKeyUsageSyntax");
  const oids: string[] = [];
  do oids.push(list.oid("a KeyPurposeId"));
  while (list.peek() !== -1);
  return Object.freeze(oids);
}

/** The extension in DER. */
export function encodeExtendedKeyUsage(oids: readonly string[]): Uint8Array {
  return fromArgument("extendedKeyUsage", "a value of its type", () => {
    if (oids.length === 0) {
      throw new X509Error("ARGUMENT_INVALID", "an extended key usage needs at least one purpose", {
        argument: "extendedKeyUsage",
        expected: "at least one OID",
      });
    }
    return derSequence(
      ...oids.map((oid, index) => encodeOidAt(oid, `extendedKeyUsage[${index}]`, "ExtendedKeyUsage.serverAuth")),
    );
  });
}
