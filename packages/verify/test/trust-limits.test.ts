/** What a trust store says beyond who is in it: pins, block lists, dates; and leaves that are known by their key. */
import { describe, expect, test } from "vitest";

import {
  type KeyPin,
  type PinnedLeafInput,
  type TrustAnchor,
  type TrustAnchors,
  verifyPath,
  verifyPathSync,
  verifyPinnedLeaf,
} from "../src/index.ts";
import { dnsName, type Forged, forge, forgeCa, forgeLeaf, forgeRoot, NOW, rsaKey } from "./forge.ts";
import { inputFor, store } from "./inputs.ts";
import { refusal } from "./refusal.ts";

const root = forgeRoot();
const ca = forgeCa(root);
const leaf = forgeLeaf(ca);

const pinOf = ({ certificate }: Forged): KeyPin => ({
  sha256: certificate.publicKey.spkiHash("sha-256", { format: "bytes" }),
});
const backup: KeyPin = { sha256: new Uint8Array(32) };

describe("pins", () => {
  test.each([
    ["leaf", leaf],
    ["intermediate", ca],
    ["anchor", root],
  ])("the key of the %s is enough", (_, pinned) => {
    const trust = store([root], { pins: [backup, pinOf(pinned)] });
    expect(verifyPathSync(inputFor([leaf, ca, root], { trust })).chain).toHaveLength(3);
  });

  test("no pinned key on the path: its own reason, and nothing else", async () => {
    const stranger = forgeLeaf(ca);
    const trust = store([root], { pins: [backup, pinOf(stranger)] });
    const input = inputFor([leaf, ca, root], { trust });
    const error = await verifyPath(input).catch((refused) => refused);
    expect(error.reasons.map(({ code }: { code: string }) => code)).toEqual(["PIN_MISMATCH"]);
    expect(error.details.seen).toEqual(
      [leaf, ca, root].map(({ certificate }) => certificate.publicKey.spkiHash("sha-256", { format: "pin" })),
    );
    expect(error.details.pins).toContain(stranger.certificate.publicKey.spkiHash("sha-256", { format: "pin" }));
  });

  test("what the peer only sends along does not count, and another path that has the key is found", () => {
    const pinned = forgeRoot({ subject: "Pinned Root" });
    const crossed = forge({ subject: "Root", ca: true, keyUsage: ["keyCertSign"], issuer: pinned, key: root.key });
    const pins = [backup, pinOf(pinned)];
    const input = inputFor([leaf, ca, crossed, root], { trust: store([root, pinned], { pins }) });
    expect(verifyPathSync({ ...input, intermediates: [ca.certificate, crossed.certificate] }).chain.at(-1)).toBe(
      pinned.certificate,
    );
    const sentAlong = { ...input, trust: store([root], { pins }) };
    expect(refusal(() => verifyPathSync(sentAlong)).code).toBe("PIN_MISMATCH");
  });

  test.each([
    ["none", []],
    ["no hash", [{ sha256: new Uint8Array(20) }]],
    ["a text", [{ sha256: "00" }]],
    ["no list", "sha256/AAAA"],
  ])("%s is an error about the trust store", (_, pins) => {
    const trust = store([root], { pins: pins as readonly KeyPin[] });
    expect(() => verifyPathSync(inputFor([leaf, ca, root], { trust }))).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
    );
  });
});

describe("block lists", () => {
  test("another path without the distrusted certificate is found", () => {
    const other = forgeCa(root, { key: ca.key });
    const trust = store([root], {
      distrusts: (one) => (one.id === ca.certificate.id ? { by: "certificate" } : undefined),
    });
    const input = inputFor([leaf, ca, root], { trust });
    expect(refusal(() => verifyPathSync(input)).code).toBe("CERTIFICATE_DISTRUSTED");
    const pool = [ca.certificate, other.certificate];
    expect(verifyPathSync({ ...input, intermediates: pool }).chain[1]).toBe(other.certificate);
  });

  test("a leaf that is itself an anchor can be distrusted, too", () => {
    const trust = store([root], { distrusts: () => ({ by: "key", source: "a list" }) });
    const error = refusal(() => verifyPathSync({ leaf: root.certificate, trust, at: NOW, purpose: "any" }));
    expect(error.reasons.map(({ code, details }) => [code, details])).toEqual([
      ["CERTIFICATE_DISTRUSTED", { by: "key", source: "a list" }],
    ]);
  });

  test.each([[true], ["certificate"], [null], [{}], [{ by: "name" }], [{ by: "key", source: 1 }]])(
    "an answer like %j is an error and not a good word",
    (answer) => {
      const distrusts = (() => answer) as unknown as NonNullable<TrustAnchors["distrusts"]>;
      expect(() => verifyPathSync(inputFor([leaf, ca, root], { trust: store([root], { distrusts }) }))).toThrow(
        expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
      );
    },
  );
});

