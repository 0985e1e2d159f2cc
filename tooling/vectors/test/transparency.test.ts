/** Timestamps of real logs in a real certificate, whose keys are published in the list of logs. */
import { type TrustAnchors, verifyPathSync } from "@tlskit/verify";
import { Certificate, PublicKey } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { readCases, vectorFile } from "../src/index.ts";
import { isPathCase } from "../src/path-case.ts";

const LOGS = {
  Argon2026h1:
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEB/we6GOO/xwxivy4HhkrYFAAPo6e2nc346Wo2o2U+GvoPWSPJz91s/xrEvA3Bk9kWHUUXVZS5morFEzsgdHqPg==",
  Wyvern2026h1:
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7Lw0OeKajbeZepHxBXJS2pOJXToHi5ntgKUW2nMhIOuGlofFxtkXum65TBNY1dGD+HrfHge8Fc3ASs0qMXEHVQ==",
};

const file = vectorFile("limbo-dev-core.json.gz");
const cases = file === undefined ? [] : readCases(file).filter(isPathCase);
const seen = cases.find(({ id }) => id === "online::s3.amazonaws.com");

describe.skipIf(seen === undefined)("distrustAfter on online::s3.amazonaws.com, of 2025-05-20 by itself", () => {
  // Seen at 18:23:05.910 by the one, at 18:23:05.835 by the other.
  const verify = (distrustAfter: string, ...logs: readonly (keyof typeof LOGS)[]) => {
    if (seen === undefined) throw new Error("the case is gone");
    const anchors = seen.trusted_certs.map((pem) => ({
      certificate: Certificate.fromPem(pem),
      distrustAfter: { server: new Date(distrustAfter) },
    }));
    const trust: TrustAnchors = {
      generation: "made here",
      size: anchors.length,
      bySubject: (name) => anchors.filter(({ certificate }) => certificate.subject.equals(name)),
      find: (wanted) => anchors.find(({ certificate }) => certificate.equals(wanted)),
      [Symbol.iterator]: () => anchors[Symbol.iterator](),
      logs: logs.map((name) => ({ key: PublicKey.fromSpki(Buffer.from(LOGS[name], "base64")) })),
    };
    return verifyPathSync({
      leaf: Certificate.fromPem(seen.peer_certificate),
      intermediates: seen.untrusted_intermediates.map((pem) => Certificate.fromPem(pem)),
      trust,
      purpose: "server",
      at: new Date(seen.validation_time ?? "2025-06-01"),
    });
  };

  test.each([
    ["2025-05-20T18:23:05.900Z", "Argon2026h1", true],
    ["2025-05-20T18:23:05.910Z", "Argon2026h1", false],
    ["2025-05-20T18:23:05.800Z", "Wyvern2026h1", true],
    ["2025-05-20T18:23:05.835Z", "Wyvern2026h1", false],
  ] as const)("distrusted after %s, by %s", (date, log, isRefused) => {
    if (!isRefused) return void expect(verify(date, log).chain.length).toBeGreaterThan(2);
    expect(() => verify(date, log)).toThrow(expect.objectContaining({ code: "ANCHOR_DISTRUSTED" }));
  });

  test("the earlier of two counts", () => {
    expect(verify("2025-05-20T18:23:05.900Z", "Argon2026h1", "Wyvern2026h1").chain.length).toBeGreaterThan(2);
  });
});
