// The pure entry of x509 in a real browser: bundled as any application would, on WebCrypto.

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Certificate, CertificateRequest, PrivateCertificate } from "@tlskit/x509";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

declare global {
  var x509: typeof import("@tlskit/x509");
}

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const required = process.env.REQUIRE_BROWSER === "1";

// Nothing but our own page, and no talk to the outside.
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const flags = [...quiet, "--disable-component-update", "--disable-sync", "--no-sandbox"];

// A machine without Chromium skips this, visibly; REQUIRE_BROWSER=1 forbids that.
describe.skipIf(!required && !existsSync(executablePath))("x509 in Chromium", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const script = await bundle();
    server = createServer((request, response) => {
      const isScript = request.url === "/x509.js";
      const type = isScript ? "text/javascript" : "text/html";
      response.setHeader("content-type", `${type}; charset=utf-8`).end(isScript ? script : html);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath, args: flags });
    page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("globalThis.x509 !== undefined");
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  test("it is a browser, and has nothing of another runtime", async () => {
    const others = await page.evaluate("[typeof process, typeof Buffer, typeof Deno, typeof Bun].join()");
    expect(others).toBe("undefined,undefined,undefined,undefined");
    expect(await page.evaluate("navigator.userAgent")).toContain("Chrome/");
  });

  test("makes a self-signed certificate that Node reads and finds right", async () => {
    const made = await page.evaluate(async () => {
      const own = await globalThis.x509.PrivateCertificate.selfSigned({
        subject: { CN: "browser" },
        subjectAltName: ["browser.example", "127.0.0.1"],
      });
      return { pem: own.toPem(), json: JSON.stringify(own), verified: await own.verifySignature(own.publicKey) };
    });
    const certificate = Certificate.fromPem(made.pem);
    expect(made.verified).toBe(true);
    expect(certificate.verifySignatureSync(certificate.publicKey)).toBe(true);
    expect(certificate.subject.CN).toBe("browser");
    expect(certificate.subjectAltName).toMatchObject([{ value: "browser.example" }, { value: "127.0.0.1" }]);
    expect(certificate.deviations).toEqual([]);
    expect(made.json).not.toContain("PRIVATE");
  });

  test("parses and prints a certificate as Node does", async () => {
    const certificate = await PrivateCertificate.selfSigned({
      subject: { C: "SE", O: "Exämple AB", CN: "node" },
      subjectAltName: ["node.example"],
    });
    const read = await page.evaluate((text) => {
      const there = globalThis.x509.Certificate.fromPem(text);
      const shown = [there.inspect(), String(there), there.id, there.serialNumberHex, there.fingerprint("sha-1")];
      return { shown, json: JSON.stringify(there) };
    }, certificate.toPem());
    const here = Certificate.fromPem(certificate.toPem());
    const shown = [here.inspect(), String(here), here.id, here.serialNumberHex, here.fingerprint("sha-1")];
    expect(read.shown).toEqual(shown);
    expect(read.json).toBe(JSON.stringify(here));
  });

  const types = ["ecdsa", "rsa", "ed25519"] as const;
  test.each(types)("issues for a request with an %s key", async (type) => {
    const made = await page.evaluate(async (kind) => {
      const { CertificateRequest: Request, KeyPair, PrivateCertificate: Issuer } = globalThis.x509;
      const ca = await Issuer.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
      const keyPair = await KeyPair.generate({ type: kind });
      const request = await Request.create({ subject: { CN: "leaf" }, subjectAltName: ["leaf.example"], keyPair });
      const certificate = await ca.sign(request, { approve: () => true });
      return { ca: ca.toPem(), request: request.toPem(), certificate: certificate.toPem() };
    }, type);
    const certificate = Certificate.fromPem(made.certificate);
    expect(certificate.verifySignatureSync(Certificate.fromPem(made.ca).publicKey)).toBe(true);
    const request = CertificateRequest.fromPem(made.request);
    expect(await request.verify()).toBe(true);
    expect(certificate.publicKey.equals(request.publicKey)).toBe(true);
    expect(certificate.publicKey.type).toBe(type);
  });

  test("bad input, and what WebCrypto cannot do, have their codes", async () => {
    const codes = await page.evaluate(async () => {
      const { Certificate: Its, PrivateCertificate: Issuer, X509Error } = globalThis.x509;
      const own = await Issuer.selfSigned({ subject: { CN: "a" } });
      const codeOf = (run: () => unknown): string => {
        try {
          run();
          return "none";
        } catch (error) {
          return X509Error.is(error) ? error.code : String(error);
        }
      };
      return [
        codeOf(() => Its.fromPem("nothing")),
        codeOf(() => Its.fromDer(own.der.subarray(1))),
        codeOf(() => own.verifySignatureSync(own.publicKey)),
      ];
    });
    expect(codes).toEqual(["PEM_NO_BLOCK", expect.stringMatching(/^DER_/), "CRYPTO_NOT_SYNCHRONOUS"]);
  });

  test("without a word on the console", () => {
    expect(complaints).toEqual([]);
  });
});

const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">
  import * as x509 from "/x509.js";
  globalThis.x509 = x509;
</script>`;

/** One file, from the sources, with the conditions of a browser. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@tlskit/x509";', resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    conditions: ["@tlskit/source"],
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
