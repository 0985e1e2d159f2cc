/** What RFC 5280 demands of certificates, beyond what decides security: profiles `rfc5280` and `webpki`. */

import type { Certificate } from "@tlskit/x509";
import { isDomain } from "../identity/domain.ts";
import { parseIpv4, parseIpv6 } from "../identity/ip-address.ts";
import { isMailbox } from "../identity/mailbox.ts";
import { describeIdentity } from "../identity/match.ts";
import { splitUri } from "../identity/uri.ts";
import { shorten, show } from "../reasons/show.ts";
import { isWellFormedConstraint } from "./constraint-match.ts";
import { type FindingOf, type Findings, nonconforming, type RuleContext } from "./rule.ts";

/** RFC 5280, section 4.1.1.2: the algorithm inside the signed part and the one outside must be the same. */
export function sameSignatureAlgorithm({ certificate }: RuleContext): Findings {
  if (certificate.hasOneSignatureAlgorithm) return undefined;
  return {
    code: "SIGNATURE_ALGORITHM_MISMATCH",
    message: `${show(certificate)} names two different signature algorithms.`,
    remedy: "Have the certificate issued anew; this one is damaged or forged.",
    details: { algorithm: certificate.signatureAlgorithm.name },
  };
}

/** RFC 5280, section 4: what is DER, but not as the certificate profile wants it; also what a CA without a name issued. */
export function deviations({ certificate }: RuleContext): Findings {
  return certificate.deviations
    .filter(({ code }) => code !== "SIGNATURE_ALGORITHM_MISMATCH")
    .map(({ message }) => nonconforming(show(certificate), message.replace(/\.$/, "")));
}

/** RFC 5280, section 4.2.1.1: never critical. */
export function authorityKeyIdentifierNotCritical({ certificate }: RuleContext): Findings {
  return mustNotBeCritical(certificate, "2.5.29.35", "authorityKeyIdentifier");
}

/** RFC 5280, section 4.2.1.1: a key identifier in every certificate but self-signed ones. */
export function authorityKeyIdentifierPresent({ certificate }: RuleContext): Findings {
  return certificate.isSelfIssued ? undefined : withoutKeyIdentifier(certificate);
}

/**
 * The same for what is self-issued without being self-signed: a certificate that carries an issuer's new key over from the
 * old one. That it is not self-signed shows when its issuer is another one.
 */
export function authorityKeyIdentifierOfNewKey({ below, depth }: RuleContext): Findings {
  const child = below.at(-1);
  const finding = child?.isSelfIssued ? withoutKeyIdentifier(child) : undefined;
  return finding && child && { ...finding, about: { certificate: child, depth: depth - 1 } };
}

function withoutKeyIdentifier(certificate: Certificate): FindingOf<"CERTIFICATE_NOT_CONFORMING"> | undefined {
  if (certificate.authorityKeyIdentifier?.keyIdentifier !== undefined) return undefined;
  return nonconforming(show(certificate), "authorityKeyIdentifier must have a keyIdentifier");
}

/** RFC 5280, section 4.2.1.2: never critical. */
export function subjectKeyIdentifierNotCritical({ certificate }: RuleContext): Findings {
  return mustNotBeCritical(certificate, "2.5.29.14", "subjectKeyIdentifier");
}

/** RFC 5280, section 4.2.1.2: in every CA certificate. */
export function subjectKeyIdentifierPresent({ certificate }: RuleContext): Findings {
  if (certificate.subjectKeyIdentifier !== undefined) return undefined;
  return nonconforming(show(certificate), "a CA certificate must have subjectKeyIdentifier");
}

/** RFC 5280, section 4.2.1.9: critical in CA certificates. */
export function basicConstraintsCritical({ certificate }: RuleContext): Findings {
  return mustBeCritical(certificate, "2.5.29.19", "basicConstraints");
}

