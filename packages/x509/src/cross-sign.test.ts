// Cross-signed CAs: one key, two certificates, two roots.

import { beforeAll, describe, expect, test } from "vitest";
import { Openssl } from "../test/openssl.ts";
import { Certificate, DistinguishedName, KeyPair, makeExtension, PrivateCertificate } from "./index.ts";

let oldRoot: PrivateCertificate;
let newRoot: PrivateCertificate;
let leaf: PrivateCertificate;

beforeAll(async () => {
  oldRoot = await PrivateCertificate.selfSigned({ subject: { CN: "Old Root" }, profile: "ca" });
  newRoot = await PrivateCertificate.selfSigned({
    // An order that a copy would not keep, and an identifier that we would not compute.
    subject: DistinguishedName.parse("C=SE,CN=New Root+OU=b,O=a"),
    profile: "ca",
    extensions: [makeExtension("subjectKeyIdentifier", Uint8Array.of(1, 2, 3, 4))],
  });
  leaf = await newRoot.issuePrivate({ subjectAltName: ["leaf.test"] });
});

describe("REQ-17: cross-signing", () => {
  test("keeps subject, key and key identifier, and limits no more than it must", async () => {
    const bridge = await oldRoot.crossSign(newRoot, { days: 30 });
    expect(bridge.subject.der).toEqual(newRoot.subject.der);
    expect(bridge.issuer.der).toEqual(oldRoot.subject.der);
    expect(bridge.publicKey.equals(newRoot.publicKey)).toBe(true);
    expect(bridge.subjectKeyIdentifier).toEqual(newRoot.subjectKeyIdentifier);
    expect(bridge.authorityKeyIdentifier?.keyIdentifier).toEqual(oldRoot.subjectKeyIdentifier);
    expect(bridge.basicConstraints).toEqual({ ca: true });
    expect(await bridge.verifySignature(oldRoot.publicKey)).toBe(true);
    expect(await leaf.verifySignature(bridge.publicKey)).toBe(true);
  });

  test("OpenSSL accepts the same leaf below either root", async () => {
    const bridge = await oldRoot.crossSign(newRoot);
    using openssl = new Openssl();
    openssl.write("leaf.pem", leaf.toPem());
    openssl.write("bridge.pem", bridge.toPem());
    openssl.write("old.pem", oldRoot.toPem());
    openssl.write("new.pem", newRoot.toPem());
    const verify = (...rest: readonly string[]) =>
      openssl.run("verify", "-no-CAfile", "-no-CApath", "-CAfile", ...rest);
    expect(verify("old.pem", "-untrusted", "bridge.pem", "leaf.pem")).toMatchObject({ ok: true });
    expect(verify("new.pem", "leaf.pem")).toMatchObject({ ok: true });
    expect(verify("old.pem", "leaf.pem")).toMatchObject({ ok: false });
  });

  test.each([
    [3, undefined, 3],
    [1, undefined, 1],
    [1, 4, 1],
    [4, 2, 1],
    [undefined, 2, 1],
  ])("path lengths: %s below %s gives %s", async (own, limit, expected) => {
    const ca = (CN: string, pathLength: number | undefined) =>
      PrivateCertificate.selfSigned({
        subject: { CN },
        profile: "ca",
        ...(pathLength !== undefined && { pathLength }),
      });
    const bridge = await (await ca("issuer", limit)).crossSign(await ca("other", own));
    expect(bridge.basicConstraints).toEqual({ ca: true, pathLength: expected });
  });

  test("is for CAs, by CAs", async () => {
    await expect(oldRoot.crossSign(leaf)).rejects.toMatchObject({ code: "NOT_A_CA" });
    await expect(leaf.crossSign(oldRoot)).rejects.toMatchObject({ code: "NOT_A_CA" });
    const last = await oldRoot.issuePrivate({ profile: "intermediate", subject: { CN: "last" } });
    await expect(last.crossSign(newRoot)).rejects.toMatchObject({ code: "NOT_A_CA" });
  });
});

describe("a certificate with every extension that we write", () => {
  test("is read back from PEM, and its key pair is no part of it", async () => {
    const keyPair = await KeyPair.generate({ type: "ed25519" });
    const made = await PrivateCertificate.selfSigned({
      keyPair,
      subjectAltName: ["a.test", "10.0.0.1", "::1", "user@b.test", "https://c.test/x"],
      extensions: [makeExtension("tlsFeature", [5])],
    });
    const again = Certificate.fromPem(made.toPem());
    expect(again.subjectAltName?.map(({ type }) => type)).toEqual(["dns", "ip", "ip", "email", "uri"]);
    expect(again.tlsFeature).toEqual([5]);
    expect(again.deviations).toEqual([]);
  });
});
