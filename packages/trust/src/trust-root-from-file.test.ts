import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { pathToFileURL } from "node:url";
import { createTestCa } from "@tlskit/testing";
import { Certificate, opensslNameHash, pemDecode, pemEncode } from "@tlskit/x509";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { refusal } from "../test/refusal.ts";
import { Tree } from "../test/tree.ts";
import {
  type SkippedSource,
  type TrustFileOptions,
  type TrustRoot,
  trustRootFromDirectory,
  trustRootFromFile,
} from "./index.ts";

const [one, two, three, four] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
  Certificate,
];
const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
afterAll(() => rm(directory, { recursive: true }));

function ids(root: TrustRoot): readonly string[] {
  return root.certificates.map(({ id }) => id);
}

/** A certificate as `openssl x509` writes it with these options. */
async function trusted(certificate: Certificate, ...options: readonly string[]): Promise<string> {
  await writeFile(join(directory, "in.pem"), certificate.toPem());
  return execFileSync("openssl", ["x509", "-in", join(directory, "in.pem"), "-trustout", ...options], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

describe("TRU-11: a directory of CAs", () => {
  test("all certificates of every file, each once, whatever the case of its name", async () => {
    await using tree = await Tree.make({
      "/ca/a.PEM": one.toPem() + two.toPem(),
      "/ca/b.crt": two.toPem(),
      "/ca/c.Cer": three.toPem(),
      [`/ca/${opensslNameHash(four.subject)}.0`]: four.toPem(),
      "/ca/readme.txt": "not looked at",
      "/ca/below/d.pem": four.toPem(),
    });
    const root = await trustRootFromDirectory("/ca", { fileSystem: tree.fileSystem });
    expect(new Set(ids(root))).toEqual(new Set([one.id, two.id, three.id, four.id]));
    expect(root.size).toBe(4);
    expect(root.why(two).origins.map(({ location, line }) => [location, line])).toEqual([
      ["/ca/a.PEM", one.toPem().split("\n").length],
      ["/ca/b.crt", 1],
    ]);
    expect(root.source).toEqual({ kind: "file", locations: ["/ca"], description: "/ca" });
    expect(root.skipped).toEqual([]);
  });

  test("what cannot be used is skipped, listed and told, and costs nothing else", async () => {
    await using tree = await Tree.make({
      "/ca/bad.pem": one.toPem().replace(/\n(.)/, "\n!") + two.toPem(),
      "/ca/dangling.pem": { link: "nowhere" },
      "/ca/directory.pem/x": "",
      "/ca/junk.der": "\u0001\u0002\u0003",
      "/ca/12345678.0": three.toPem(),
    });
    const told: SkippedSource[] = [];
    const onSkip = (skipped: SkippedSource): void => void told.push(skipped);
    const root = await trustRootFromDirectory("/ca", { fileSystem: tree.fileSystem, onSkip });
    expect(ids(root)).toEqual([two.id]);
    expect(told).toEqual(root.skipped);
    expect(root.skipped.map(({ location, line, error }) => [location, line, error.code])).toEqual([
      ["/ca/12345678.0", 1, "TRUST_HASH_MISMATCH"],
      ["/ca/bad.pem", 1, "PEM_BAD_BASE64"],
      ["/ca/dangling.pem", undefined, "TRUST_SOURCE_UNREADABLE"],
      ["/ca/directory.pem", undefined, "TRUST_SOURCE_UNREADABLE"],
      ["/ca/junk.der", undefined, "TRUST_SOURCE_UNREADABLE"],
    ]);
  });

  test("work grows with what is read, not with its square: the same again and again costs no more than others", async () => {
    const ca = await createTestCa();
    const again = `[p11-kit-object-v1]\nx-distrusted: true\n${four.toPem()}`;
    const texts = { "/ca/a.pem": ca.caPem.repeat(10_000), "/ca/b.p11-kit": again.repeat(2000) };
    await using tree = await Tree.make(texts);
    const root = await trustRootFromDirectory("/ca", { fileSystem: tree.fileSystem });
    expect(ids(root)).toEqual([ca.certificate.id]);
    expect(root.why(ca.certificate).origins).toHaveLength(10_000);
    expect(root.distrusted.map(({ by, origins }) => [by, origins.length])).toEqual([
      ["certificate", 2000],
      ["serial-number", 2000],
      ["key", 2000],
    ]);
  });

  test("pipes, devices, loops and giants among the files cost nothing but themselves", async () => {
    await using tree = await Tree.make({
      "/ca/a.pem": one.toPem(),
      "/ca/giant.pem": two.toPem(),
      "/ca/loop.pem": { link: "loop.pem" },
      "/ca/zero.pem": { link: "/dev/zero" },
      "/ca/self.pem": { link: "." },
    });
    await truncate(join(tree.root, "/ca/giant.pem"), 1024 ** 3);
    execFileSync("mkfifo", [join(tree.root, "/ca/pipe.pem")]);
    const root = await trustRootFromDirectory("/ca", { fileSystem: tree.fileSystem });
    expect(ids(root)).toEqual([one.id]);
    expect(root.skipped.map(({ location, error }) => [location, error.code])).toEqual(
      ["giant", "loop", "pipe", "self", "zero"].map((name) => [`/ca/${name}.pem`, "TRUST_SOURCE_UNREADABLE"]),
    );
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a directory that is missing", () => trustRootFromDirectory(join(directory, "no")), "TRUST_SOURCE_MISSING"],
    ["a file in its place", () => trustRootFromDirectory("/etc/passwd"), "TRUST_SOURCE_UNREADABLE"],
    ["a directory in place of a file", () => trustRootFromFile(directory), "TRUST_SOURCE_UNREADABLE"],
    ["a directory without certificates", () => trustRootFromDirectory("/proc/self/fdinfo"), "TRUST_SOURCE_EMPTY"],
    ["a file that is missing", () => trustRootFromFile(join(directory, "no.pem")), "TRUST_SOURCE_MISSING"],
    ["a device", () => trustRootFromFile("/dev/zero"), "TRUST_SOURCE_UNREADABLE"],
    ["no path", () => trustRootFromFile([]), "TRUST_ARGUMENT_INVALID"],
    ["an empty path", () => trustRootFromFile(["/etc/passwd", ""]), "TRUST_ARGUMENT_INVALID"],
    ["a certificate", () => trustRootFromFile(one as never), "TRUST_ARGUMENT_INVALID"],
  ])("%s is an error", async (_what, load, code) => {
    expect((await refusal(load())).code).toBe(code);
  });

  test("an empty set may be asked for", async () => {
    const root = await trustRootFromDirectory("/proc/self/fdinfo", { allowEmpty: true });
    expect(root.size).toBe(0);
  });

  test("a hundred thousand other files are passed over, and too many certificate files are an error", async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `${index}.log`);
    const options: TrustFileOptions = {
      fileSystem: {
        status: async () => ({ kind: "directory", size: 0 }),
        readFile: async () => new TextEncoder().encode(one.toPem()),
        readDirectory: async (_path, maxNames) => {
          if (names.length > maxNames) throw new Error("too many");
          return names;
        },
      },
    };
    names.push("ca.pem");
    expect((await trustRootFromDirectory("/ca", options)).size).toBe(1);
    names.push(...Array.from({ length: 10_000 }, (_, index) => `${index}.pem`));
    const error = await refusal(trustRootFromDirectory("/ca", options));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_TOO_LARGE", details: { unit: "files" } });
    names.push(...names);
    expect((await refusal(trustRootFromDirectory("/ca", options))).code).toBe("TRUST_SOURCE_UNREADABLE");
  });
});