/** RFC 5280, section 4.2.1.10: critical. The CA/B Forum makes an exception. */
export function nameConstraintsCritical({ certificate }: RuleContext): Findings {
  return mustBeCritical(certificate, "2.5.29.30", "nameConstraints");
}

/** RFC 5280, section 4.2.1.10: only in CA certificates. */
export function nameConstraintsOnlyInCa({ certificate }: RuleContext): Findings {
  if (certificate.extension("2.5.29.30") === undefined || certificate.basicConstraints?.ca) return undefined;
  return nonconforming(show(certificate), "nameConstraints belongs only into CA certificates");
}

/**
 * RFC 5280, section 4.2.1.10: a constraint on DNS names is a domain name, without leading dot or wildcard; one on e-mail
 * addresses a mailbox, a host or a domain; one on URIs a host or a domain, no URI and no address.
 */
export function nameConstraintSyntax({ certificate }: RuleContext): Findings {
  const { permitted = [], excluded = [] } = certificate.nameConstraints ?? {};
  const wrong = [...permitted, ...excluded].find(({ base }) => !isWellFormedConstraint(base));
  if (wrong === undefined) return undefined;
  return nonconforming(show(certificate), `${shorten(describeIdentity(wrong.base))} is no constraint on names`);
}

/** RFC 5280, sections 4.2.1.11 and 4.2.1.14: critical. */
export function policyExtensionsCritical({ certificate }: RuleContext): Findings {
  return (
    mustBeCritical(certificate, "2.5.29.36", "policyConstraints") ??
    mustBeCritical(certificate, "2.5.29.54", "inhibitAnyPolicy")
  );
}

/**
 * RFC 5280, section 4.1.2.6: a CA has a subject (of issuers, what they issued shows it); without a subject there is a
 * subjectAltName (that it must be critical then is a deviation).
 */
export function leafSubject({ certificate }: RuleContext): Findings {
  if (!certificate.subject.isEmpty) return undefined;
  if (certificate.basicConstraints?.ca) return nonconforming(show(certificate), "a CA certificate must have a subject");
  if (certificate.extension("2.5.29.17") !== undefined) return undefined;
  return nonconforming(show(certificate), "without a subject, there must be a subjectAltName");
}

/**
 * RFC 5280, section 4.2.1.6: domain names in the preferred name syntax of RFC 1034, as RFC 1123 modified it (no
 * underscore, no dotted quad; what a wildcard means is left to others); e-mail addresses as mailboxes; URIs with a scheme,
 * and where they have an authority, with a domain name or an address for the host.
 */
export function subjectAltNameSyntax({ certificate }: RuleContext): Findings {
  for (const name of certificate.subjectAltName ?? []) {
    const isRight =
      (name.type !== "dns" || PREFERRED_NAME.test(name.value)) &&
      (name.type !== "email" || isMailbox(name.value)) &&
      (name.type !== "uri" || isUri(name.value));
    if (!isRight)
      return nonconforming(
        show(certificate),
        `${shorten(describeIdentity(name))} is not written as such a name must be`,
      );
  }
  return undefined;
}

function isUri(text: string): boolean {
  const { scheme, host } = splitUri(text) ?? {};
  if (scheme === undefined || host === undefined) return scheme !== undefined;
  const literal = /^\[(.*)\]$/.exec(host)?.[1];
  if (literal !== undefined) return parseIpv6(literal) !== undefined;
  return isDomain(host) || parseIpv4(host) !== undefined;
}

const PREFERRED_NAME =
  /^(?!.{254})(?!(?:.*\.)?\d+$)(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

function mustBeCritical(certificate: RuleContext["certificate"], oid: string, name: string): Findings {
  if (certificate.extension(oid)?.critical !== false) return undefined;
  return nonconforming(show(certificate), `${name} must be critical`);
}

function mustNotBeCritical(certificate: RuleContext["certificate"], oid: string, name: string): Findings {
  if (!certificate.extension(oid)?.critical) return undefined;
  return nonconforming(show(certificate), `${name} must not be critical`);
}
