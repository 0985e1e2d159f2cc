// ECDSA signatures between the two shapes in use: `Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` in DER
// (RFC 3279 section 2.2.3), and r || s at the curve's width (IEEE P1363, WebCrypto).

/**
 * From DER to r || s. Strict: minimal lengths and integers, positive values no wider than the curve, nothing after
 * them. Whatever else it gets is not a signature: the answer is `undefined`, as for a signature that does not verify.
 */
export function ecdsaDerToRaw(der: Uint8Array, width: number): Uint8Array | undefined {
  const start = header(der, 0, 0x30);
  if (start === undefined || start.end !== der.length) {
    return undefined;
  }
  const r = header(der, start.value, 0x02);
  const s = r && header(der, r.end, 0x02);
  if (r === undefined || s === undefined || s.end !== der.length) {
    return undefined;
  }
  const raw = new Uint8Array(2 * width);
  return place(der, r, raw, width) && place(der, s, raw, 2 * width) ? raw : undefined;
}

/** From r || s to DER. */
export function ecdsaRawToDer(raw: Uint8Array): Uint8Array {
  const width = raw.length / 2;
  const r = integer(raw.subarray(0, width));
  const s = integer(raw.subarray(width));
  const length = r.length + s.length;
  const head = length < 0x80 ? [0x30, length] : [0x30, 0x81, length];
  const der = new Uint8Array(head.length + length);
  der.set(head);
  der.set(r, head.length);
  der.set(s, head.length + r.length);
  return der;
}

interface Span {
  readonly value: number;
  readonly end: number;
}

/** A header with a length of at most 255 bytes, which is enough up to P-521. */
function header(der: Uint8Array, at: number, tag: number): Span | undefined {
  const first = der[at + 1];
  if (der[at] !== tag || first === undefined) {
    return undefined;
  }
  let value = at + 2;
  let length = first;
  if (first === 0x81) {
    const long = der[value];
    if (long === undefined || long < 0x80) {
      return undefined;
    }
    value += 1;
    length = long;
  } else if (first >= 0x80) {
    return undefined;
  }
  return value + length <= der.length ? { value, end: value + length } : undefined;
}

/** Copies a minimal positive INTEGER so that it ends at `end`; false if it is not one, or too wide. */
function place(der: Uint8Array, { value, end: valueEnd }: Span, into: Uint8Array, end: number): boolean {
  const first = der[value] ?? 0x80;
  if (valueEnd === value || first >= 0x80) {
    return false;
  }
  let from = value;
  if (first === 0) {
    if ((der[value + 1] ?? 0) < 0x80) {
      return false; // zero, or padded
    }
    from += 1;
  }
  const width = into.length / 2;
  if (valueEnd - from > width) {
    return false;
  }
  into.set(der.subarray(from, valueEnd), end - (valueEnd - from));
  return true;
}

function integer(fixed: Uint8Array): Uint8Array {
  let from = 0;
  while (from < fixed.length - 1 && fixed[from] === 0) {
    from += 1;
  }
  const pad = (fixed[from] ?? 0) >= 0x80 ? 1 : 0;
  const out = new Uint8Array(2 + pad + fixed.length - from);
  out[0] = 0x02;
  out[1] = out.length - 2;
  out.set(fixed.subarray(from), 2 + pad);
  return out;
}
