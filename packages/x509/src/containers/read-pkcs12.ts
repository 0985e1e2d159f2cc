// Reading PKCS #12 (RFC 7292): authenticated first, then opened.
//
// AuthenticatedSafe ::= SEQUENCE OF ContentInfo
// EncryptedData ::= SEQUENCE { version INTEGER, encryptedContentInfo EncryptedContentInfo, ... }
// EncryptedContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, contentEncryptionAlgorithm AlgorithmIdentifier,
//   encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL }

import { backend, privateBackend } from "#crypto";
import { takeOwn } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import type { OldCrypto } from "../crypto/backend.ts";
import { limitFail } from "../der/fail.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, contextPrimitive, Tag } from "../der/tag.ts";
import { walkDer } from "../der/walk.ts";
import { DerivationBudget } from "../encryption/derivation-budget.ts";
import { type Passphrase, passphraseBytes } from "../encryption/passphrase.ts";
import { X509Error } from "../error.ts";
import { KeyPair } from "../key-pair.ts";
import { readingKind } from "../wrong-kind.ts";
import { ContentType, contentTypeName } from "./container-oids.ts";
import { containerError, containerLimits, readPfx } from "./pfx.ts";
import type { Pkcs12Contents } from "./pkcs12.ts";
import { type Bagged, joinIdentities } from "./pkcs12-identities.ts";
import { type AuthenticatedPassphrase, authenticate } from "./pkcs12-mac.ts";
import { type FoundBags, maxBags, readSafeContents, type SafeBag } from "./safe-bags.ts";

/** How a PKCS #12 file is read. */
export interface ReadPkcs12Options {
  /** Whether old files are read, too: encrypted with Triple DES, authenticated with SHA-1. */
  readonly legacy?: boolean | undefined;
  /**
   * How many iterations of key derivation the whole file may ask for; five million, which takes seconds. Files have
   * about three times what their writer calls the iteration count.
   */
  readonly maxIterations?: number | undefined;
  /**
   * Whether a file without a MAC is read. Nobody can say then whether somebody has changed it, and a wrong passphrase
   * is noticed only by what comes out.
   */
  readonly insecurelyAllowMissingMac?: boolean | undefined;
}

/**
 * Reads a PKCS #12 file (`.p12`, `.pfx`). The MAC is checked before anything in the file is decrypted or parsed.
 *
 * AES-CBC with PBKDF2 (PBES2), MACs with SHA-2 (also PBMAC1, RFC 9579); with `legacy` also
 * pbeWithSHAAnd3-KeyTripleDES-CBC and SHA-1. What is older, such as RC2, is refused by name. One passphrase opens all.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM (named), CONTAINER_INVALID, KEY_MISMATCH, KEY_INVALID
 *   (a broken key, or more iterations than allowed), CERTIFICATE_INVALID, DER_* with the offset
 * @example
 * const { identities, certificates } = await readPkcs12(await readFile("server.p12"), "correct horse");
 */
export async function readPkcs12(
  bytes: Uint8Array,
  passphrase: Passphrase,
  options: ReadPkcs12Options = {},
): Promise<Pkcs12Contents> {
  const { insecurelyAllowMissingMac, legacy, maxIterations } = takeOwn(options, OPTIONS, "options");
  const der = copyBytes(bytes);
  const secret = passphraseBytes(passphrase);
  const limits = {
    budget: new DerivationBudget(maxIterations),
    crypto: { ...backend, ...privateBackend },
    legacy: legacy === true,
  };
  const pfx = readingKind("readPkcs12 of @tlskit/x509/containers", () => readPfx(der), der);
  if (pfx.mac === undefined && insecurelyAllowMissingMac !== true) {
    const reason = "without which nobody can say who wrote the file; { insecurelyAllowMissingMac: true } reads it";
    throw containerError(`a MAC, ${reason}`, der.length);
  }
  const authentic = pfx.mac === undefined ? {} : await authenticate(pfx, pfx.mac, secret, limits);
  const opener: Opener = { passphrase: secret, ...limits, ...authentic };
  const found: FoundBags = { bags: [], count: 0, keyCount: 0 };
  const end = pfx.contentStart + pfx.content.length;
  walkDer(der, pfx.contentStart, end, containerLimits);
  const list = new DerReader(der, pfx.contentStart, end).enter(Tag.sequence, "an AuthenticatedSafe");
  for (let parts = 1; list.peek() !== -1; parts++) {
    // Each takes a derivation, of one iteration even.
    if (parts > maxBags) limitFail(list.position, "parts", maxBags);
    await readPart(list.enter(Tag.sequence, "a ContentInfo"), opener, found);
  }
  return readBags(found.bags, opener);
}

