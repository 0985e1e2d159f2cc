// Profiles: what a certificate of a kind says about itself, unless told otherwise. The shape is that of RFC 5280
// section 4.2 and of the CA/Browser Forum's Baseline Requirements (section 7.1.2).

import { shownValue } from "../argument.ts";
import { X509Error } from "../error.ts";
import { encodeNames } from "../extensions/alt-name.ts";
import { encodeAuthorityKeyIdentifier } from "../extensions/authority-key-identifier.ts";
import { encodeBasicConstraints } from "../extensions/basic-constraints.ts";
import { ExtendedKeyUsage, encodeExtendedKeyUsage } from "../extensions/extended-key-usage.ts";
import type { Extension } from "../extensions/extension.ts";
import { encodeKeyUsage, type KeyUsageName } from "../extensions/key-usage.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { encodeSubjectKeyIdentifier } from "../extensions/subject-key-identifier.ts";
import type { GeneralName } from "../general-name/general-name.ts";
import type { PublicKey } from "../public-key.ts";
import type { NewCertificateOptions, ProfileName } from "./issue-options.ts";

/** One row of the table. */
export interface Profile {
  readonly name: ProfileName;
  readonly ca: boolean;
  readonly days: number;
  readonly keyUsage: readonly KeyUsageName[];
  readonly extendedKeyUsage: readonly string[];
  /** Path length of a CA unless asked otherwise. */
  readonly pathLength?: number;
}

/**
 * The profile of this name.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function profileByName(name: string, allowed: readonly ProfileName[]): Profile {
  profiles ??= makeProfiles();
  const profile = profiles.find((row) => row.name === name);
  if (profile === undefined || !allowed.includes(profile.name)) {
    const expected = `one of ${allowed.join(", ")}`;
    throw new X509Error("ARGUMENT_INVALID", `not a profile here: ${shownValue(name)}: expected ${expected}`, {
      argument: "profile",
      expected,
    });
  }
  return profile;
}

/** What the extensions of a new certificate are made from. */
export interface ExtensionInput {
  readonly profile: Profile;
  readonly options: NewCertificateOptions;
  readonly publicKey: PublicKey;
  readonly subjectIsEmpty: boolean;
  readonly subjectAltName: readonly GeneralName[];
  readonly pathLength: number | undefined;
  /** The key identifier of the issuer; absent in self-signed certificates, which RFC 5280 section 4.2.1.1 allows. */
  readonly authorityKeyIdentifier: Uint8Array | undefined;
}

/** All extensions of a new certificate. Those that the caller gives replace those of the profile. */
export function buildExtensions(input: ExtensionInput): readonly Extension[] {
  const own = input.options.extensions ?? [];
  const seen = new Set<string>();
  for (const { oid } of own) {
    if (seen.has(oid)) {
      throw new X509Error("ARGUMENT_INVALID", `the extension ${oid} is given twice`, {
        argument: "extensions",
        expected: "each extension once",
      });
    }
    seen.add(oid);
  }
  return [...profileExtensions(input).filter(({ oid }) => !seen.has(oid)), ...own];
}

function profileExtensions(input: ExtensionInput): Extension[] {
  const { profile, options, publicKey, pathLength, authorityKeyIdentifier, subjectAltName } = input;
  const { ca } = profile;
  const list = [
    extension("subjectKeyIdentifier", false, encodeSubjectKeyIdentifier(publicKey.keyIdentifier)),
    extension("basicConstraints", true, encodeBasicConstraints(pathLength === undefined ? { ca } : { ca, pathLength })),
    extension("keyUsage", true, encodeKeyUsage(options.keyUsage ?? keyUsageFor(profile, publicKey))),
  ];
  if (authorityKeyIdentifier !== undefined) {
    const value = encodeAuthorityKeyIdentifier({ keyIdentifier: authorityKeyIdentifier });
    list.splice(1, 0, extension("authorityKeyIdentifier", false, value));
  }
  const purposes = options.extendedKeyUsage ?? profile.extendedKeyUsage;
  if (purposes.length > 0) list.push(extension("extendedKeyUsage", false, encodeExtendedKeyUsage(purposes)));
  if (subjectAltName.length > 0) {
    // RFC 5280 section 4.2.1.6: critical exactly where it is the only name.
    list.push(extension("subjectAltName", input.subjectIsEmpty, encodeNames(subjectAltName, "subjectAltName")));
  }
  return list;
}

/** RSA key transport (TLS 1.2 without forward secrecy) needs keyEncipherment, and only RSA keys can do it. */
function keyUsageFor({ ca, keyUsage }: Profile, publicKey: PublicKey): readonly KeyUsageName[] {
  return !ca && publicKey.type === "rsa" ? [...keyUsage, "keyEncipherment"] : keyUsage;
}

function extension(name: keyof typeof ExtensionOid, critical: boolean, value: Uint8Array): Extension {
  return { oid: ExtensionOid[name], name, critical, value };
}

let profiles: readonly Profile[] | undefined;

function makeProfiles(): readonly Profile[] {
  const leaf = { ca: false, days: 90, keyUsage: ["digitalSignature"] } as const;
  const authority = { ca: true, keyUsage: ["keyCertSign", "cRLSign"], extendedKeyUsage: [] } as const;
  const { serverAuth, clientAuth } = ExtendedKeyUsage;
  return [
    { name: "server", ...leaf, extendedKeyUsage: [serverAuth] },
    { name: "client", ...leaf, extendedKeyUsage: [clientAuth] },
    { name: "peer", ...leaf, extendedKeyUsage: [serverAuth, clientAuth] },
    { name: "ca", ...authority, days: 3650 },
    { name: "intermediate", ...authority, days: 1825, pathLength: 0 },
  ];
}
