// The names of files in hashed directories: `openssl rehash` calls a certificate 1a2b3c4d.0, by a hash of its subject.
// OpenSSL: X509_NAME_hash_ex and X509_NAME_hash_old (crypto/x509/x509_cmp.c), x509_name_canon (crypto/x509/x_name.c).

import { fromArgument, takeOwn } from "../argument.ts";
import { derOid, derSequence, derSet, derUtf8String } from "../der/writer.ts";
import { digest } from "../digest/digest.ts";
import type { DistinguishedName } from "./distinguished-name.ts";
import { NameAttribute } from "./name-attribute.ts";

/**
 * The hash by which OpenSSL finds the file of a CA or a CRL in a directory, eight hexadecimal digits: as
 * `openssl x509 -subject_hash` shows it; with `old`, as `-subject_hash_old` and Android do. It proves nothing: 32 bits
 * of SHA-1 or MD5.
 *
 * @throws X509Error ARGUMENT_INVALID
 * @example
 * opensslNameHash(certificate.subject); // "1e08bfd1", as in /etc/ssl/certs/1e08bfd1.0
 */
export function opensslNameHash(name: DistinguishedName, options: { readonly old?: boolean | undefined } = {}): string {
  const { old } = takeOwn(options, OPTIONS, "options");
  const hash = fromArgument("name", "a DistinguishedName", () =>
    old === true ? digest("MD5", name.der) : digest("SHA-1", canonicalName(name)),
  );
  const word = new DataView(hash.buffer, hash.byteOffset, 4).getUint32(0, true);
  return word.toString(16).padStart(8, "0");
}

// The RDNs one after another, without the SEQUENCE around them.
function canonicalName(name: DistinguishedName): Uint8Array {
  const sets = name.rdns.map((rdn) =>
    derSet(...rdn.map((attribute) => derSequence(derOid(attribute.oid), canonicalValue(attribute)))),
  );
  const all = new Uint8Array(sets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const set of sets) {
    all.set(set, at);
    at += set.length;
  }
  return all;
}

// Texts become UTF-8 in lower case (ASCII only), with single spaces inside and none around. All else stays as it is.
function canonicalValue(attribute: NameAttribute): Uint8Array {
  if (!attribute.isText || !canonicalTags.has(attribute.tag)) return NameAttribute.viewOf(attribute);
  const text = attribute.value
    .replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, "")
    .replace(/[ \t\n\v\f\r]+/g, " ")
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return derUtf8String(text);
}

// ASN1_MASK_CANON: UTF8String, PrintableString, TeletexString, IA5String, VisibleString, UniversalString, BMPString.
const canonicalTags: ReadonlySet<number> = new Set([0x0c, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e]);

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["old"]);
