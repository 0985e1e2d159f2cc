// What there is to say about a PEM text or a DER file, without a page and without a network: runs in browsers.
import {
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  KeyPair,
  type PemBlock,
  PublicKey,
  pemDecode,
  X509Error,
} from "@tlskit/x509";

/** One thing that was found. */
export interface Finding {
  /** What it is: `Certificate 1`. */
  readonly title: string;
  /** A remark for each thing that stands out. */
  readonly notes: readonly string[];
  /** All of it, for people. */
  readonly text: string;
  readonly isError: boolean;
}

/** Looks at everything in the input; what cannot be read is a finding, too. */
export async function examine(input: string | Uint8Array): Promise<Finding[]> {
  let blocks: PemBlock[];
  try {
    blocks = pemDecode(input);
  } catch (error) {
    return [problem("PEM", error)];
  }
  if (blocks.length === 0) return [examineDer(input)];
  const certificates = blocks.filter(({ label }) => label.endsWith("CERTIFICATE")).flatMap(readable);
  const findings: Finding[] = [];
  for (const block of blocks) findings.push(await examineBlock(block, certificates));
  return findings;
}

async function examineBlock(block: PemBlock, certificates: readonly Certificate[]): Promise<Finding> {
  const { label, line, bytes } = block;
  const title = `${nameOf(label)}, line ${line}`;
  try {
    if (label.endsWith("PRIVATE KEY")) return await examineKey(title, block, certificates);
    if (label === "PUBLIC KEY") return found(title, PublicKey.fromPemBlock(block).inspect());
    if (label.endsWith("CERTIFICATE REQUEST")) return found(title, CertificateRequest.fromDer(bytes).inspect());
    if (label === "X509 CRL") return found(title, CertificateRevocationList.fromDer(bytes).inspect());
    if (label.endsWith("CERTIFICATE")) return examineCertificate(title, Certificate.fromDer(bytes), certificates);
    return found(title, `${bytes.length} bytes of ${label}, which this page does not read.`);
  } catch (error) {
    return problem(title, error);
  }
}

function examineDer(input: string | Uint8Array): Finding {
  if (typeof input === "string") {
    const text = "There is no -----BEGIN …----- in it. Paste PEM, or drop a file.";
    return { title: "Nothing to read", notes: [], text, isError: true };
  }
  const readers: readonly (readonly [title: string, read: () => Finding])[] = [
    ["Certificate", () => examineCertificate("Certificate", Certificate.fromDer(input), [])],
    ["Certificate request", () => found("Certificate request", CertificateRequest.fromDer(input).inspect())],
    ["Revocation list", () => found("Revocation list", CertificateRevocationList.fromDer(input).inspect())],
  ];
  let first: unknown;
  for (const [, read] of readers) {
    try {
      return read();
    } catch (error) {
      first ??= error;
    }
  }
  return problem("Neither PEM nor a certificate in DER", first);
}

function examineCertificate(title: string, certificate: Certificate, all: readonly Certificate[]): Finding {
  const notes = [validity(certificate), issuerNote(certificate, all)];
  for (const { code, message } of certificate.deviations) notes.push(`Not as RFC 5280 has it: ${code}: ${message}`);
  return found(title, `${certificate.inspect()}\nSHA-256: ${certificate.fingerprint("sha-256")}`, notes);
}

/** A key is never shown: only what it is, and whose. */
async function examineKey(title: string, block: PemBlock, certificates: readonly Certificate[]): Promise<Finding> {
  try {
    const { publicKey } = await KeyPair.fromPemBlock(block);
    const index = certificates.findIndex((certificate) => certificate.publicKey.equals(publicKey));
    const owner = index < 0 ? "It belongs to no certificate here." : `It belongs to certificate ${index + 1} here.`;
    return found(title, publicKey.inspect(), [
      owner,
      "The private key itself is not shown, and does not leave this page.",
    ]);
  } catch (error) {
    if (X509Error.is(error) && error.code === "KEY_ENCRYPTED")
      return found(title, "It is encrypted with a passphrase.");
    throw error;
  }
}

function validity({ notBefore, notAfter }: Certificate): string {
  const days = Math.floor((notAfter.getTime() - Date.now()) / 86_400_000);
  if (Date.now() < notBefore.getTime()) return `Not yet valid: begins ${notBefore.toISOString()}.`;
  return days < 0 ? `Expired ${-days} days ago.` : `Valid for another ${days} days.`;
}

function issuerNote(certificate: Certificate, all: readonly Certificate[]): string {
  if (certificate.isSelfIssued) return "It names itself as its issuer.";
  const index = all.findIndex(({ subject, id }) => id !== certificate.id && subject.equals(certificate.issuer));
  return index < 0 ? "Its issuer is not among the certificates here." : `Its issuer is certificate ${index + 1} here.`;
}

function readable({ bytes }: PemBlock): Certificate[] {
  try {
    return [Certificate.fromDer(bytes)];
  } catch {
    return []; // Told where it stands.
  }
}

function nameOf(label: string): string {
  return label.charAt(0) + label.slice(1).toLowerCase();
}

function found(title: string, text: string, notes: readonly string[] = []): Finding {
  return { title, notes, text, isError: false };
}

function problem(title: string, error: unknown): Finding {
  const text = X509Error.is(error) ? `${error.code}: ${error.message}` : String(error);
  return { title, notes: [], text, isError: true };
}
