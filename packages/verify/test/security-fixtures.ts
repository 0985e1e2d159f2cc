/** For each rule that decides security: a path whose only fault is what that rule finds. */
import {
  ANY_POLICY,
  distributionPoint,
  distrusting,
  dnsConstraint,
  expired,
  mappings,
  NOT_CONFORMING,
  one,
  policiesOf,
  type RuleFixture,
  requirePolicy,
  three,
  UNKNOWN_CRITICAL,
  unknownQualifier,
} from "./fixture-parts.ts";
import * as f from "./forge.ts";
import { anchors, inputFor, store } from "./inputs.ts";

export const SECURITY_FIXTURES: readonly RuleFixture[] = [
  one("validity", "expired leaf", "CERTIFICATE_EXPIRED", 0, three({ leaf: expired })),
  one("validity", "expired CA", "CERTIFICATE_EXPIRED", 1, three({ ca: expired })),
  one("validity", "expired anchor", "CERTIFICATE_EXPIRED", 2, three({ root: expired })),
  one(
    "validity",
    "not yet valid leaf",
    "CERTIFICATE_NOT_YET_VALID",
    0,
    three({ leaf: { notBefore: "2026-01-01T00:00:01Z" } }),
  ),
  one(
    "readable-extensions",
    "SAN that is no DER",
    "CERTIFICATE_MALFORMED",
    0,
    three({ leaf: { san: [f.ipName(1, 2, 3)] } }),
  ),
  one("readable-extensions", "SAN of a CA", "CERTIFICATE_MALFORMED", 1, three({ ca: { san: [f.ipName(1, 2, 3)] } })),
  one(
    "critical-extensions",
    "in the leaf",
    "CRITICAL_EXTENSION_UNKNOWN",
    0,
    three({ leaf: { extensions: [UNKNOWN_CRITICAL] } }),
  ),
  one(
    "critical-extensions",
    "in a CA",
    "CRITICAL_EXTENSION_UNKNOWN",
    1,
    three({ ca: { extensions: [UNKNOWN_CRITICAL] } }),
  ),
  one(
    "critical-extensions",
    "in the anchor",
    "CRITICAL_EXTENSION_UNKNOWN",
    2,
    three({ root: { extensions: [UNKNOWN_CRITICAL] } }),
  ),
  one(
    "critical-policy-qualifiers",
    "an unknown one",
    "CRITICAL_EXTENSION_UNKNOWN",
    1,
    three({ ca: { extensions: [unknownQualifier()] } }),
  ),
  one("signature-algorithm", "leaf", "SIGNATURE_ALGORITHM_MISMATCH", 0, three({ leaf: { innerHash: "sha384" } })),
  one("signature-strength", "SHA-1 leaf", "WEAK_SIGNATURE", 0, three({ leaf: { hash: "sha1" } })),
  one("signature-strength", "SHA-1 CA", "WEAK_SIGNATURE", 1, three({ ca: { hash: "sha1" } })),
  one("key-strength", "RSA-1024 leaf", "WEAK_KEY", 0, three({ leaf: { key: f.rsaKey(1024) } })),
  one("key-strength", "RSA-1024 anchor", "WEAK_KEY", 2, three({ root: { key: f.rsaKey(1024) } })),
  one("key-strength", "P-192 leaf", "WEAK_KEY", 0, three({ leaf: { key: f.ecKey("prime192v1") } })),
  one(
    "key-strength",
    "a curve that nobody can judge",
    "ALGORITHM_UNSUPPORTED",
    0,
    three({ leaf: { key: f.ecKey("sect283k1") } }),
  ),
  one("name", "CLI-09: another name", "NAME_MISMATCH", 0, three({}, { name: "b.example" })),
  one("name", "CLI-18: no SAN, matching CN", "NAME_MISSING", 0, () => {
    const root = f.forgeRoot();
    const leaf = f.forge({ subject: "a.example", issuer: root, eku: [f.SERVER_AUTH] });
    return inputFor([leaf, root], { name: "a.example" });
  }),
  one(
    "leaf-extended-key-usage",
    "for clients",
    "EXTENDED_KEY_USAGE_MISMATCH",
    0,
    three({ leaf: { eku: [f.CLIENT_AUTH] } }),
  ),
  one(
    "time-stamping-alone",
    "beside another",
    NOT_CONFORMING,
    0,
    three({ leaf: { eku: ["1.3.6.1.5.5.7.3.8", f.SERVER_AUTH], ekuCritical: true } }, { purpose: "timeStamping" }),
  ),
  one("ca-bit", "no basicConstraints", "ISSUER_NOT_CA", 1, () => {
    const root = f.forgeRoot();
    const ca = f.forge({ subject: "CA", issuer: root });
    return inputFor([f.forgeLeaf(ca), ca, root]);
  }),
  one("ca-bit", "CA:FALSE in the anchor", "ISSUER_NOT_CA", 2, three({ root: { ca: false } })),
  one("key-cert-sign", "CA", "KEY_USAGE_MISSING", 1, three({ ca: { keyUsage: ["cRLSign"] } })),
  one(
    "issuer-extended-key-usage",
    "CA for clients",
    "EXTENDED_KEY_USAGE_MISMATCH",
    1,
    three({ ca: { eku: [f.CLIENT_AUTH] } }),
  ),
  one("path-length", "CA allows none", "PATH_LENGTH_EXCEEDED", 2, () => {
    const root = f.forgeRoot();
    const ca = f.forgeCa(root, { pathLength: 0 });
    const lower = f.forgeCa(ca, { subject: "Lower CA" });
    return inputFor([f.forgeLeaf(lower), lower, ca, root]);
  }),
  one("max-depth", "caller allows none", "PATH_LENGTH_EXCEEDED", 1, three({}, { maxDepth: 0 })),
  one(
    "name-constraints",
    "leaf not permitted",
    "NAME_CONSTRAINT_VIOLATION",
    0,
    three({ ca: { nameConstraints: dnsConstraint("b.example") } }),
  ),
  one(
    "name-constraints",
    "CA not permitted by the anchor",
    "NAME_CONSTRAINT_VIOLATION",
    1,
    three({
      root: { nameConstraints: dnsConstraint("a.example") },
      ca: { san: [f.dnsName("ca.example")] },
    }),
  ),
  one(
    "policies",
    "required by a CA, and none there",
    "POLICY_VIOLATION",
    1,
    three({ ca: { extensions: [requirePolicy(0)] } }, { policies: { requireExplicit: true } }),
  ),
  one(
    "policies",
    "required below a CA, and not in the leaf",
    "POLICY_VIOLATION",
    0,
    three({
      ca: { extensions: [requirePolicy(0), policiesOf("1.2.3")] },
    }),
  ),
  one(
    "policies",
    "a mapping of any policy",
    "POLICY_VIOLATION",
    1,
    three({
      ca: { extensions: [policiesOf(ANY_POLICY), mappings([ANY_POLICY, "1.2.3"])] },
    }),
  ),
  one("aki-not-critical", "leaf", NOT_CONFORMING, 0, three({ leaf: { akiCritical: true } })),
  one("ski-not-critical", "leaf", NOT_CONFORMING, 0, three({ leaf: { skiCritical: true } })),
  one(
    "anchor-name-constraints",
    "a leaf that is its own anchor, for other names",
    "NAME_CONSTRAINT_VIOLATION",
    0,
    () => {
      const self = f.forge({ subject: "nas", keyUsage: ["digitalSignature"], san: [f.dnsName("a.example")] });
      const nameConstraints = { permitted: [{ base: { type: "dns", value: "b.example" } }] } as const;
      return {
        ...inputFor([self]),
        trust: anchors({ certificate: self.certificate, nameConstraints }),
      };
    },
  ),
  one("anchor-purposes", "for clients only", "ANCHOR_RESTRICTED", 1, () => {
    const root = f.forgeRoot();
    return inputFor([f.forgeLeaf(root), root], {
      trust: anchors({ certificate: root.certificate, purposes: ["client"] }),
    });
  }),
  one("anchor-purposes", "for nothing, asked about any purpose", "ANCHOR_RESTRICTED", 1, () => {
    const root = f.forgeRoot();
    const trust = anchors({ certificate: root.certificate, purposes: [] });
    return inputFor([f.forgeLeaf(root), root], { trust, purpose: "any" });
  }),
  one("distrusted", "leaf by its key", "CERTIFICATE_DISTRUSTED", 0, distrusting(0, "key")),
  one("distrusted", "CA by itself", "CERTIFICATE_DISTRUSTED", 1, distrusting(1, "certificate")),
  one("distrusted", "anchor by its serial number", "CERTIFICATE_DISTRUSTED", 2, distrusting(2, "serial-number")),
  one("pins", "another key", "PIN_MISMATCH", 0, () => {
    const root = f.forgeRoot();
    const ca = f.forgeCa(root);
    const pins = [{ sha256: new Uint8Array(32) }, { sha256: new Uint8Array(32).fill(1) }];
    return inputFor([f.forgeLeaf(ca), ca, root], { trust: store([root], { pins }) });
  }),
  one("anchor-distrust", "issued too late for this purpose", "ANCHOR_DISTRUSTED", 1, () => {
    const root = f.forgeRoot();
    const distrustAfter = { server: new Date("2024-12-31T00:00:00Z"), email: new Date("2026-01-01T00:00:00Z") };
    return inputFor([f.forgeLeaf(root), root], { trust: anchors({ certificate: root.certificate, distrustAfter }) });
  }),
  one("anchor-distrust", "issued too late", "ANCHOR_DISTRUSTED", 1, () => {
    const root = f.forgeRoot();
    const distrustAfter = new Date("2024-12-31T00:00:00Z");
    return inputFor([f.forgeLeaf(root), root], { trust: anchors({ certificate: root.certificate, distrustAfter }) });
  }),
  one("key-strength", "a curve without a name", NOT_CONFORMING, 0, three({ leaf: { key: f.unnamedCurveKey() } })),
  one(
    "critical-extensions",
    "distribution points, where no CRL is needed",
    "CRITICAL_EXTENSION_UNKNOWN",
    0,
    three({ leaf: { extensions: [f.extension("2.5.29.31", distributionPoint(), true)] } }),
  ),
];
