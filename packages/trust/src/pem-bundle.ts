/** Reads PEM bundles as trust stores have them: one bad block costs that block, not the store. */
import { Certificate, pemDecode } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { TrustError } from "./error.ts";

/** One block of a bundle: a certificate, or why it is none. */
export type BundleBlock =
  | { readonly line: number; readonly certificate: Certificate }
  | { readonly line: number; readonly error: TlsKitError };

/**
 * The blocks of a bundle, in order, one at a time, so that the caller can pause between them. Text around the blocks is
 * ignored.
 */
export function* readPemBundle(bytes: Uint8Array): Generator<BundleBlock> {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, index) => (isBegin(line) ? [index] : []));
  const budget = { lines: LINES_FOR_PLACING_ERRORS };
  for (const [index, start] of starts.entries()) yield readBlock(lines.slice(start, starts[index + 1]), start, budget);
}

function isBegin(line: string): boolean {
  return line.includes("-----BEGIN ") && /^\s*-----BEGIN [^-]+-----\s*$/.test(line);
}

function readBlock(lines: readonly string[], skippedLines: number, budget: { lines: number }): BundleBlock {
  const line = skippedLines + 1;
  const text = lines.join("\n");
  try {
    const [block] = pemDecode(text);
    if (block === undefined || !CERTIFICATE_LABELS.has(block.label)) return { line, error: skippedBlock(block, line) };
    return { line, certificate: Certificate.fromDer(block.bytes) };
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    const placed = error.code.startsWith("PEM_") && skippedLines <= budget.lines;
    if (placed) budget.lines -= skippedLines;
    return { line, error: placed ? withFileLines(text, skippedLines, error) : error };
  }
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

function skippedBlock(block: { readonly label: string } | undefined, line: number): TrustError {
  const label = block?.label ?? "";
  const reason =
    label === "TRUSTED CERTIFICATE"
      ? "OpenSSL's TRUSTED CERTIFICATE carries limits that this version does not read, and without them it would be trusted for too much. Convert it with `openssl x509 -in FILE -out FILE` if it should be trusted for everything."
      : "it is no certificate.";
  return new TrustError(
    "TRUST_BLOCK_SKIPPED",
    `The PEM block ${JSON.stringify(label)} on line ${line} was skipped: ${reason}`,
    {
      label,
      line,
    },
  );
}

/** How many empty lines may be spent on that in one bundle; errors after them count lines from their block. */
const LINES_FOR_PLACING_ERRORS = 1_000_000;

/** OpenSSL reads the second one, too: PEM_STRING_X509_OLD. */
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE"]);
