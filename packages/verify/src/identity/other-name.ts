/**
 * The two otherName values that are identities. Each is one string, in DER, perhaps still in otherName's
 * `[0] EXPLICIT` wrapping.
 *
 * @see RFC 4985, section 2; RFC 9598, section 3
 */

/** The text of an SRVName (IA5String), or undefined if it is none. */
export function decodeSrvName(der: Uint8Array): string | undefined {
  return decodeString(der, IA5_STRING);
}

/** The text of an SmtpUTF8Mailbox (UTF8String), or undefined if it is none. */
export function decodeSmtpUtf8Mailbox(der: Uint8Array): string | undefined {
  return decodeString(der, UTF8_STRING);
}

const IA5_STRING = 0x16;
const UTF8_STRING = 0x0c;
const EXPLICIT_0 = 0xa0;

function decodeString(der: Uint8Array, tag: number): string | undefined {
  const contents = der[0] === EXPLICIT_0 ? contentsOf(der) : der;
  const bytes = contents?.[0] === tag ? contentsOf(contents) : undefined;
  if (bytes === undefined) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    // An IA5String is ASCII; its bytes above 0x7f would have become other characters.
    return tag === IA5_STRING && bytes.some((byte) => byte > 0x7f) ? undefined : text;
  } catch {
    return undefined;
  }
}

// The contents of the one element that fills `der`, lengths up to two bytes: names are short.
function contentsOf(der: Uint8Array): Uint8Array | undefined {
  const first = der[1] ?? 0x80;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || lengthBytes > 2) return undefined;
  const length =
    lengthBytes === 0 ? first : der.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = 2 + lengthBytes;
  return start + length === der.length ? der.subarray(start) : undefined;
}
