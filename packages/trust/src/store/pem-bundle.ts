/** Reads PEM bundles as trust stores have them: one bad block costs that block, not the store. */
import { Certificate, type PemBlock, pemDecode } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { TrustError } from "../error.ts";
import { readTrustedCertificate, type TrustedCertificate } from "./trusted-certificate.ts";

/** One block of a bundle: a certificate, or why it is none. */
export type BundleBlock =
  | ({ readonly line: number } & TrustedCertificate)
  | { readonly line: number; readonly error: TlsKitError };

/**
 * The blocks of a bundle, in order, one at a time, so that the caller can pause between them. Text around the blocks is
 * ignored. A block may have lost its line ends: passed over, it would be missing without a word.
 */
export function* readPemBundle(bytes: Uint8Array): Generator<BundleBlock> {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, index) => startsIn(line).map((column): Start => ({ index, column })));
  const budget = { lines: LINES_FOR_PLACING_ERRORS };
  for (const [number, start] of starts.entries()) {
    const block = readBlock(textBetween(lines, start, starts[number + 1]), start.index, budget);
    if (block !== undefined) yield block;
  }
}

/** Where a block seems to begin. */
interface Start {
  /** Of its line, from 0. */
  readonly index: number;
  readonly column: number;
}

/** The columns in a line where blocks begin: with nothing before them but the end of another. */
function startsIn(line: string): readonly number[] {
  const columns: number[] = [];
  for (let at = line.indexOf(BEGIN); at !== -1; at = line.indexOf(BEGIN, at + 1)) {
    const before = line.slice(Math.max(0, at - MAX_GAP), at).trimEnd();
    if (before === "" || before.endsWith("-----")) columns.push(at);
  }
  return columns;
}

const BEGIN = "-----BEGIN ";

// How far back is looked: a line may be as long as the file.
const MAX_GAP = 80;

function textBetween(lines: readonly string[], from: Start, to: Start | undefined): string {
  const part = lines.slice(from.index, to === undefined ? undefined : to.index + 1);
  const last = part.length - 1;
  if (to !== undefined) part[last] = (part[last] ?? "").slice(0, to.column);
  part[0] = (part[0] ?? "").slice(from.column);
  return part.join("\n");
}

/** Undefined if this is only text that looks like the begin of a block. */
function readBlock(text: string, skippedLines: number, budget: { lines: number }): BundleBlock | undefined {
  const line = skippedLines + 1;
  try {
    const [block] = pemDecode(text);
    return block && { line, ...readCertificate(block, line) };
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    const placed = error.code.startsWith("PEM_") && skippedLines <= budget.lines;
    if (placed) budget.lines -= skippedLines;
    return { line, error: placed ? withFileLines(text, skippedLines, error) : error };
  }
}

function readCertificate({ label, bytes }: PemBlock, line: number): TrustedCertificate {
  if (label === "TRUSTED CERTIFICATE") return readTrustedCertificate(bytes);
  if (!CERTIFICATE_LABELS.has(label)) throw skippedBlock(label, line);
  return { certificate: Certificate.fromDer(bytes), distrusted: false };
}

/** Decodes the damaged block once more, behind as many empty lines as stand before it: its error then names the file's lines. */
function withFileLines(text: string, skippedLines: number, error: TlsKitError): TlsKitError {
  try {
    pemDecode("\n".repeat(skippedLines) + text);
  } catch (placed) {
    if (TlsKitError.is(placed)) return placed;
  }
  return error;
}

function skippedBlock(label: string, line: number): TrustError {
  const [, kind = "no certificate"] = KINDS.find(([pattern]) => pattern.test(label)) ?? [];
  const message = `The PEM block ${JSON.stringify(label)} on line ${line} was skipped: it is ${kind}.`;
  return new TrustError("TRUST_BLOCK_SKIPPED", message, { label, line });
}

/** How many empty lines may be spent on that in one bundle; errors after them count lines from their block. */
const LINES_FOR_PLACING_ERRORS = 1_000_000;

/** What is found where certificates are expected. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/PRIVATE KEY$/, "a private key, which vouches for nobody"],
  [/PUBLIC KEY$/, "a public key, and no certificate"],
  [/CERTIFICATE REQUEST$/, "a certificate request, which nobody has signed yet"],
  [/^X509 CRL$/, "a list of revoked certificates"],
  [/^(?:PKCS ?#?7|PKCS #7 SIGNED DATA|CMS)/, "a container, which @tlskit/x509/containers opens"],
];

/** OpenSSL reads the second one, too: PEM_STRING_X509_OLD. */
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE"]);
