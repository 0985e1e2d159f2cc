/** For each rule of the table: a path whose only fault is what that rule finds. */
import type { Certificate } from "@tlskit/x509";
import type { Distrust, TrustAnchor, TrustAnchors, VerificationReasonCode, VerifyPathInput } from "../src/index.ts";
import * as f from "./forge.ts";

export interface RuleFixture {
  readonly rule: string;
  readonly what: string;
  readonly code: VerificationReasonCode;
  /** The depth that the reason must name. */
  readonly depth: number;
  readonly input: () => VerifyPathInput;
}

/** Anchors with limits, as a trust package would give them. */
export function anchors(...list: readonly TrustAnchor[]): TrustAnchors {
  return store(list);
}

/** A trust store with limits of its own. */
export function store(
  list: readonly TrustAnchor[],
  limits: Pick<TrustAnchors, "pins" | "distrusts" | "logs"> = {},
): TrustAnchors {
  return {
    ...limits,
    generation: list.map(({ certificate }) => certificate.id).join(),
    size: list.length,
    bySubject: (name) => list.filter(({ certificate }) => certificate.subject.equals(name)),
    find: (wanted) => list.find(({ certificate }) => certificate.equals(wanted)),
    [Symbol.iterator]: () => list[Symbol.iterator](),
  };
}

/** An input for a chain, leaf first, root last, that is good unless the chain is not. */
export function inputFor(chain: readonly f.Forged[], more: Partial<VerifyPathInput> = {}): VerifyPathInput {
  const certificates = chain.map(({ certificate }) => certificate);
  return {
    leaf: certificates[0] as Certificate,
    intermediates: certificates.slice(1, -1),
    trust: certificates.slice(-1),
    at: f.NOW,
    purpose: "server",
    ...more,
  };
}

const rfc5280 = { profile: "rfc5280" } as const;
const webpki = { profile: "webpki" } as const;