test.each([["all"], [null], [{}]])("a block list that cannot be asked is an error: %j", (list) => {
  const distrusts = list as unknown as NonNullable<TrustAnchors["distrusts"]>;
  expect(() => verifyPathSync(inputFor([leaf, ca, root], { trust: store([root], { distrusts }) }))).toThrow(
    expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
  );
});

describe("an anchor's limits", () => {
  const late = new Date("2024-12-31T00:00:00Z");

  test.each([
    ["for all purposes", late, "server", "ANCHOR_DISTRUSTED"],
    ["for this purpose", { server: late }, "server", "ANCHOR_DISTRUSTED"],
    ["for another purpose", { email: late }, "server", undefined],
    ["after the leaf was issued", { server: new Date("2025-01-01T00:00:00Z") }, "server", undefined],
  ] as const)("distrusted %s", (_, distrustAfter, purpose, code) => {
    const trust = store([{ certificate: root.certificate, distrustAfter }]);
    const input = inputFor([leaf, ca, root], { trust, purpose });
    if (code === undefined) expect(verifyPathSync(input).chain).toHaveLength(3);
    else expect(refusal(() => verifyPathSync(input)).code).toBe(code);
  });

  test("an anchor that the peer has sent, too, is told for what it is", () => {
    const trust = store([{ certificate: root.certificate, distrustAfter: late }]);
    const input = inputFor([leaf, ca, root], { trust });
    const sent = { ...input, intermediates: [ca.certificate, root.certificate] };
    expect(refusal(() => verifyPathSync(sent)).code).toBe("ANCHOR_DISTRUSTED");
  });

  test.each([
    ["distrustAfter", new Date(Number.NaN)],
    ["distrustAfter", "2024-12-31"],
    ["distrustAfter", late.getTime()],
    ["distrustAfter", null],
    ["distrustAfter", { sever: late }],
    ["distrustAfter", { server: new Date(Number.NaN) }],
    ["distrustAfter", Object.create(Date.prototype)],
    ["distrustAfter", []],
    ["distrustAfter", new Map([["server", late]])],
    ["distrustAfter", new (class Instant {})()],
    ["distrustAfter", Object.create({ server: late })],
    ["purposes", "server"],
    ["purposes", ["sever"]],
    ["purposes", new Set(["client"])],
    ["nameConstraints", null],
    ["nameConstraints", "b.example"],
    ["nameConstraints", {}],
    ["nameConstraints", { permitted: [] }],
    ["nameConstraints", { permited: [{ base: { type: "dns", value: "b.example" } }] }],
    ["nameConstraints", { permitted: [{ base: { type: "dnsName", value: "b.example" } }] }],
    ["nameConstraints", { permitted: [{ base: { type: "dns", value: 1 } }] }],
    ["nameConstraints", { permitted: [{ base: { type: "ip", value: "10.0.0.0/8" } }] }],
    ["nameConstraints", { permitted: [{ base: { type: "ip", value: "", bytes: new Uint8Array(4) } }] }],
    ["nameConstraints", { permitted: [{ type: "dns", value: "b.example" }] }],
    ["nameConstraints", new Map([["permitted", []]])],
    ["certificate", { subject: root.certificate.subject }],
  ])("%s that cannot be understood is an error, not a limit that is not there: %o", (field, value) => {
    const bySubject = () => [{ certificate: root.certificate, [field]: value }];
    const trust = { ...store([root]), bySubject } as TrustAnchors;
    expect(() => verifyPathSync(inputFor([leaf, ca, root], { trust }))).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
    );
  });

  test("limits are read once: what the store says later is about later decisions", () => {
    const said: (readonly string[])[] = [["client"], ["server"]];
    const anchor = { certificate: root.certificate, purposes: ["server"] as readonly string[] };
    Object.defineProperty(anchor, "purposes", { enumerable: true, get: () => said.shift() ?? ["server"] });
    const trust = store([anchor as unknown as TrustAnchor]);
    expect(refusal(() => verifyPathSync(inputFor([leaf, ca, root], { trust }))).code).toBe("ANCHOR_RESTRICTED");
  });

  test("what a getter of the store throws is its own", () => {
    const mine = new Error("mine");
    const nameConstraints = {
      get permitted(): never {
        throw mine;
      },
    };
    const trust = store([{ certificate: root.certificate, nameConstraints }]);
    expect(() => verifyPathSync(inputFor([leaf, ca, root], { trust }))).toThrow(mine);
  });

  test("constraints that were changed since the last decision count as they are now", () => {
    const base = { type: "dns", value: "a.example" } as { type: "dns"; value: string };
    const nameConstraints = { permitted: [{ base }] };
    const trust = store([{ certificate: root.certificate, nameConstraints }]);
    const input = inputFor([leaf, ca, root], { trust });
    expect(verifyPathSync(input).chain).toHaveLength(3);
    base.value = "b.example";
    expect(refusal(() => verifyPathSync(input)).code).toBe("NAME_CONSTRAINT_VIOLATION");
  });

  test("of a certificate that is trusted within several limits, those that fit count, in any order", () => {
    const self = forge({ subject: "nas", keyUsage: ["digitalSignature"], san: [dnsName("nas.local")] });
    const forMail = { certificate: self.certificate, purposes: ["email"] } as const;
    const forServers = { certificate: self.certificate, purposes: ["server"] } as const;
    for (const list of [
      [forMail, forServers],
      [forServers, forMail],
    ]) {
      const path = verifyPathSync({ leaf: self.certificate, trust: store(list), at: NOW, purpose: "server" });
      expect(path.anchor.purposes).toEqual(["server"]);
    }
  });

  test("a store that finds another certificate than it was asked for is not believed", () => {
    const stranger = forgeRoot({ subject: "Stranger", key: ca.key });
    const trust: TrustAnchors = { ...store([stranger]), bySubject: () => [stranger], find: () => stranger };
    expect(refusal(() => verifyPathSync({ ...inputFor([leaf, root]), trust })).code).toBe("UNKNOWN_ISSUER");
    const self = { ...inputFor([root, root]), trust, purpose: "any" } as const;
    expect(refusal(() => verifyPathSync(self)).code).toBe("SELF_SIGNED");
  });
});

