// Writing PKCS #12 (RFC 7292) as modern software reads it: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, and a MAC
// with SHA-256. Certificates and keys are encrypted apart, in the layout of OpenSSL.

import { assertInstance, assertList, badArgument, takeOwn } from "../argument.ts";
import { copyBytes, fromHex } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import { contextPrimitive } from "../der/tag.ts";
import { derExplicit, derInteger, derOctetString, derOid, derSequence, derTlv } from "../der/writer.ts";
import { type Passphrase, passphraseBytes } from "../encryption/passphrase.ts";
import { KeyPair } from "../key-pair.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { ContentType } from "./container-oids.ts";
import { writePfx } from "./pfx.ts";
import type { Pkcs12Contents } from "./pkcs12.ts";
import { computeMac } from "./pkcs12-mac.ts";
import { type BagAttributes, maxBags, maxKeys, type SafeBag, writeSafeContents } from "./safe-bags.ts";

/** What to write: as {@link Pkcs12Contents}, and all of it optional. The chains of the identities are written, too. */
export type Pkcs12Input = { readonly [Name in keyof Pkcs12Contents]?: Pkcs12Contents[Name] | undefined };

/** How a PKCS #12 file is written. */
export interface WritePkcs12Options {
  /**
   * Iterations of each key derivation: one for the MAC, one for the certificates, one for each key. 200,000 unless
   * told otherwise, from 2,048 to 5,000,000. .NET takes at most 300,000 for each and a million in all.
   */
  readonly iterations?: number | undefined;
}

/**
 * Writes a PKCS #12 file (`.p12`, `.pfx`): of one identity with its chain, or of several things.
 *
 * @throws X509Error ARGUMENT_INVALID if there is nothing to write, or more than 400 things
 * @example
 * await writeFile("server.p12", await writePkcs12(identity, "correct horse"));
 * @example
 * const friendlyNames = new Map([[identity, "my server"]]);
 * await writePkcs12({ identities: [identity], friendlyNames }, "correct horse");
 */
export async function writePkcs12(
  contents: PrivateCertificate | Pkcs12Input,
  passphrase: Passphrase,
  options: WritePkcs12Options = {},
): Promise<Uint8Array> {
  const secret = passphraseBytes(passphrase);
  const { iterations = defaultIterations } = takeOwn(options, OPTIONS, "options");
  if (!Number.isInteger(iterations) || iterations < 2048 || iterations > 5_000_000) {
    throw badArgument("iterations", "a whole number from 2048 to 5000000");
  }
  const input = takeContents(contents instanceof PrivateCertificate ? { identities: [contents] } : contents);
  const open = openBags(input);
  const keyCount = (input.identities?.length ?? 0) + (input.keyPairs?.length ?? 0);
  const count = open.length + keyCount;
  if (count === 0) throw badArgument("contents", "an identity, a certificate, a key or a CRL");
  if (count > maxBags) throw badArgument("contents", `at most ${maxBags} certificates, keys and CRLs`);
  if (keyCount > maxKeys) throw badArgument("contents", `at most ${maxKeys} private keys`);
  const keys = await keyBags(input, secret, iterations);
  const parts = [
    ...(open.length === 0 ? [] : [await encryptedData(writeSafeContents(open), secret, iterations)]),
    ...(keys.length === 0 ? [] : [contentInfo(ContentType.data, derOctetString(writeSafeContents(keys)))]),
  ];
  const content = derSequence(...parts);
  return writePfx(content, await computeMac(content, secret, iterations));
}

/** The contents, each of which is what it must be: a certificate among the identities has no key to write. */
function takeContents(contents: Pkcs12Input): Pkcs12Input {
  const input = takeOwn(contents, CONTENTS, "contents");
  const kinds = [
    ["identities", PrivateCertificate, "a PrivateCertificate"],
    ["certificates", Certificate, "a Certificate"],
    ["keyPairs", KeyPair, "a KeyPair"],
  ] as const;
  for (const [name, type, expected] of kinds) {
    const list: unknown = input[name] ?? [];
    assertList(list, name);
    for (const [index, one] of list.entries()) assertInstance(one, type, `${name}[${index}]`, expected);
  }
  return input;
}

/** Certificates, each once, and CRLs. */
function openBags(input: Pkcs12Input): SafeBag[] {
  const { identities = [], certificates = [], crls = [] } = input;
  const bags = new Map<string, SafeBag>();
  const add = (certificate: Certificate, attributes: BagAttributes) => {
    if (bags.has(certificate.id)) return;
    bags.set(certificate.id, { kind: "certificate", value: certificate.der, ...attributes });
  };
  for (const identity of identities) add(identity, identityAttributes(identity, input));
  for (const { chain } of identities) for (const issuer of chain) add(issuer, attributesOf(issuer, input));
  for (const certificate of certificates) add(certificate, attributesOf(certificate, input));
  return [...bags.values(), ...crls.map((crl) => ({ kind: "crl", value: copyBytes(crl) }) as const)];
}

async function keyBags(input: Pkcs12Input, passphrase: Passphrase, iterations: number): Promise<SafeBag[]> {
  const { encryptPrivateKey } = await import("../encryption/encrypted-private-key.ts");
  const { identities = [], keyPairs = [] } = input;
  const bag = async (keyPair: KeyPair, attributes: BagAttributes): Promise<SafeBag> => {
    const value = await encryptPrivateKey(await keyPair.toDer(), passphrase, iterations);
    return { kind: "shroudedKey", value, ...attributes };
  };
  const bags: SafeBag[] = [];
  for (const identity of identities) bags.push(await bag(identity.keyPair, identityAttributes(identity, input)));
  for (const keyPair of keyPairs) bags.push(await bag(keyPair, attributesOf(keyPair, input)));
  return bags;
}

/** An identity's certificate and key are joined by an identifier: readers go by it. */
function identityAttributes(identity: PrivateCertificate, input: Pkcs12Input): BagAttributes {
  return { localKeyId: fromHex(identity.id) ?? new Uint8Array(0), ...attributesOf(identity, input) };
}

function attributesOf(of: Certificate | KeyPair, { friendlyNames, localKeyIds }: Pkcs12Input): BagAttributes {
  const [friendlyName, localKeyId] = [friendlyNames?.get(of), localKeyIds?.get(of)];
  return { ...(friendlyName !== undefined && { friendlyName }), ...(localKeyId !== undefined && { localKeyId }) };
}

async function encryptedData(plain: Uint8Array, passphrase: Passphrase, iterations: number): Promise<Uint8Array> {
  const { encryptIdentified } = await import("../encryption/password-encryption.ts");
  const { identifier, sealed } = await encryptIdentified(plain, passphrase, iterations);
  const info = derSequence(derOid(ContentType.data), identifier, derTlv(contextPrimitive(0), sealed));
  return contentInfo(ContentType.encryptedData, derSequence(derInteger(0), info));
}

function contentInfo(type: string, content: Uint8Array): Uint8Array {
  return derSequence(derOid(type), derExplicit(0, content));
}

const defaultIterations = 200_000;
const CONTENTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "certificates",
  "crls",
  "friendlyNames",
  "identities",
  "keyPairs",
  "localKeyIds",
]);
const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["iterations"]);
