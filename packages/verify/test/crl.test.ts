/** CRLs, rule by rule: for each a list with that one fault, and one without it. */
import { describe, expect, test } from "vitest";
import { verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";
import {
  bad,
  ca,
  leaf,
  listed,
  root,
  rootList,
  url,
  type Verdict,
  verdict,
  type World,
  withPoint,
} from "./revocation-world.ts";

describe("CRLs (RFC 5280, section 6.3)", () => {
  const stranger = f.forgeRoot();
  const noSigner = f.forgeCa(root, { subject: "CA", keyUsage: ["keyCertSign"] });
  const version1 = f.forge({ subject: "a.example", issuer: ca, version: 1 });
  const atUrl = withPoint([r.fullName(url)]);
  const subCa = f.forgeCa(ca, { subject: "Sub" });
  const sameKey = f.forgeCa(root, { subject: "Root's key", key: root.key });
  const byNamesake = f.forge({ subject: "CA", issuer: sameKey, keyUsage: ["cRLSign"] });

  test.each<[string, Verdict, World]>([
    ["a complete CRL that does not list it", "good", { crls: [r.forgeCrl(ca)] }],
    ["a complete CRL that lists it", "revoked", { crls: [r.forgeCrl(ca, listed)] }],
    ["in DER", "revoked", { crls: [r.crlDer(ca, listed)] }],
    ["nothing at hand", "NO_SOURCE", {}],
    ["a CRL of somebody else", "NO_SOURCE", { crls: [rootList] }],
    ["(a) not yet current", "NOT_YET_VALID", { crls: [r.forgeCrl(ca, { thisUpdate: "2026-01-01T00:00:01Z" })] }],
    ["(a) stale", "STALE", { crls: [r.forgeCrl(ca, { nextUpdate: "2025-12-31T23:59:59Z" })] }],
    [
      "(a) stale, and it lists it",
      "STALE",
      { crls: [r.forgeCrl(ca, { ...listed, nextUpdate: "2025-12-31T23:59:59Z" })] },
    ],
    ["(a) current to the second", "good", { crls: [r.forgeCrl(ca, { nextUpdate: "2026-01-01T00:00:00Z" })] }],
    ["without nextUpdate, of today", "good", { crls: [r.forgeCrl(ca, { nextUpdate: null })] }],
    [
      "without nextUpdate, older than a week",
      "STALE",
      { crls: [r.forgeCrl(ca, { nextUpdate: null, thisUpdate: "2025-12-24T00:00:00Z" })] },
    ],
    ["older than maxAge", "STALE", { crls: [r.forgeCrl(ca)], maxAge: 86_399 }],
    ["as old as maxAge", "good", { crls: [r.forgeCrl(ca)], maxAge: 86_400 }],
    ["(b)(2)(i) another distribution point", "OUT_OF_SCOPE", { crls: [r.forgeCrl(ca, { scope: [r.fullName(url)] })] }],
    [
      "(b)(2)(i) the same distribution point",
      "good",
      {
        chain: [atUrl, ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.fullName(f.uriName("http://crl.example/0"), url)] })],
      },
    ],
    [
      "(b)(2)(i) relative and full name meet",
      "good",
      {
        chain: [withPoint([r.relativeName("part")]), ca, root],
        crls: [
          r.forgeCrl(ca, {
            scope: [
              r.fullName(
                f.tlv(
                  0xa4,
                  f.tlv(
                    0x30,
                    ...["CA", "part"].map((cn) => f.tlv(0x31, f.tlv(0x30, f.oid("2.5.4.3"), f.text(0x0c, cn)))),
                  ),
                ),
              ),
            ],
          }),
        ],
      },
    ],
    [
      "(b)(2)(i) other relative name",
      "OUT_OF_SCOPE",
      {
        chain: [withPoint([r.relativeName("part")]), ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.relativeName("other")] })],
      },
    ],
    ["(b)(2)(ii) for users, a user", "good", { crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] }],
    [
      "(b)(2)(ii) for users, a CA",
      "OUT_OF_SCOPE",
      { chain: [subCa, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] },
    ],
    [
      "5.2.5 for users, version 1",
      "OUT_OF_SCOPE",
      { chain: [version1, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })] },
    ],
    ["(b)(2)(iii) for CAs, a user", "OUT_OF_SCOPE", { crls: [r.forgeCrl(ca, { scope: [r.ONLY_CAS] })] }],
    [
      "(b)(2)(iii) for CAs, a CA",
      "good",
      { chain: [subCa, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(ca, { scope: [r.ONLY_CAS] })] },
    ],
    [
      "(b)(2)(iv) for attribute certificates",
      "OUT_OF_SCOPE",
      { crls: [r.forgeCrl(ca, { scope: [r.ONLY_ATTRIBUTES] })] },
    ],
    ["(e) some reasons only", "REASONS_NOT_COVERED", { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] })] }],
    [
      "(e) all reasons in two",
      "good",
      { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] }), r.forgeCrl(ca, { scope: [r.OTHER_REASONS] })] },
    ],
    [
      "(e) listed in the second",
      "revoked",
      { crls: [r.forgeCrl(ca, { scope: [r.SOME_REASONS] }), r.forgeCrl(ca, { ...listed, scope: [r.OTHER_REASONS] })] },
    ],
    [
      "(e) the point wants some reasons, too",
      "REASONS_NOT_COVERED",
      {
        chain: [withPoint([r.fullName(url), f.tlv(0x81, Uint8Array.of(6, 0x40))]), ca, root],
        crls: [r.forgeCrl(ca, { scope: [r.fullName(url)] })],
      },
    ],
    [
      "(f) no cRLSign",
      "SIGNER_NOT_AUTHORISED",
      { chain: [f.forgeLeaf(noSigner), noSigner, root], crls: [r.forgeCrl(noSigner)] },
    ],
    ["(g) wrong signature", "SIGNATURE_INVALID", { crls: [r.forgeCrl(ca, { breakSignature: true })] }],
    ["(g) another key", "SIGNATURE_INVALID", { crls: [r.forgeCrl(f.forgeCa(root, { subject: "CA" }))] }],
    [
      "(f) another CA of that name, below another anchor",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const impostor = f.forgeCa(stranger, { subject: "CA" });
        return { pool: [impostor], crls: [r.forgeCrl(impostor)] };
      })(),
    ],
    [
      "(f) another key of the CA, certified below the same anchor",
      "good",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        return { pool: [other], crls: [r.forgeCrl(other), rootList] };
      })(),
    ],
    [
      "(f) the same, revoked",
      "SIGNER_REVOKED",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        const revoking = r.forgeCrl(root, { revoked: [{ certificate: other.certificate }] });
        return { pool: [other], crls: [r.forgeCrl(other), revoking] };
      })(),
    ],
    [
      "(f) the same, of unknown status",
      "SIGNER_STATUS_UNKNOWN",
      (() => {
        const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
        return { pool: [other], crls: [r.forgeCrl(other)] };
      })(),
    ],
    [
      "(f) another CA of that name, certified by a stranger below the same anchor",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const other = f.forgeCa(root, { subject: "Other CA" });
        const impostor = f.forge({ subject: "CA", issuer: other, keyUsage: ["cRLSign"] });
        return { pool: [other, impostor], crls: [r.forgeCrl(impostor), rootList, r.forgeCrl(other)] };
      })(),
    ],
    [
      "(f) another CA of that name, certified by one that has the root's key and another name",
      "SIGNER_NOT_AUTHORISED",
      { pool: [sameKey, byNamesake], crls: [r.forgeCrl(byNamesake), r.forgeCrl(sameKey), rootList] },
    ],
    [
      "(f) one that the certificate itself has certified, in the name of its issuer",
      "SIGNER_NOT_AUTHORISED",
      (() => {
        const impostor = f.forge({ subject: "CA", issuer: subCa, keyUsage: ["cRLSign"] });
        return { chain: [subCa, ca, root], pool: [impostor], more: { purpose: "any" }, crls: [r.forgeCrl(impostor)] };
      })(),
    ],
    [
      "(f) signed with the key that it is about, in the name of its issuer",
      "SIGNATURE_INVALID",
      (() => {
        const rolled = f.forgeCa(ca, { subject: "CA" });
        return { chain: [rolled, ca, root], more: { purpose: "any" }, crls: [r.forgeCrl(rolled)] };
      })(),
    ],
    [
      "(e) of two for some reasons, the later one counts",
      "good",
      {
        crls: [
          r.forgeCrl(ca, { scope: [r.OTHER_REASONS], thisUpdate: "2025-12-29T00:00:00Z" }),
          r.forgeCrl(ca, { ...listed, scope: [r.SOME_REASONS], thisUpdate: "2025-12-30T00:00:00Z" }),
          r.forgeCrl(ca, { scope: [r.SOME_REASONS] }),
        ],
      },
    ],
    [
      "rfc5280: critical number",
      "NOT_CONFORMING",
      {
        crls: [r.forgeCrl(ca, { number: null, extensions: [f.extension("2.5.29.20", f.int(1), true)] })],
        more: { profile: "rfc5280" },
      },
    ],
    ["5.2: a critical extension", "CRITICAL_EXTENSION", { crls: [r.forgeCrl(ca, { ...listed, extensions: [bad] })] }],
    [
      "5.3: a critical extension in another's entry",
      "CRITICAL_EXTENSION",
      { crls: [r.forgeCrl(ca, { revoked: [{ certificate: ca.certificate, extensions: [bad] }] })] },
    ],
    [
      "5.3.3: certificateIssuer in a direct CRL",
      "NOT_CONFORMING",
      {
        crls: [
          r.forgeCrl(ca, { revoked: [{ certificate: leaf.certificate, extensions: [r.certificateIssuer("x")] }] }),
        ],
      },
    ],
    ["5.1.1.2: two algorithms", "NOT_CONFORMING", { crls: [r.forgeCrl(ca, { innerHash: "sha384" })] }],
    ["SHA-1", "WEAK_SIGNATURE", { crls: [r.forgeCrl(ca, { hash: "sha1" })] }],
    [
      "SHA-1, admitted",
      "good",
      { crls: [r.forgeCrl(ca, { hash: "sha1" })], more: { insecurelyAdmit: { signatureHashes: ["SHA-1"] } } },
    ],
    ["bytes that are no CRL", "UNREADABLE", { crls: [Uint8Array.of(0x30, 0)] }],
    [
      "of two for the same, the later one counts",
      "good",
      { crls: [r.forgeCrl(ca, { ...listed, thisUpdate: "2025-12-30T00:00:00Z" }), r.forgeCrl(ca)] },
    ],
    ...[
      ["the higher number counts", "good", { number: 1 }, { number: 2 }],
      ["the higher number counts, if it revokes", "revoked", { number: 2 }, { number: 1 }],
      ["what revokes counts, without numbers", "revoked", { number: null }, { number: null }],
      ["what revokes counts, under one number", "revoked", {}, {}],
      ["a number counts before none that can be read", "good", { number: f.tlv(0x02, Uint8Array.of(0xff)) }, {}],
      ["what revokes counts, in another scope", "revoked", { number: 1, scope: [r.ONLY_USERS] }, { number: 2 }],
    ].flatMap(([what, expected, ofListed, ofOther]): [string, Verdict, World][] => {
      const crls = [r.forgeCrl(ca, { ...listed, ...(ofListed as object) }), r.forgeCrl(ca, ofOther as object)];
      return [
        [`of two of one moment, ${what}`, expected as Verdict, { crls }],
        [`of two of one moment, ${what}, in any order`, expected as Verdict, { crls: crls.toReversed() }],
      ];
    }),
    [
      "a point that names the issuer of the certificate itself",
      "good",
      { chain: [withPoint([r.fullName(url), r.crlIssuer("CA")]), ca, root], crls: [r.forgeCrl(ca)] },
    ],
    ["version 1", "good", { crls: [r.forgeCrl(ca, { version: 1 })] }],
    ["rfc5280: version 1", "NOT_CONFORMING", { crls: [r.forgeCrl(ca, { version: 1 })], more: { profile: "rfc5280" } }],
    [
      "rfc5280: no number",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { number: null })], more: { profile: "rfc5280" } },
    ],
    ...[
      ["negative", f.tlv(0x02, Uint8Array.of(0xff)), "UNREADABLE"],
      ["of 20 octets", f.tlv(0x02, new Uint8Array(20).fill(0x7f)), "good"],
      ["of 21 octets", f.tlv(0x02, Uint8Array.of(0), new Uint8Array(20).fill(0x80)), "UNREADABLE"],
    ].map(([what, number, expected]): [string, Verdict, World] => [
      `rfc5280: a number that is ${what}`,
      expected as Verdict,
      { crls: [r.forgeCrl(ca, { number: number as Uint8Array })], more: { profile: "rfc5280" } },
    ]),
    ["compatible: no number", "good", { crls: [r.forgeCrl(ca, { number: null })] }],
    [
      "rfc5280: no nextUpdate",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { nextUpdate: null })], more: { profile: "rfc5280" } },
    ],
    [
      "rfc5280: no key identifier",
      "NOT_CONFORMING",
      { crls: [r.forgeCrl(ca, { withoutAki: true })], more: { profile: "rfc5280" } },
    ],
    ["rfc5280: as it should be", "good", { crls: [r.forgeCrl(ca)], more: { profile: "rfc5280" } }],
  ])("%s: %s", (_, expected, world) => {
    expect(verdict(world)).toBe(expected);
  });
});

