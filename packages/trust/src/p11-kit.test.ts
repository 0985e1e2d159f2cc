import { rootCertificates } from "node:tls";
import { createTestCa } from "@tlskit/testing";
import { VerificationError, verifyPath } from "@tlskit/verify";
import {
  Certificate,
  encodeExtendedKeyUsage,
  encodeNameConstraints,
  generalSubtree,
  PrivateCertificate,
} from "@tlskit/x509";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extensionDer, integerDer, p11Object, quoted } from "../test/p11-kit.ts";
import { Tree, type TreeEntry } from "../test/tree.ts";
import { type PlatformTrustOptions, platformTrust, TrustError, type TrustRoot, trustRootFromFile } from "./index.ts";
import { readP11KitFile } from "./store/p11-kit-file.ts";

const [one, two, three] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
];
const ca = await createTestCa({ name: "listed" });
const intermediate = await ca.createIntermediate();
const leaf = await intermediate.issue("www.example.org");

async function load(tree: Readonly<Record<string, TreeEntry>>, options: PlatformTrustOptions = {}): Promise<TrustRoot> {
  await using made = await Tree.make(tree);
  const { fileSystem } = made;
  return await platformTrust({ os: "linux", environment: {}, fileSystem, ...options });
}

async function readOne(text: string): Promise<TrustRoot> {
  await using made = await Tree.make({ "/f.p11-kit": text });
  return await trustRootFromFile("/f.p11-kit", { fileSystem: made.fileSystem, allowEmpty: true });
}

async function decide(trust: TrustRoot, certificate = leaf): Promise<string> {
  try {
    await verifyPath({ leaf: certificate, intermediates: certificate.chain, trust, purpose: "server" });
    return "accepted";
  } catch (error) {
    if (VerificationError.is(error)) return error.code;
    throw error;
  }
}

const BUNDLE = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";
const bundle = one.toPem() + two.toPem() + ca.caPem;

