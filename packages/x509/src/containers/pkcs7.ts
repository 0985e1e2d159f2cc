// Certificates out of PKCS #7 (RFC 2315) and CMS (RFC 5652) SignedData: the `.p7b` and `.p7c` files of Windows and of
// caIssuers URLs. Only the bag is opened; no signature in it is looked at, because bundles have none.
//
// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
// SignedData ::= SEQUENCE { version INTEGER, digestAlgorithms SET, contentInfo SEQUENCE,
//   certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, crls [1] OPTIONAL, signerInfos SET }

import { copyBytes, isBytes } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { readOnePem } from "../keys/one-pem.ts";
import { looksLikeDer } from "../pem.ts";

/**
 * The certificates of a PKCS #7 bundle, in DER or PEM (`PKCS7` or `CMS`), in the order of the file. A bundle without
 * certificates gives an empty array. Old forms of certificates (attribute certificates, PKCS #6) are passed over.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM for other contents than SignedData, such as encrypted ones; DER_* with the
 *   offset (BER with indefinite lengths is refused), PEM_*, and as `Certificate.fromDer`
 * @example
 * const chain = certificatesFromPkcs7(await readFile("chain.p7b"));
 */
export function certificatesFromPkcs7(input: string | Uint8Array): Certificate[] {
  const isDer = isBytes(input) && looksLikeDer(input);
  const der = isDer ? copyBytes(input) : readOnePem(input, ["PKCS7", "CMS"]).bytes;
  assertDer(der, limits);
  const outer = new DerReader(der);
  const info = outer.enter(Tag.sequence, "a ContentInfo");
  const type = info.oid("the type of the content");
  if (type !== signedDataOid) {
    const algorithm = `PKCS #7 content of the type ${type}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}; expected SignedData`, {
      algorithm,
      oid: type,
    });
  }
  const wrapper = info.enter(contextConstructed(0), "the content");
  info.done("the ContentInfo");
  const signedData = wrapper.enter(Tag.sequence, "SignedData");
  wrapper.done("the content");
  return readSignedData(signedData).map((bytes) => Certificate.fromDer(bytes));
}

function readSignedData(body: DerReader): Uint8Array[] {
  body.expect(Tag.integer, "the version of SignedData");
  body.expect(Tag.set, "digestAlgorithms");
  body.expect(Tag.sequence, "the content of SignedData");
  const certificates: Uint8Array[] = [];
  if (body.optional(contextConstructed(0))) {
    const list = body.contents();
    while (list.peek() !== -1) if (list.next("a certificate") === Tag.sequence) certificates.push(list.element());
  }
  body.optional(contextConstructed(1));
  body.expect(Tag.set, "signerInfos");
  body.done("the SignedData");
  return certificates;
}

const signedDataOid = "1.2.840.113549.1.7.2";

/** A bundle may carry every root there is. */
const limits = { maxBytes: 0x1000000, maxElements: 0x100000 };