describe("verifyPinnedLeaf", () => {
  const nas = forge({ subject: "nas", keyUsage: ["digitalSignature"], san: [dnsName("nas.local")] });
  const input: PinnedLeafInput = {
    leaf: nas.certificate,
    pins: [pinOf(nas)],
    purpose: "server",
    name: "nas.local",
    at: NOW,
  };

  test("accepts a leaf of the known key, whoever issued it", () => {
    expect(verifyPinnedLeaf(input)).toMatchObject({ certificate: nas.certificate, at: NOW });
    expect(verifyPinnedLeaf(input).name?.presented).toBe("DNS:nas.local");
    const renewed = forgeLeaf(ca, { key: nas.key, san: [dnsName("nas.local")] });
    expect(verifyPinnedLeaf({ ...input, leaf: renewed.certificate.der }).certificate.id).toBe(renewed.certificate.id);
  });

  const again = (options: Parameters<typeof forge>[0]): Forged =>
    forge({ subject: "nas", key: nas.key, san: [dnsName("nas.local")], ...options });

  test.each([
    ["another key", { leaf: forge({ subject: "nas", san: [dnsName("nas.local")] }).certificate }, ["PIN_MISMATCH"]],
    ["expired", { at: new Date("2030-01-01T00:00:00Z") }, ["CERTIFICATE_EXPIRED"]],
    ["another name", { name: "b.local" }, ["NAME_MISMATCH"]],
    ["another purpose", { leaf: again({ eku: ["1.3.6.1.5.5.7.3.4"] }).certificate }, ["EXTENDED_KEY_USAGE_MISMATCH"]],
    ["no DER", { leaf: Uint8Array.of(1) }, ["CERTIFICATE_MALFORMED"]],
    [
      "form, under that profile",
      { leaf: again({ serial: 0 }).certificate, profile: "rfc5280" },
      ["CERTIFICATE_NOT_CONFORMING"],
    ],
  ] as const)("%s", (_, change, codes) => {
    const error = refusal(() => verifyPinnedLeaf({ ...input, ...change }));
    expect(error.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test("a weak key is weak, known or not", () => {
    const weak = forge({ subject: "nas", key: rsaKey(1024), san: [dnsName("nas.local")] });
    expect(refusal(() => verifyPinnedLeaf({ ...input, leaf: weak.certificate, pins: [pinOf(weak)] })).code).toBe(
      "WEAK_KEY",
    );
  });

  test("all that is wrong is said", () => {
    const at = new Date("2030-01-01T00:00:00Z");
    const error = refusal(() => verifyPinnedLeaf({ ...input, at, name: "b.local", pins: [backup] }));
    expect(error.reasons.map(({ code }) => code)).toEqual(["PIN_MISMATCH", "CERTIFICATE_EXPIRED", "NAME_MISMATCH"]);
  });

  test.each([
    ["no pin", { pins: [] }],
    ["a misspelt property", { nmae: "nas.local" }],
    ["no leaf", { leaf: undefined }],
  ])("%s is an error about the arguments", (_, change) => {
    expect(() => verifyPinnedLeaf({ ...input, ...change } as PinnedLeafInput)).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
    );
  });
});
