// What people do on their first day, coming from another library or from JavaScript, and what they are told.

import { expect, test } from "vitest";
import { readPkcs12, writePkcs12 } from "../src/containers/index.ts";
import { DistinguishedName, generalSubtree, issueCrl, KeyPair, OcspRequest, PrivateCertificate } from "../src/index.ts";
import { newCa } from "./authority.ts";

const ca = await newCa();
const leaf = await ca.issuePrivate({ subjectAltName: ["localhost"] });
const { keyPair } = leaf;
const p12 = await writePkcs12(leaf, "x", { iterations: 2048 });
const js = (value: unknown): never => value as never;
const names = (...subjectAltName: readonly string[]) => ca.issue({ keyPair, subjectAltName });
const keys = "PRIVATE KEY or ENCRYPTED PRIVATE KEY or RSA PRIVATE KEY or EC PRIVATE KEY";

test.each<[string, string, unknown, () => unknown]>([
  ["no options", "ARGUMENT_INVALID", { argument: "options" }, () => PrivateCertificate.selfSigned(js(undefined))],
  ["a name in a constructor", "ARGUMENT_INVALID", { argument: "bytes" }, () => construct(DistinguishedName, "CN=a")],
  ["a subject of text", "ARGUMENT_INVALID", { argument: "subject" }, () => ca.issue({ keyPair, subject: js("CN=a") })],
  ["a certificate for a key", "PEM_WRONG_LABEL", { expected: keys }, () => KeyPair.fromPem(leaf.toPem())],
  ["a chain without a key", "PEM_WRONG_LABEL", { expected: keys }, () => PrivateCertificate.fromPem(leaf.toPem())],
  [
    "no passphrase",
    "ARGUMENT_INVALID",
    { argument: "passphrase", expected: 'text, "" for none, or a Uint8Array' },
    () => readPkcs12(p12, js(undefined)),
  ],
  ["a root dot", "ARGUMENT_INVALID", { expected: "a DNS name without a dot at its end" }, () => names("a.example.")],
  ["a network", "ARGUMENT_INVALID", { expected: "an IP address without a prefix" }, () => names("10.0.0.0/8")],
  ["a port", "ARGUMENT_INVALID", { expected: "a host without a port" }, () => names("localhost:8080")],
  ["a wildcard below", "ARGUMENT_INVALID", { expected: "a domain without a wildcard" }, () => generalSubtree("*.a")],
  [
    "a serial number in hex",
    "SERIAL_INVALID",
    { serialNumber: leaf.serialNumberHex },
    () => issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber: js(leaf.serialNumberHex) }] }),
  ],
  ["two certificates to OCSP", "ARGUMENT_INVALID", { argument: "options" }, () => OcspRequest.create(js(leaf), js(ca))],
  [
    "purposes by name",
    "ARGUMENT_INVALID",
    { argument: "extendedKeyUsage[0]", expected: "an OID, such as ExtendedKeyUsage.serverAuth" },
    () => ca.issue({ keyPair, subjectAltName: ["a"], extendedKeyUsage: ["serverAuth"] }),
  ],
])("%s: %s", async (_, code, details, call) => {
  await expect((async () => call())()).rejects.toMatchObject({ code, details });
});

function construct(type: object, ...values: readonly unknown[]): unknown {
  return Reflect.construct(type as new () => object, [...values]);
}