describe("TRU-10: OpenSSL's TRUSTED CERTIFICATE", () => {
  const cases: readonly [string, readonly string[], readonly string[] | undefined | "distrusted" | "skipped"][] = [
    ["without limits", [], undefined],
    ["with nothing but an alias", ["-setalias", "ours"], undefined],
    ["trusted for servers", ["-addtrust", "serverAuth"], ["server"]],
    ["trusted for two", ["-addtrust", "emailProtection", "-addtrust", "clientAuth"], ["client", "email"]],
    [
      "trusted for anything",
      ["-addtrust", "anyExtendedKeyUsage"],
      ["server", "client", "codeSigning", "email", "timeStamping", "ocspSigning"],
    ],
    [
      "rejected for mail",
      ["-addreject", "emailProtection"],
      ["server", "client", "codeSigning", "timeStamping", "ocspSigning"],
    ],
    [
      "trusted and rejected for the same",
      ["-addtrust", "serverAuth", "-addtrust", "clientAuth", "-addreject", "serverAuth"],
      ["client"],
    ],
    ["with trust that is taken back", ["-addtrust", "serverAuth", "-addreject", "serverAuth"], "distrusted"],
    ["rejected for anything", ["-addreject", "anyExtendedKeyUsage"], "distrusted"],
    [
      "trusted for servers and rejected for anything",
      ["-addtrust", "serverAuth", "-addreject", "anyExtendedKeyUsage"],
      "distrusted",
    ],
    [
      "rejected for all that p11-kit rejects",
      ["serverAuth", "clientAuth", "emailProtection", "codeSigning", "timeStamping"].flatMap((one) => [
        "-addreject",
        one,
      ]),
      "distrusted",
    ],
    ["trusted for what nobody here knows", ["-addtrust", "1.2.3.4"], "skipped"],
  ];

  test.each(cases)("%s", async (_what, options, expected) => {
    const file = join(directory, "trusted.pem");
    await writeFile(file, two.toPem() + (await trusted(one, ...options)));
    const root = await trustRootFromFile(file);
    if (expected === "distrusted") {
      expect(root.why(one)).toMatchObject({
        trusted: false,
        distrust: { by: "certificate", source: expect.stringContaining(file) },
      });
    } else if (expected === "skipped") {
      expect(root.skipped).toMatchObject([{ location: file, error: { code: "TRUST_FOR_NOTHING" } }]);
      expect(root.why(one)).toMatchObject({ trusted: false });
    } else {
      expect(root.find(one)?.purposes).toEqual(expected);
      expect(root.why(one).trusted).toBe(true);
    }
    expect(root.why(two).trusted).toBe(true);
  });

  test("what stands behind the certificate must be of its form", async () => {
    const block = pemEncode("TRUSTED CERTIFICATE", Uint8Array.from([...one.der, 0x30, 0x03, 0x02, 0x01, 0x00]));
    const file = join(directory, "odd.pem");
    await writeFile(file, two.toPem() + block);
    const root = await trustRootFromFile(file);
    expect(ids(root)).toEqual([two.id]);
    expect(root.skipped).toMatchObject([
      { line: two.toPem().split("\n").length, error: { code: "DER_TRAILING_DATA" } },
    ]);
  });
});