describe("TRU-08: the sources that p11-kit makes a bundle from", () => {
  test.each([
    ["RHEL and Fedora", BUNDLE, "/etc/pki/ca-trust/source/blocklist"],
    ["RHEL 7", BUNDLE, "/etc/pki/ca-trust/source/blacklist"],
    ["Fedora's own", BUNDLE, "/usr/share/pki/ca-trust-source/blocklist"],
    ["SUSE", "/var/lib/ca-certificates/ca-bundle.pem", "/etc/pki/trust/blocklist"],
    ["Arch", "/etc/ssl/certs/ca-certificates.crt", "/etc/ca-certificates/trust-source/blocklist"],
  ])("%s: a certificate on a block list is refused wherever it stands", async (_what, store, directory) => {
    for (const [certificate, contents] of [
      [leaf, leaf.toPem()],
      [intermediate.certificate, p11Object({}, intermediate.certificate)],
      // A claim in the file itself does not help.
      [ca.certificate, p11Object({ trusted: "true" }, ca.certificate)],
    ] as const) {
      const root = await load({ [store]: bundle, [`${directory}/any name`]: contents });
      expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
      expect(root.why(certificate).distrust?.source).toContain(`${directory}/any name`);
      expect(root.source.locations).toEqual([store, directory.slice(0, directory.lastIndexOf("/"))]);
      expect(root.certificates.some(({ id }) => id === ca.certificate.id)).toBe(certificate !== ca.certificate);
    }
  });

  test("a block list is about the key: a certificate that is issued anew for it is refused as well", async () => {
    const { keyPair, subject } = ca.certificate;
    const renewed = await PrivateCertificate.selfSigned({ subject, keyPair, profile: "ca" });
    const root = await load({
      [BUNDLE]: renewed.toPem() + one.toPem(),
      "/etc/pki/ca-trust/source/blocklist/x.pem": ca.caPem,
    });
    expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
    expect(root.why(renewed).distrust?.by).toBe("key");
  });

  test("distrust without a certificate: by issuer and serial number, and by key", async () => {
    const { issuer, serialNumberHex, publicKey } = intermediate.certificate;
    const serial = {
      class: "certificate",
      "x-distrusted": "true",
      issuer: quoted(issuer.der),
      "serial-number": quoted(integerDer(serialNumberHex)),
    };
    const byKey = `${p11Object({ "x-distrusted": "true" })}${publicKey.toPem()}`;
    for (const [text, by] of [
      [p11Object(serial), "serial-number"],
      [byKey, "key"],
      [
        p11Object({
          class: "x-trust-assertion",
          "x-assertion-type": "x-distrusted-certificate",
          ...without(serial, "class"),
        }),
        "serial-number",
      ],
    ] as const) {
      const root = await load({ [BUNDLE]: bundle, "/etc/pki/ca-trust/source/d.p11-kit": text });
      expect(root.why(intermediate.certificate).distrust?.by).toBe(by);
      expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
    }
  });

  test("dates after which roots must not issue, for servers and for mail", async () => {
    const before = new Date(leaf.notBefore.getTime() - 86_400_000);
    const text = before.toISOString().replace(/^20|[-:T]|\.000Z$/g, "");
    const time = `"${text.slice(0, 12)}Z"`;
    const source = "/usr/share/pki/ca-trust-source/ca-bundle.trust.p11-kit";
    const server = await load({
      [BUNDLE]: bundle,
      [source]: p11Object({ trusted: "true", "nss-server-distrust-after": time }, ca.certificate),
    });
    expect(await decide(server)).toBe("ANCHOR_DISTRUSTED");
    expect(server.find(ca.certificate)?.distrustAfter).toMatchObject({ server: expect.any(Date) });
    const mail = await load({
      [BUNDLE]: bundle,
      [source]: p11Object(
        { trusted: "true", "nss-email-distrust-after": time, "nss-server-distrust-after": '"%00"' },
        ca.certificate,
      ),
    });
    expect(await decide(mail)).toBe("accepted");
    expect(mail.find(ca.certificate)?.distrustAfter).toMatchObject({ email: expect.any(Date) });
    const none = await load({
      [BUNDLE]: bundle,
      [source]: p11Object({ "nss-server-distrust-after": "false", trusted: "true" }, ca.certificate),
    });
    expect(none.find(ca.certificate)?.distrustAfter).toBeUndefined();
  });

  test("extensions that are stapled to a root limit it: purposes and names", async () => {
    const key = ca.certificate.publicKey.toPem();
    const source = "/etc/pki/ca-trust/source/limits.p11-kit";
    const purposes = extensionDer("2.5.29.37", encodeExtendedKeyUsage(["1.3.6.1.5.5.7.3.4"]));
    const mail = await load({
      [BUNDLE]: bundle,
      [source]:
        p11Object({ class: "x-certificate-extension", "object-id": "2.5.29.37", value: quoted(purposes) }) + key,
    });
    expect(mail.find(ca.certificate)?.purposes).toEqual(["email"]);
    expect(await decide(mail)).toBe("ANCHOR_RESTRICTED");
    const names = extensionDer("2.5.29.30", encodeNameConstraints({ permitted: [generalSubtree("example.com")] }));
    const com = await load({
      [BUNDLE]: bundle,
      [source]: p11Object({
        class: "x-certificate-extension",
        "object-id": "2.5.29.30",
        value: quoted(names),
        "x-public-key-info": quoted(ca.certificate.publicKey.spki),
      }),
    });
    expect(await decide(com)).toBe("NAME_CONSTRAINT_VIOLATION");
  });

  test("what an administrator staples to a CA of the machine's own, beside it, limits it", async () => {
    const names = extensionDer("2.5.29.30", encodeNameConstraints({ permitted: [generalSubtree("example.com")] }));
    const root = await load({
      [BUNDLE]: bundle,
      "/etc/pki/ca-trust/source/anchors/ours.p11-kit":
        p11Object({ trusted: "true" }, ca.certificate) +
        p11Object({
          class: "x-certificate-extension",
          "object-id": "2.5.29.30",
          value: quoted(names),
          "x-public-key-info": quoted(ca.certificate.publicKey.spki),
        }),
      "/etc/pki/ca-trust/source/anchors/plain.pem": three.toPem(),
    });
    expect(await decide(root)).toBe("NAME_CONSTRAINT_VIOLATION");
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id, two.id, ca.certificate.id]);
    expect(root.skipped).toEqual([]);
  });

  test("limits of several sources add up", async () => {
    const object = (attributes: Record<string, string>) =>
      p11Object({ trusted: "true", ...attributes }, ca.certificate);
    const root = await load({
      [BUNDLE]: bundle,
      "/etc/pki/ca-trust/source/a.p11-kit": object({ "nss-server-distrust-after": '"200101000000Z"' }),
      "/usr/share/pki/ca-trust-source/b.p11-kit": object({ "nss-email-distrust-after": '"210101000000Z"' }),
      "/usr/share/pki/ca-trust-source/c.p11-kit": object({}),
    });
    expect(root.find(ca.certificate)?.distrustAfter).toEqual({
      server: new Date("2020-01-01"),
      email: new Date("2021-01-01"),
    });
  });

  test("limits only: a root that is not in the bundle is not added, and one without limits has none", async () => {
    const root = await load({
      [BUNDLE]: one.toPem(),
      "/etc/pki/ca-trust/source/anchors/new.pem": two.toPem(),
      "/etc/pki/ca-trust/source/new.p11-kit": p11Object({ trusted: "true" }, three),
    });
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id]);
    expect(root.find(one)?.purposes).toBeUndefined();
  });

  test("a list that cannot be read is an error: nobody knows whom it names", async () => {
    const error = await load({ [BUNDLE]: bundle, "/etc/pki/ca-trust/source/blocklist": "a file" }).catch(
      (e: unknown) => e,
    );
    expect(TrustError.is(error) && error.code).toBe("TRUST_SOURCE_UNREADABLE");
  });

  test("a file of a block list that cannot be read is an error as well; a directory or a README below is none", async () => {
    const place = "/etc/pki/ca-trust/source/blocklist";
    for (const link of ["nowhere", "loop"]) {
      const error = await load({ [BUNDLE]: bundle, [`${place}/loop`]: { link } }).catch((e: unknown) => e);
      expect(TrustError.is(error) && error.code).toBe("TRUST_SOURCE_UNREADABLE");
    }
    const root = await load({
      [BUNDLE]: bundle,
      [`${place}/README`]: "how to use this",
      [`${place}/below/x.pem`]: ca.caPem,
      "/etc/pki/ca-trust/source/README": "how to use this",
      "/etc/pki/ca-trust/source/dangling": { link: "nowhere" },
    });
    expect(await decide(root)).toBe("accepted");
    expect(root.skipped.map(({ location }) => location)).toEqual(["/etc/pki/ca-trust/source/dangling"]);
  });

  test("what is damaged in it is listed, and the rest counts", async () => {
    const text = `${p11Object({ "x-distrusted": "true" })}\n${p11Object({ "x-distrusted": "true" }, intermediate.certificate)}`;
    const root = await load({ [BUNDLE]: bundle, "/etc/pki/ca-trust/source/d.p11-kit": text });
    expect(root.skipped).toMatchObject([
      { location: "/etc/pki/ca-trust/source/d.p11-kit", line: 1, error: { code: "P11_KIT_OBJECT_INVALID" } },
    ]);
    expect(await decide(root)).toBe("CERTIFICATE_DISTRUSTED");
  });

  test("a key that cannot be read costs no more than its certificate", async () => {
    const der = ca.certificate.der;
    const at = der.findLastIndex((_, place) => ca.certificate.publicKey.keyBytes.every((b, i) => der[place + i] === b));
    // The point is of no known form.
    der[at] = 7;
    const broken = Certificate.fromDer(der);
    expect(() => broken.publicKey).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
    const purposes = extensionDer("2.5.29.37", encodeExtendedKeyUsage(["1.3.6.1.5.5.7.3.4"]));
    const trust = await load({
      [BUNDLE]: one.toPem() + two.toPem() + broken.toPem(),
      "/etc/pki/ca-trust/source/blocklist/broken.pem": broken.toPem(),
      "/etc/pki/ca-trust/source/limits.p11-kit": p11Object({
        class: "x-certificate-extension",
        "object-id": "2.5.29.37",
        value: quoted(purposes),
        "x-public-key-info": quoted(one.publicKey.spki),
      }),
    });
    expect(trust.distrusts(broken)?.by).toBe("certificate");
    expect(trust.find(one)?.purposes).toEqual(["email"]);
    expect(trust.size).toBe(2);
  });

  test("everything distrusted is an empty store", async () => {
    const error = await load({ [BUNDLE]: ca.caPem, "/etc/pki/ca-trust/source/blocklist/ca": ca.caPem }).catch(
      (e: unknown) => e,
    );
    expect(TrustError.is(error) && error.code).toBe("TRUST_SOURCE_EMPTY");
  });
});