describe("critical distribution points", () => {
  const point = f.tlv(0x30, f.tlv(0x30, f.tlv(0xa0, f.tlv(0xa0, f.uriName("http://crl.example/")))));
  const critical = f.extension("2.5.29.31", point, true);
  const marked = f.forgeCa(root, { extensions: [critical] });
  const markedLeaf = f.forgeLeaf(marked, { extensions: [critical] });
  const crls = [r.crlDer(marked), rootList];
  const input = inputFor([markedLeaf, marked, root]);

  test("are understood where a CRL is required, and only for whom it is", () => {
    expect(verifyPathSync({ ...input, revocation: { mode: "require", crls } }).chain).toHaveLength(3);
    const leafOnly = { mode: "require", scope: "leaf", crls } as const;
    for (const revocation of [leafOnly, { mode: "prefer", crls }, { mode: "ignore" }] as const) {
      expect(() => verifyPathSync({ ...input, revocation })).toThrow(
        expect.objectContaining({ code: "CRITICAL_EXTENSION_UNKNOWN" }),
      );
    }
    const plain = f.forgeCa(root, { key: marked.key });
    const pool = { ...input, intermediates: [plain.certificate] };
    expect(verifyPathSync({ ...pool, revocation: leafOnly }).chain).toHaveLength(3);
  });
});
