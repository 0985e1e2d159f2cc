/** What fixtures of rules are made of. */
import type { Certificate } from "@tlskit/x509";
import type { Distrust, VerificationReasonCode, VerifyPathInput } from "../src/index.ts";
import * as f from "./forge.ts";
import { inputFor, store } from "./inputs.ts";

/** A path whose only fault is what one rule finds. */
export interface RuleFixture {
  readonly rule: string;
  readonly what: string;
  readonly code: VerificationReasonCode;
  /** The depth that the reason must name. */
  readonly depth: number;
  readonly input: () => VerifyPathInput;
}

export const rfc5280: { readonly profile: "rfc5280" } = { profile: "rfc5280" };
export const webpki: { readonly profile: "webpki" } = { profile: "webpki" };

/** A chain of three where one of them is special. */
export function three(
  special: { leaf?: f.ForgeOptions; ca?: f.ForgeOptions; root?: f.ForgeOptions },
  more: Partial<VerifyPathInput> = {},
): () => VerifyPathInput {
  return () => {
    const root = f.forgeRoot(special.root);
    const ca = f.forgeCa(root, special.ca);
    return inputFor([f.forgeLeaf(ca, special.leaf), ca, root], more);
  };
}

// A chain of three, the one at `depth` on a block list.
export function distrusting(depth: number, by: Distrust["by"]): () => VerifyPathInput {
  return () => {
    const root = f.forgeRoot();
    const ca = f.forgeCa(root);
    const chain = [f.forgeLeaf(ca), ca, root];
    const distrusts = (one: Certificate): Distrust | undefined =>
      one.id === chain[depth]?.certificate.id ? { by, source: "a list" } : undefined;
    return inputFor(chain, { trust: store([root], { distrusts }) });
  };
}

export function one(
  rule: string,
  what: string,
  code: VerificationReasonCode,
  depth: number,
  input: () => VerifyPathInput,
): RuleFixture {
  return { rule, what, code, depth, input };
}

export const expired: f.ForgeOptions = { notAfter: "2025-12-31T23:59:59Z" };
export const dnsConstraint = (...names: string[]): Uint8Array => f.constraints({ permitted: names.map(f.dnsName) });
export const UNKNOWN_CRITICAL: Uint8Array = f.extension("1.3.6.1.4.1.55738.1", f.tlv(0x05), true);
export const ANY_POLICY: string = "2.5.29.32.0";
export const NOT_CONFORMING: "CERTIFICATE_NOT_CONFORMING" = "CERTIFICATE_NOT_CONFORMING";

export function policiesOf(...policies: string[]): Uint8Array {
  return f.extension("2.5.29.32", f.tlv(0x30, ...policies.map((policy) => f.tlv(0x30, f.oid(policy)))));
}

export function distributionPoint(): Uint8Array {
  return f.tlv(0x30, f.tlv(0x30, f.tlv(0xa0, f.tlv(0xa0, f.uriName("http://crl.example/")))));
}

export function unknownQualifier(critical = true): Uint8Array {
  const qualifier = f.tlv(0x30, f.tlv(0x30, f.oid("1.2.3.4"), f.text(0x16, "x")));
  return f.extension("2.5.29.32", f.tlv(0x30, f.tlv(0x30, f.oid("1.2.3"), qualifier)), critical);
}

export function requirePolicy(skip: number): Uint8Array {
  return f.extension("2.5.29.36", f.tlv(0x30, f.tlv(0x80, Uint8Array.of(skip))), true);
}

export function mappings(...pairs: [string, string][]): Uint8Array {
  return f.extension("2.5.29.33", f.tlv(0x30, ...pairs.map((pair) => f.tlv(0x30, ...pair.map(f.oid)))), true);
}

export function akiWithIssuer(): Uint8Array {
  const issuer = f.tlv(0xa1, f.directoryName("someone"));
  return f.tlv(0x30, f.tlv(0x80, Uint8Array.of(1)), issuer, f.tlv(0x82, Uint8Array.of(1)));
}
