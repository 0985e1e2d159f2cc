// An extension has one name: as a property, in ExtensionOid, for those who make it, and wherever it is printed.

import { describe, expect, test } from "vitest";
import { newCa } from "../../test/authority.ts";
import { certificates } from "../../test/fuzz/seeds.ts";
import {
  AccessMethod,
  Certificate,
  CertificateRevocationList,
  ExtendedKeyUsage,
  type ExtensionName,
  ExtensionOid,
  makeExtension,
  readExtensionValue,
} from "../index.ts";
import { extensionDecoders } from "./extension-values.ts";

const ca = await newCa();
const keyPair = ca.keyPair;
const typed = Object.keys(extensionDecoders) as ExtensionName[];

test.each(Object.entries(ExtensionOid))("%s is what an extension that was read is called", async (name, oid) => {
  const extensions = [{ oid, critical: false, value: Uint8Array.of(5, 0) }];
  const read = await ca.issue({ keyPair, subject: { CN: "a" }, extensions });
  expect(read.extension(oid)?.name).toBe(name);
});

test.each(typed)("%s is a property of certificates, and has its OID", (name) => {
  expect(name in Certificate.prototype).toBe(true);
  expect(Object.hasOwn(ExtensionOid, name)).toBe(true);
});

test.each(["crlNumber", "deltaCrlIndicator", "issuingDistributionPoint", "freshestCrl"])(
  "%s is a property of CRLs, and has its OID",
  (name) => {
    expect(name in CertificateRevocationList.prototype).toBe(true);
    expect(Object.hasOwn(ExtensionOid, name)).toBe(true);
  },
);

describe("what was read can be made again by the name and the value that were read", () => {
  const seen = new Map<string, Uint8Array>();
  for (const der of certificates) {
    for (const { name, value } of Certificate.fromDer(der).extensions) if (name !== undefined) seen.set(name, value);
  }

  test("all names that have a type were seen", () => {
    expect(typed.filter((name) => !seen.has(name))).toEqual([]);
  });

  test.each(typed)("%s", (name) => {
    const value = seen.get(name) ?? new Uint8Array();
    expect(makeExtension(name, readExtensionValue(name, value)).value).toEqual(value);
  });
});

test("purposes and access methods are printed by the names of their constants", async () => {
  const location = "http://a.example/";
  const certificate = await ca.issue({
    keyPair,
    subjectAltName: ["a.example"],
    extendedKeyUsage: Object.values(ExtendedKeyUsage),
    extensions: [
      makeExtension(
        "authorityInfoAccess",
        Object.values(AccessMethod).map((method) => ({ method, location })),
      ),
    ],
  });
  const methods = Object.keys(AccessMethod).map((name) => `${name} URI:${location}`);
  expect(certificate.inspect().split("\n")).toEqual(
    expect.arrayContaining([
      `Extended Key Usage: ${Object.keys(ExtendedKeyUsage).join(", ")}`,
      `Authority Information Access: ${methods.join(", ")}`,
    ]),
  );
});
