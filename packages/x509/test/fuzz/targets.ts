// What `pnpm fuzz x509` fuzzes: one line for each reader. To add one, add a line, and seeds.

import {
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  DistinguishedName,
  KeyPair,
  OcspRequest,
  OcspResponse,
  PublicKey,
  parseAny,
  pemDecode,
  pemEncode,
  X509Error,
} from "../../src/index.ts";
import { containerTargets } from "./container-targets.ts";
import { encodingDeviations, lastingDeviations, rebuildCertificate } from "./rebuild-certificate.ts";
import { crlEncodingDeviations, rebuildCrl } from "./rebuild-crl.ts";
import { rebuildDer } from "./rebuild-der.ts";
import { rebuildName } from "./rebuild-name.ts";
import { rebuildRequest } from "./rebuild-request.ts";
import * as seeds from "./seeds.ts";

/** One reader under fire; the shape that tooling/fuzz wants. */
export interface Target {
  readonly name: string;
  readonly kind: "der" | "text";
  readonly seeds: readonly Uint8Array[];
  readonly check: (input: Uint8Array) => boolean | Promise<boolean>;
}

export const targets: readonly Target[] = [
  der("certificate", seeds.certificates, Certificate.fromDer, checkCertificate),
  der("certificate-request", seeds.requests, CertificateRequest.fromDer, checkRequest),
  der("certificate-revocation-list", seeds.crls, CertificateRevocationList.fromDer, checkCrl),
  der("ocsp-request", seeds.ocspRequests, OcspRequest.fromDer, checkOcspRequest),
  der("ocsp-response", seeds.ocspResponses, OcspResponse.fromDer, checkOcspResponse),
  der("name", seeds.names, DistinguishedName.fromDer, checkName),
  der("public-key", seeds.publicKeys, PublicKey.fromSpki, checkPublicKey),
  { name: "private-key", kind: "der", seeds: seeds.privateKeys, check: checkPrivateKey },
  der(
    "any",
    [
      ...seeds.crls,
      ...seeds.ocspRequests,
      ...seeds.ocspResponses,
      ...seeds.requests,
      ...seeds.publicKeys,
      ...seeds.privateKeys,
      ...seeds.certificates.slice(0, 5),
    ],
    parseAny,
    () => {},
  ),
  { name: "pem", kind: "text", seeds: pems(), check: (input) => accepts(() => pemDecode(input), checkPem) },
  {
    name: "any-pem",
    kind: "text",
    seeds: pems(),
    check: (input) =>
      accepts(
        () => parseAny(input),
        () => {},
      ),
  },
  {
    name: "name-text",
    kind: "text",
    seeds: seeds.nameTexts,
    check: (input) => accepts(() => DistinguishedName.parse(new TextDecoder().decode(input)), checkName),
  },
  ...containerTargets,
];

function der<T>(
  name: string,
  some: readonly Uint8Array[],
  read: (input: Uint8Array) => T,
  check: (value: T, input: Uint8Array) => void,
): Target {
  return {
    name,
    kind: "der",
    seeds: some,
    check: (input) =>
      accepts(
        () => read(input),
        (value) => check(value, input),
      ),
  };
}

/** Whether `read` accepts; refusing takes an error with a code. What was accepted has to stand `check`. */
function accepts<T>(read: () => T, check: (value: T) => void): boolean {
  let value: T;
  try {
    value = read();
  } catch (error) {
    assertCoded(error);
    return false;
  }
  check(value);
  return true;
}

function assertCoded(error: unknown): void {
  if (!X509Error.is(error)) throw error;
  // Serialising it must work, too.
  JSON.stringify(error);
}

function checkCertificate(certificate: Certificate, input: Uint8Array): void {
  readGetters(certificate, Certificate.prototype);
  assertPrintable(certificate.toString(), certificate.inspect(), JSON.stringify(certificate));
  assertSame("der", certificate.der, input);
  const rebuilt = rebuildCertificate(certificate);
  if (bytesSame(rebuilt, input)) return;
  const codes = certificate.deviations.map(({ code }) => code);
  if (!codes.some((code) => encodingDeviations.includes(code))) assertSame("rebuilt certificate", rebuilt, input);
  // What deviated is gone now, and nothing else is different.
  const again = Certificate.fromDer(rebuilt);
  assertSame("certificate rebuilt twice", rebuildCertificate(again), rebuilt);
  const lasting = lastingDeviations(certificate);
  const left = again.deviations
    .map(({ code }) => code)
    .filter((code) => encodingDeviations.includes(code) && !lasting.includes(code));
  if (left.length > 0) throw new Error(`rebuilding left ${left.join(", ")}`);
}

function checkRequest(request: CertificateRequest, input: Uint8Array): void {
  readGetters(request, CertificateRequest.prototype);
  assertPrintable(request.toString(), request.inspect(), JSON.stringify(request));
  const [rebuilt = new Uint8Array(0), shorter] = rebuildRequest(request);
  if (shorter === undefined || !bytesSame(shorter, input)) assertSame("rebuilt request", rebuilt, input);
}