test("TRU-10: whatever stands behind a certificate, it is read within its limits or skipped", async () => {
  await writeFile(
    join(directory, "seed.pem"),
    await trusted(one, "-addtrust", "serverAuth", "-addreject", "emailProtection", "-setalias", "x"),
  );
  const [seed] = pemDecode(await readFile(join(directory, "seed.pem")));
  if (seed === undefined) throw new Error("openssl writes a block");
  const aux = seed.bytes.length - one.der.length;
  const damage = fc.record({ at: fc.nat(aux - 1), octet: fc.nat(255), cut: fc.nat(aux) });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, octet, cut }) => {
      const bytes = seed.bytes.slice(0, seed.bytes.length - cut);
      if (one.der.length + at < bytes.length) bytes[one.der.length + at] = octet;
      const text = new TextEncoder().encode(pemEncode("TRUSTED CERTIFICATE", bytes));
      const fileSystem = {
        status: async () => ({ kind: "file", size: text.length }) as const,
        readFile: async () => text,
        readDirectory: async () => [],
      };
      const root = await trustRootFromFile("/f", { fileSystem, allowEmpty: true });
      expect(root.size + root.skipped.length + root.distrusted.length).toBe(1);
    }),
    { numRuns: 300 },
  );
});

test("TRU-11: one certificate in DER is read, too", async () => {
  const file = join(directory, "one.cer");
  await writeFile(file, one.der);
  const root = await trustRootFromFile([file]);
  expect(root.why(one).origins).toEqual([{ kind: "file", location: file }]);
  const ca = await createTestCa();
  const pem = join(directory, "ca.pem");
  await writeFile(pem, ca.caPem);
  expect((await trustRootFromFile([file, pem])).size).toBe(2);
  expect((await readFile(file)).length).toBe(one.der.length);
});

