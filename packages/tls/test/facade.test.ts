import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as facade from "@tlskit/tls";
import * as node from "@tlskit/transport-node";
import { describe, expect, test } from "vitest";

const child = fileURLToPath(new URL("./facade-child.ts", import.meta.url));
const program = (name: string): string => fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));

async function run(runtime: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(program(runtime), [...args, child], { timeout: 280_000 });
  return JSON.parse(stdout);
}

describe("the façade picks the runtime's adapter", () => {
  test.each([
    ["node", ["--conditions=@tlskit/source"]],
    ["bun", ["--conditions=@tlskit/source"]],
    ["deno", ["run", "-A", "--no-check", "--conditions=@tlskit/source"]],
  ])("on %s connections, endpoint strings and HTTP work", async (runtime, args) => {
    expect(await run(runtime, args)).toEqual({
      text: "hello",
      version: "TLSv1.3",
      names: ["localhost", "other.localhost"],
      http: "server",
    });
  });
});

test("Twisted's page is there, as far as it has a safe meaning", () => {
  const page = [
    "AcceptableCiphers",
    "Certificate",
    "CertificateOptions",
    "CertificateRequest",
    "connect",
    "DiffieHellmanParameters",
    "DistinguishedName",
    "DN",
    "http2Connection",
    "httpsAgent",
    "KeyPair",
    "listen",
    "OpenSSLDefaultPaths",
    "optionsForClientTLS",
    "platformTrust",
    "PrivateCertificate",
    "ProtocolNegotiationSupport",
    "protocolNegotiationMechanisms",
    "serveHttp2",
    "serveHttps",
    "startTls",
    "TLSVersion",
    "trustRootFromCertificates",
    "VerificationError",
    "wrapTls",
  ];
  expect(Object.keys(facade)).toEqual(expect.arrayContaining(page));
  expect(facade.connect).toBe(node.connect);
});