describe("TRU-11: a file of p11-kit", () => {
  test("is known by its header, so that what it distrusts is never trusted", async () => {
    const root = await readOne(
      `# comment\n\n${p11Object({ trusted: "true" }, one)}\n${p11Object({ "x-distrusted": "true" }, two)}`,
    );
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id]);
    expect(root.why(two).distrust?.by).toBe("certificate");
  });

  test("an explicit source of which nothing is left is an error, and no set that trusts nobody", async () => {
    const text = p11Object({ trusted: "true" }, one) + p11Object({ "x-distrusted": "true" }, one);
    await using tree = await Tree.make({ "/f": text });
    const loading = platformTrust({ os: "linux", environment: { SSL_CERT_FILE: "/f" }, fileSystem: tree.fileSystem });
    await expect(loading).rejects.toMatchObject({ code: "TRUST_SOURCE_EMPTY", details: { variable: "SSL_CERT_FILE" } });
  });

  test("trust is what the object says; a file that the program names says it for those that do not", async () => {
    const root = await readOne(
      `${p11Object({}, one)}${p11Object({ trusted: "false" }, two)}${p11Object({ trusted: "true" }, three)}`,
    );
    expect(root.certificates.map(({ id }) => id)).toEqual([one.id, three.id]);
    expect(root.why(two).distrust).toBeUndefined();
  });

  test.each<[string, string, number, RegExp]>([
    ["an attribute before any object", `label: "x"\n${p11Object({}, one)}`, 1, /before the first object/],
    ["an unknown header", `${p11Object({}, one)}[p11-kit-object-v2]\nlabel: "x"\n`, 0, /header/],
    ["a line without a colon", p11Object({ trusted: "true" }).replace("trusted: ", "trusted "), 1, /no colon/],
    ["an attribute twice", `${p11Object({ "x-distrusted": "true" })}x-distrusted: false\n`, 1, /twice/],
    ["a word in place of a truth", p11Object({ "x-distrusted": "yes" }, one), 1, /neither true nor false/],
    ["a value that is nothing", p11Object({ label: "a b" }, one), 1, /neither quoted nor a word/],
    ["a broken percent sign", p11Object({ label: '"%4x"' }, one), 1, /percent sign/],
    ["a block that does not end", p11Object({}, one).replace(/-----END.*/s, ""), 1, /does not end/],
    [
      "a block of another kind",
      `${p11Object({})}-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n`,
      1,
      /no use/,
    ],
    ["two certificates", p11Object({}, one) + two.toPem(), 1, /two PEM blocks/],
    ["distrust of nothing", p11Object({ "x-distrusted": "true" }), 1, /does not say what/],
    [
      "a limit of nothing",
      p11Object({ class: "x-certificate-extension", "object-id": "2.5.29.37", value: '"%30%00"' }),
      1,
      /by its key/,
    ],
    [
      "a limit of another kind than it says",
      p11Object({
        class: "x-certificate-extension",
        "object-id": "2.5.29.37",
        value: quoted(extensionDer("2.5.29.30", encodeExtendedKeyUsage(["1.3.6.1.5.5.7.3.4"]))),
        "public-key-info": quoted(one.publicKey.spki),
      }),
      1,
      /not that of its value/,
    ],
    [
      "a time that is none",
      p11Object({ trusted: "true", "nss-server-distrust-after": '"251332000000Z"' }, one),
      1,
      /no time/,
    ],
    [
      "a time that is a number",
      p11Object({ trusted: "true", "nss-server-distrust-after": "20251101" }, one),
      1,
      /no time/,
    ],
  ])("%s is skipped, with its line", async (_what, text, line, problem) => {
    const root = await readOne(text);
    const [skipped] = root.skipped;
    expect(skipped?.error.code).toBe("P11_KIT_OBJECT_INVALID");
    expect(skipped?.error.message).toMatch(problem);
    if (line > 0) expect(skipped?.line).toBe(line);
  });

  test("any text gives objects or reasons, and never an exception", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        p11Object({ trusted: "true" }, one),
        "[p11-kit-object-v1]\n",
        "x-distrusted: true\n",
        'value: "%30%00"\n',
        "class: certificate\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n",
        "[",
        "#",
      ),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join("");
        for (const block of readP11KitFile(new TextEncoder().encode(text))) {
          expect(block.line).toBeGreaterThan(0);
          expect(block.line).toBeLessThanOrEqual(text.split("\n").length);
        }
        const root = await trustRootFromFile("/f", {
          allowEmpty: true,
          fileSystem: {
            status: async () => ({ kind: "file", size: text.length }),
            readFile: async () => new TextEncoder().encode(`[p11-kit-object-v1]\n${text}`),
            readDirectory: async () => [],
          },
        });
        expect(root.certificates.every(({ id }) => id === one.id)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

function without<T extends object>(value: T, key: keyof T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Partial<T>;
}
