/** For each rule on what RFC 5280 demands of certificates: a path whose only fault is what that rule finds. */
import { dnsConstraint, NOT_CONFORMING, one, type RuleFixture, rfc5280, three } from "./fixture-parts.ts";
import * as f from "./forge.ts";
import { inputFor } from "./inputs.ts";

export const RFC5280_FIXTURES: readonly RuleFixture[] = [
  one("key-usage-present", "CA", NOT_CONFORMING, 1, three({ ca: { keyUsage: undefined as never } }, rfc5280)),
  one(
    "leaf-key-usage",
    "only CRL signing",
    "KEY_USAGE_MISSING",
    0,
    three({ leaf: { keyUsage: ["cRLSign"] } }, rfc5280),
  ),
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
  one("aki-of-new-key", "carried over from the old one", NOT_CONFORMING, 1, () => {
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
      ["URI with a second @", f.uriName("http://a@b@c.example/")],
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
  one(
    "readable-hints",
    "broken distribution points",
    "CERTIFICATE_MALFORMED",
    0,
    three({ leaf: { extensions: [f.extension("2.5.29.31", f.tlv(0x05))] } }, rfc5280),
  ),
];