describe("paths", () => {
  test("file: URLs are paths, one or several, also where characters are escaped", async () => {
    const file = join(directory, "roots of ours #1.pem");
    await writeFile(file, one.toPem());
    const url = pathToFileURL(file);
    const root = await trustRootFromFile(url);
    expect(root.source).toEqual({ kind: "file", locations: [file], description: file });
    expect(root.why(one).origins[0]?.location).toBe(file);
    expect(ids(await trustRootFromFile([url, file]))).toEqual([one.id]);
    const below = pathToFileURL(`${directory}/cas/`);
    await mkdir(below);
    await writeFile(new URL("a.pem", below), two.toPem());
    expect(ids(await trustRootFromDirectory(below))).toEqual([two.id]);
  });

  test.each<readonly [string, unknown, RegExp]>([
    ["https:", new URL("https://ca.example/roots.pem"), /Its scheme is https: and nothing is fetched here/],
    ["data:", new URL("data:,x"), /Its scheme is data:/],
    ["file: on another host", new URL("file://server/roots.pem"), /host/i],
    ["file: with an escaped slash", new URL("file:///a%2fb.pem"), /encoded/i],
    ["an empty text", "", /It is empty/],
    ["bytes", one.der, /trustRootFromCertificates\(\)/],
    ["PEM", "-----BEGIN PRIVATE KEY-----\nMC4C", /It is PEM: give Certificate\.allFromPem/],
    ["the text of a URL", "file:///etc/ssl/cert.pem", /the text of a URL \(file:\): a file: URL is new URL\(text\)/],
    ["nothing", undefined, /a path or a file: URL/],
  ])("refused is %s", async (_what, path, said) => {
    for (const load of [trustRootFromFile, trustRootFromDirectory]) {
      const error = await refusal(load(path as never));
      expect(error).toMatchObject({ code: "TRUST_ARGUMENT_INVALID", details: { argument: "paths" } });
      expect(error.message).toMatch(said);
      expect(error.message).not.toContain("MC4C");
      const second = await refusal(load(["/etc/hosts", path] as never));
      expect(second).toMatchObject({ details: { argument: "paths[1]" } });
    }
  });
});

describe("a file without a certificate: the error says what is in it, and what should be", () => {
  const rsaKey = rootCertificates.map((text) => Certificate.fromPem(text).publicKey).find(({ type }) => type === "rsa")
    ?.spki as Uint8Array;
  const pem = one.toPem();
  test.each<readonly [string, string | Uint8Array, RegExp]>([
    ["a key", pemEncode("PRIVATE KEY", one.der), /"PRIVATE KEY" on line 1 .* a private key, which vouches for nobody/],
    ["a public key", pemEncode("PUBLIC KEY", one.der), /a public key/],
    ["a request", pemEncode("CERTIFICATE REQUEST", one.der), /a certificate request, which nobody has signed yet/],
    ["a CRL", pemEncode("X509 CRL", one.der), /a list of revoked certificates/],
    ["PKCS #7", pemEncode("PKCS7", one.der), /a container, which @tlskit\/x509\/containers opens/],
    ["something else", pemEncode("SOMETHING", one.der), /"SOMETHING" on line 1 .* no certificate/],
    ["two of them", pemEncode("PUBLIC KEY", one.der).repeat(2), /1 more skipped/],
    ["a key in DER", rsaKey, /parseAny\(\) of @tlskit\/x509 tells what it is/],
    ["nothing", "", /It is empty\./],
    ["text", "hello", /No PEM block/],
    ["PEM with line ends that are written out", pem.replaceAll("\n", "\\n"), /a backslash and a letter/],
    ["PEM in UTF-16", new Uint8Array(Buffer.from(pem, "utf16le")), /UTF-16/],
    ["PEM in UTF-16 with a mark", new Uint8Array(Buffer.from(`\ufeff${pem}`, "utf16le")), /UTF-16/],
  ])("%s", async (_what, content, said) => {
    const file = join(directory, "without.pem");
    await writeFile(file, content);
    const error = await refusal(trustRootFromFile(file));
    expect(error.code).toBe("TRUST_SOURCE_EMPTY");
    expect(error.message).toMatch(said);
    expect(error.message).toContain("Expected are PEM blocks called CERTIFICATE, ");
  });

  test("a directory in which nothing is called like a certificate", async () => {
    await using tree = await Tree.make({ "/ca/readme.txt": "not looked at" });
    const error = await refusal(trustRootFromDirectory("/ca", { fileSystem: tree.fileSystem }));
    expect(error.message).toContain("files count that are called .pem");
  });
});
