/** Objects that answer otherwise than their bytes: what counts is the bytes. */
import { Certificate, CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { checkRevocationSync, verifyPathSync } from "../src/index.ts";
import { forge, forgeCa, forgeLeaf, forgeRoot, NOW } from "./forge.ts";
import { crlDer } from "./forge-revocation.ts";
import { inputFor, store } from "./inputs.ts";

/** Says that it is valid, a CA, and signed. */
class Liar extends Certificate {
  static of(certificate: Certificate): Liar {
    return new Liar(certificate);
  }
  override get notAfter(): Date {
    return new Date("2099-01-01T00:00:00Z");
  }
  override isValidAt(): boolean {
    return true;
  }
  override get basicConstraints(): { readonly ca: true } {
    return { ca: true };
  }
  override verifySignatureSync(): boolean {
    return true;
  }
  override async verifySignature(): Promise<boolean> {
    return true;
  }
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
}

const withOwnProperty = (certificate: Certificate): Certificate => {
  const copy = Certificate.fromDer(certificate.der);
  for (const name of ["isValidAt", "verifySignatureSync"] as const) {
    Object.defineProperty(copy, name, { value: () => true });
  }
  Object.defineProperty(copy, "basicConstraints", { value: { ca: true } });
  return copy;
};
const proxied = (certificate: Certificate): Certificate =>
  new Proxy(certificate, {
    get: (target, name) => {
      if (name === "isValidAt" || name === "verifySignatureSync") return () => true;
      if (name === "basicConstraints") return { ca: true };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

const disguises = [
  ["a subclass", Liar.of],
  ["own properties", withOwnProperty],
] as const;

const root = forgeRoot();
const ca = forgeCa(root);
const expired = { notAfter: "2025-12-31T23:59:59Z" };

describe.each(disguises)("%s", (_, disguise) => {
  test("does not make an expired leaf valid", () => {
    const leaf = disguise(forgeLeaf(ca, expired).certificate);
    expect(codeOf(() => verifyPathSync({ ...inputFor([forgeLeaf(ca), ca, root]), leaf }))).toBe("CERTIFICATE_EXPIRED");
  });

  test("does not make a leaf a CA, or its signature right", () => {
    const notCa = forge({ subject: "CA", issuer: root });
    const forged = forgeCa(root, { breakSignature: true });
    const input = inputFor([forgeLeaf(notCa), notCa, root]);
    expect(codeOf(() => verifyPathSync({ ...input, intermediates: [disguise(notCa.certificate)] }))).toBe(
      "ISSUER_NOT_CA",
    );
    const other = inputFor([forgeLeaf(forged), forged, root]);
    expect(codeOf(() => verifyPathSync({ ...other, intermediates: [disguise(forged.certificate)] }))).toBe(
      "SIGNATURE_INVALID",
    );
  });

  test("does not make an expired anchor valid, alone or in a store", () => {
    const old = forgeRoot(expired);
    const anchor = disguise(old.certificate);
    const input = inputFor([forgeLeaf(old), old]);
    expect(codeOf(() => verifyPathSync({ ...input, trust: [anchor] }))).toBe("CERTIFICATE_EXPIRED");
    expect(codeOf(() => verifyPathSync({ ...input, trust: store([{ certificate: anchor }]) }))).toBe(
      "CERTIFICATE_EXPIRED",
    );
  });

  test("a path holds what was verified, not what was given", () => {
    const good = forgeLeaf(ca);
    const given = disguise(good.certificate);
    const { leaf } = verifyPathSync({ ...inputFor([good, ca, root]), leaf: given });
    expect([leaf === given, leaf.id, leaf.notAfter]).toEqual([false, good.certificate.id, good.certificate.notAfter]);
  });
});

test("keys and names that certificates have cannot be made to answer otherwise", () => {
  const forged = forgeCa(root, { breakSignature: true });
  const { publicKey, subject } = ca.certificate;
  for (const one of [publicKey, subject, forged.certificate.issuer]) {
    expect(() => Object.defineProperty(one, "equals", { value: () => true })).toThrow(TypeError);
  }
  expect(() => Object.assign(root.certificate.publicKey, { verifySync: () => true })).toThrow(TypeError);
  expect(codeOf(() => verifyPathSync(inputFor([forgeLeaf(forged), forged, root])))).toBe("SIGNATURE_INVALID");
});

describe("a Proxy, which hides its bytes, is refused as an argument", () => {
  const leaf = forgeLeaf(ca);
  const input = inputFor([leaf, ca, root]);
  test.each([
    ["leaf", { leaf: proxied(leaf.certificate) }],
    ["intermediates[0]", { intermediates: [proxied(ca.certificate)] }],
    ["trust[0]", { trust: [proxied(root.certificate)] }],
    ["trust", { trust: store([{ certificate: proxied(root.certificate) }]) }],
  ])("as %s", (argument, change) => {
    expect(() => verifyPathSync({ ...input, ...change })).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID", details: expect.objectContaining({ argument }) }),
    );
  });

  test("where revocation is checked, too", () => {
    const chain = [proxied(leaf.certificate), ca.certificate];
    expect(codeOf(() => checkRevocationSync({ chain, at: NOW }))).toBe("VERIFY_ARGUMENT_INVALID");
  });
});

describe("CRLs", () => {
  const leaf = forgeLeaf(ca);
  const der = crlDer(ca, { revoked: [{ certificate: leaf.certificate }] });
  const chain = [leaf.certificate, ca.certificate, root.certificate];

  // Its constructor is nobody else's, but a prototype is soon changed.
  const silent = (bytes: Uint8Array): CertificateRevocationList => {
    const list = CertificateRevocationList.fromDer(bytes);
    const find = { value: () => undefined };
    return Object.setPrototypeOf(list, Object.create(CertificateRevocationList.prototype, { find }));
  };

  test("one that hides its entries revokes all the same", () => {
    const crls = [silent(der)];
    expect(crls[0]?.find(leaf.certificate.serialNumber)).toBeUndefined();
    expect(checkRevocationSync({ chain, at: NOW, crls }).status).toBe("revoked");
  });

  test("a Proxy is refused", () => {
    const crls = [new Proxy(CertificateRevocationList.fromDer(der), {})];
    expect(codeOf(() => checkRevocationSync({ chain, at: NOW, crls }))).toBe("VERIFY_ARGUMENT_INVALID");
    const ocspResponses = [Object.create(OcspResponse.prototype) as OcspResponse];
    expect(codeOf(() => checkRevocationSync({ chain, at: NOW, ocspResponses }))).toBe("VERIFY_ARGUMENT_INVALID");
  });
});
