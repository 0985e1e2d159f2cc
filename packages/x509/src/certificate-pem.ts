// The CERTIFICATE blocks of a PEM text.

import { isBytes } from "./bytes.ts";
import { X509Error } from "./error.ts";
import { decodedBound, decodePemInto, findPem, type PemSpan, pemBytes } from "./pem.ts";

// RFC 7468 section 5.3 lets parsers take the second; it is what OpenSSL wrote long ago.
const labels: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE"];

/** A decoded block and its place. */
export interface CertificateBlock {
  readonly bytes: Uint8Array;
  readonly line: number;
}

/**
 * All certificates of a PEM text, decoded. Blocks with other labels (keys, parameters) are passed over and not decoded.
 * The arrays share one memory, which nobody else sees.
 *
 * @throws X509Error PEM_NO_BLOCK, PEM_WRONG_LABEL if there is none; PEM_UNTERMINATED, PEM_BAD_BASE64
 */
export function certificateBlocks(text: string | Uint8Array): CertificateBlock[] {
  const bytes = textBytes(text);
  const spans = findPem(bytes);
  const wanted = spans.filter((span) => labels.includes(span.label));
  if (wanted.length === 0) throw nothingFound(spans[0]);
  const memory = new Uint8Array(wanted.reduce((sum, span) => sum + decodedBound(span), 0));
  let position = 0;
  return wanted.map((span) => {
    const start = position;
    position = decodePemInto(bytes, span, memory, start);
    return { bytes: memory.subarray(start, position), line: span.line };
  });
}

/**
 * The only certificate of a PEM text, decoded.
 *
 * @throws X509Error as {@link certificateBlocks}, and PEM_MULTIPLE_BLOCKS
 */
export function onlyCertificateBlock(text: string | Uint8Array): CertificateBlock {
  const [first, second, ...more] = certificateBlocks(text);
  if (first === undefined) throw nothingFound(undefined);
  if (second === undefined) return first;
  const count = more.length + 2;
  throw new X509Error(
    "PEM_MULTIPLE_BLOCKS",
    `${count} certificates where one was expected, the second on line ${second.line}: use Certificate.allFromPem`,
    { line: second.line, label: "CERTIFICATE", count },
  );
}

function textBytes(text: string | Uint8Array): Uint8Array {
  if (typeof text === "string" || isBytes(text)) return pemBytes(text);
  throw new X509Error("ARGUMENT_INVALID", `expected PEM as a string or a Uint8Array, got ${typeof text}`, {
    argument: "text",
    expected: "a string or a Uint8Array",
  });
}

function nothingFound(first: PemSpan | undefined): X509Error {
  if (first === undefined) {
    return new X509Error("PEM_NO_BLOCK", "no PEM block: expected -----BEGIN CERTIFICATE-----", {
      label: "CERTIFICATE",
    });
  }
  const { label, line } = first;
  return new X509Error("PEM_WRONG_LABEL", `expected a CERTIFICATE, found ${JSON.stringify(label)} on line ${line}`, {
    line,
    label,
    expected: "CERTIFICATE",
  });
}
