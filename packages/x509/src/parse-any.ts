// One call for whatever a file has in it.

import { copyBytes, isBytes } from "./bytes.ts";
import { Certificate } from "./certificate.ts";
import { CertificateRequest } from "./certificate-request.ts";
import { CertificateRevocationList } from "./certificate-revocation-list.ts";
import { X509Error } from "./error.ts";
import { KeyPair } from "./key-pair.ts";
import { isEncryptedByHeaders, type KeyLoadOptions, PRIVATE_KEY_LABELS } from "./keys/open-private-key.ts";
import { OcspRequest } from "./ocsp/ocsp-request.ts";
import { OcspResponse } from "./ocsp/ocsp-response.ts";
import { looksLikeDer, noBlock, type PemBlock, pemDecode } from "./pem/pem.ts";
import { PublicKey } from "./public-key.ts";
import { kindOfLabel, type ObjectKind, sniffDer } from "./sniff-der.ts";

/** Something that {@link parseAny} found; `kind` tells what. `line` is where its PEM block begins. */
export type ParsedObject = { readonly line?: number } & (
  | { readonly kind: "certificate"; readonly value: Certificate }
  | { readonly kind: "certificateRequest"; readonly value: CertificateRequest }
  | { readonly kind: "certificateRevocationList"; readonly value: CertificateRevocationList }
  | { readonly kind: "ocspRequest"; readonly value: OcspRequest }
  | { readonly kind: "ocspResponse"; readonly value: OcspResponse }
  | { readonly kind: "publicKey"; readonly value: PublicKey }
  | ParsedPrivateKey
  | ParsedBytes
);

/** A private key. Loading one takes a promise, and maybe a passphrase, so it is left to the caller. */
export interface ParsedPrivateKey {
  readonly kind: "privateKey";
  readonly encrypted: boolean;
  /** @throws X509Error as `KeyPair.fromPem` */
  readonly load: (options?: KeyLoadOptions) => Promise<KeyPair>;
}

/**
 * What this entry does not read: containers, which `@tlskit/x509/containers` opens, and (`unknown`) PEM blocks of another
 * label. `value` is the bytes, a fresh copy.
 */
export interface ParsedBytes {
  readonly kind: "pkcs7" | "pkcs12" | "unknown";
  readonly label?: string;
  readonly value: Uint8Array;
}

/**
 * Everything in a file, whatever it is: DER gives one object, PEM one for each block, in order. Kinds are told apart by
 * PEM label, in DER by shape.
 *
 * @throws X509Error FORMAT_UNKNOWN for DER that is none of the kinds, PEM_NO_BLOCK, and as the reader of each kind
 * @example
 * for (const object of parseAny(await readFile("bundle.pem"))) {
 *   if (object.kind === "certificate") console.log(object.value.subject.CN);
 *   if (object.kind === "privateKey") keyPair = await object.load({ passphrase });
 * }
 */
export function parseAny(input: string | Uint8Array): readonly ParsedObject[] {
  if (isBytes(input) && looksLikeDer(input)) return [parseDer(copyBytes(input))];
  const blocks = pemDecode(input);
  if (blocks.length === 0) throw noBlock(input);
  return blocks.map((block) => ({ ...parseBlock(block), line: block.line }));
}

function parseDer(der: Uint8Array): ParsedObject {
  const [kind] = sniffDer(der) ?? [];
  if (kind === undefined) {
    const expected = "a certificate, a request, a CRL, a key, an OCSP message, PKCS #7 or PKCS #12";
    throw new X509Error("FORMAT_UNKNOWN", `DER that is nothing known: expected ${expected}`, { offset: 0, expected });
  }
  return parseKind(kind, der);
}

function parseKind(kind: ObjectKind, der: Uint8Array): ParsedObject {
  switch (kind) {
    case "certificate":
      return { kind, value: Certificate.fromDer(der) };
    case "certificateRequest":
      return { kind, value: CertificateRequest.fromDer(der) };
    case "certificateRevocationList":
      return { kind, value: CertificateRevocationList.fromDer(der) };
    case "ocspRequest":
      return { kind, value: OcspRequest.fromDer(der) };
    case "ocspResponse":
      return { kind, value: OcspResponse.fromDer(der) };
    case "publicKey":
      return { kind, value: PublicKey.fromSpki(der) };
    case "privateKey":
    case "encryptedPrivateKey":
      return privateKey(kind === "encryptedPrivateKey", (options) => KeyPair.fromDer(der, options));
    default:
      return { kind, value: der };
  }
}

function parseBlock(block: PemBlock): ParsedObject {
  const { label, bytes } = block;
  if (PRIVATE_KEY_LABELS.includes(label)) {
    const encrypted = label === "ENCRYPTED PRIVATE KEY" || isEncryptedByHeaders(block);
    return privateKey(encrypted, (options) => KeyPair.fromPemBlock(block, options));
  }
  const [kind] = kindOfLabel(label) ?? [];
  if (kind === "publicKey") return { kind, value: PublicKey.fromPemBlock(block) };
  return kind === undefined ? { kind: "unknown", label, value: bytes } : parseKind(kind, bytes);
}

/** The bytes of the key live in the closure only: printing the object shows none of them. */
function privateKey(encrypted: boolean, load: (options: KeyLoadOptions) => Promise<KeyPair>): ParsedPrivateKey {
  return { kind: "privateKey", encrypted, load: (options = {}) => load(options) };
}
