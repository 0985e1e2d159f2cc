import { expect, test } from "vitest";
import { ExtendedKeyUsage, ExtensionOid, encodeExtendedKeyUsage, readExtensionValue, X509Error } from "../index.ts";

const usage = encodeExtendedKeyUsage([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]);

test("the value of an extension by itself", () => {
  expect(readExtensionValue("extendedKeyUsage", usage)).toEqual([
    ExtendedKeyUsage.serverAuth,
    ExtendedKeyUsage.clientAuth,
  ]);
});

test.each([
  ["nothing", new Uint8Array(), "EXTENSION_INVALID"],
  ["trailing bytes", Uint8Array.from([...usage, 0]), "EXTENSION_INVALID"],
  ["a cut", usage.subarray(0, -1), "EXTENSION_INVALID"],
  ["no bytes", "3000" as never, "ARGUMENT_INVALID"],
])("%s is refused", (_what, value, code) => {
  expect(() => readExtensionValue("extendedKeyUsage", value)).toThrowError(expect.objectContaining({ code }));
});

test("names the extension, and knows no inherited names", () => {
  try {
    readExtensionValue("nameConstraints", usage);
    expect.unreachable();
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    expect(error.details).toMatchObject({ oid: ExtensionOid.nameConstraints, name: "nameConstraints" });
  }
  for (const name of ["toString", "__proto__", "crlNumber"]) {
    expect(() => readExtensionValue(name as never, usage)).toThrowError(
      expect.objectContaining({ code: "ARGUMENT_INVALID" }),
    );
  }
});
