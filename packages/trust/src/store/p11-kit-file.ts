/**
 * Files in the persistence format of p11-kit: objects with attributes, as Fedora, RHEL, SUSE and Arch keep their roots.
 *
 *     [p11-kit-object-v1]
 *     label: "Example Root"
 *     trusted: true
 *     nss-server-distrust-after: "261101000000Z"
 *     -----BEGIN CERTIFICATE-----
 *
 * @see p11-kit, doc/internal/persist-format.txt, trust/persist.c and common/lexer.c
 */
import { pemDecode } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { TrustError } from "../error.ts";

/** What an attribute can be: octets (quoted), a truth, or a word: a number, an OID, the name of a constant. */
export type P11KitValue = Uint8Array | boolean | string;

/** One object of a file. */
export interface P11KitObject {
  /** The line of its header, from 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, P11KitValue>;
  /** The contents of its `CERTIFICATE` block. */
  readonly certificate?: Uint8Array;
  /** The contents of its `PUBLIC KEY` block. */
  readonly publicKey?: Uint8Array;
}

/** An object, or why there is none. */
export type P11KitBlock = P11KitObject | { readonly line: number; readonly error: TlsKitError };

const HEADER = "[p11-kit-object-v1]";

/** Whether a file is of this format: read as plain PEM, it would turn distrusted certificates into trusted ones. */
export function isP11KitFile(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes).includes(HEADER);
}

/** The objects of a file, in order. A damaged one costs that one, not the file: most of such files are block lists. */
export function* readP11KitFile(bytes: Uint8Array): Generator<P11KitBlock> {
  const lines = new TextDecoder().decode(bytes).split("\n");
  let start = nextHeader(lines, 0);
  const stray = lines.slice(0, start).findIndex((line) => !isBlank(line));
  if (stray !== -1)
    yield { line: stray + 1, error: malformed(stray + 1, "there is something before the first object") };
  while (start < lines.length) {
    const end = nextHeader(lines, start + 1);
    yield readObject(lines.slice(start, end), start + 1);
    start = end;
  }
}

function nextHeader(lines: readonly string[], from: number): number {
  for (let index = from; index < lines.length; index++) if (lines[index]?.trimStart().startsWith("[")) return index;
  return lines.length;
}

function readObject(lines: readonly string[], line: number): P11KitBlock {
  try {
    if (lines[0]?.trim() !== HEADER) throw malformed(line, "the header of the object is unknown");
    return new ObjectReader(line).read(lines);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return { line, error };
  }
}

/** Reads the lines of one object. */
class ObjectReader {
  readonly #line: number;
  readonly #attributes = new Map<string, P11KitValue>();
  readonly #blocks = new Map<string, Uint8Array>();

  constructor(line: number) {
    this.#line = line;
  }

  read(lines: readonly string[]): P11KitObject {
    for (let index = 1; index < lines.length; index++) {
      const text = lines[index] ?? "";
      if (text.startsWith("-----BEGIN ")) index = this.#readBlock(lines, index);
      else if (!isBlank(text)) this.#readAttribute(text.trim(), this.#line + index);
    }
    const certificate = this.#blocks.get("CERTIFICATE");
    const publicKey = this.#blocks.get("PUBLIC KEY");
    return {
      line: this.#line,
      attributes: this.#attributes,
      ...(certificate === undefined ? {} : { certificate }),
      ...(publicKey === undefined ? {} : { publicKey }),
    };
  }

  /** The index of the last line of the block. */
  #readBlock(lines: readonly string[], start: number): number {
    const place = this.#line + start;
    const end = lines.findIndex((line, index) => index > start && line.startsWith("-----END "));
    if (end === -1) throw malformed(place, "a PEM block does not end");
    const [block] = pemDecode(lines.slice(start, end + 1).join("\n"));
    if (block === undefined || !BLOCK_LABELS.has(block.label)) throw malformed(place, "a PEM block has no use here");
    if (this.#blocks.has(block.label)) throw malformed(place, "there are two PEM blocks of one kind");
    this.#blocks.set(block.label, block.bytes);
    return end;
  }

  #readAttribute(text: string, place: number): void {
    const colon = text.indexOf(":");
    if (colon === -1) throw malformed(place, "an attribute has no colon");
    const name = text.slice(0, colon).trim();
    if (!/^[a-z0-9-]+$/.test(name)) throw malformed(place, "an attribute has no proper name");
    // p11-kit takes the last one; whoever reads the file sees the first one.
    if (this.#attributes.has(name)) throw malformed(place, `the attribute ${name} is there twice`);
    this.#attributes.set(name, readValue(text.slice(colon + 1).trim(), place));
  }
}

const BLOCK_LABELS: ReadonlySet<string> = new Set(["CERTIFICATE", "PUBLIC KEY"]);

function readValue(text: string, place: number): P11KitValue {
  if (text === "true" || text === "false") return text === "true";
  if (text.startsWith('"') && text.length >= 2 && text.endsWith('"')) return percentDecode(text.slice(1, -1), place);
  if (/^[A-Za-z0-9.-]+$/.test(text)) return text;
  throw malformed(place, "the value of an attribute is neither quoted nor a word");
}

function percentDecode(text: string, place: number): Uint8Array {
  const octets: number[] = [];
  const bytes = new TextEncoder().encode(text);
  for (let index = 0; index < bytes.length; index++) {
    const octet = bytes[index] ?? 0;
    if (octet !== 0x25) {
      octets.push(octet);
      continue;
    }
    const digits = String.fromCharCode(bytes[index + 1] ?? 0, bytes[index + 2] ?? 0);
    if (!/^[0-9A-Fa-f]{2}$/.test(digits))
      throw malformed(place, "a percent sign is not followed by two hexadecimal digits");
    octets.push(Number.parseInt(digits, 16));
    index += 2;
  }
  return Uint8Array.from(octets);
}

function isBlank(line: string): boolean {
  const text = line.trim();
  return text === "" || text.startsWith("#");
}

function malformed(line: number, problem: string): TrustError<"P11_KIT_OBJECT_INVALID"> {
  const message = `The p11-kit object cannot be read: on line ${line} ${problem}.`;
  return new TrustError("P11_KIT_OBJECT_INVALID", message, { line, problem });
}
