/** What the diagnosis says of chains that end without anybody who is trusted. */
import type { Certificate } from "@tlskit/x509";
import type { Found } from "../judge.ts";
import { quote, show } from "../reasons/show.ts";
import type { Finding } from "../rules/rule.ts";

/** The leaf vouches for itself, and nobody trusts it. */
export function selfSigned(leaf: Certificate): Found {
  return trustFinding({
    code: "SELF_SIGNED",
    message: `${show(leaf)} is self-signed and not among the trusted certificates.`,
    remedy:
      "Use a certificate from a trusted CA, or add this one to the trusted certificates if you know that it is genuine.",
    details: { subject: leaf.subject.toString() },
  });
}

/** The chain is whole, and nobody trusts its root. */
export function untrustedRoot(root: Certificate, leafIsTrusted: boolean): Found {
  const name = quote(root.subject.CN ?? root.subject.toString());
  return trustFinding({
    code: "UNTRUSTED_ROOT",
    message: `The chain ends in the root ${name}, which is not trusted.${leafIsTrusted ? LEAF_IS_TRUSTED : ""}`,
    remedy: leafIsTrusted
      ? TRUST_THE_ISSUER
      : "Add this root to the trusted certificates if you know that it is genuine, or use a certificate from a trusted CA.",
    details: { root: root.subject.toString(), sha256: root.id, leafIsTrusted },
  });
}

/** How far a chain was followed whose last issuer nobody knows. */
export interface BrokenChain {
  readonly last: Certificate;
  readonly length: number;
  readonly leafIsTrusted: boolean;
  /** How many certificates of the pool could not be read. */
  readonly unreadable: number;
  /** Whether somebody at hand has the name of the issuer, and another key. */
  readonly hasNamesake: boolean;
}

/** An intermediate is missing, or the root is unknown. */
export function unknownIssuer({ last, length, leafIsTrusted, unreadable, hasNamesake }: BrokenChain): Found {
  const missingIssuer = last.issuer.toString();
  const aia = issuerUrls(last);
  const skipped = unreadable === 0 ? "" : ` (${unreadable} of them could not be read)`;
  // After a private CA was made anew, the old and the new one differ in nothing but the key.
  const what = hasNamesake
    ? "with another key than that of the certificate at hand that has this name"
    : "which is neither trusted nor among the certificates at hand";
  const note = leafIsTrusted ? LEAF_IS_TRUSTED : "";
  const fetch = aia.length === 0 ? "" : ` It can be fetched from ${aia.join(" or ")}.`;
  return trustFinding({
    code: "UNKNOWN_ISSUER",
    message: `${show(last)} was issued by ${quote(last.issuer.CN ?? missingIssuer)}, ${what}${skipped}.${note}`,
    remedy: leafIsTrusted ? TRUST_THE_ISSUER : `${length === 1 ? SEND_INTERMEDIATE : ADD_CA}${fetch}`,
    details: { missingIssuer, aia, leafIsTrusted },
  });
}

/** The chain goes on for longer than it is followed. */
export function tooLong(allowed: number): Found {
  return trustFinding({
    code: "BUDGET_EXCEEDED",
    message: `The path is longer than the ${allowed} certificates that budget.pathLength allows, and was not followed further.`,
    remedy:
      "Have the certificate issued by a CA that is nearer to the root, or raise budget.pathLength of verifyPath; connections have the default.",
    details: { limit: "pathLength", allowed },
  });
}

function trustFinding(finding: Finding): Found {
  return { rule: "trust", section: "RFC 5280 6.1.1 (d)", finding };
}

// RFC 5280, section 4.2.2.1: caIssuers.
function issuerUrls(certificate: Certificate): readonly string[] {
  try {
    return (certificate.authorityInfoAccess ?? []).flatMap(({ method, location }) =>
      method === "1.3.6.1.5.5.7.48.2" && location.type === "uri" ? [location.value] : [],
    );
  } catch {
    return [];
  }
}

const SEND_INTERMEDIATE =
  "The peer should send this intermediate certificate together with its own; if the CA is private, add it to the trusted certificates.";
const ADD_CA = "Add the missing CA to the trusted certificates, or have the peer send the missing intermediate.";

const LEAF_IS_TRUSTED =
  " The leaf itself is among the trusted certificates, which does not count: it is not self-signed.";
const TRUST_THE_ISSUER =
  "Trust the CA that issued the leaf: a trusted certificate vouches for what it has issued, and for itself only if it is self-signed. To know a certificate by its key, whoever issued it, use verifyPinnedLeaf or TrustOnFirstUse of @tlskit/trust.";
