// The same script on Node, Bun and Deno: the same outcomes, but for the differences that are written down here.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "./openssl.ts";
import type { SelfCheckInput, SelfCheckOutput } from "./self-check.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const bin = fileURLToPath(new URL("../../../node_modules/.bin/", import.meta.url));
const script = fileURLToPath(new URL("./self-check.ts", import.meta.url));
const condition = "--conditions=@tlskit/source";
const runtimes = {
  node: [process.execPath, "--no-warnings", condition, script],
  bun: [join(bin, "bun"), condition, script],
  deno: [join(bin, "deno"), "run", "-A", condition, script],
} as const;

/** Where a runtime differs, and how. Everything else must be as on Node. */
const differences: Readonly<Record<keyof typeof runtimes, Readonly<Record<string, unknown>>>> = {
  node: {},
  bun: {
    "make ed448": "UNSUPPORTED_ALGORITHM",
    "sync ed448": "UNSUPPORTED_ALGORITHM",
    "chain ed448": "UNSUPPORTED_ALGORITHM",
    "jwk ed448": "UNSUPPORTED_ALGORITHM",
    "node jwk ed448": "UNSUPPORTED_ALGORITHM",
    "load ed448": "UNSUPPORTED_ALGORITHM",
    "wrong passphrase ed448": "UNSUPPORTED_ALGORITHM",
    "no passphrase ed448": "UNSUPPORTED_ALGORITHM",
    "verify ed448": "UNSUPPORTED_ALGORITHM",
    "request ed448": "UNSUPPORTED_ALGORITHM",
  },
  deno: {
    // Its node:crypto does not know the kty AKP.
    "node jwk ml-dsa-44": "not ours: Error: unsupported",
    "node jwk ml-dsa-65": "not ours: Error: unsupported",
    "node jwk ml-dsa-87": "not ours: Error: unsupported",
    "verify p384-sha1": "UNSUPPORTED_ALGORITHM",
    // Its library has RSA up to 4096 bits.
    "odd rsa of 8192 bits": "UNSUPPORTED_ALGORITHM",
    "odd rsa of 16384 bits": "UNSUPPORTED_ALGORITHM",
    "sync ecdsa P-521 with ecdsa-with-SHA256": "CRYPTO_NOT_SYNCHRONOUS",
    "sync ml-dsa-44": "CRYPTO_NOT_SYNCHRONOUS",
    "sync ml-dsa-65": "CRYPTO_NOT_SYNCHRONOUS",
    "sync ml-dsa-87": "CRYPTO_NOT_SYNCHRONOUS",
  },
};

const inputFile = join(openssl.directory, "input.json");
writeFileSync(inputFile, JSON.stringify(makeInput()));

function makeInput(): SelfCheckInput {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    rsa1024: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
    rsa2047: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2047"],
    rsa4096e3: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096", "-pkeyopt", "rsa_keygen_pubexp:3"],
    pss: ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"],
    p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
    p521: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
    k1: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
    ed25519: ["-algorithm", "ED25519"],
    ed448: ["-algorithm", "ED448"],
  };
  const keys: Record<string, string> = {};
  const certificates: Record<string, string> = {};
  const requests: Record<string, string> = {};
  for (const [name, args] of Object.entries(kinds)) {
    openssl.must("genpkey", ...args, "-out", "key.pem");
    keys[name] = openssl.text("key.pem");
    const digests = /^(rsa|p\d+)$/.test(name) ? ["-sha1", "-sha256", "-sha384", "-sha512"] : [""];
    for (const digest of digests) {
      const options = ["-new", "-key", "key.pem", "-subj", `/CN=${name}`, ...(digest === "" ? [] : [digest])];
      openssl.must("req", "-x509", ...options, "-out", "certificate.pem");
      certificates[`${name}${digest}`] = openssl.text("certificate.pem");
      openssl.must("req", ...options, "-out", "request.pem");
      requests[`${name}${digest}`] = openssl.text("request.pem");
    }
  }
  for (const cipher of ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"]) {
    openssl.write("key.pem", keys.p256 ?? "");
    openssl.must("pkcs8", "-topk8", "-in", "key.pem", "-v2", cipher, "-passout", "pass:secret", "-out", "sealed.pem");
    keys[`encrypted-${cipher}`] = openssl.text("sealed.pem");
  }
  openssl.write("key.pem", keys.p256 ?? "");
  for (const tool of [
    ["ec", "-aes256"],
    ["ec", "-des3"],
  ] as const) {
    openssl.must(...tool, "-in", "key.pem", "-passout", "pass:secret", "-out", "sealed.pem");
    keys[`encrypted-headers${tool[1]}${tool[1] === "-des3" ? "-legacy" : ""}`] = openssl.text("sealed.pem");
  }
  keys["encrypted-des3-legacy"] = keys["encrypted-des3"] ?? "";
  return { keys, certificates, requests, containers: makeContainers(certificates["p256-sha256"] ?? "") };
}

