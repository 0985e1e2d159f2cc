/** What rules must let pass: near to what they refuse. */
import type { VerifyPathInput } from "../src/index.ts";
import { policiesOf, requirePolicy, rfc5280, three, unknownQualifier, webpki } from "./fixture-parts.ts";
import * as f from "./forge.ts";
import { inputFor } from "./inputs.ts";

/** Paths that are good, each at the edge of some rule. */
export const NEAR_MISSES: readonly (readonly [string, () => VerifyPathInput])[] = [
  [
    "rfc5280: a CA's own certificate as a leaf, without extendedKeyUsage",
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
  ["rfc5280: an anchor without keyUsage", three({ root: { keyUsage: undefined as never } }, rfc5280)],
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
