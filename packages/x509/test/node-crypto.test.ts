// Every field of real certificates, compared with what node:crypto (OpenSSL) reads in them.

import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Certificate, escapeControls, formatGeneralName, oidName } from "./internal.ts";
import { debianRoots, hasShared, sharedJson, sharedPath } from "./shared.ts";

describe.skipIf(!existsSync(debianRoots))("Debian's roots", () => {
  const roots = existsSync(debianRoots) ? Certificate.allFromPem(readFileSync(debianRoots)) : [];

  test("all of them parse", () => {
    const blocks = readFileSync(debianRoots, "latin1").match(/-----BEGIN CERTIFICATE-----/g) ?? [];
    expect(roots.length).toBe(blocks.length);
    expect(roots.length).toBeGreaterThan(100);
  });

  test.each(roots.map((root) => [root.toString(), root] as const))("%s", (_, root) => {
    compare(root);
    expect(root.verifySignatureSync(root.publicKey)).toBe(true);
  });

  test("what is not as RFC 5280 wants it is recorded, and not refused", () => {
    const found = roots.flatMap((root) => root.deviations.map(({ code }) => code));
    expect(new Set(found)).toEqual(new Set(["SERIAL_ZERO", "TIME_GENERALIZED_BEFORE_2050", "KEY_USAGE_PADDING"]));
  });
});

describe.skipIf(!hasShared)("certificates of the shared data", () => {
  const golden = hasShared ? readdirSync(sharedPath("golden/certs")).filter((name) => /\.pem$/.test(name)) : [];
  test.each(golden)("golden/certs/%s", (name) => {
    const text = readFileSync(sharedPath(`golden/certs/${name}`), "utf8");
    if (!text.includes("BEGIN CERTIFICATE-")) return;
    for (const certificate of Certificate.allFromPem(text)) compare(certificate);
  });

  test("x509-limbo: all certificates of the core cases that both read", () => {
    const { testcases } = sharedJson<{ testcases: LimboCase[] }>("vectors/limbo-dev-core.json.gz");
    const pems = new Set(
      testcases.flatMap((one) => [...one.trusted_certs, ...one.untrusted_intermediates, one.peer_certificate]),
    );
    let compared = 0;
    for (const pem of pems) {
      const certificate = loadable(pem);
      if (certificate === undefined) continue;
      compare(certificate);
      compared++;
    }
    expect(compared).toBeGreaterThan(650);
  });
});

interface LimboCase {
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
}

// Some cases are made to be malformed: whether each of them is refused is the business of the verifier's tests.
function loadable(pem: string): Certificate | undefined {
  try {
    const certificate = Certificate.fromPem(pem);
    expect(certificate.publicKey).toBeDefined();
    expect([certificate.subjectAltName, certificate.authorityInfoAccess]).toHaveLength(2);
    expect(new X509Certificate(pem).toLegacyObject()).toBeDefined();
    return certificate;
  } catch {
    return undefined;
  }
}

function compare(ours: Certificate): void {
  const theirs = new X509Certificate(ours.der);
  const legacy = theirs.toLegacyObject();
  expect(Buffer.from(ours.der).equals(theirs.raw)).toBe(true);
  expect(ours.serialNumberHex.replace("-", "").toUpperCase()).toBe(legacy.serialNumber.padStart(2, "0"));
  expect(ours.notBefore).toEqual(new Date(theirs.validFrom));
  expect(ours.notAfter).toEqual(new Date(theirs.validTo));
  expect(ours.fingerprint()).toBe(theirs.fingerprint256);
  expect(ours.fingerprint("sha-1")).toBe(theirs.fingerprint);
  expect(ours.fingerprint("sha-512")).toBe(theirs.fingerprint512);
  expect(ours.toPem()).toBe(theirs.toString());
  // OpenSSL's answer takes the key usage into account.
  const mayCertify = ours.keyUsage?.has("keyCertSign") ?? true;
  expect((ours.basicConstraints?.ca ?? false) && mayCertify).toBe(theirs.ca);
  expect(Buffer.from(ours.publicKey.spki).equals(theirs.publicKey.export({ type: "spki", format: "der" }))).toBe(true);
  expect(ours.extendedKeyUsage).toEqual(theirs.keyUsage);
  for (const name of ["subject", "issuer"] as const) expect(attributes(ours[name])).toEqual(nodeName(theirs[name]));
  const names = ours.subjectAltName?.filter(({ type }) => ["dns", "ip", "email", "uri"].includes(type));
  const expected = theirs.subjectAltName?.split(", ").filter((text) => /^(?:DNS|IP Address|email|URI):/.test(text));
  expect(names?.map(formatGeneralName).map(nodeIp)).toEqual(expected?.map(nodeQuotes));
  expect(accessMethods(ours)).toEqual(theirs.infoAccess ?? undefined);
  expect(() => ours.inspect()).not.toThrow();
  expect(JSON.parse(JSON.stringify(ours))).toMatchObject({ sha256: ours.id });
  for (const extension of ours.extensions) expect(extension.oid).toMatch(/^[012]\./);
}

// One line per attribute, as node:crypto prints names: `CN=example`, with special characters escaped.
function attributes(name: Certificate["subject"]): string[] | undefined {
  const lines = name.rdns.map((rdn) =>
    rdn.map(({ oid, value }) => `${nodeNames[oid] ?? oidName(oid) ?? oid}=${value}`).join(" + "),
  );
  return lines.length === 0 ? undefined : lines;
}

function nodeName(text: string | undefined): string[] | undefined {
  return text?.split("\n").map((line) => line.replace(/\\(.)/g, "$1"));
}

function nodeIp(text: string): string {
  const address = /^IP Address:(.*:.*)$/.exec(text)?.[1];
  if (address === undefined) return text;
  // OpenSSL prints all eight groups, upper case.
  const [head = "", tail] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const groups = tail === undefined ? head : [...head, ...new Array(8 - head.length - tail.length).fill("0"), ...tail];
  return `IP Address:${[...groups].join(":").toUpperCase()}`;
}

function nodeQuotes(text: string): string {
  return text.includes(':"')
    ? escapeControls(text.replace(/^([^:]+):(.*)$/s, (_, kind, json) => `${kind}:${JSON.parse(json)}`))
    : text;
}

function accessMethods(certificate: Certificate): string | undefined {
  const labels: Record<string, string> = { ocsp: "OCSP", caIssuers: "CA Issuers", caRepository: "CA Repository" };
  const lines = certificate.authorityInfoAccess?.map(({ method, location }) => {
    const name = oidName(method) ?? method;
    return `${labels[name] ?? name} - ${formatGeneralName(location)}`;
  });
  return lines && `${lines.join("\n")}`;
}

// OpenSSL's short names, where they are not ours.
const nodeNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.42": "GN",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};