function makeContainers(certificate: string): Readonly<Record<string, string>> {
  openssl.write("certificate.pem", certificate);
  const protections = {
    modern: [],
    "triple-des": ["-legacy", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
    rc2: ["-legacy"],
  };
  return Object.fromEntries(
    Object.entries(protections).map(([name, args]) => {
      const files = ["-inkey", "key.pem", "-in", "certificate.pem", "-passout", "pass:secret", "-out", "file.p12"];
      openssl.must("pkcs12", "-export", ...files, ...args);
      return [name, Buffer.from(openssl.read("file.p12")).toString("base64")];
    }),
  );
}

function run(runtime: keyof typeof runtimes): SelfCheckOutput {
  const [command, ...args] = runtimes[runtime];
  const { status, stdout, stderr } = spawnSync(command, [...args, inputFile], { encoding: "utf8", timeout: 280_000 });
  if (status !== 0) throw new Error(`${runtime} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}

const onNode = run("node");

describe.each(["node", "bun", "deno"] as const)("%s", (runtime) => {
  const { backend, outcomes, chains } = runtime === "node" ? onNode : run(runtime);

  test("is the runtime that it claims to be", () => {
    expect(backend).toBe(runtime);
  });

  test("has the outcomes of Node, but for the differences that are written down", () => {
    expect(outcomes).toEqual({ ...onNode.outcomes, ...differences[runtime] });
  });

  test("KEY-17: nothing that is printed carries a private key", () => {
    expect(outcomes.redaction).toBe(false);
  });

  test("makes chains that OpenSSL accepts", () => {
    // OpenSSL 3.0 has no ML-DSA.
    const known = Object.entries(chains).filter(([name]) => !name.startsWith("ml-dsa"));
    expect(known.length).toBeGreaterThanOrEqual(5);
    for (const [name, files] of known) {
      const said = openssl.verify(files, "-purpose", "sslserver", "-verify_hostname", "localhost");
      expect([name, said]).toEqual([name, "leaf.pem: OK\n"]);
    }
  });
});

describe("the outcomes on Node are right", () => {
  const { outcomes } = onNode;
  const named = (prefix: string) => Object.entries(outcomes).filter(([name]) => name.startsWith(prefix));

  test("making, signing and verifying", () => {
    expect(named("make ").length).toBe(10);
    for (const [name, outcome] of named("make ")) expect([name, outcome]).toEqual([name, [true, false, false, true]]);
    expect(named("jwk ").length).toBe(9);
    for (const [name, outcome] of [...named("jwk "), ...named("node jwk ")]) {
      expect([name, outcome]).toEqual([name, true]);
    }
    expect(named("web jwk ").length).toBe(4);
    for (const [name, outcome] of named("web jwk ")) expect([name, outcome]).toEqual([name, [true, true]]);
    for (const [name, outcome] of named("sync ")) expect([name, outcome]).toEqual([name, true]);
    for (const [name, outcome] of named("chain ")) expect([name, outcome]).toEqual([name, [true, false]]);
  });

  test("loading what OpenSSL made", () => {
    const refused = ["load k1", "load encrypted-des3"];
    for (const [name, outcome] of named("load ")) {
      const expected = refused.includes(name)
        ? "UNSUPPORTED_ALGORITHM"
        : [expect.any(String), expect.any(String), true];
      expect([name, outcome]).toEqual([name, expected]);
    }
    for (const name of ["encrypted-aes-128-cbc", "encrypted-aes-192-cbc", "encrypted-aes-256-cbc"]) {
      expect(outcomes[`wrong passphrase ${name}`]).toBe("KEY_WRONG_PASSPHRASE");
      expect(outcomes[`no passphrase ${name}`]).toBe("KEY_ENCRYPTED");
    }
  });

  test("verifying what OpenSSL signed", () => {
    for (const [name, outcome] of named("verify ")) {
      const expected =
        name === "verify k1" ? "UNSUPPORTED_ALGORITHM" : [expect.any(String), expect.any(String), true, false];
      expect([name, outcome]).toEqual([name, expected]);
    }
    for (const kind of ["rsa", "p256", "p384", "p521"]) expect(outcomes[`request ${kind}-sha1`]).toBe("ALGORITHM_WEAK");
    expect(outcomes["request pss"]).toEqual([expect.stringContaining("rsassaPss"), "CN=pss"]);
  });

  test("odd keys and signatures", () => {
    expect(named("odd rsa ").map(([, outcome]) => outcome)).toEqual(new Array(6).fill(false));
    expect(named("odd signature: ").map(([, outcome]) => outcome)).toEqual(new Array(10).fill(false));
    for (const [, outcome] of [...named("odd ed25519 "), ...named("odd point ")]) expect(outcome).toBe("KEY_INVALID");
  });

  test("PKCS #12", () => {
    expect(outcomes["open modern"]).toEqual(["ECDSA P-256"]);
    expect(outcomes["open triple-des"]).toBe("UNSUPPORTED_ALGORITHM");
    expect(outcomes["open triple-des with legacy"]).toEqual(["ECDSA P-256"]);
    expect(outcomes["open rc2 with legacy"]).toBe("UNSUPPORTED_ALGORITHM");
    for (const name of ["modern", "triple-des"])
      expect(outcomes[`wrong passphrase ${name}`]).toBe("KEY_WRONG_PASSPHRASE");
    expect(outcomes.container).toBe(true);
  });

  test("halves that do not belong together", () => {
    expect(outcomes["foreign public half"]).toBe("KEY_INVALID");
    expect(outcomes.encrypt).toBe(true);
    expect(outcomes.revocation).toEqual([true, "superseded", true, 32]);
  });
});
