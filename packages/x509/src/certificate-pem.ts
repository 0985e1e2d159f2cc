// The CERTIFICATE blocks of a PEM text.

import { isBytes } from "./bytes.ts";
import { X509Error } from "./error.ts";
import { findPem, pemBytes } from "./pem.ts";
import { decodedBound, decodePemInto, lineAt, type PemSpan } from "./pem-base64.ts";

// RFC 7468 section 5.3 lets parsers take the second; it is what OpenSSL wrote long ago.
const labels: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE"];

/**
 * All certificates of a PEM text, decoded. Blocks with other labels (keys, parameters) are passed over and not decoded.
 * The arrays share one memory, which nobody else sees.
 *
 * @throws X509Error PEM_NO_BLOCK, PEM_WRONG_LABEL if there is none; PEM_UNTERMINATED, PEM_BAD_BASE64
 */
export function certificateBlocks(text: string | Uint8Array): Uint8Array[] {
  const bytes = textBytes(text);
  return decodeBlocks(bytes, certificateSpans(bytes));
}

/**
 * The only certificate of a PEM text, decoded.
 *
 * @throws X509Error as {@link certificateBlocks}, and PEM_MULTIPLE_BLOCKS
 */
export function onlyCertificateBlock(text: string | Uint8Array): Uint8Array {
  const bytes = textBytes(text);
  const [first, second, ...more] = certificateSpans(bytes);
  if (second !== undefined) {
    const count = more.length + 2;
    const line = lineAt(bytes, second.start);
    throw new X509Error(
      "PEM_MULTIPLE_BLOCKS",
      `${count} certificates where one was expected, the second on line ${line}: use Certificate.allFromPem`,
      { line, label: "CERTIFICATE", count },
    );
  }
  return decodeBlocks(bytes, first === undefined ? [] : [first])[0] ?? new Uint8Array(0);
}

function certificateSpans(bytes: Uint8Array): PemSpan[] {
  const spans = findPem(bytes);
  const wanted = spans.filter((span) => labels.includes(span.label));
  if (wanted.length === 0) throw nothingFound(bytes, spans[0]);
  return wanted;
}

function decodeBlocks(bytes: Uint8Array, spans: readonly PemSpan[]): Uint8Array[] {
  const memory = new Uint8Array(spans.reduce((sum, span) => sum + decodedBound(span), 0));
  let position = 0;
  return spans.map((span) => {
    const start = position;
    position = decodePemInto(bytes, span, memory, start);
    return memory.subarray(start, position);
  });
}

function textBytes(text: string | Uint8Array): Uint8Array {
  if (typeof text === "string" || isBytes(text)) return pemBytes(text);
  throw new X509Error("ARGUMENT_INVALID", `expected PEM as a string or a Uint8Array, got ${typeof text}`, {
    argument: "text",
    expected: "a string or a Uint8Array",
  });
}

function nothingFound(bytes: Uint8Array, first: PemSpan | undefined): X509Error {
  if (first === undefined) {
    return new X509Error("PEM_NO_BLOCK", "no PEM block: expected -----BEGIN CERTIFICATE-----", {
      label: "CERTIFICATE",
    });
  }
  const { label } = first;
  const line = lineAt(bytes, first.start);
  return new X509Error("PEM_WRONG_LABEL", `expected a CERTIFICATE, found ${JSON.stringify(label)} on line ${line}`, {
    line,
    label,
    expected: "CERTIFICATE",
  });
}
