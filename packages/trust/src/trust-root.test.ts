import { rootCertificates } from "node:tls";
import { inspect } from "node:util";
import { Certificate } from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caught } from "../test/refusal.ts";
import { TrustRoot, trustRootFromCertificates } from "./index.ts";

const all = rootCertificates.slice(0, 30).map((pem) => Certificate.fromPem(pem));
const [a, b, c, d] = all as [Certificate, Certificate, Certificate, Certificate];

describe("trustRootFromCertificates", () => {
  test("TRU-01: takes any iterable of certificates", () => {
    const sources: Iterable<Certificate>[] = [
      [a, b],
      new Set([a, b]),
      [a, b].values(),
      new Map([
        [1, a],
        [2, b],
      ]).values(),
    ];
    for (const source of sources) {
      const root = trustRootFromCertificates(source);
      expect(root.certificates.map(({ id }) => id)).toEqual([a.id, b.id]);
      expect(root.source.kind).toBe("certificates");
    }
  });

  test.each<[string, unknown, string]>([
    ["PEM text", a.toPem(), "string"],
    ["DER", a.der, "Uint8Array"],
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["a number", 5, "number"],
    ["a single certificate", a, "Certificate"],
    ["a plain object", {}, "object"],
  ])("TRU-02: refuses %s in place of the iterable", (_name, value, actual) => {
    const error = caught(() => trustRootFromCertificates(value as Iterable<Certificate>));
    expect(error.code).toBe("TRUST_ARGUMENT_INVALID");
    expect(error.details).toEqual({ argument: "certificates", expected: "Iterable<Certificate>", actual });
  });

  test.each<[string, unknown, string]>([
    ["PEM text", a.toPem(), "string"],
    ["DER", a.der, "Uint8Array"],
    ["null", null, "null"],
    ["something that looks like one", { ...a, der: a.der }, "object"],
    ["an array", [a], "array"],
    ["an object of a class", new Date(), "Date"],
  ])("TRU-02: names the place and type of %s among certificates", (_name, value, actual) => {
    const error = caught(() => trustRootFromCertificates([a, b, value as Certificate, c]));
    expect(error.code).toBe("TRUST_ARGUMENT_INVALID");
    expect(error.details).toMatchObject({ index: 2, actual });
    expect(error.message).toContain("element 2");
    expect(error.message).not.toContain("BEGIN");
  });

  test("TRU-03: an empty set is refused unless it is asked for", () => {
    expect(caught(() => trustRootFromCertificates([])).code).toBe("TRUST_ROOT_EMPTY");
    expect(trustRootFromCertificates([], { allowEmpty: true }).size).toBe(0);
    expect(TrustRoot.none().size).toBe(0);
    expect(TrustRoot.none().certificates).toEqual([]);
  });

  test("TRU-12: duplicates are harmless", () => {
    const twin = Certificate.fromDer(a.der);
    const root = trustRootFromCertificates([a, b, twin, a]);
    expect(root.size).toBe(2);
    expect(root.generation).toBe(trustRootFromCertificates([a, b]).generation);
    expect(root.why(a).origins.map(({ location }) => location)).toEqual([
      "certificates[0]",
      "certificates[2]",
      "certificates[3]",
    ]);
  });
});

