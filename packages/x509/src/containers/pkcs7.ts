// PKCS #7 (RFC 2315) and CMS (RFC 5652) SignedData as a bag of certificates and CRLs: the `.p7b` and `.p7c` files of
// Windows and of caIssuers URLs. No signature is looked at or made: bundles have none.
//
// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
// SignedData ::= SEQUENCE { version INTEGER, digestAlgorithms SET, contentInfo SEQUENCE,
//   certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL,
//   crls [1] IMPLICIT SET OF RevocationInfoChoice OPTIONAL, signerInfos SET }

import { assertInstance, fromArgument, takeOwn } from "../argument.ts";
import { copyBytes, isBytes } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { derExplicit, derInteger, derOid, derSequence, derSet, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { readOnePem } from "../keys/one-pem.ts";
import { looksLikeDer } from "../pem/pem.ts";
import { readingKind } from "../wrong-kind.ts";
import { ContentType, contentTypeName } from "./container-oids.ts";
import { containerLimits } from "./pfx.ts";

/** What a PKCS #7 bundle holds. */
export interface Pkcs7Contents {
  readonly certificates: readonly Certificate[];
  /** CRLs in DER. */
  readonly crls: readonly Uint8Array[];
}

/** What to write into a bundle; a CRL is its DER, or an object that has it. */
export interface Pkcs7Input {
  readonly certificates?: Iterable<Certificate> | undefined;
  readonly crls?: Iterable<Uint8Array | { readonly der: Uint8Array }> | undefined;
}

/**
 * The certificates of a PKCS #7 bundle, as {@link readPkcs7}.
 *
 * @throws X509Error as {@link readPkcs7}
 * @example
 * const chain = certificatesFromPkcs7(await readFile("chain.p7b"));
 */
export function certificatesFromPkcs7(input: string | Uint8Array): Certificate[] {
  return [...readPkcs7(input).certificates];
}

/**
 * The certificates and CRLs of a PKCS #7 bundle, in DER or PEM (`PKCS7` or `CMS`), in the order of the file. Old forms of
 * certificates (attribute certificates, PKCS #6) and other revocation information than CRLs are passed over.
 *
 * @throws X509Error UNSUPPORTED_ALGORITHM for other contents than SignedData, such as encrypted ones; DER_* with the
 *   offset (BER with indefinite lengths is refused), PEM_*, and as `Certificate.fromDer`
 * @example
 * const { certificates, crls } = readPkcs7(await readFile("bundle.p7b"));
 */
export function readPkcs7(input: string | Uint8Array): Pkcs7Contents {
  const isDer = isBytes(input) && looksLikeDer(input);
  const der = isDer ? copyBytes(input) : readingKind(NAME, () => readOnePem(input, ["PKCS7", "CMS"])).bytes;
  return readingKind(NAME, () => readContentInfo(der), der);
}

function readContentInfo(der: Uint8Array): Pkcs7Contents {
  assertDer(der, containerLimits);
  const outer = new DerReader(der);
  const info = outer.enter(Tag.sequence, "a ContentInfo");
  const type = info.oid("the type of the content");
  if (type !== ContentType.signedData) {
    const algorithm = `PKCS #7 content of the type ${contentTypeName(type)}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}; expected SignedData`, {
      algorithm,
      oid: type,
    });
  }
  const wrapper = info.enter(contextConstructed(0), "the content");
  info.done("the ContentInfo");
  const signedData = wrapper.enter(Tag.sequence, "SignedData");
  wrapper.done("the content");
  return readSignedData(signedData);
}

/**
 * Writes a bundle in DER: SignedData without content and signatures, in the order given. As PEM it is
 * `pemEncode("PKCS7", ...)`.
 *
 * @throws X509Error DER_* for a CRL that is not DER
 * @example
 * await writeFile("chain.p7b", writePkcs7({ certificates: [leaf, ...leaf.chain] }));
 */
export function writePkcs7(contents: Pkcs7Input): Uint8Array {
  return fromArgument("contents", "certificates and CRLs", () => {
    const own = takeOwn(contents, CONTENTS, "contents");
    const certificates = Array.from(own.certificates ?? [], (certificate, index) => {
      assertInstance(certificate, Certificate, `certificates[${index}]`, "a Certificate");
      return certificate.der;
    });
    const crls = Array.from(own.crls ?? [], (crl) => checkedCrl(isBytes(crl) ? crl : crl.der));
    // RFC 5652 section 5.1 wants BER only, and OpenSSL keeps the order, too: people put the leaf first.
    const signedData = derSequence(
      derInteger(1),
      derSet(),
      derSequence(derOid(ContentType.data)),
      ...(certificates.length === 0 ? [] : [derTlv(contextConstructed(0), ...certificates)]),
      ...(crls.length === 0 ? [] : [derTlv(contextConstructed(1), ...crls)]),
      derSet(),
    );
    return derSequence(derOid(ContentType.signedData), derExplicit(0, signedData));
  });
}

function readSignedData(body: DerReader): Pkcs7Contents {
  body.expect(Tag.integer, "the version of SignedData");
  body.expect(Tag.set, "digestAlgorithms");
  body.expect(Tag.sequence, "the content of SignedData");
  const certificates = body.optional(contextConstructed(0)) ? sequencesOf(body.contents(), "a certificate") : [];
  const crls = body.optional(contextConstructed(1)) ? sequencesOf(body.contents(), "a CRL") : [];
  body.expect(Tag.set, "signerInfos");
  body.done("the SignedData");
  return {
    certificates: certificates.map((bytes) => Certificate.fromDer(bytes)),
    crls: crls.map((crl) => crl.slice()),
  };
}

/** What is not a SEQUENCE is one of the other choices. */
function sequencesOf(list: DerReader, what: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  while (list.peek() !== -1) if (list.next(what) === Tag.sequence) found.push(list.element());
  return found;
}

function checkedCrl(der: Uint8Array): Uint8Array {
  const copy = copyBytes(der);
  assertDer(copy, containerLimits);
  return copy;
}

const CONTENTS: ReadonlySet<string> = /* @__PURE__ */ new Set(["certificates", "crls"]);

/** As errors call it that are about a file of this kind. */
const NAME = "readPkcs7 of @tlskit/x509/containers";
