/** For each rule of the CA/Browser Forum: a path whose only fault is what that rule finds. */
import { akiWithIssuer, NOT_CONFORMING, one, type RuleFixture, three, webpki } from "./fixture-parts.ts";
import * as f from "./forge.ts";

export const WEBPKI_FIXTURES: readonly RuleFixture[] = [
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
    "absent",
    NOT_CONFORMING,
    0,
    three({ leaf: { eku: undefined as never } }, webpki),
  ),
  one("leaf-extended-key-usage-form", "critical", NOT_CONFORMING, 0, three({ leaf: { ekuCritical: true } }, webpki)),
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