describe("TrustRoot", () => {
  const root = trustRootFromCertificates(all);

  test("enumerates anchors with their source, in order", () => {
    expect([...root].map(({ certificate }) => certificate.id)).toEqual(all.map(({ id }) => id));
    expect([...root].every(({ source }, index) => source === `certificates[${index}]`)).toBe(true);
    expect(root.size).toBe(all.length);
  });

  test("finds by certificate and by subject", () => {
    for (const certificate of all) {
      const twin = Certificate.fromDer(certificate.der);
      expect(root.find(twin)?.certificate.id).toBe(certificate.id);
      expect(root.bySubject(twin.subject).map((anchor) => anchor.certificate.id)).toContain(certificate.id);
    }
    expect(trustRootFromCertificates([a]).find(b)).toBeUndefined();
    expect(trustRootFromCertificates([a]).bySubject(b.subject)).toEqual([]);
  });

  test("is immutable", () => {
    expect(Object.isFrozen(root)).toBe(true);
    expect(() => (root.anchors as unknown[]).push(1)).toThrow();
    expect(() => (root.certificates as unknown[]).push(1)).toThrow();
    expect(() => (root.bySubject(a.subject) as unknown[]).push(1)).toThrow();
    expect(() => Object.assign(root.find(a) ?? {}, { purposes: [] })).toThrow();
    expect(() => Object.assign(root.source, { kind: "system" })).toThrow();
  });

  test("combines, keeping every origin", () => {
    const one = trustRootFromCertificates([a, b]);
    const two = trustRootFromCertificates([b, c]);
    const both = one.and(two);
    expect(both.certificates.map(({ id }) => id)).toEqual([a.id, b.id, c.id]);
    expect(one.size).toBe(2);
    expect(both.generation).toBe(trustRootFromCertificates([c, b, a]).generation);
    expect(both.why(b).message).toBe("trusted: found in certificates[1], certificates[0]");
    expect(caught(() => one.and([c] as unknown as TrustRoot)).details).toMatchObject({ actual: "array" });
  });

  test("filters and removes", () => {
    const three = trustRootFromCertificates([a, b, c]);
    expect(three.without(b).certificates.map(({ id }) => id)).toEqual([a.id, c.id]);
    expect(three.without(d).generation).toBe(three.generation);
    expect(three.filter(({ certificate }) => certificate.id === c.id).certificates).toEqual([c]);
    expect(caught(() => three.filter(() => false)).code).toBe("TRUST_ROOT_EMPTY");
    expect(caught(() => trustRootFromCertificates([a]).without(a)).code).toBe("TRUST_ROOT_EMPTY");
    expect(trustRootFromCertificates([a]).without(a, { allowEmpty: true }).size).toBe(0);
  });

  test("what is no certificate cannot be removed or explained: nothing would happen, and look like success", () => {
    const three = trustRootFromCertificates([a, b, c]);
    for (const value of [a.toPem(), a.id, { id: a.id }, null]) {
      for (const method of ["without", "why"] as const) {
        const error = caught(() => three[method](value as Certificate));
        expect(error).toMatchObject({ code: "TRUST_ARGUMENT_INVALID", details: { argument: "certificate" } });
      }
    }
  });

  test("says why", () => {
    const explained = trustRootFromCertificates([a]).why(a);
    expect(explained.trusted).toBe(true);
    expect(explained.anchors).toHaveLength(1);
    const unknown = trustRootFromCertificates([a]).why(b);
    expect(unknown).toMatchObject({ trusted: false, anchors: [], origins: [], sameSubject: [] });
    expect(unknown.message).toMatch(/^not trusted/);
  });

  test("writes a PEM bundle that reads back as the same set", () => {
    expect(trustRootFromCertificates(Certificate.allFromPem(root.toPem())).generation).toBe(root.generation);
  });

  test("prints and serialises as a summary", () => {
    expect(String(root)).toBe("<TrustRoot 30 anchors from 30 certificates named by the program>");
    expect(inspect(root)).toBe(String(root));
    expect(JSON.parse(JSON.stringify(root))).toEqual({
      source: { kind: "certificates", locations: [], description: "30 certificates named by the program" },
      size: 30,
      generation: root.generation,
    });
  });
});

describe("generation", () => {
  test("depends on the contents, not on order, duplicates or origin", () => {
    const some = fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, some, (left, right) => {
        const [key, otherKey] = [left, right].map((list) => [...new Set(list.map(({ id }) => id))].sort().join());
        const same = key === otherKey;
        const generations = [left, right].map((list) => trustRootFromCertificates(list).generation);
        expect(generations[0] === generations[1]).toBe(same);
        expect(trustRootFromCertificates(left.toReversed()).generation).toBe(generations[0]);
      }),
    );
  });

  test("depends on the constraints of every anchor", () => {
    const source = { kind: "certificates", locations: [], description: "test" } as const;
    const constraints = [
      {},
      { purposes: ["server"] },
      { purposes: ["client", "server"] },
      { distrustAfter: new Date(0) },
      { distrustAfter: new Date(1) },
      { nameConstraints: { permitted: [{ base: { type: "dns", value: "a.example" } }] } },
      { nameConstraints: { excluded: [{ base: { type: "dns", value: "a.example" } }] } },
      { nameConstraints: { permitted: [{ base: { type: "directory", value: a.subject } }] } },
      { nameConstraints: { permitted: [{ base: { type: "directory", value: b.subject } }] } },
    ] as object[];
    const make = (limits: object) =>
      new TrustRoot({ entries: [{ anchor: { certificate: a, ...limits }, origins: [] }], source });
    expect(new Set(constraints.map((limits) => make(limits).generation)).size).toBe(constraints.length);
    expect(make({ purposes: ["server", "client"] }).generation).toBe(
      make({ purposes: ["client", "server"] }).generation,
    );
  });

  test("an anchor that one source limits and another does not is not limited; two limits stay two anchors", () => {
    const source = { kind: "certificates", locations: [], description: "test" } as const;
    const entry = (limits: object, location: string) => ({
      anchor: { certificate: a, ...limits },
      origins: [{ kind: "certificates" as const, location }],
    });
    const servers = entry({ purposes: ["server"] }, "servers");
    const limited = new TrustRoot({
      entries: [servers, entry({ distrustAfter: new Date(0) }, "old"), servers],
      source,
    });
    expect(limited.size).toBe(2);
    expect(limited.certificates).toHaveLength(1);
    expect(limited.bySubject(a.subject)).toHaveLength(2);
    const free = limited.and(new TrustRoot({ entries: [entry({}, "free")], source }));
    expect(free.size).toBe(1);
    expect(free.find(a)?.purposes).toBeUndefined();
    expect(
      free
        .why(a)
        .origins.map(({ location }) => location)
        .sort(),
    ).toEqual(["free", "old", "servers"]);
  });
});
