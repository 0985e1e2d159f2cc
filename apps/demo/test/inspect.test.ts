// The inspect page: what it finds, and, in a real browser, that it shows it and speaks to nobody.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTestCa } from "@tlskit/testing";
import { type CertificateRequest, KeyPair, PrivateCertificate } from "@tlskit/x509";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examine } from "../src/inspect/examine.ts";
import { inspectPage } from "../src/inspect/page.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const required = process.env.REQUIRE_BROWSER === "1";

let identity: PrivateCertificate;
let key = "";

beforeAll(async () => {
  const ca = await createTestCa();
  identity = await (await ca.createIntermediate({ name: "the intermediate" })).issue("www.example.org");
  key = await identity.keyPair.toPem();
});

describe("examine", () => {
  test("a chain with its key: who issued whom, whose key it is, and never the key", async () => {
    const findings = await examine(`Bag Attributes\n${key}${identity.fullChainPem()}`);
    expect(findings.map(({ title }) => title)).toEqual([
      "Private key, line 2",
      expect.stringMatching(/^Certificate, line \d+$/),
      expect.stringMatching(/^Certificate, line \d+$/),
    ]);
    expect(findings[0]?.notes).toContain("It belongs to certificate 1 here.");
    expect(findings[1]?.notes).toContain("Its issuer is certificate 2 here.");
    expect(findings[1]?.text).toMatch(/www\.example\.org[\s\S]*SHA-256: ([0-9A-F]{2}:){31}/);
    expect(JSON.stringify(findings)).not.toContain(key.split("\n")[1]);
  });

  test.each<[string, () => Promise<string | Uint8Array>, RegExp, RegExp]>([
    ["DER", async () => identity.der, /^Certificate$/, /www\.example\.org/],
    ["a public key", async () => identity.publicKey.toPem(), /^Public key, line 1$/, /P-256/],
    ["an encrypted key", () => identity.keyPair.toPem({ passphrase: "x" }), /^Encrypted private key/, /encrypted/],
    ["nothing of the kind", async () => "hello", /^Nothing to read$/, /Paste PEM/],
    ["half a block", async () => "-----BEGIN CERTIFICATE-----\nAAAA", /^PEM$/, /PEM_/],
    [
      "a damaged certificate",
      async () => pem("CERTIFICATE", identity.der.subarray(1)),
      /^Certificate, line 1$/,
      /DER_/,
    ],
    ["something else", async () => pem("SSH THING", new Uint8Array(3)), /^Ssh thing, line 1$/, /3 bytes of SSH THING/],
    ["foreign bytes", async () => new Uint8Array([1, 2, 3]), /^Neither PEM/, /DER_/],
  ])("%s", async (_title, input, title, text) => {
    const [finding] = await examine(await input());
    expect(finding?.title).toMatch(title);
    expect(finding?.text).toMatch(text);
  });

  test("a request and what is not valid any more", async () => {
    const { CertificateRequest: Request } = await import("@tlskit/x509");
    const keyPair = await KeyPair.generate();
    const request: CertificateRequest = await Request.create({ subject: { CN: "asking" }, keyPair });
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    const old = await PrivateCertificate.selfSigned({
      subject: { CN: "old" },
      notBefore: days(-9),
      notAfter: days(-2),
    });
    const findings = await examine(request.toPem() + old.toPem());
    expect(findings[0]?.text).toMatch(/asking/);
    expect(findings[1]?.notes[0]).toMatch(/^Expired \d days ago/);
  });
});

// A machine without Chromium skips this, visibly; REQUIRE_BROWSER=1 forbids that.
describe.skipIf(!required && !existsSync(executablePath))("the page in Chromium", () => {
  let browser: Browser;
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tlskit-inspect-"));
    await writeFile(join(folder, "inspect.html"), await inspectPage());
    browser = await chromium.launch({ executablePath, args: ["--disable-gpu", "--no-first-run", "--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("shows what is pasted, as text, and asks nobody", async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const url = pathToFileURL(join(folder, "inspect.html")).href;
    await page.goto(url);
    const evil = await PrivateCertificate.selfSigned({ subject: { CN: "<img src=x onerror=alert(1)>" } });
    await page.fill("textarea", identity.fullChainPem() + evil.toPem());
    await page.waitForSelector("section:nth-of-type(3)");
    const text = await page.textContent("output");
    expect(text).toContain("www.example.org");
    expect(text).toContain("<img src=x");
    expect(await page.locator("output img").count()).toBe(0);
    expect(asked).toEqual([url]);
    expect(complaints).toEqual([]);
    // Nothing could be sent, even by a script that wanted to.
    const sent = await page.evaluate(() =>
      fetch("https://example.org/").then(
        () => "sent",
        () => "refused",
      ),
    );
    expect(sent).toBe("refused");
  });
});

function pem(label: string, bytes: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64")}\n-----END ${label}-----\n`;
}
