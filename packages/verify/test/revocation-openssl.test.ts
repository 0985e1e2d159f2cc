/** CRLs and OCSP responses made by OpenSSL, and what `openssl verify -crl_check` says of ours. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Certificate, type CertificateRevocationList, OcspRequest, pemDecode } from "@tlskit/x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RevocationInput, VerificationError, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tlskit-revocation-"));
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

function run(...args: readonly string[]): void {
  const { status, output } = openssl(...args);
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}\n${output}`);
}

const CONFIG = `
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 30
default_crl_days = 7
policy = any
copy_extensions = copy
crl_extensions = crl_ext
[any]
commonName = supplied
[crl_ext]
authorityKeyIdentifier = keyid
[responder]
extendedKeyUsage = OCSPSigning
`;

describe.skipIf(!hasOpenssl)("made by openssl ca and openssl ocsp", () => {
  const read = (file: string): Certificate => Certificate.fromPem(openssl("x509", "-in", file).output);

  beforeAll(() => {
    writeFileSync(join(folder, "ca.cnf"), CONFIG);
    writeFileSync(join(folder, "index.txt"), "");
    writeFileSync(join(folder, "serial"), "1000\n");
    writeFileSync(join(folder, "crlnumber"), "01\n");
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    run("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA", "-days", "60");
    for (const name of ["good", "revoked", "responder"]) {
      const san = ["-addext", `subjectAltName=DNS:${name}.example`];
      run("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`, ...san);
      const extensions = name === "responder" ? ["-extensions", "responder"] : [];
      run("ca", "-config", "ca.cnf", "-batch", "-notext", "-in", `${name}.csr`, "-out", `${name}.pem`, ...extensions);
    }
    run("ca", "-config", "ca.cnf", "-revoke", "revoked.pem", "-crl_reason", "keyCompromise");
    run("ca", "-config", "ca.cnf", "-gencrl", "-out", "ca.crl");
  });

  const statusOf = (name: string, sources: Omit<RevocationInput, "mode">): string => {
    try {
      const path = verifyPathSync({
        leaf: read(`${name}.pem`),
        trust: [read("ca.pem")],
        purpose: "server",
        name: `${name}.example`,
        revocation: { mode: "require", ...sources },
      });
      return path.revocation[0]?.status ?? "not asked";
    } catch (error) {
      if (VerificationError.is(error))
        return error.reasons.map(({ code, details }) => `${code} ${"reason" in details ? details.reason : ""}`).join();
      throw error;
    }
  };

  test("its CRL", () => {
    const crls = [pemDecode(readFileSync(join(folder, "ca.crl")))[0]?.bytes ?? new Uint8Array()];
    expect(statusOf("good", { crls })).toBe("good");
    expect(statusOf("revoked", { crls })).toBe("CERTIFICATE_REVOKED keyCompromise");
  });

  test.each([
    ["the CA itself", ["-rsigner", "ca.pem", "-rkey", "ca.key"]],
    ["a delegated responder", ["-rsigner", "responder.pem", "-rkey", "responder.key"]],
    ["a delegated responder, by key", ["-rsigner", "responder.pem", "-rkey", "responder.key", "-resp_key_id"]],
  ])("its responder, to our request: %s", (_, signer) => {
    const ask = (name: string): Uint8Array => {
      const request = OcspRequest.create(
        { certificate: read(`${name}.pem`), issuer: read("ca.pem") },
        { hash: "SHA-256" },
      );
      writeFileSync(join(folder, "request.der"), request.der);
      const files = ["-reqin", "request.der", "-respout", "response.der"];
      run("ocsp", "-index", "index.txt", "-CA", "ca.pem", ...signer, "-ndays", "2", ...files);
      return new Uint8Array(readFileSync(join(folder, "response.der")));
    };
    expect(statusOf("good", { ocspResponses: [ask("good")] })).toBe("good");
    expect(statusOf("revoked", { ocspResponses: [ask("revoked")] })).toBe("CERTIFICATE_REVOKED keyCompromise");
    expect(statusOf("good", { ocspResponses: [ask("revoked")] })).toBe("REVOCATION_STATUS_UNKNOWN ");
  });
});

describe.skipIf(!hasOpenssl)("openssl verify -crl_check says the same of our CRLs", () => {
  const root = f.forgeRoot();
  const ca = f.forgeCa(root, { subject: "CA" });
  const leaf = f.forgeLeaf(ca);
  const other = f.forge({ subject: "CA", issuer: root, keyUsage: ["cRLSign"] });
  const url = (path: string): Uint8Array => r.fullName(f.uriName(`http://crl.example/${path}`));
  const pointed = f.forgeLeaf(ca, { extensions: [r.distributionPoints([url("1")])] });
  const bad = f.extension("1.3.6.1.4.1.55738.1", f.tlv(0x05), true);
  // OpenSSL looks at delta CRLs only where a complete one says that there are some.
  const freshest = f.extension("2.5.29.46", f.tlv(0x30, f.tlv(0x30, url("delta"))));
  const listed = { revoked: [{ certificate: leaf.certificate }] };

  test.each<[string, f.Forged, readonly CertificateRevocationList[]]>([
    ["not listed", leaf, [r.forgeCrl(ca)]],
    ["listed", leaf, [r.forgeCrl(ca, listed)]],
    ["nothing", leaf, []],
    ["stale", leaf, [r.forgeCrl(ca, { nextUpdate: "2025-12-31T01:00:00Z" })]],
    ["future", leaf, [r.forgeCrl(ca, { thisUpdate: "2026-01-02T00:00:00Z" })]],
    ["wrong signature", leaf, [r.forgeCrl(ca, { breakSignature: true })]],
    ["critical extension", leaf, [r.forgeCrl(ca, { extensions: [bad] })]],
    ["for CAs only", leaf, [r.forgeCrl(ca, { scope: [r.ONLY_CAS] })]],
    ["for users only", leaf, [r.forgeCrl(ca, { scope: [r.ONLY_USERS] })]],
    ["some reasons", leaf, [r.forgeCrl(ca, { scope: [r.SOME_REASONS] })]],
    [
      "all reasons in two",
      leaf,
      [r.forgeCrl(ca, { scope: [r.SOME_REASONS] }), r.forgeCrl(ca, { scope: [r.OTHER_REASONS] })],
    ],
    ["the right point", pointed, [r.forgeCrl(ca, { scope: [url("1")] })]],
    ["the wrong point", pointed, [r.forgeCrl(ca, { scope: [url("2")] })]],
    ["another key of the CA", leaf, [r.forgeCrl(other)]],
    [
      "delta: revoked since",
      leaf,
      [r.forgeCrl(ca, { number: 5, extensions: [freshest] }), r.forgeCrl(ca, { ...listed, number: 7, base: 5 })],
    ],
    [
      "delta: nothing since",
      leaf,
      [r.forgeCrl(ca, { number: 5, extensions: [freshest] }), r.forgeCrl(ca, { number: 7, base: 5 })],
    ],
    ["delta: no base", leaf, [r.forgeCrl(ca, { number: 7, base: 5 })]],
  ])("%s", (_, target, crls) => {
    const pem = (...certificates: readonly f.Forged[]): string =>
      certificates.map(({ certificate }) => certificate.toPem()).join("");
    writeFileSync(join(folder, "leaf.pem"), pem(target));
    writeFileSync(join(folder, "pool.pem"), pem(ca, other));
    writeFileSync(join(folder, "root.pem"), pem(root));
    writeFileSync(join(folder, "crls.pem"), crls.map((crl) => crl.toPem()).join(""));
    const at = String(f.NOW.getTime() / 1000);
    const lists = crls.length === 0 ? [] : ["-CRLfile", "crls.pem"];
    const { status } = openssl(
      ...["verify", "-attime", at, "-crl_check", "-extended_crl", "-use_deltas", "-CAfile", "root.pem"],
      ...["-untrusted", "pool.pem", ...lists, "leaf.pem"],
    );
    const base = inputFor([target, ca, root]);
    let isAccepted = true;
    try {
      verifyPathSync({
        ...base,
        intermediates: [ca.certificate, other.certificate],
        // OpenSSL does not ask whether the certificate of a CRL issuer is revoked.
        revocation: { mode: "require", scope: "leaf", crls: [...crls, r.forgeCrl(root)] },
      });
    } catch (error) {
      if (!VerificationError.is(error)) throw error;
      isAccepted = false;
    }
    expect(isAccepted).toBe(status === 0);
  });
});
