// Who may sign what, and with which keys.

import { afterAll, describe, expect, test } from "vitest";
import { newCa, opensslVerify } from "../../test/authority.ts";
import { Openssl } from "../../test/openssl.ts";
import { type IssueOptions, KeyPair, PrivateCertificate } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

describe("REQ-18: who may not sign", () => {
  const code = "NOT_A_CA";

  test("a server, an expired path length, a CA without keyCertSign; force does it anyway", async () => {
    const server = await PrivateCertificate.selfSigned({ subjectAltName: ["x"] });
    const root = await newCa();
    const middle = await root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    const noSign = await newCa({ keyUsage: ["cRLSign"] });
    const leaf = { subjectAltName: ["y"] };
    const ca = { subject: { CN: "J" }, profile: "intermediate" } as const;
    for (const [issuer, options] of [
      [server, leaf],
      [noSign, leaf],
      [middle, ca],
    ] as const) {
      await expect(issuer.issuePrivate(options)).rejects.toMatchObject({
        code,
        details: { subject: issuer.subject.toString(), reason: expect.any(String) },
      });
      expect((await issuer.issuePrivate({ ...options, force: true })).issuer.equals(issuer.subject)).toBe(true);
    }
  });

  test("path lengths shrink on the way down", async () => {
    const root = await newCa({ pathLength: 2 });
    await expect(
      root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate", pathLength: 2 }),
    ).rejects.toMatchObject({ code });
    const middle = await root.issuePrivate({ subject: { CN: "I" }, profile: "intermediate", pathLength: "unlimited" });
    expect(middle.basicConstraints).toEqual({ ca: true, pathLength: 1 });
    const last = await middle.issuePrivate({ subject: { CN: "J" }, profile: "intermediate" });
    expect(last.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    const leaf = await last.issuePrivate({ subjectAltName: ["x.example"] });
    expect(leaf.chain).toEqual([last, middle]);
    expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_hostname", "x.example")).toBe("leaf.pem: OK\n");
  });

  test("a short RSA key, of the issuer or of the subject, is refused", async () => {
    openssl.must("genrsa", "-out", "short.pem", "1024");
    const short = await KeyPair.fromPem(openssl.text("short.pem"));
    await expect(newCa({ keyPair: short })).rejects.toMatchObject({
      code: "KEY_WEAK",
      details: { bits: 1024, minimum: 2048 },
    });
    const forced = await newCa({ keyPair: short, force: true });
    expect(forced.publicKey.bits).toBe(1024);
    const options: IssueOptions = { publicKey: short.publicKey, subjectAltName: ["x"] };
    await expect((await newCa()).issue(options)).rejects.toMatchObject({ code: "KEY_WEAK" });
    expect((await (await newCa()).issue({ ...options, force: true })).publicKey.bits).toBe(1024);
  });
});