function checkCrl(crl: CertificateRevocationList, input: Uint8Array): void {
  readGetters(crl, CertificateRevocationList.prototype);
  for (const entry of crl.entries) readGetters(entry, Object.getPrototypeOf(entry) as object);
  assertPrintable(crl.toString(), crl.inspect(), JSON.stringify(crl));
  const rebuilt = rebuildCrl(crl);
  if (bytesSame(rebuilt, input)) return;
  const codes = crl.deviations.map(({ code }) => code);
  if (!codes.some((code) => crlEncodingDeviations.includes(code))) assertSame("rebuilt CRL", rebuilt, input);
  assertSame("CRL rebuilt twice", rebuildCrl(CertificateRevocationList.fromDer(rebuilt)), rebuilt);
}

function checkOcspRequest(request: OcspRequest, input: Uint8Array): void {
  readGetters(request, OcspRequest.prototype);
  for (const item of request.requests) readGetters(item.certId, Object.getPrototypeOf(item.certId) as object);
  assertPrintable(request.toString(), request.inspect(), JSON.stringify(request));
  assertSame("rebuilt OCSP request", rebuildDer(request.der), input);
}

function checkOcspResponse(response: OcspResponse, input: Uint8Array): void {
  const { basic } = response;
  if (basic !== undefined) {
    readGetters(basic, Object.getPrototypeOf(basic) as object);
    for (const one of basic.responses) readGetters(one, Object.getPrototypeOf(one) as object);
  }
  assertPrintable(response.toString(), response.inspect(), JSON.stringify(response));
  assertSame("rebuilt OCSP response", rebuildDer(response.der), input);
}

function checkName(name: DistinguishedName): void {
  assertSame("rebuilt name", rebuildName(name), name.der);
  const text = name.toString();
  assertPrintable(text, name.inspect());
  if (name.key === "" && !name.isEmpty) throw new Error("a name without a key");
  // Text does not carry string types, and the order within an RDN is that of the encoding.
  let again: DistinguishedName;
  try {
    again = DistinguishedName.parse(text, { strict: false });
  } catch (error) {
    // What is read in any string type is written in that of its attribute, whose alphabet may not have it.
    if (X509Error.is(error) && error.code === "NAME_INVALID" && error.details.attribute !== undefined) return;
    throw new Error(`the text of a name cannot be read: ${text}`);
  }
  if (unordered(again) !== unordered(name)) throw new Error(`the text of a name changes: ${text}`);
}

function unordered({ rdns }: DistinguishedName): string {
  return JSON.stringify(rdns.map((rdn) => rdn.map(({ oid, value }) => `${oid}=${value}`).sort()));
}

function checkPublicKey(key: PublicKey, input: Uint8Array): void {
  readGetters(key, PublicKey.prototype);
  assertPrintable(key.toString(), key.inspect(), JSON.stringify(key));
  assertSame("rebuilt key", rebuildDer(key.spki), input);
}

async function checkPrivateKey(input: Uint8Array): Promise<boolean> {
  let keyPair: KeyPair;
  try {
    keyPair = await KeyPair.fromDer(input);
  } catch (error) {
    assertCoded(error);
    return false;
  }
  assertPrintable(keyPair.toString(), keyPair.inspect(), JSON.stringify(keyPair));
  const again = await KeyPair.fromDer(await keyPair.toDer());
  if (!again.publicKey.equals(keyPair.publicKey)) throw new Error("another key comes back");
  assertSame("rewritten key", await again.toDer(), await keyPair.toDer());
  return true;
}

function checkPem(blocks: ReturnType<typeof pemDecode>): void {
  for (const { label, bytes } of blocks) {
    const text = attemptOf(() => pemEncode(label, bytes));
    // A label that we read and do not write.
    if (text === undefined) continue;
    const [again] = pemDecode(text);
    if (again?.label !== label) throw new Error(`the label changed: ${label}`);
    assertSame("PEM", again.bytes, bytes);
  }
}

/** Every getter gives a value, or throws an error with a code. */
function readGetters(value: object, prototype: object): void {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (get !== undefined) attemptOf(() => value[name as keyof typeof value]);
  }
}

function attemptOf<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    assertCoded(error);
    return undefined;
  }
}

function assertPrintable(...texts: readonly string[]): void {
  for (const text of texts) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(text))
      throw new Error("a control character in a print-out");
  }
}

function assertSame(what: string, actual: Uint8Array, expected: Uint8Array): void {
  if (bytesSame(actual, expected)) return;
  const at = actual.findIndex((octet, index) => octet !== expected[index]);
  throw new Error(`${what} differs at offset ${at} of ${expected.length}, now ${actual.length}`);
}

function bytesSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function pems(): readonly Uint8Array[] {
  const blocks: readonly [string, Uint8Array | undefined][] = [
    ["CERTIFICATE", seeds.certificates[0]],
    ["CERTIFICATE", seeds.certificates[1]],
    ["CERTIFICATE REQUEST", seeds.requests[0]],
    ["X509 CRL", seeds.crls[0]],
    ["PUBLIC KEY", seeds.publicKeys[0]],
    ["PRIVATE KEY", seeds.privateKeys[0]],
    ["ENCRYPTED PRIVATE KEY", seeds.privateKeys[6]],
  ];
  const texts = blocks.map(([label, bytes]) => pemEncode(label, bytes ?? new Uint8Array(0)));
  const old =
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
  const decorated = `prose: before\r\n${texts.slice(0, 2).join("").replaceAll("\n", "\r\n  ")}`;
  return [...texts, texts.join("\n"), old, decorated].map((text) => new TextEncoder().encode(text));
}
