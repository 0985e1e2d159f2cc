// The CERTIFICATE blocks of a PEM text.

import { CERTIFICATE, findPem, noBlock, passHeaders, pemBytes, severalBlocks, wrongLabel } from "./pem.ts";
import { decodedBound, decodePemInto, lineAt, type PemSpan } from "./pem-base64.ts";

// RFC 7468 section 5.3 lets parsers take the second; it is what OpenSSL wrote long ago.
const labels: readonly string[] = [CERTIFICATE, "X509 CERTIFICATE"];

/**
 * All certificates of a PEM text, decoded. Blocks with other labels (keys, parameters) are passed over and not decoded.
 * The arrays share one memory, which nobody else sees.
 *
 * @throws X509Error PEM_NO_BLOCK, PEM_WRONG_LABEL if there is none; PEM_UNTERMINATED, PEM_BAD_BASE64
 */
export function certificateBlocks(text: string | Uint8Array): Uint8Array[] {
  const pem = readText(text);
  return decodeBlocks(pem, certificateSpans(pem));
}

/**
 * The only certificate of a PEM text, decoded.
 *
 * @throws X509Error as {@link certificateBlocks}, and PEM_MULTIPLE_BLOCKS
 */
export function onlyCertificateBlock(text: string | Uint8Array): Uint8Array {
  const pem = readText(text);
  const spans = certificateSpans(pem);
  const { length: count, 1: second } = spans;
  if (second !== undefined)
    throw severalBlocks(second.label, lineAt(pem.bytes, second.start), "CERTIFICATE, or allFromPem", count);
  // There is one, at least.
  return decodeBlocks(pem, spans)[0] as Uint8Array;
}

function certificateSpans({ bytes, text }: PemText): PemSpan[] {
  const spans = findPem(bytes, text);
  const wanted = spans.filter((span) => labels.includes(span.label));
  const [first] = spans;
  if (wanted.length > 0) return wanted;
  if (first === undefined) throw noBlock(bytes, CERTIFICATE);
  throw wrongLabel(first.label, lineAt(bytes, first.start), CERTIFICATE);
}

// The certificates of a bundle share memory, in pieces: one that is kept must not keep a whole store.
function decodeBlocks({ bytes, text }: PemText, spans: readonly PemSpan[]): Uint8Array[] {
  let memory = new Uint8Array(0);
  let position = 0;
  return spans.map((span, index) => {
    if (position + decodedBound(span) > memory.length) {
      memory = new Uint8Array(pieceSize(spans, index));
      position = 0;
    }
    const start = position;
    const rest = memory.subarray(start);
    const length = decodeNatively(text, span, rest);
    position = length === -1 ? decodeSlowly(bytes, span, memory, start) : start + length;
    return memory.subarray(start, position);
  });
}

function pieceSize(spans: readonly PemSpan[], from: number): number {
  let size = 0;
  for (let index = from; index < spans.length; index++) {
    const bound = decodedBound(spans[index] as PemSpan);
    if (size > 0 && size + bound > maxPiece) break;
    size += bound;
  }
  return size;
}

function decodeSlowly(bytes: Uint8Array, span: PemSpan, out: Uint8Array, position: number): number {
  return decodePemInto(bytes, span, passHeaders(bytes, span.headerStart, span.bodyEnd), out, position);
}

/** What newer runtimes have: as strict as our decoder, six times as fast, but it does not say where an error is. Headers are errors to it. */
type NativeDecoder = (this: Uint8Array, text: string, options: { lastChunkHandling: "strict" }) => { written: number };

function decodeNatively(text: string, span: PemSpan, out: Uint8Array): number {
  nativeDecoder ??= Reflect.get(Uint8Array.prototype, "setFromBase64") ?? null;
  if (!nativeDecoder) return -1;
  try {
    return nativeDecoder.call(out, text.slice(span.headerStart, span.bodyEnd), strict).written;
  } catch {
    // Our decoder finds out what is wrong.
    return -1;
  }
}

const maxPiece = 0x8000;
const strict = { lastChunkHandling: "strict" } as const;
let nativeDecoder: NativeDecoder | null | undefined;

/** A PEM text as octets, and as a string with a character for each octet, so that offsets mean the same in both. */
interface PemText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

function readText(input: string | Uint8Array): PemText {
  const bytes = pemBytes(input);
  if (typeof input === "string" && input.length === bytes.length) return { bytes, text: input };
  // What is not ASCII becomes one character or another: none is a part of a boundary, nor of base64.
  return { bytes, text: new TextDecoder("latin1").decode(bytes) };
}
