// An extension as it was read, out of the bytes of the certificate, request, CRL or message that it stands in.

import { toHex } from "../bytes.ts";
import { decodeOid } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { extensionText } from "../inspect/inspect-extensions.ts";
import { Printable } from "../text/printable.ts";
import type { Extension } from "./extension.ts";
import { oidName } from "./oid-names.ts";

/** An extension that was read. It shows itself with its value as text, as far as that has a type here. */
export class ParsedExtension extends Printable implements Extension {
  readonly oid: string;
  readonly name?: string;
  readonly critical: boolean;
  readonly #value: Uint8Array;

  /** @internal `at` is the offset of an Extension in bytes that were walked and checked. */
  constructor(bytes: Uint8Array, at: number) {
    super();
    const type = contentStart(bytes, at);
    const afterType = elementEnd(bytes, type);
    const hasCritical = bytes[afterType] === 0x01;
    const value = hasCritical ? elementEnd(bytes, afterType) : afterType;
    this.oid = decodeOid(bytes, contentStart(bytes, type), afterType);
    const name = oidName(this.oid);
    if (name !== undefined) this.name = name;
    this.critical = hasCritical && bytes[afterType + 2] === 0xff;
    this.#value = bytes.subarray(contentStart(bytes, value), elementEnd(bytes, value));
    Object.freeze(this);
  }

  get value(): Uint8Array {
    return this.#value.slice();
  }

  /** `<Extension keyUsage, critical: digitalSignature>` */
  override toString(): string {
    return `<Extension ${this.name ?? this.oid}${this.critical ? ", critical" : ""}: ${extensionText(this)}>`;
  }

  /** The fields, with the value in hex. */
  toJSON(): object {
    return { ...this, value: toHex(this.#value) };
  }
}
