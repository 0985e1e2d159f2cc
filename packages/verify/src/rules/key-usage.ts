import { PURPOSES } from "../purpose.ts";
import { show } from "../reasons/show.ts";
import { type Finding, type Findings, nonconforming, type RuleContext } from "./rule.ts";

/** RFC 5280, section 6.1.4 (n): where a CA has keyUsage, it must include keyCertSign. */
export function keyCertSign({ certificate }: RuleContext): Findings {
  const present = certificate.keyUsage;
  if (present === undefined || present.has("keyCertSign")) return undefined;
  return missing(
    `${show(certificate)} issued another one, but its key may not sign certificates.`,
    ["keyCertSign"],
    present,
  );
}

/** RFC 5280, section 4.2.1.3: in every certificate whose key signs others. Of anchors, x509-limbo does not ask for it. */
export function keyUsagePresent({ certificate }: RuleContext): Findings {
  if (certificate.keyUsage !== undefined) return undefined;
  return nonconforming(show(certificate), "a CA certificate must have keyUsage");
}

/**
 * RFC 5280, section 4.2.1.12: a leaf with both keyUsage and extendedKeyUsage is only for what both allow. Without
 * extendedKeyUsage there is no purpose that keyUsage could contradict: a CA's own certificate may stand as a leaf.
 */
export function leafKeyUsage({ certificate, settings }: RuleContext): Findings {
  const { keyUsage: present, extendedKeyUsage } = certificate;
  const { leafKeyUsages, label } = PURPOSES[settings.purpose];
  if (present === undefined || extendedKeyUsage === undefined || leafKeyUsages.length === 0) return undefined;
  const usages: ReadonlySet<string> = present;
  if (leafKeyUsages.some((usage) => usages.has(usage))) return undefined;
  return missing(`The key of ${lower(show(certificate))} may not be used for ${label}.`, leafKeyUsages, present);
}

/** RFC 5280, section 4.2.1.3: keyCertSign is for CAs only. */
export function keyCertSignOnlyInCa({ certificate }: RuleContext): Findings {
  if (!certificate.keyUsage?.has("keyCertSign") || certificate.basicConstraints?.ca) return undefined;
  return nonconforming(show(certificate), "keyUsage says keyCertSign, but basicConstraints does not say CA");
}

/** RFC 9881 (ML-DSA), RFC 9295 (EdDSA), RFC 8813 (elliptic curves): a key cannot be for what it cannot do. */
export function keyUsageFitsKey({ certificate }: RuleContext): Findings {
  const { type } = certificate.publicKey;
  const impossible = IMPOSSIBLE.find(({ keys }) => keys.test(type))?.usages.find((usage) =>
    certificate.keyUsage?.has(usage),
  );
  if (impossible === undefined) return undefined;
  return nonconforming(show(certificate), `a key of type ${type} must not have the key usage ${impossible}`);
}

const IMPOSSIBLE = [
  {
    keys: /^(?:ml-dsa|ed)/,
    usages: ["keyEncipherment", "dataEncipherment", "keyAgreement", "encipherOnly", "decipherOnly"],
  },
  { keys: /^ecdsa$/, usages: ["keyEncipherment", "dataEncipherment"] },
] as const;

function missing(message: string, required: readonly string[], present: Iterable<string>): Finding {
  return {
    code: "KEY_USAGE_MISSING",
    message,
    remedy: `Have the certificate issued with keyUsage ${required.join(" or ")}.`,
    details: { required, present: [...present] },
  };
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
