// RFC 4514: a name from text. Most significant RDN last in DER, first in text.

import { shownText, shownValue } from "../argument.ts";
import { fromHex } from "../bytes.ts";
import { isOidText } from "../der/oid.ts";
import { walkDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { escapeControls } from "../text/text.ts";
import { attributeTypeNamed, unknownAttribute } from "./attribute-types.ts";
import { type AttributeToWrite, writeAttribute } from "./write-name.ts";

/** Reads RFC 4514 text into RDNs in the order of DER. */
export function parseName(text: string, strict: boolean): AttributeToWrite[][] {
  const parser = new NameTextParser(text, strict);
  return parser.name().reverse();
}

class NameTextParser {
  readonly #text: string;
  readonly #strict: boolean;
  #position = 0;

  constructor(text: string, strict: boolean) {
    this.#text = text;
    this.#strict = strict;
  }

  name(): AttributeToWrite[][] {
    this.#spaces();
    const rdns: AttributeToWrite[][] = [];
    if (this.#position === this.#text.length) return rdns;
    do rdns.push(this.#rdn());
    while (this.#accept(","));
    if (this.#position !== this.#text.length) this.#fail("a comma, a plus sign or the end");
    return rdns;
  }

  #rdn(): AttributeToWrite[] {
    const attributes: AttributeToWrite[] = [];
    do attributes.push(this.#attribute());
    while (this.#accept("+"));
    return attributes;
  }

  #attribute(): AttributeToWrite {
    this.#spaces();
    const start = this.#position;
    while (/[A-Za-z0-9.-]/.test(this.#peek())) this.#position++;
    const key = this.#text.slice(start, this.#position);
    if (key === "") this.#fail("an attribute type");
    const oid = isOidText(key) ? key : attributeTypeNamed(key)?.oid;
    if (oid === undefined) throw unknownAttribute(key);
    this.#spaces();
    if (!this.#accept("=")) this.#fail("an equals sign");
    this.#spaces();
    if (this.#peek() === "#") return { oid, der: this.#hexValue() };
    return writeAttribute(oid, this.#stringValue(), this.#strict);
  }

  #hexValue(): Uint8Array {
    const start = ++this.#position;
    while (/[0-9A-Fa-f]/.test(this.#peek())) this.#position++;
    const bytes = fromHex(this.#text.slice(start, this.#position));
    if (bytes === undefined || bytes.length === 0) this.#fail("pairs of hexadecimal digits after #");
    this.#spaces();
    try {
      walkDer(bytes, 0, bytes.length);
    } catch (cause) {
      this.#position = start;
      this.#fail("one DER element in hexadecimal after #", cause);
    }
    return bytes;
  }

  #stringValue(): string {
    const start = this.#position;
    const octets: number[] = [];
    // Unescaped spaces at the end are not part of the value.
    let significant = 0;
    for (;;) {
      const character = this.#peek();
      if (character === "" || character === "," || character === "+") break;
      if (/[";<>\0]/.test(character)) this.#fail(`a backslash before ${escapeControls(character)}`);
      if (character === "\\") {
        this.#escape(octets);
        significant = octets.length;
      } else {
        octets.push(...encoder.encode(character));
        this.#position += character.length;
        if (character !== " ") significant = octets.length;
      }
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(octets.slice(0, significant)),
      );
    } catch (cause) {
      this.#position = start;
      return this.#fail("hex pairs that are UTF-8", cause);
    }
  }

  #escape(octets: number[]): void {
    const pair = this.#text.slice(this.#position + 1, this.#position + 3);
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      octets.push(Number.parseInt(pair, 16));
      this.#position += 3;
    } else if (/^[ "#+,;<=>\\]/.test(pair)) {
      octets.push(pair.charCodeAt(0));
      this.#position += 2;
    } else {
      this.#fail("a special character or two hexadecimal digits after the backslash");
    }
  }

  // A whole character, even one of two UTF-16 units; "" at the end.
  #peek(): string {
    const code = this.#text.codePointAt(this.#position);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #accept(character: string): boolean {
    this.#spaces();
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }

  #spaces(): void {
    while (this.#text[this.#position] === " ") this.#position++;
  }

  #fail(expected: string, cause?: unknown): never {
    throw new X509Error(
      "NAME_INVALID",
      `not an RFC 4514 name: expected ${expected} at character ${this.#position + 1} of ${shownValue(this.#text)}`,
      { offset: this.#position, text: shownText(this.#text) },
      cause === undefined ? undefined : { cause },
    );
  }
}

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder();
