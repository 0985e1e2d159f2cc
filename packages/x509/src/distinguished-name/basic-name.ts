// BasicName: an X.501 name as it was read, without what makes, compares and lays out names.

import { viewRange } from "../bytes.ts";
import { elementEnd } from "../der/skip.ts";
import { Printable } from "../text/printable.ts";
import { formatName } from "./format-name.ts";
import { attributeValue } from "./name-attribute.ts";
import { findAttribute, type RelativeDistinguishedName, readName } from "./read-name.ts";

/**
 * The name of a subject or issuer, to be read: what a {@link BasicCertificate} has, for programs in which each kilobyte
 * counts. A {@link DistinguishedName} is one, too, and can also be made, compared and changed.
 */
export class BasicName extends Printable {
  // Not a view of the Name alone: most names are read once, for one attribute.
  readonly #bytes: Uint8Array;
  readonly #at: number;
  #commonName: string | undefined;
  #rdns: readonly RelativeDistinguishedName[] | undefined;

  /** @internal Shares the bytes, which have a well-formed Name at `at`. */
  protected constructor(bytes: Uint8Array, at: number) {
    super();
    this.#bytes = bytes;
    this.#at = at;
  }

  /** @internal The Name at `at` in bytes that were walked and checked, shared with its certificate. */
  static fromChecked(bytes: Uint8Array, at: number): BasicName {
    return new BasicName(bytes, at);
  }

  /** @internal The DER without a copy: do not let it leave the package. */
  static viewOf(name: BasicName): Uint8Array {
    return viewRange(name.#bytes, name.#at, elementEnd(name.#bytes, name.#at));
  }

  /** The Name in DER, exactly as it was encoded; a fresh copy. */
  get der(): Uint8Array {
    return BasicName.viewOf(this).slice();
  }

  /** The RDNs in the order of the encoding, from the most general to the most specific. */
  get rdns(): readonly RelativeDistinguishedName[] {
    this.#rdns ??= readName(this.#bytes, this.#at);
    return this.#rdns;
  }

  /** Has the name no attribute at all? */
  get isEmpty(): boolean {
    return this.#bytes[this.#at + 1] === 0;
  }

  /** First common name. */
  get CN(): string | undefined {
    // What is read of most names, and more than once.
    this.#commonName ??= this.#first(3);
    return this.#commonName;
  }

  /** First organization. */
  get O(): string | undefined {
    return this.#first(10);
  }

  /** First organizational unit. */
  get OU(): string | undefined {
    return this.#first(11);
  }

  /** First locality. */
  get L(): string | undefined {
    return this.#first(7);
  }

  /** First state or province. */
  get ST(): string | undefined {
    return this.#first(8);
  }

  /** First country. */
  get C(): string | undefined {
    return this.#first(6);
  }

  /** First e-mail address. */
  get emailAddress(): string | undefined {
    return BasicName.firstValue(this, emailAddress);
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
    const at = findAttribute(name.#bytes, name.#at, octets);
    return at === -1 ? undefined : attributeValue(name.#bytes, at);
  }

  /** Of the type 2.5.4.`arc`. */
  #first(arc: number): string | undefined {
    return BasicName.firstValue(this, [0x55, 4, arc]);
  }
}

/** 1.2.840.113549.1.9.1 */
const emailAddress: readonly number[] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1];
