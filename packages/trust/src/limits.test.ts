import { createTestCa } from "@tlskit/testing";
import { type Purpose, verifyPath } from "@tlskit/verify";
import { type Certificate, generalSubtree, PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { decision } from "../test/decision.ts";
import { caught } from "../test/refusal.ts";
import { platformTrust, TrustRoot, trustRootFromCertificates, trustRootFromFile } from "./index.ts";

const ca = await createTestCa({ name: "limited" });
const other = await createTestCa({ name: "other" });
const intermediate = await ca.createIntermediate();
const leaf = await intermediate.issue("www.example.org");
const trust = trustRootFromCertificates([ca.certificate, other.certificate]);
const day = 86_400_000;

function decide(root: TrustRoot, certificate = leaf, purpose: Purpose = "server"): Promise<string> {
  return decision({ leaf: certificate, intermediates: certificate.chain, trust: root, purpose });
}

describe("TRU-10: trust after a date", () => {
  const before = new Date(leaf.notBefore.getTime() - 1);
  const at = leaf.notBefore;

  test("refuses what was issued later, and accepts what was issued until then", async () => {
    expect(await decide(trust.distrustAfter(at))).toBe("accepted");
    expect(await decide(trust.distrustAfter(before))).toBe("ANCHOR_DISTRUSTED");
  });

  test("can be limited to a purpose", async () => {
    const limited = trust.distrustAfter(before, "server");
    expect(await decide(limited)).toBe("ANCHOR_DISTRUSTED");
    const client = await ca
      .issueWith({ names: ["www.example.org"], profile: "client" } as never)
      .catch(() => undefined);
    if (client !== undefined) expect(await decide(limited, client, "client")).toBe("accepted");
    expect(await decide(trust.distrustAfter(before, "client"))).toBe("accepted");
  });

  test("an earlier date stays, whichever comes first", async () => {
    const late = new Date(at.getTime() + day);
    expect(await decide(trust.distrustAfter(before).distrustAfter(late))).toBe("ANCHOR_DISTRUSTED");
    expect(await decide(trust.distrustAfter(late).distrustAfter(before))).toBe("ANCHOR_DISTRUSTED");
    expect(await decide(trust.distrustAfter(before).distrustAfter(late, "server"))).toBe("ANCHOR_DISTRUSTED");
    expect(await decide(trust.distrustAfter(late, "server").distrustAfter(before))).toBe("ANCHOR_DISTRUSTED");
    expect(await decide(trust.distrustAfter(late).distrustAfter(before, "client"))).toBe("accepted");
  });

  test("is part of the generation, and cannot be changed from outside", () => {
    const limited = trust.distrustAfter(before);
    expect(
      new Set(
        [trust, limited, trust.distrustAfter(at), trust.distrustAfter(before, "server")].map((one) => one.generation),
      ).size,
    ).toBe(4);
    const given = new Date(before);
    const own = trust.distrustAfter(given);
    given.setTime(0);
    const [anchor] = own.anchors;
    const handedOut = anchor?.distrustAfter;
    if (handedOut instanceof Date) handedOut.setTime(0);
    expect(handedOut).toEqual(new Date(0));
    expect(anchor?.distrustAfter).toEqual(before);
    expect(own.generation).toBe(limited.generation);
  });

  test("what is no date, and what is no purpose, is refused", () => {
    for (const date of [new Date(Number.NaN), "2026-11-01", 5, null, undefined]) {
      expect(caught(() => trust.distrustAfter(date as Date)).details).toMatchObject({ argument: "date" });
    }
    for (const purpose of ["any", "SERVER", "toString", null]) {
      expect(caught(() => trust.distrustAfter(before, purpose as Purpose)).code).toBe("TRUST_ARGUMENT_INVALID");
    }
  });
});

describe("TRU-10: purposes", () => {
  test("an anchor vouches for these alone", async () => {
    expect(await decide(trust.forPurposes("server", "email"))).toBe("accepted");
    expect(await decide(trust.forPurposes("email"))).toBe("ANCHOR_RESTRICTED");
  });

  test("limits add up, and none left is an error", () => {
    const limited = trust.forPurposes("server", "email");
    expect(limited.forPurposes("email", "client").anchors[0]?.purposes).toEqual(["email"]);
    expect(caught(() => limited.forPurposes("client")).code).toBe("TRUST_ROOT_EMPTY");
    expect(caught(() => trust.forPurposes()).code).toBe("TRUST_ARGUMENT_INVALID");
    expect(caught(() => trust.forPurposes("any")).code).toBe("TRUST_ARGUMENT_INVALID");
    expect(Object.isFrozen(limited.anchors[0]?.purposes)).toBe(true);
  });

  test("combining: who is not limited in one set is not limited", async () => {
    const limited = trust.forPurposes("email");
    expect(await decide(limited.and(trust))).toBe("accepted");
    expect(await decide(limited.and(trust.forPurposes("server")))).toBe("accepted");
    expect(limited.and(trust.forPurposes("server")).certificates).toHaveLength(2);
  });
});

describe("TRU-10: names", () => {
  test("an anchor vouches for permitted names alone, and never for excluded ones", async () => {
    expect(await decide(trust.withNameConstraints({ permitted: ["example.org"] }))).toBe("accepted");
    expect(await decide(trust.withNameConstraints({ permitted: ["example.com"] }))).toBe("NAME_CONSTRAINT_VIOLATION");
    expect(await decide(trust.withNameConstraints({ excluded: ["www.example.org"] }))).toBe(
      "NAME_CONSTRAINT_VIOLATION",
    );
    expect(await decide(trust.withNameConstraints({ permitted: [generalSubtree("example.org")] }))).toBe("accepted");
  });

  test("further constraints narrow; two lists of permitted names of one kind are refused", async () => {
    const limited = trust.withNameConstraints({ permitted: ["example.org"] });
    expect(await decide(limited.withNameConstraints({ excluded: ["www.example.org"] }))).toBe(
      "NAME_CONSTRAINT_VIOLATION",
    );
    expect(await decide(limited.withNameConstraints({ permitted: ["10.0.0.0/8"] }))).toBe("accepted");
    const error = caught(() => limited.withNameConstraints({ permitted: ["example.com"] }));
    expect(error).toMatchObject({ code: "NAME_CONSTRAINTS_CONFLICT", details: { nameType: "dns" } });
  });

  test("bytes that are handed out are copies", () => {
    const limited = trust.withNameConstraints({ permitted: ["10.0.0.0/8"] });
    const read = () => {
      const base = limited.anchors[0]?.nameConstraints?.permitted?.[0]?.base;
      if (base?.type !== "ip") throw new Error("expected an address");
      return base.bytes;
    };
    read().fill(0);
    expect([...read()]).toEqual([10, 0, 0, 0, 255, 0, 0, 0]);
  });

  test("what is no list of names is refused", () => {
    for (const value of [
      null,
      {},
      { permitted: [] },
      { permited: ["a.example"] },
      { permitted: "a.example" },
      { permitted: [5] },
      { permitted: [{ type: "dns", value: "example.org" }] },
      { permitted: [{ base: { type: "dnsName", value: "example.org" } }] },
      { permitted: [{ base: { type: "dns", value: 5 } }] },
      { permitted: [{ base: { type: "ip", value: "10.0.0.0/8" } }] },
      { permitted: [{ base: { type: "directory", value: "CN=a" } }] },
    ]) {
      expect(caught(() => trust.withNameConstraints(value as never)).code).toBe("TRUST_ARGUMENT_INVALID");
    }
  });
});

describe("TRU-10: pins", () => {
  const spare = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  test("one of the keys must be on the verified path: leaf, intermediate or anchor", async () => {
    for (const key of [leaf, intermediate.certificate, ca.certificate.publicKey]) {
      expect(await decide(trust.pin(spare, key))).toBe("accepted");
    }
    expect(await decide(trust.pin(other.certificate, spare))).toBe("PIN_MISMATCH");
  });

  test("a key that is presented and not on the path does not count", async () => {
    const root = trust.pin(other.certificate, spare);
    const error = await verifyPath({
      leaf,
      intermediates: [...leaf.chain, other.certificate],
      trust: root,
      purpose: "server",
    }).catch((e) => e.code);
    expect(error).toBe("PIN_MISMATCH");
  });

  test("two different keys at least", () => {
    for (const pins of [[], [spare], [leaf, leaf.publicKey]]) {
      expect(caught(() => trust.pin(...pins)).code).toBe("TRUST_PINS_TOO_FEW");
    }
  });

  test.each([
    ["hexadecimal", "0".repeat(64)],
    ["without its prefix", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
    ["of another hash", "sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA="],
    ["with loose bits", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB="],
    ["too short", "sha256/AAAA"],
    ["as bytes", new Uint8Array(32)],
    ["absent", undefined],
  ])("TRU-02: a pin %s is refused by its place", (_what, pin) => {
    const error = caught(() => trust.pin(spare, pin as string));
    expect(error.code).toBe("TRUST_ARGUMENT_INVALID");
    expect(error.message).toContain("pins[1]");
  });

  test("they are part of the generation, survive other operations, and bytes are copies", () => {
    const pinned = trust.pin(leaf, spare);
    expect(pinned.generation).not.toBe(trust.generation);
    expect(trust.pin(spare, leaf).generation).toBe(pinned.generation);
    expect(pinned.without(other.certificate).pinned).toEqual(pinned.pinned);
    expect(pinned.and(trust).pinned).toEqual(pinned.pinned);
    expect(trust.and(pinned).pins).toEqual(pinned.pins);
    pinned.pins?.[0]?.sha256.fill(7);
    expect(pinned.pins?.[0]?.sha256).not.toEqual(new Uint8Array(32).fill(7));
    expect("pins" in trust).toBe(false);
  });
});

describe("TRU-10: block lists", () => {
  test.each<[string, Certificate]>([
    ["the leaf", leaf],
    ["an intermediate", intermediate.certificate],
    ["the anchor itself", ca.certificate],
  ])("%s on a list is refused, with a reason of its own", async (_what, certificate) => {
    expect(await decide(trust.distrust([certificate]))).toBe("CERTIFICATE_DISTRUSTED");
  });

  test("by key, a certificate that is issued anew for it is refused, too", async () => {
    const { keyPair, subject } = ca.certificate;
    const renewed = await PrivateCertificate.selfSigned({ subject, keyPair, profile: "ca" });
    const both = trustRootFromCertificates([renewed, other.certificate]);
    expect(await decide(both.distrust([ca.certificate]))).toBe("accepted");
    expect(await decide(both.distrust([ca.certificate], { by: "key" }))).toBe("CERTIFICATE_DISTRUSTED");
  });

  test("wins over anchors, and is no longer listed, counted, or exported among them", () => {
    const less = trust.distrust([ca.certificate]);
    expect(less.certificates.map(({ id }) => id)).toEqual([other.certificate.id]);
    expect(less.size).toBe(1);
    expect([...less]).toHaveLength(1);
    expect(less.toPem()).toBe(other.certificate.toPem());
    expect(less.why(ca.certificate)).toMatchObject({ trusted: false, distrust: { by: "certificate" } });
    expect(less.why(ca.certificate).message).toContain("distrusted");
    expect(less.why(leaf)).toMatchObject({ trusted: false });
    expect(less.and(trust).size).toBe(1);
    expect(trust.and(less).size).toBe(1);
    expect(caught(() => trust.distrust([ca.certificate, other.certificate])).code).toBe("TRUST_ROOT_EMPTY");
  });

  test("lists are part of the generation, in any order", () => {
    const generations = [
      trust,
      trust.distrust([leaf]),
      trust.distrust([leaf], { by: "key" }),
      trust.distrust([leaf, intermediate.certificate]),
    ].map(({ generation }) => generation);
    expect(new Set(generations).size).toBe(4);
    expect(trust.distrust([intermediate.certificate]).distrust([leaf, leaf]).generation).toBe(generations[3]);
  });

  test("what is no certificate is refused by its place", () => {
    expect(caught(() => trust.distrust([ca.certificate, "pem" as never])).message).toContain("certificates[1]");
    expect(caught(() => trust.distrust([], { by: "name" as never })).code).toBe("TRUST_ARGUMENT_INVALID");
  });
});

describe("TRU-08: what differs", () => {
  test("names what was added, removed, changed, distrusted and pinned", () => {
    const before = trustRootFromCertificates([ca.certificate, other.certificate]);
    const after = trustRootFromCertificates([intermediate.certificate])
      .and(trustRootFromCertificates([other.certificate]).forPurposes("server"))
      .distrust([leaf])
      .pin(ca.certificate, other.certificate);
    const diff = TrustRoot.diff(before, after);
    expect(diff.same).toBe(false);
    expect(diff.added.map(({ id }) => id)).toEqual([intermediate.certificate.id]);
    expect(diff.removed.map(({ id }) => id)).toEqual([ca.certificate.id]);
    expect(diff.changed).toMatchObject([{ after: [{ purposes: ["server"] }] }]);
    expect(diff.distrusted).toMatchObject([{ by: "certificate", sha256: leaf.id }]);
    expect(diff.pinned).toHaveLength(2);
    const back = TrustRoot.diff(after, before);
    expect([back.noLongerDistrusted.length, back.unpinned.length]).toEqual([1, 2]);
  });

  test("the same contents do not differ, wherever they came from", () => {
    const diff = TrustRoot.diff(trust, trustRootFromCertificates([other.certificate, ca.certificate]));
    expect(diff).toEqual({
      same: true,
      added: [],
      removed: [],
      changed: [],
      distrusted: [],
      noLongerDistrusted: [],
      pinned: [],
      unpinned: [],
    });
    expect(caught(() => TrustRoot.diff(trust, [] as never)).code).toBe("TRUST_ARGUMENT_INVALID");
  });
});

describe("TRU-02: arguments", () => {
  test.each<[string, () => unknown]>([
    ["keep", () => trust.filter("rsa" as never)],
    ["keep()", () => trust.filter((async () => false) as never)],
    ["options", () => trust.filter(() => true, null as never)],
    ["certificates", () => trust.distrust(ca.certificate as never)],
    ["certificates", () => trust.distrust("pem" as never)],
    ["certificate", () => trust.without(ca.caPem as never)],
    ["certificate", () => trust.why(undefined as never)],
    ["logs", () => trust.withLogs(ca.certificate.publicKey as never)],
    ["logs[1].key", () => trust.withLogs([{ key: leaf.publicKey }, { key: leaf as never }])],
  ])("%s is checked", (argument, run) => {
    expect(caught(run)).toMatchObject({ code: "TRUST_ARGUMENT_INVALID", details: { argument } });
  });

  test("what somebody put on Object.prototype is nobody's option", async () => {
    const polluted = Object.prototype as Record<string, unknown>;
    Object.assign(polluted, { allowEmpty: true, by: "name", fileSystem: {}, os: "plan9", onSkip: 5 });
    try {
      expect(caught(() => trust.filter(() => false)).code).toBe("TRUST_ROOT_EMPTY");
      expect(trust.distrust([leaf]).distrusted[0]?.by).toBe("certificate");
      expect((await platformTrust({ environment: {} })).source.kind).toBe("system");
      await expect(trustRootFromFile("/nowhere")).rejects.toMatchObject({ code: "TRUST_SOURCE_MISSING" });
    } finally {
      for (const name of ["allowEmpty", "by", "fileSystem", "os", "onSkip"]) delete polluted[name];
    }
  });
});

test("TRU-10: logs whose timestamps count are part of the set, each once", () => {
  const logs = [{ key: leaf.publicKey }, { key: leaf.publicKey }, { key: ca.certificate.publicKey }];
  const believing = trust.withLogs(logs);
  expect(believing.logs).toHaveLength(2);
  expect(Object.isFrozen(believing.logs) && believing.logs.every((log) => Object.isFrozen(log))).toBe(true);
  expect(believing.generation).not.toBe(trust.generation);
  expect(trust.withLogs(logs.toReversed()).generation).toBe(believing.generation);
  expect(believing.without(other.certificate).and(trust).logs).toHaveLength(2);
});

test.each<[string, object]>([
  ["a date by day", { distrustAfter: new Map([["server", new Date(0)]]) }],
  ["a moment of another kind", { distrustAfter: new (class Instant {})() }],
  ["a list of dates", { distrustAfter: [new Date(0)] }],
  ["a misspelt list of names", { nameConstraints: { permited: [generalSubtree("example.com")] } }],
  ["no names", { nameConstraints: {} }],
  ["names of no kind", { nameConstraints: { permitted: [{ base: { type: "host", value: "example.com" } }] } }],
])("TRU-10: a limit of an anchor that cannot be understood is an error, not one that is not there: %s", (_, limits) => {
  const anchor = { certificate: ca.certificate, ...limits };
  const source = { kind: "certificates", locations: [], description: "a test" } as const;
  const error = caught(() => new TrustRoot({ entries: [{ anchor, origins: [] }], source }));
  expect(error).toMatchObject({
    code: "TRUST_ARGUMENT_INVALID",
    details: { argument: `anchor.${Object.keys(limits)[0]}` },
  });
});

test("TRU-10: a self-signed certificate counts for every purpose that it was given, one by one", async () => {
  const self = await PrivateCertificate.selfSigned({ subjectAltName: ["www.example.org"] });
  const alone = trustRootFromCertificates([self]);
  for (const both of [
    alone.forPurposes("email").and(alone.forPurposes("server")),
    alone.forPurposes("server").and(alone.forPurposes("email")),
  ]) {
    expect(await decision({ leaf: self, trust: both, purpose: "server", name: "www.example.org" })).toBe("accepted");
  }
  const elsewhere = alone.withNameConstraints({ permitted: ["example.com"] });
  const input = { leaf: self, trust: elsewhere, purpose: "server", name: "www.example.org" } as const;
  expect(await decision(input)).toBe("NAME_CONSTRAINT_VIOLATION");
});

test("TRU-10: what a set hands out cannot change it", () => {
  const purposes: Purpose[] = ["server"];
  const made = new TrustRoot({
    entries: [{ anchor: { certificate: ca.certificate, purposes }, origins: [] }],
    source: { kind: "certificates", locations: [], description: "a test" },
  });
  purposes.push("client");
  expect(made.anchors[0]?.purposes).toEqual(["server"]);
  expect(made.anchors[0]?.certificate).not.toBeInstanceOf(PrivateCertificate);
  expect(() => (made.distrusted as unknown[]).push(1)).toThrow();
  expect(() => (made.pinned as unknown[]).push(1)).toThrow();
  expect(() => (made.why(ca.certificate).anchors as unknown[]).push(1)).toThrow();
});