interface Opener extends AuthenticatedPassphrase {
  readonly passphrase: Passphrase;
  readonly budget: DerivationBudget;
  readonly crypto: OldCrypto;
  readonly legacy: boolean;
}

async function readPart(info: DerReader, opener: Opener, into: FoundBags): Promise<void> {
  const type = info.oid("the type of a ContentInfo");
  const wrapper = info.enter(contextConstructed(0), "the content of a ContentInfo");
  info.done("the ContentInfo");
  if (type === ContentType.data) {
    wrapper.octetString("SafeContents");
    wrapper.done("the content of a ContentInfo");
    readSafeContents(wrapper.bytes, wrapper.valueStart, wrapper.valueEnd, into);
  } else if (type === ContentType.encryptedData) {
    const plain = await openEncryptedData(wrapper, opener);
    readSafeContents(plain, 0, plain.length, into);
  } else {
    const algorithm = contentTypeName(type);
    const message = `not supported in PKCS #12: content of the type ${algorithm}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", message, { algorithm, oid: type });
  }
}

async function openEncryptedData(wrapper: DerReader, opener: Opener): Promise<Uint8Array> {
  const body = wrapper.enter(Tag.sequence, "EncryptedData");
  wrapper.done("the content of a ContentInfo");
  body.expect(Tag.integer, "the version of EncryptedData");
  const info = body.enter(Tag.sequence, "EncryptedContentInfo");
  body.optional(contextConstructed(1));
  body.done("EncryptedData");
  const type = info.oid("the type of the encrypted content");
  if (type !== ContentType.data) throw containerError("encrypted content of the type data", info.valueStart);
  const identifier = info.raw("the algorithm of the encryption");
  const offset = info.position;
  info.expect(contextPrimitive(0), "the encrypted content");
  const sealed = info.value();
  info.done("EncryptedContentInfo");
  const { decryptIdentified } = await import("../encryption/password-encryption.ts");
  const plain = await decryptIdentified(identifier, sealed, opener.passphrase, opener);
  // Without a MAC, garbage has correct padding once in 256 times.
  if (plain === undefined || plain[0] !== Tag.sequence) {
    const message = `the passphrase does not decrypt the content at offset ${offset}`;
    throw new X509Error("KEY_WRONG_PASSPHRASE", message, {});
  }
  return plain;
}

async function readBags(bags: readonly SafeBag[], opener: Opener): Promise<Pkcs12Contents> {
  const { decryptPrivateKey, isPrivateKeyInfo } = await import("../encryption/encrypted-private-key.ts");
  const keys: Bagged<KeyPair>[] = [];
  const certificates: Bagged<Certificate>[] = [];
  const crls: Uint8Array[] = [];
  for (const { kind, value, ...attributes } of bags) {
    if (kind === "certificate") certificates.push({ ...attributes, of: Certificate.fromDer(value) });
    else if (kind === "crl") crls.push(value.slice());
    else {
      const pkcs8 = kind === "key" ? value : await decryptPrivateKey(value, opener.passphrase, opener);
      if (!isPrivateKeyInfo(pkcs8)) throw containerError("a PKCS #8 private key in a KeyBag");
      keys.push({ ...attributes, of: await KeyPair.fromDer(pkcs8) });
      // Others get their turn, however many there are.
      if (keys.length % keysPerTurn === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return joinIdentities(keys, certificates, crls);
}

/** A few milliseconds. */
const keysPerTurn = 16;

const OPTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(["insecurelyAllowMissingMac", "legacy", "maxIterations"]);
