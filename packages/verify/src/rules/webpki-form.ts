/** What the CA/Browser Forum's Baseline Requirements (version 2) demand beyond RFC 5280: profile `webpki`. */
import { isDomain } from "../identity/domain.ts";
import { formatIp } from "../identity/ip-address.ts";
import { describeIdentity } from "../identity/match.ts";
import { ANY_EXTENDED_KEY_USAGE } from "../purpose.ts";
import { quote, shorten, show } from "../reasons/show.ts";
import { type Findings, nonconforming, type RuleContext } from "./rule.ts";

/** Section 7.1.2.7.8: a subscriber's certificate is no CA. */
export function leafIsNoCa({ certificate }: RuleContext): Findings {
  return certificate.basicConstraints?.ca
    ? nonconforming(show(certificate), "a subscriber's certificate must not be a CA")
    : undefined;
}

/** Section 7.1.2.11.1: key identifier only. */
export function authorityKeyIdentifierForm({ certificate }: RuleContext): Findings {
  const identifier = certificate.authorityKeyIdentifier;
  if (identifier === undefined) return undefined;
  if (identifier.issuer !== undefined || identifier.serialNumber !== undefined) {
    return nonconforming(show(certificate), "authorityKeyIdentifier must not name issuer and serial number");
  }
  return identifier.keyIdentifier === undefined
    ? nonconforming(show(certificate), "authorityKeyIdentifier must have a keyIdentifier")
    : undefined;
}

/** Section 7.1.2.1.3: the authority key identifier of a root is its own. */
export function rootKeyIdentifiers({ certificate }: RuleContext): Findings {
  const authority = certificate.authorityKeyIdentifier?.keyIdentifier;
  const subject = certificate.subjectKeyIdentifier;
  if (!certificate.isSelfIssued || authority === undefined) return undefined;
  const same =
    subject !== undefined &&
    authority.length === subject.length &&
    authority.every((byte, index) => byte === subject[index]);
  return same ? undefined : nonconforming(show(certificate), "the key identifiers of a root must be the same");
}

/** Section 7.1.2.1.2: a root is for every purpose. */
export function rootWithoutExtendedKeyUsage({ certificate }: RuleContext): Findings {
  if (!certificate.isSelfIssued || certificate.extendedKeyUsage === undefined) return undefined;
  return nonconforming(show(certificate), "a root must not have extendedKeyUsage");
}

/** Sections 7.1.2.7.6 and 7.1.2.7.10: extendedKeyUsage is there, is not critical, and holds nothing that servers must not. */
export function leafExtendedKeyUsageForm({ certificate }: RuleContext): Findings {
  const usages = certificate.extendedKeyUsage;
  if (usages === undefined) return nonconforming(show(certificate), "extendedKeyUsage must be there");
  if (usages.includes(ANY_EXTENDED_KEY_USAGE))
    return nonconforming(show(certificate), "extendedKeyUsage must not be anyExtendedKeyUsage");
  const stray = usages.includes(SERVER_AUTH) ? usages.find((oid) => NOT_FOR_SERVERS.has(oid)) : undefined;
  if (stray !== undefined) {
    return nonconforming(show(certificate), `extendedKeyUsage of a server must not hold ${stray}`);
  }
  return certificate.extension("2.5.29.37")?.critical
    ? nonconforming(show(certificate), "extendedKeyUsage must not be critical")
    : undefined;
}

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

// codeSigning, emailProtection, timeStamping, OCSPSigning, and the signing of precertificates.
const NOT_FOR_SERVERS: ReadonlySet<string> = new Set([
  "1.3.6.1.5.5.7.3.3",
  "1.3.6.1.5.5.7.3.4",
  "1.3.6.1.5.5.7.3.8",
  "1.3.6.1.5.5.7.3.9",
  "1.3.6.1.4.1.11129.2.4.4",
]);

/** Section 7.1.2.7.12: subjectAltName is there, critical only without a subject, and a server's names hosts alone. */
export function subjectAltNameForm({ certificate }: RuleContext): Findings {
  const extension = certificate.extension("2.5.29.17");
  if (extension === undefined) return nonconforming(show(certificate), "subjectAltName must be there");
  const isServer = certificate.extendedKeyUsage?.includes(SERVER_AUTH) ?? false;
  const stray = isServer ? certificate.subjectAltName?.find(({ type }) => type !== "dns" && type !== "ip") : undefined;
  if (stray !== undefined) {
    return nonconforming(show(certificate), `${shorten(describeIdentity(stray))} is no domain name and no address`);
  }
  if (!extension.critical || certificate.subject.isEmpty) return undefined;
  return nonconforming(show(certificate), "subjectAltName must not be critical beside a subject");
}

/**
 * Section 7.1.4.3: a common name repeats one name of subjectAltName, character for character. A domain name is let pass
 * where subjectAltName has no fully qualified one (addresses, "localhost"), because then there is none to repeat.
 */
export function commonNameInSubjectAltName({ certificate }: RuleContext): Findings {
  const names = new Set<string>();
  let hasDomain = false;
  for (const name of certificate.subjectAltName ?? []) {
    if (name.type === "dns" || name.type === "email") names.add(name.value);
    if (name.type === "ip") names.add(formatIp(name.bytes));
    hasDomain ||= name.type === "dns" && name.value.includes(".");
  }
  const stray = certificate.subject.getAll("CN").find((value) => !names.has(value) && (hasDomain || !isDomain(value)));
  return stray === undefined
    ? undefined
    : nonconforming(show(certificate), `the common name ${quote(stray)} is not in subjectAltName`);
}

/** Section 3.2.2.6: a wildcard is the whole left-most label, and not directly below a public suffix. */
export function wildcardNames({ certificate, settings: { publicSuffix } }: RuleContext): Findings {
  for (const name of certificate.subjectAltName ?? []) {
    if (name.type !== "dns" || !name.value.includes("*")) continue;
    const domain = name.value.startsWith("*.") ? name.value.slice(2).toLowerCase() : "";
    if (!isDomain(domain)) return nonconforming(show(certificate), `${quote(name.value)} is no wildcard name`);
    // A single label is a public suffix by the list's own default rule "*".
    if (domain.includes(".") && !publicSuffix?.isPublicSuffix(domain)) continue;
    return nonconforming(show(certificate), `${quote(name.value)} is a wildcard for a whole public suffix`);
  }
  return undefined;
}
