// What is said to whom a certificate is refused, and to whom has given something else than what was meant.
import { X509Certificate } from "node:crypto";
import { createTestCa } from "@tlskit/testing";
import { formatGeneralName, generalName, generalSubtree } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { describeIdentity } from "../src/identity/index.ts";
import {
  DEFAULT_BUDGET,
  httpRevocationFetcher,
  LinkCache,
  VerificationError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
  verifyPinnedLeaf,
} from "../src/index.ts";
import { forgeCa, forgeLeaf, forgeRoot, tlv } from "./forge.ts";
import { anchors, inputFor } from "./inputs.ts";

const root = await createTestCa();
const top = await root.createIntermediate();
const middle = await top.createIntermediate();
const bottom = await middle.createIntermediate();
const leaf = await bottom.issue("a.example");
const direct = await root.issue("a.example");
const input = { leaf, intermediates: leaf.chain, trust: [root.certificate], purpose: "server" } as const;

function refusal(given: VerifyPathInput): VerificationError {
  try {
    verifyPathSync(given);
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
  throw new Error("accepted");
}

describe("maxDepth", () => {
  test.each([0, 1, 2])("%i: one path that is too long is one reason, which says how long it is", (maxDepth) => {
    const { reasons } = refusal({ ...input, maxDepth });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({
      code: "PATH_LENGTH_EXCEEDED",
      details: { limit: maxDepth, actual: 3, source: "maxDepth" },
      message: `The path has 3 intermediate CAs, more than the ${maxDepth} that maxDepth allows.`,
      remedy: expect.stringMatching(/raise maxDepth.*verifyDepth/),
    });
  });

  test("without it, no limit but the budget's", () => {
    expect(verifyPathSync(input).chain).toHaveLength(5);
    expect(verifyPathSync({ ...input, maxDepth: 3 }).chain).toHaveLength(5);
  });

  test("all other reasons are kept", () => {
    const { reasons } = refusal({ ...input, maxDepth: 0, name: "b.example", at: new Date("2099-01-01") });
    const expired = reasons.filter(({ code }) => code === "CERTIFICATE_EXPIRED");
    expect(new Set(expired.map(({ certificate }) => certificate?.id)).size).toBe(5);
    expect(expired).toHaveLength(5);
    expect(reasons.slice(5).map(({ code }) => code)).toEqual(["NAME_MISMATCH", "PATH_LENGTH_EXCEEDED"]);
  });
});

describe("a leaf that is trusted itself, and was issued by somebody else", () => {
  test.each([
    ["whose issuer nobody knows", { leaf: direct, intermediates: [] }, "UNKNOWN_ISSUER"],
    ["whose issuer is sent along", { leaf: direct, intermediates: [root.certificate] }, "UNTRUSTED_ROOT"],
    ["under a chain without its root", { leaf, intermediates: leaf.chain }, "UNKNOWN_ISSUER"],
  ])("%s: the reason says that this trust does not count, and what would", (_what, some, code) => {
    const { reasons } = refusal({ ...input, ...some, trust: [some.leaf] });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({
      code,
      details: { leafIsTrusted: true },
      message: expect.stringContaining("it is not self-signed"),
      remedy: expect.stringMatching(/^Trust the CA .*verifyPinnedLeaf/),
    });
  });

  test("it is said of no other leaf", () => {
    const { reasons } = refusal({ ...input, trust: [direct] });
    expect(reasons).toMatchObject([{ code: "UNKNOWN_ISSUER", details: { leafIsTrusted: false } }]);
    expect(reasons[0]?.message).not.toContain("self-signed");
  });
});

describe("trust", () => {
  test("one certificate is enough", async () => {
    expect((await verifyPath({ ...input, trust: root.certificate })).anchor.certificate.id).toBe(root.certificate.id);
    expect(refusal({ ...input, trust: direct }).code).toBe("UNKNOWN_ISSUER");
  });

  const anchor = { certificate: root.certificate };
  test.each<readonly [string, unknown, string, RegExp]>([
    ["PEM", root.certificate.toPem(), "trust", /is PEM text\. Certificate\.allFromPem/],
    ["PEM in a list", [root.certificate.toPem()], "trust[0]", /is PEM text\. Certificate\.allFromPem/],
    ["DER", root.certificate.der, "trust", /Certificate\.fromDer\(bytes\)/],
    ["DER in a list", [root.certificate.der], "trust[0]", /Certificate\.fromDer\(bytes\)/],
    ["a path", "/etc/ssl/cert.pem", "trust", /trustRootFromFile\(path\)/],
    ["the platform's, by name", "platform", "trust", /await platformTrust\(\)/],
    ["nothing", undefined, "trust", /await platformTrust\(\)/],
    ["a promise", Promise.resolve([root.certificate]), "trust", /Await it first/],
    ["a set that reloads", { snapshot: () => [root.certificate] }, "trust", /await trust\.snapshot\(\)/],
    ["anchors", [anchor], "trust[0]", /trustRootFromCertificates\(\[\.\.\.\]\)/],
    ["a certificate of node:crypto", new X509Certificate(root.certificate.der), "trust", /fromDer\(certificate\.raw\)/],
  ])("%s: the error says what makes certificates of it", async (_what, trust, argument, advice) => {
    await expect(verifyPath({ ...input, trust: trust as never })).rejects.toMatchObject({
      code: "VERIFY_ARGUMENT_INVALID",
      message: expect.stringMatching(advice),
      details: { argument },
    });
  });

  test.each(["leaf", "intermediates", "trust", "name", "purpose", "profile", "at", "links"])(
    "PEM in the place of %s is not shown: it may be a key",
    async (argument) => {
      const key = "-----BEGIN PRIVATE KEY-----\nMC4C";
      const given = { ...input, [argument]: key } as VerifyPathInput;
      const error: unknown = await verifyPath(given).catch((refused: unknown) => refused);
      expect(error).toMatchObject({ message: expect.not.stringContaining("MC4C") });
      expect(JSON.stringify(error)).not.toContain("MC4C");
    },
  );
});

describe("arguments", () => {
  test.each([
    ["hostname", "name"],
    ["servername", "name"],
    ["ca", "trust"],
    ["trustRoot", "trust"],
    ["chain", "intermediates"],
    ["time", "at"],
    ["verifyDepth", "maxDepth"],
  ])("%s: is refused, and called %s here", async (stray, name) => {
    await expect(verifyPath({ ...input, [stray]: 1 })).rejects.toMatchObject({
      details: { argument: stray },
      message: expect.stringContaining(`It is called ${name} here.`),
    });
  });

  test.each<readonly [object, string, RegExp]>([
    [{ revocation: { mode: "prefer", crl: [] } }, "revocation.crl", /It is called crls here/],
    [{ revocation: true }, "revocation", /Write \{ mode: "prefer" \}/],
    [{ revocation: { mode: "prefer", crls: ["-----BEGIN X509 CRL-----"] } }, "revocation.crls[0]", /fromPem\(text\)/],
    [{ budget: { signature: 1 } }, "budget.signature", /left out: it is none of signatures, steps/],
    [{ policies: { requireExplicitPolicy: true } }, "policies.requireExplicitPolicy", /called requireExplicit here/],
    [{ policies: ["1.2.3"] }, "policies", /Write \{ initial: \[\.\.\.\] \}/],
    [{ policies: { initial: ["1.2.3", "any"] } }, "policies.initial[1]", /an OID like/],
    [{ insecurelyAdmit: { sha1: true } }, "insecurelyAdmit.sha1", /left out/],
    [{ at: 5 }, "at", /new Date\(milliseconds\)/],
    [{ at: "2026-01-01" }, "at", /new Date\(text\)/],
    [{ publicSuffix: () => true }, "publicSuffix", /publicSuffixList of @tlskit\/verify\/public-suffix/],
    [{ name: ["a.example"] }, "name", /is a list of 1/],
  ])("%j: the place is named, and what to write", async (given, argument, said) => {
    await expect(verifyPath({ ...input, ...given } as never)).rejects.toMatchObject({
      code: "VERIFY_ARGUMENT_INVALID",
      details: { argument },
      message: expect.stringMatching(said),
    });
  });

  test("nothing is accepted and ignored: options of caches and fetchers, too", () => {
    expect(() => new LinkCache({ max: 10 } as never)).toThrow("It is called maxEntries here.");
    const given = { fetch, allowPrivateAddresses: true };
    expect(httpRevocationFetcher(given)).toBeTypeOf("function");
    expect(() => httpRevocationFetcher({ ...given, timeout: 10 } as never)).toThrow("It is called timeoutMs here.");
  });

  test("a single intermediate goes into an array", async () => {
    await expect(verifyPath({ ...input, intermediates: top.certificate as never })).rejects.toMatchObject({
      message: expect.stringContaining("Put it into an array."),
    });
  });
});

describe("a name of another kind than it is said to be", () => {
  test.each<readonly [unknown, string]>([
    [{ ip: "host" }, '"host" is a host name, not an IP address: parseHost(text) reads it.'],
    [{ dns: "1.2.3.4" }, '"1.2.3.4" is an IP address, not a host name: parseHost(text) reads it.'],
    [{ type: "dns", value: "::1" }, '"::1" is an IP address, not a host name: parseHost(text) reads it.'],
    [{ type: "dns", value: "k@a.example" }, "is an e-mail address, not a host name: parseEmailId(text) reads it."],
    [{ type: "dns", value: "spiffe://a.example/b" }, "is a URI, not a host name: parseUriId(text) reads it."],
    [
      { type: "email", value: "_imap.a.example" },
      "is a service name, not an e-mail address: parseSrvId(text) reads it.",
    ],
    [{ type: "uri", value: "a.example" }, "is a host name, not a URI: parseHost(text) reads it."],
    [{ dns: "a.example" }, 'parseHost("a.example") makes one.'],
    [{ type: "dns", value: "A.example" }, 'parseHost("A.example") makes one.'],
    [{ type: "ip", value: "1.2.3.4" }, 'parseHost("1.2.3.4") makes one.'],
    [{ type: "ip", value: "a b" }, '"a b" is not an IP address.'],
    [{ type: "DNS", value: "a.example" }, 'There is no type "DNS": types are ip, email, uri, srv, dns.'],
    [{}, "parseHost(text) makes one of a name or an address."],
    [new URL("https://a.example/"), "Of a URL give the hostname"],
  ])("%j: %s", async (name, said) => {
    await expect(verifyPath({ ...input, name: name as never })).rejects.toMatchObject({
      code: "VERIFY_ARGUMENT_INVALID",
      message: expect.stringContaining(said),
      details: { argument: "name" },
    });
  });
});

describe("a name that looks as if it should match: the reason says why it does not", () => {
  test.each<readonly [string, string, string, string]>([
    ["*.a.example", "x.y.a.example", "NAME_MISMATCH", "DNS:*.a.example stands for exactly one label"],
    ["*.a.example", "a.example", "NAME_MISMATCH", "not for DNS:a.example."],
    [
      "*.example",
      "a.example",
      "NAME_MISMATCH",
      "DNS:*.example counts for nothing: a star must be the whole first label",
    ],
    ["w*.a.example", "www.a.example", "NAME_MISMATCH", "DNS:w*.a.example counts for nothing"],
    ["10.0.0.1", "10.0.0.1", "NAME_MISSING", "DNS:10.0.0.1 is a name of another kind."],
    ["b.example", "a.example", "NAME_MISMATCH", "not for DNS:a.example."],
  ])("DNS:%s for %s", (presented, name, code, said) => {
    const authority = forgeRoot();
    const certificate = forgeLeaf(authority, { san: [tlv(0x82, Buffer.from(presented))] });
    const { reasons } = refusal(inputFor([certificate, authority], { name }));
    expect(reasons).toMatchObject([{ code, message: expect.stringContaining(said) }]);
  });
});

test("limits of the trust store are not said to be the certificate's own", () => {
  const anchor = { certificate: root.certificate, nameConstraints: { excluded: [generalSubtree("a.example")] } };
  const [excluded] = refusal({ ...input, trust: anchors(anchor) }).reasons;
  expect(excluded).toMatchObject({
    code: "NAME_CONSTRAINT_VIOLATION",
    message: expect.stringContaining("which is excluded by what the trust store allows the certificate"),
    remedy: expect.stringContaining("that the trust store puts on this one"),
    details: { source: "trust-store" },
  });
  const limited = { certificate: root.certificate, purposes: ["client", "email"] } as const;
  expect(refusal({ ...input, trust: anchors(limited) }).message).toMatch(
    /is trusted, but not for TLS server authentication: only for TLS client authentication, e-mail protection\.$/,
  );
});

test("a pinned leaf with another key: nothing is said about a path", () => {
  const sha256 = root.certificate.publicKey.spkiHash("sha-256", { format: "bytes" });
  expect(() => verifyPinnedLeaf({ leaf, pins: [{ sha256 }], purpose: "server" })).toThrow(
    'The pinned key is not that of the certificate "a.example".',
  );
});

describe("budget", () => {
  test.each(["signatures", "steps", "poolSize", "bytes", "pathLength"] as const)(
    "%s: the reason names the limit, how much it is, and what raises it",
    (limit) => {
      const { reasons } = refusal({ ...input, budget: { [limit]: 2 } });
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatchObject({
        code: "BUDGET_EXCEEDED",
        details: { limit, allowed: 2 },
        message: expect.stringMatching(new RegExp(`\\b2 .*budget\\.${limit} allows`)),
        remedy: expect.stringMatching(
          new RegExp(`raise budget\\.${limit} of verifyPath; connections have the defaults?\\.`),
        ),
      });
    },
  );

  test("a longer path is explained under a limit that allows it", () => {
    const authorities = [forgeRoot()];
    for (let depth = 0; depth < DEFAULT_BUDGET.pathLength; depth++) {
      authorities.unshift(forgeCa(authorities[0] ?? forgeRoot(), { subject: `CA ${depth}` }));
    }
    const given = inputFor([forgeLeaf(authorities[0] ?? forgeRoot(), {}), ...authorities]);
    expect(refusal(given).reasons).toMatchObject([{ details: { limit: "pathLength", allowed: 20 } }]);
    expect(refusal({ ...given, name: "b.example", budget: { pathLength: 30 } }).reasons).toMatchObject([
      { code: "NAME_MISMATCH" },
    ]);
  });
});

test("names are written as x509, OpenSSL and Node write them", () => {
  for (const text of ["a.example", "127.0.0.1", "2001:db8::1", "k@a.example", "https://a.example/"]) {
    const name = generalName(text);
    expect(describeIdentity(name)).toBe(formatGeneralName(name));
  }
  const { subject } = root.certificate;
  const directory = { type: "directory", value: subject } as const;
  expect(describeIdentity(directory)).toBe(formatGeneralName(directory));
  expect(refusal({ ...input, name: "127.0.0.1" }).reasons[0]?.remedy).toContain("subjectAltName IP Address:127.0.0.1");
});