/** A chain of three where one of them is special. */
function three(
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
function distrusting(depth: number, by: Distrust["by"]): () => VerifyPathInput {
  return () => {
    const root = f.forgeRoot();
    const ca = f.forgeCa(root);
    const chain = [f.forgeLeaf(ca), ca, root];
    const distrusts = (one: Certificate): Distrust | undefined =>
      one.id === chain[depth]?.certificate.id ? { by, source: "a list" } : undefined;
    return inputFor(chain, { trust: store([root], { distrusts }) });
  };
}

function one(
  rule: string,
  what: string,
  code: VerificationReasonCode,
  depth: number,
  input: () => VerifyPathInput,
): RuleFixture {
  return { rule, what, code, depth, input };
}

const expired = { notAfter: "2025-12-31T23:59:59Z" };
const dnsConstraint = (...names: string[]): Uint8Array => f.constraints({ permitted: names.map(f.dnsName) });
const UNKNOWN_CRITICAL = f.extension("1.3.6.1.4.1.55738.1", f.tlv(0x05), true);
const ANY_POLICY = "2.5.29.32.0";
const NOT_CONFORMING = "CERTIFICATE_NOT_CONFORMING";

export const RULE_FIXTURES: readonly RuleFixture[] = [
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
    "leaf-key-usage",
    "only CRL signing",
    "KEY_USAGE_MISSING",
    0,
    three({ leaf: { keyUsage: ["cRLSign"] } }, rfc5280),
  ),
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
  one(
    "anchor-path-length",
    "anchor allows none",
    "PATH_LENGTH_EXCEEDED",
    2,
    three({ root: { pathLength: 0 } }, rfc5280),
  ),
  one(
    "anchor-extended-key-usage",
    "anchor for clients",
    "EXTENDED_KEY_USAGE_MISMATCH",
    2,
    three({ root: { eku: [f.CLIENT_AUTH] } }, rfc5280),
  ),
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
  one("anchor-purposes", "for clients only", "ANCHOR_RESTRICTED", 1, () => {
    const root = f.forgeRoot();
    return inputFor([f.forgeLeaf(root), root], {
      trust: anchors({ certificate: root.certificate, purposes: ["client"] }),
    });
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

  one(
    "anchor-signature-algorithm",
    "anchor",
    "SIGNATURE_ALGORITHM_MISMATCH",
    2,
    three({ root: { innerHash: "sha384" } }, rfc5280),
  ),
  one("anchor-key-cert-sign", "anchor", "KEY_USAGE_MISSING", 2, three({ root: { keyUsage: ["cRLSign"] } }, rfc5280)),
  one("deviations", "serial zero", NOT_CONFORMING, 0, three({ leaf: { serial: 0 } }, rfc5280)),
  one(
    "readable-hints",
    "broken authorityInfoAccess",
    "CERTIFICATE_MALFORMED",
    0,
    three({ leaf: { extensions: [f.extension("1.3.6.1.5.5.7.1.1", f.tlv(0x05))] } }, rfc5280),
  ),
  one("aki-present", "leaf", NOT_CONFORMING, 0, three({ leaf: { withoutAki: true } }, rfc5280)),
  one("aki-present", "a new key, carried over from the old one", NOT_CONFORMING, 1, () => {
    const root = f.forgeRoot();
    const old = f.forgeCa(root);
    const renewed = f.forge({ subject: "CA", issuer: old, ca: true, keyUsage: ["keyCertSign"], withoutAki: true });
    return inputFor([f.forgeLeaf(renewed), renewed, old, root], rfc5280);
  }),
  one("ski-present", "CA", NOT_CONFORMING, 1, three({ ca: { withoutSki: true } }, rfc5280)),
  one(
    "key-cert-sign-only-in-ca",
    "leaf",
    NOT_CONFORMING,
    0,
    three({ leaf: { keyUsage: ["digitalSignature", "keyCertSign"] } }, rfc5280),
  ),
  one("leaf-subject", "neither subject nor SAN", NOT_CONFORMING, 0, () => {
    const root = f.forgeRoot();
    return inputFor([f.forge({ issuer: root }), root], rfc5280);
  }),
  one(
    "leaf-subject",
    "a CA without subject",
    NOT_CONFORMING,
    0,
    three(
      {
        leaf: { subject: "", ca: true, sanCritical: true },
      },
      rfc5280,
    ),
  ),
  ...(
    [
      ["underscore", f.dnsName("a_b.example")],
      ["dotted quad", f.dnsName("10.0.0.1")],
      ["a number", f.dnsName("1")],
      ["a space", f.dnsName("a example")],
      ["star not alone", f.dnsName("a*.example")],
      ["no mailbox", f.text(0x81, "example")],
      ["no mailbox on an address", f.emailName("a@[1.2.3]")],
      ["local part too long", f.emailName(`"${"a".repeat(63)}"@b.example`)],
      ["relative URI", f.uriName("/a")],
      ["URI without a host", f.uriName("http:///a")],
      ["URI with a space", f.uriName("http://b.example/a b")],
      ["URI with a broken escape", f.uriName("urn:a%4")],
      ["URI whose host is escaped", f.uriName("http://b%2eexample/")],
      ["URI whose host is no address", f.uriName("http://[::1::]/")],
    ] as const
  ).map(([what, name]) =>
    one("subject-alt-name-syntax", what, NOT_CONFORMING, 0, three({ leaf: { san: [name] } }, rfc5280)),
  ),
  one(
    "subject-alt-name-syntax",
    "of a CA",
    NOT_CONFORMING,
    1,
    three({ ca: { san: [f.dnsName("a_b.example")] } }, rfc5280),
  ),
  one(
    "basic-constraints-critical",
    "CA",
    NOT_CONFORMING,
    1,
    three({ ca: { basicConstraintsCritical: false } }, rfc5280),
  ),
  one(
    "name-constraints-only-in-ca",
    "leaf",
    NOT_CONFORMING,
    0,
    three({ leaf: { nameConstraints: dnsConstraint("a.example") } }, rfc5280),
  ),
  one(
    "name-constraint-syntax",
    "leading dot",
    NOT_CONFORMING,
    1,
    three({ ca: { nameConstraints: dnsConstraint(".example") } }, rfc5280),
  ),
  ...(
    [
      ["DNS: wildcard", f.dnsName("*.example")],
      ["e-mail: wildcard", f.emailName("*.example")],
      ["e-mail: no host", f.emailName("a@")],
      ["URI: a URI", f.uriName("https://b.example")],
      ["URI: an address", f.uriName("10.0.0.1")],
    ] as const
  ).map(([what, base]) =>
    one("name-constraint-syntax", what, NOT_CONFORMING, 1, () => {
      const nameConstraints = f.constraints({ permitted: [base, f.dnsName("example")] });
      return three({ ca: { nameConstraints } }, rfc5280)();
    }),
  ),
  one(
    "policy-extensions-critical",
    "policyConstraints",
    NOT_CONFORMING,
    1,
    three({ ca: { extensions: [f.extension("2.5.29.36", f.tlv(0x30, f.tlv(0x80, Uint8Array.of(5))))] } }, rfc5280),
  ),
  one(
    "key-usage-fits-key",
    "elliptic curve that enciphers",
    NOT_CONFORMING,
    0,
    three({ leaf: { keyUsage: ["digitalSignature", "keyEncipherment"] } }, rfc5280),
  ),
  one(
    "name-constraints-critical",
    "CA",
    NOT_CONFORMING,
    1,
    three({ ca: { nameConstraints: dnsConstraint("example"), nameConstraintsCritical: false } }, rfc5280),
  ),

  one("key-strength", "a curve without a name", NOT_CONFORMING, 0, three({ leaf: { key: f.unnamedCurveKey() } })),
  one("public-key-shape", "secp256k1", NOT_CONFORMING, 0, three({ leaf: { key: f.ecKey("secp256k1") } }, webpki)),
  one("public-key-shape", "RSA of 2,052 bits", NOT_CONFORMING, 0, three({ leaf: { key: f.rsaKey(2052) } }, webpki)),
  one("leaf-is-no-ca", "leaf", NOT_CONFORMING, 0, three({ leaf: { ca: true } }, webpki)),
  one("aki-form", "issuer and serial number", NOT_CONFORMING, 0, three({ leaf: { aki: akiWithIssuer() } }, webpki)),
  one("aki-form", "a root's, without key identifier", NOT_CONFORMING, 2, three({ root: { aki: f.tlv(0x30) } }, webpki)),
  one(
    "root-key-identifiers",
    "root",
    NOT_CONFORMING,
    2,
    three({ root: { aki: f.tlv(0x30, f.tlv(0x80, Uint8Array.of(1, 2, 3))) } }, webpki),
  ),
  one("root-extended-key-usage", "root", NOT_CONFORMING, 2, three({ root: { eku: [f.SERVER_AUTH] } }, webpki)),
  one(
    "leaf-extended-key-usage-form",
    "any",
    NOT_CONFORMING,
    0,
    three({ leaf: { eku: [f.SERVER_AUTH, f.ANY_EKU] } }, webpki),
  ),
  one(
    "leaf-extended-key-usage-form",
    "e-mail, too",
    NOT_CONFORMING,
    0,
    three({ leaf: { eku: [f.SERVER_AUTH, "1.3.6.1.5.5.7.3.4"] } }, webpki),
  ),
  one(
    "critical-extensions",
    "distribution points, where no CRL is needed",
    "CRITICAL_EXTENSION_UNKNOWN",
    0,
    three({ leaf: { extensions: [f.extension("2.5.29.31", distributionPoint(), true)] } }),
  ),
  one(
    "readable-hints",
    "broken distribution points",
    "CERTIFICATE_MALFORMED",
    0,
    three({ leaf: { extensions: [f.extension("2.5.29.31", f.tlv(0x05))] } }, rfc5280),
  ),
  one("subject-alt-name-form", "absent", NOT_CONFORMING, 0, three({ leaf: { san: undefined as never } }, webpki)),
  one("subject-alt-name-form", "critical", NOT_CONFORMING, 0, three({ leaf: { sanCritical: true } }, webpki)),
  one(
    "subject-alt-name-form",
    "an e-mail address of a server",
    NOT_CONFORMING,
    0,
    three({ leaf: { san: [f.dnsName("a.example"), f.emailName("a@a.example")] } }, webpki),
  ),
  one("common-name", "not in SAN", NOT_CONFORMING, 0, three({ leaf: { subject: "b.example" } }, webpki)),
  one(
    "common-name",
    "no domain name, and not in SAN",
    NOT_CONFORMING,
    0,
    three({ leaf: { subject: "LOCALHOST:1", san: [f.dnsName("localhost")] } }, webpki),
  ),
  one(
    "wildcard-names",
    "public suffix",
    NOT_CONFORMING,
    0,
    three(
      { leaf: { subject: "", sanCritical: true, san: [f.dnsName("*.co.uk")] } },
      { ...webpki, publicSuffix: { isPublicSuffix: (domain) => domain === "co.uk" } },
    ),
  ),
];

/** Paths that are good, each at the edge of some rule. */
export const NEAR_MISSES: readonly (readonly [string, () => VerifyPathInput])[] = [
  [
    "rfc5280: a CA's own certificate as a leaf, without extKeyUsage",
    three({ leaf: { ca: true, keyUsage: ["keyCertSign"], eku: undefined as never } }, rfc5280),
  ],
  [
    "webpki: a common name beside a subjectAltName without a domain name to repeat",
    three({ leaf: { subject: "b.example", san: [f.dnsName("localhost"), f.ipName(127, 0, 0, 1)] } }, webpki),
  ],
  [
    "webpki: an e-mail address of a client",
    three(
      { leaf: { eku: [f.CLIENT_AUTH], san: [f.dnsName("a.example"), f.emailName("a@a.example")] } },
      { ...webpki, purpose: "client" },
    ),
  ],
  [
    "rfc5280: constraints of every form that is allowed",
    () => {
      const names = [".b.example", "b.example", "a@b.example", "*@b.example", ""].map(f.emailName);
      const excluded = [...names, f.uriName(".b.example"), f.uriName("b.example")];
      return three({ ca: { nameConstraints: f.constraints({ excluded }) } }, rfc5280)();
    },
  ],
  [
    "rfc5280: e-mail addresses and URIs of every form",
    three(
      {
        leaf: {
          san: [
            ...["a@b.example", '"a b"@b.example', '""@b.example', "a@[192.0.2.1]", "a@[IPv6:::1]"].map(f.emailName),
            ...["urn:a:b", "https://u:p@b.example:8443/a?b#c", "http://192.0.2.1/", "http://[::1]/"].map(f.uriName),
            ...["ldap://b.example/cn=a,c=b?c", "spiffe://b/a", "mailto:a@b.example", "a:%20"].map(f.uriName),
          ],
        },
      },
      rfc5280,
    ),
  ],
  ["rfc5280: a root without AKI", three({ root: { withoutAki: true } }, rfc5280)],
  [
    "rfc5280: domain names with digits",
    three({ leaf: { san: [f.dnsName("1.2.3.4.example"), f.dnsName("3com.1a")] } }, rfc5280),
  ],
  ["any purpose: a leaf for clients alone", three({ leaf: { eku: [f.CLIENT_AUTH] } }, { purpose: "any" })],
  [
    "time stamping: alone and critical",
    three({ leaf: { eku: ["1.3.6.1.5.5.7.3.8"], ekuCritical: true } }, { purpose: "timeStamping" }),
  ],
  [
    "a qualifier that is unknown, in policies that are not critical",
    three({ ca: { extensions: [unknownQualifier(false)] } }),
  ],
  [
    "a self-issued CA below a path length of 0",
    () => {
      const root = f.forgeRoot();
      const ca = f.forgeCa(root, { pathLength: 0 });
      const renewed = f.forge({ subject: "CA", issuer: ca, ca: true, keyUsage: ["keyCertSign"] });
      return inputFor([f.forgeLeaf(renewed), renewed, ca, root]);
    },
  ],
  ["an anchor for clients alone, under compatible", three({ root: { eku: [f.CLIENT_AUTH] } })],
  ["a CA without keyUsage", three({ ca: { keyUsage: undefined as never } })],
  ["keys of 2,048 bits", three({ leaf: { key: f.rsaKey(2048) } }, rfc5280)],
  ["RSA keys under webpki", three({ leaf: { key: f.rsaKey(2048) }, root: { key: f.rsaKey(4096) } }, webpki)],
  [
    "an address as common name, under webpki",
    three({ leaf: { subject: "127.0.0.1", san: [f.ipName(127, 0, 0, 1)] } }, webpki),
  ],
  [
    "a wildcard below a name that is no public suffix, under webpki",
    three(
      { leaf: { subject: "", sanCritical: true, san: [f.dnsName("*.a.example")] } },
      { ...webpki, publicSuffix: { isPublicSuffix: (domain) => domain === "example" } },
    ),
  ],
  ["a root without AKI, under webpki", three({ root: { withoutAki: true } }, webpki)],
  [
    "an anchor that is no root, under webpki",
    () => {
      const ca = f.forgeCa(f.forgeRoot());
      return inputFor([f.forgeLeaf(ca), ca], webpki);
    },
  ],
  ["a curve that no signature here is checked by, in a leaf", three({ leaf: { key: f.ecKey("secp256k1") } })],
  ["an anchor signed with SHA-1", three({ root: { hash: "sha1", key: f.rsaKey(2048) } })],
  [
    "an explicit policy that holds",
    three({ ca: { extensions: [requirePolicy(0), policiesOf("1.2.3")] }, leaf: { extensions: [policiesOf("1.2.3")] } }),
  ],
];

function policiesOf(...policies: string[]): Uint8Array {
  return f.extension("2.5.29.32", f.tlv(0x30, ...policies.map((policy) => f.tlv(0x30, f.oid(policy)))));
}

function distributionPoint(): Uint8Array {
  return f.tlv(0x30, f.tlv(0x30, f.tlv(0xa0, f.tlv(0xa0, f.uriName("http://crl.example/")))));
}

function unknownQualifier(critical = true): Uint8Array {
  const qualifier = f.tlv(0x30, f.tlv(0x30, f.oid("1.2.3.4"), f.text(0x16, "x")));
  return f.extension("2.5.29.32", f.tlv(0x30, f.tlv(0x30, f.oid("1.2.3"), qualifier)), critical);
}

function requirePolicy(skip: number): Uint8Array {
  return f.extension("2.5.29.36", f.tlv(0x30, f.tlv(0x80, Uint8Array.of(skip))), true);
}

function mappings(...pairs: [string, string][]): Uint8Array {
  return f.extension("2.5.29.33", f.tlv(0x30, ...pairs.map((pair) => f.tlv(0x30, ...pair.map(f.oid)))), true);
}

function akiWithIssuer(): Uint8Array {
  const issuer = f.tlv(0xa1, f.directoryName("someone"));
  return f.tlv(0x30, f.tlv(0x80, Uint8Array.of(1)), issuer, f.tlv(0x82, Uint8Array.of(1)));
}
