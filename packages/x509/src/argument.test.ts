// Options count if they are the object's own, and all of those do: as for the options of connections.

import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { newCa } from "../test/authority.ts";
import {
  type Certificate,
  DistinguishedName,
  issueCrl,
  KeyPair,
  makeExtension,
  type NewCertificateOptions,
  PrivateCertificate,
} from "./index.ts";

const ca = await newCa();
const keyPair = await KeyPair.generate();
const { publicKey } = keyPair;
const issue = (options: NewCertificateOptions): Promise<Certificate> =>
  ca.issue(Object.defineProperties({ publicKey }, Object.getOwnPropertyDescriptors(options)));

test("what is not enumerable is an option, too: a known one counts, and an unknown one is refused", async () => {
  const hidden = (name: string, value: unknown): never =>
    Object.defineProperty({ subjectAltName: ["a.example"] }, name, { value }) as never;
  expect((await issue(hidden("serialNumber", 7n))).serialNumber).toBe(7n);
  await expect(issue(hidden("serial", 7n))).rejects.toMatchObject({ details: { argument: "serial" } });
  await expect(issue(hidden("days", "ten"))).rejects.toMatchObject({ details: { argument: "days" } });
  const name = Object.defineProperty({ O: "a" }, "CN", { value: "b" });
  expect(String(DistinguishedName.of(name))).toBe("CN=b,O=a");
});

test("a getter is read once, and what it says is what counts", async () => {
  let count = 0;
  const options = {
    get subjectAltName(): readonly string[] {
      return [`${++count}.example`];
    },
  };
  const certificate = await issue(options);
  expect([count, certificate.subjectAltName]).toEqual([1, [{ type: "dns", value: "1.example" }]]);
});

class Options {
  readonly subjectAltName: readonly string[] = ["a.example"];
  get days(): number {
    return 1;
  }
}

describe("an object that may have options of somebody else", () => {
  test.each<[string, object]>([
    ["of a class", new Options()],
    ["with options for a prototype", Object.create({ subjectAltName: ["a.example"] })],
    ["a list", ["a.example"]],
    ["a Map", new Map([["subjectAltName", ["a.example"]]])],
    ["a certificate", ca],
  ])("%s", async (_, options) => {
    const expected = { code: "ARGUMENT_INVALID", details: { argument: "options", expected: "a plain object" } };
    await expect(PrivateCertificate.selfSigned(options as never)).rejects.toMatchObject(expected);
    await expect(issueCrl(ca, options as never)).rejects.toMatchObject(expected);
    await expect(KeyPair.generate(options as never)).rejects.toMatchObject(expected);
    await expect(keyPair.toPem(options as never)).rejects.toMatchObject(expected);
  });

  test("a symbol is no name", async () => {
    await expect(keyPair.toPem({ [Symbol("type")]: "sec1" } as never)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument: "options" },
    });
  });
});

test("plain objects of another realm, and those without a prototype, are taken", async () => {
  const foreign = runInNewContext(`({ subjectAltName: ["a.example"], days: 1 })`) as NewCertificateOptions;
  const bare = Object.assign(Object.create(null), { subjectAltName: ["b.example"] }) as NewCertificateOptions;
  expect((await PrivateCertificate.selfSigned({ ...foreign, key: "ecdsa" })).subject.CN).toBe("a.example");
  expect((await PrivateCertificate.selfSigned(foreign)).subject.CN).toBe("a.example");
  expect((await PrivateCertificate.selfSigned(bare)).subject.CN).toBe("b.example");
});

test("extensions that were read, and objects of a class with getters, are extensions", async () => {
  const asked = await issue({ subjectAltName: ["a.example"], extensions: [makeExtension("tlsFeature", [5])] });
  const mine = new (class {
    get oid(): string {
      return "1.2.3";
    }
    get critical(): boolean {
      return false;
    }
    get value(): Uint8Array {
      return Uint8Array.of(5, 0);
    }
  })();
  const feature = asked.extensions.filter(({ name }) => name === "tlsFeature");
  const again = await issue({ subjectAltName: ["a.example"], extensions: [...feature, mine] });
  expect(again.tlsFeature).toEqual([5]);
  expect(again.extension("1.2.3")?.value).toEqual(Uint8Array.of(5, 0));
});

test("what was read of one certificate can be written into another", async () => {
  const subjectAltName = ["a.example", "10.0.0.1", "a@b.example", "https://a.example/"];
  const first = await issue({ subjectAltName, extensions: [makeExtension("certificatePolicies", ["1.2.3"])] });
  const { authorityKeyIdentifier = {}, certificatePolicies = [] } = first;
  const extensions = [
    makeExtension("authorityKeyIdentifier", authorityKeyIdentifier),
    makeExtension("certificatePolicies", certificatePolicies),
  ];
  const second = await issue({ subjectAltName: first.subjectAltName ?? [], extensions });
  expect(second.subjectAltName).toEqual(first.subjectAltName);
  expect(second.authorityKeyIdentifier).toEqual(first.authorityKeyIdentifier);
});

test.each([true, false])("what all objects inherit does not count, enumerable: %s", async (enumerable) => {
  const polluted = { passphrase: "x", critical: true, strict: false, type: "sec1", includeKey: true };
  const made: unknown[] = [];
  try {
    for (const [name, value] of Object.entries(polluted)) {
      Object.defineProperty(Object.prototype, name, { value, enumerable, configurable: true });
    }
    made.push(await keyPair.toPem(), makeExtension("tlsFeature", [5]).critical, ca.toPem());
    try {
      DistinguishedName.of({ C: "too long" });
    } catch {
      made.push("strict");
    }
  } finally {
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
  }
  const head = /^-----BEGIN PRIVATE KEY/;
  expect(made).toEqual([expect.stringMatching(head), false, ca.toPem(), "strict"]);
});
