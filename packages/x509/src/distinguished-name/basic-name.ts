// BasicName: an X.501 name as it was read, without what makes, compares and lays out names.

import { Printable } from "../printable.ts";
import { formatName } from "./format-name.ts";
import { attributeValue } from "./name-attribute.ts";
import { findAttribute, type RelativeDistinguishedName, readName } from "./read-name.ts";

/**
 * The name of a subject or issuer, to be read: what a {@link BasicCertificate} has, for programs in which each kilobyte
 * counts. A {@link DistinguishedName} is one, too, and can also be made, compared and changed.
 */
export class BasicName extends Printable {
  readonly #der: Uint8Array;
  #rdns: readonly RelativeDistinguishedName[] | undefined;

  /** @internal Takes ownership of bytes that hold exactly one well-formed Name. */
  protected constructor(der: Uint8Array) {
    super();
    this.#der = der;
  }

  /** @internal A view of a Name that was walked and checked, shared with its certificate. */
  static fromCheckedView(der: Uint8Array): BasicName {
    return new BasicName(der);
  }

  /** @internal The DER without a copy: do not let it leave the package. */
  static viewOf(name: BasicName): Uint8Array {
    return name.#der;
  }

  /** The Name in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return this.#der.slice();
  }

  /** The RDNs in the order of the encoding, from the most general to the most specific. */
  get rdns(): readonly RelativeDistinguishedName[] {
    this.#rdns ??= readName(this.#der);
    return this.#rdns;
  }

  /** Has the name no attribute at all? */
  get isEmpty(): boolean {
    return this.#der.length === 2;
  }

  /** First common name. */
  get CN(): string | undefined {
    return this.#first([0x55, 4, 3]);
  }

  /** First organization. */
  get O(): string | undefined {
    return this.#first([0x55, 4, 10]);
  }

  /** First organizational unit. */
  get OU(): string | undefined {
    return this.#first([0x55, 4, 11]);
  }

  /** First locality. */
  get L(): string | undefined {
    return this.#first([0x55, 4, 7]);
  }

  /** First state or province. */
  get ST(): string | undefined {
    return this.#first([0x55, 4, 8]);
  }

  /** First country. */
  get C(): string | undefined {
    return this.#first([0x55, 4, 6]);
  }

  /** First e-mail address. */
  get emailAddress(): string | undefined {
    return this.#first(emailAddress);
  }

  /** RFC 4514 text, most specific attribute first (DN-08). Safe to print: control characters appear as `\0A`. */
  override toString(): string {
    return formatName(this.rdns);
  }

  /** The RFC 4514 text. */
  toJSON(): string {
    return this.toString();
  }

  protected override shown(): string {
    return `<DistinguishedName ${JSON.stringify(this.toString())}>`;
  }

  /** @internal The first value of the type with this OID, given by its contents octets. */
  static firstValue(name: BasicName, octets: ArrayLike<number>): string | undefined {
    const at = findAttribute(name.#der, octets);
    return at === -1 ? undefined : attributeValue(name.#der, at);
  }

  #first(octets: readonly number[]): string | undefined {
    return BasicName.firstValue(this, octets);
  }
}

/** 1.2.840.113549.1.9.1 */
const emailAddress: readonly number[] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1];
