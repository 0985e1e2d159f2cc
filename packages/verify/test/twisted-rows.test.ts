/** Rows of Twisted's behaviour that are decisions about trust and identity, each by its id. */
import { createTestCa } from "@tlskit/testing";
import { PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import {
  type TrustAnchors,
  VerificationError,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import { dnsName, forge, forgeCa, forgeLeaf, forgeRoot, ipName } from "./forge.ts";
import { crlDer } from "./forge-revocation.ts";
import { anchors, inputFor } from "./inputs.ts";

async function codeOf(input: VerifyPathInput): Promise<string | undefined> {
  const error = await verifyPath(input).then(
    () => undefined,
    (refused: unknown) => refused,
  );
  if (error === undefined || VerificationError.is(error)) return error?.code;
  throw error;
}

describe("whom a set of trusted certificates trusts", () => {
  test("TRU-03: nobody, if it is empty; that is its own reason", async () => {
    const leaf = forgeLeaf(forgeRoot());
    expect(await codeOf({ ...inputFor([leaf]), trust: [] })).toBe("TRUST_EMPTY");
  });

  test("TRU-04: whom a trusted CA has certified", async () => {
    const ca = await createTestCa();
    const leaf = await ca.issue("a.example");
    const input = { leaf, trust: [ca.certificate], purpose: "server", name: "a.example" } as const;
    expect(await codeOf(input)).toBeUndefined();
  });

  test("TRU-05: a self-signed certificate that is in the set itself, and no other of its name", async () => {
    const names = { subject: { CN: "a.example" }, subjectAltName: ["a.example"] };
    const [own, twin] = [await PrivateCertificate.selfSigned(names), await PrivateCertificate.selfSigned(names)];
    const input = { trust: [own], purpose: "server", name: "a.example" } as const;
    expect(await codeOf({ ...input, leaf: own })).toBeUndefined();
    expect(await codeOf({ ...input, leaf: twin })).toBe("SELF_SIGNED");
  });

  test("TRU-06: nobody else; the error shows the chain and names who is missing", async () => {
    const [trusted, stranger] = [await createTestCa({ name: "Trusted" }), await createTestCa({ name: "Stranger" })];
    const leaf = await stranger.issue("a.example");
    const refused = await verifyPath({ leaf, trust: [trusted.certificate], purpose: "server" }).catch((error) => error);
    expect(refused).toMatchObject({ code: "UNKNOWN_ISSUER", chain: [leaf] });
    expect(refused.details.missingIssuer).toBe(leaf.issuer.toString());
  });

  test("TRU-10: with the limits that the set puts on it", async () => {
    const root = forgeRoot();
    const leaf = forgeLeaf(root);
    const { certificate } = root;
    const limited: readonly (readonly [TrustAnchors, string | undefined])[] = [
      [anchors({ certificate }), undefined],
      [anchors({ certificate, purposes: ["client"] }), "ANCHOR_RESTRICTED"],
      [anchors({ certificate, distrustAfter: new Date("2020-01-01") }), "ANCHOR_DISTRUSTED"],
    ];
    for (const [trust, code] of limited) expect(await codeOf({ ...inputFor([leaf, root]), trust })).toBe(code);
  });

  test("TRU-12: the same certificate twice is once", async () => {
    const root = forgeRoot();
    const trust = [root.certificate, root.certificate];
    expect(await codeOf({ ...inputFor([forgeLeaf(root), root]), trust })).toBeUndefined();
  });

  test("TRU-13: unless it was revoked, where that is asked", async () => {
    const root = forgeRoot();
    const leaf = forgeLeaf(root);
    const crls = [crlDer(root, { revoked: [{ certificate: leaf.certificate }] })];
    const input = inputFor([leaf, root]);
    expect(await codeOf({ ...input, revocation: { mode: "require", crls } })).toBe("CERTIFICATE_REVOKED");
    expect(await codeOf({ ...input, revocation: { mode: "prefer", crls } })).toBe("CERTIFICATE_REVOKED");
    expect(await codeOf({ ...input, revocation: { mode: "ignore", crls } })).toBeUndefined();
  });
});

test("CLI-16: whatever goes wrong on the way is no acceptance", async () => {
  const root = forgeRoot();
  const ca = forgeCa(root);
  const trap = new Error("a fault in the trust store");
  const trust: TrustAnchors = {
    ...anchors({ certificate: root.certificate }),
    bySubject: () => {
      throw trap;
    },
  };
  const input = { ...inputFor([forgeLeaf(ca), ca, root]), trust };
  await expect(verifyPath(input)).rejects.toBe(trap);
  expect(() => verifyPathSync(input)).toThrow(trap);
});

test("CLI-17: there is no second, weaker way to match a name: never the common name, and addresses as addresses", async () => {
  const root = forgeRoot();
  const named = forgeLeaf(root, { subject: "b.example", san: [dnsName("a.example"), ipName(127, 0, 0, 1)] });
  const unnamed = forge({ subject: "a.example", issuer: root });
  const input = inputFor([named, root]);
  expect(await codeOf({ ...input, name: "a.example" })).toBeUndefined();
  expect(await codeOf({ ...input, name: "127.0.0.1" })).toBeUndefined();
  expect(await codeOf({ ...input, name: "b.example" })).toBe("NAME_MISMATCH");
  expect(await codeOf({ ...inputFor([unnamed, root]), name: "a.example" })).toBe("NAME_MISSING");
});

test("CLI-22: the error is exported, and recognised without its class", () => {
  const error = (() => {
    try {
      return verifyPathSync({ ...inputFor([forgeLeaf(forgeRoot())]), trust: [] });
    } catch (refused) {
      return refused;
    }
  })();
  expect(error).toBeInstanceOf(VerificationError);
  expect([VerificationError.is(error), VerificationError.is(new Error("TRUST_EMPTY"))]).toEqual([true, false]);
});
