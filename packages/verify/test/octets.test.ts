/** Rules about nothing but the octets of a certificate: what they let pass is not asked again, and everything else is. */
import { Certificate, TlsKitError } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { type VerifyPathInput, verifyPathSync } from "../src/index.ts";
import type { RuleContext } from "../src/rules/rule.ts";
import { RULES } from "../src/rules/table.ts";
import { dnsName, extension, forge, forgeCa, forgeLeaf, forgeRoot, tlv } from "./forge.ts";
import { anchors, inputFor, store } from "./inputs.ts";
import { refusal } from "./refusal.ts";
import { RULE_FIXTURES } from "./rule-fixtures.ts";

const root = forgeRoot();
const ca = forgeCa(root);
const leaf = forgeLeaf(ca);
const good = inputFor([leaf, ca, root], { name: "a.example" });

const OF_OCTETS = RULES.filter(({ scope }) => scope === "octets");

describe("a rule of the scope `octets`", () => {
  const certificates = RULE_FIXTURES.flatMap(({ input }) => certificatesOf(input()));

  test.each(OF_OCTETS)("$id looks at the certificate and its position alone", ({ check, positions }) => {
    const allowed: ReadonlySet<string | symbol> = new Set(["certificate", "position"]);
    const looked = new Set<string | symbol>();
    for (const certificate of certificates) {
      for (const position of positions) {
        const context = new Proxy({ certificate, position } as RuleContext, {
          get(target, key) {
            looked.add(key);
            return Reflect.get(target, key);
          },
        });
        ask(() => check(context));
      }
    }
    expect(looked.size).toBeGreaterThan(0);
    expect([...looked].filter((key) => !allowed.has(key))).toEqual([]);
  });

  test.each(OF_OCTETS)("$id says the same of another object of the same octets", ({ id, check, positions }) => {
    for (const certificate of certificates) {
      const again = Certificate.fromDer(certificate.der);
      for (const position of positions) {
        const [one, other] = [certificate, again].map((each) =>
          ask(() => check({ certificate: each, position } as RuleContext)),
        );
        expect(other, id).toEqual(one);
      }
    }
  });
});

describe("a certificate in which nothing was found before", () => {
  test.each<readonly [string, Partial<VerifyPathInput>]>([
    ["NAME_MISMATCH", { name: "b.example" }],
    ["CERTIFICATE_EXPIRED", { at: new Date("2099-01-01") }],
    ["CERTIFICATE_NOT_YET_VALID", { at: new Date("1999-01-01") }],
    ["EXTENDED_KEY_USAGE_MISMATCH", { purpose: "client" }],
    ["PATH_LENGTH_EXCEEDED", { maxDepth: 0 }],
    ["REVOCATION_STATUS_UNKNOWN", { revocation: { mode: "require" } }],
    ["UNKNOWN_ISSUER", { trust: [forgeRoot({ subject: "Another" }).certificate] }],
    ["ANCHOR_RESTRICTED", { trust: anchors({ certificate: root.certificate, purposes: ["email"] }) }],
    ["ANCHOR_DISTRUSTED", { trust: anchors({ certificate: root.certificate, distrustAfter: new Date("1999-01-01") }) }],
    ["CERTIFICATE_DISTRUSTED", { trust: store([root], { distrusts: () => ({ by: "certificate" }) }) }],
  ])("is refused with %s as before", (code, change) => {
    expect(verifyPathSync(good).chain).toHaveLength(3);
    expect(refusal(() => verifyPathSync({ ...good, ...change })).code).toBe(code);
    expect(verifyPathSync(good).chain).toHaveLength(3);
  });

  test("is judged by its place: a good leaf is no issuer", () => {
    expect(verifyPathSync(good).leaf).toBe(leaf.certificate);
    const below = forgeLeaf(leaf);
    const input = inputFor([below, leaf, ca, root], { name: "a.example" });
    expect(refusal(() => verifyPathSync(input)).reasons.map(({ code }) => code)).toContain("ISSUER_NOT_CA");
  });

  test("is judged by its profile", () => {
    const informal = forge({
      subject: "a.example",
      issuer: ca,
      keyUsage: ["digitalSignature"],
      san: [dnsName("a.example")],
    });
    const input = inputFor([informal, ca, root], { name: "a.example" });
    expect(verifyPathSync(input).chain).toHaveLength(3);
    expect(refusal(() => verifyPathSync({ ...input, profile: "webpki" })).code).toBe("CERTIFICATE_NOT_CONFORMING");
  });
});

test("what was found in a certificate is found each time", () => {
  const unknown = extension("1.2.3.4", tlv(0x05), true);
  const odd = forgeLeaf(ca, { extensions: [unknown] });
  for (let round = 0; round < 3; round++) {
    const { reasons } = refusal(() => verifyPathSync(inputFor([odd, ca, root], { name: "a.example" })));
    expect(reasons.map(({ code, details }) => [code, details])).toEqual([
      ["CRITICAL_EXTENSION_UNKNOWN", { oid: "1.2.3.4" }],
    ]);
  }
});

function certificatesOf({ leaf: first, intermediates = [], trust }: VerifyPathInput): readonly Certificate[] {
  const above = [...(Symbol.iterator in trust ? trust : [trust])].map((one) =>
    "certificate" in one ? one.certificate : one,
  );
  return [first, ...intermediates, ...above].filter((one) => one instanceof Certificate);
}

// What cannot be read is an answer as well.
function ask(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (TlsKitError.is(error)) return error.message;
    throw error;
  }
}
