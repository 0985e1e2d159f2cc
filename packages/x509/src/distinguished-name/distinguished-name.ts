// DistinguishedName: an X.501 name as RFC 5280 uses it. Lossless: it is its DER, and decodes on first read.

import { badArgument, fromArgument, ownNames, takeOwn } from "../argument.ts";
import { bytesEqual, isBytes } from "../bytes.ts";
import { oidOctets } from "../der/oid.ts";
import { copyDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { type AttributeKey, attributeOid } from "./attribute-types.ts";
import { BasicName } from "./basic-name.ts";
import { inspectName } from "./inspect-name.ts";
import { isSameName, nameKey, rdnKeys } from "./match-name.ts";
import { NameAttribute } from "./name-attribute.ts";
import { parseName } from "./name-text.ts";
import { nameFault } from "./read-name.ts";
import { type AttributeToWrite, writeAttribute, writeName } from "./write-name.ts";

/** Attributes of a name, in the order in which they are encoded; an array gives several values of one type. */
export type NameFields = { readonly [Key in AttributeKey]?: string | readonly string[] | undefined };

/** Changes to a name: as {@link NameFields}, and null removes all values of a type. */
export type NameChanges = { readonly [Key in AttributeKey]?: string | readonly string[] | null | undefined };

/** Options of everything that makes a name from text. */
export interface NameOptions {
  /**
   * Enforce the bounds and string types of RFC 5280 appendix A.1: two letters for a country, 64 characters for CN, ASCII in an
   * e-mail address, ... Default true; `false` for the text of names that were read.
   */
  readonly strict?: boolean | undefined;
}

/**
 * The name of a subject or issuer. Immutable, and lossless: any attribute type, any number of values, order,
 * multi-valued RDNs and the original encoding are kept (DN-12).
 *
 * @example
 * const name = DistinguishedName.of({ C: "SE", O: "Example AB", CN: "example.com" });
 * name.toString(); // "CN=example.com,O=Example AB,C=SE"
 * name.equals(DistinguishedName.parse("cn=EXAMPLE.com, o=Example  AB, c=SE")); // true
 */
export class DistinguishedName extends BasicName {
  #key: string | undefined;
  #rdnKeys: readonly string[] | undefined;

  // With `at`, shares the bytes, which have a well-formed Name there; without it, copies and checks them.
  private constructor(bytes: Uint8Array, at?: number) {
    super(at === undefined ? checkedName(bytes) : bytes, at ?? 0);
    // Certificates hand out the one name that they are found by: it says what its bytes say.
    Object.freeze(this);
  }

  /**
   * A name from attributes, encoded in the order given (DN-09): country codes and the like as PrintableString, e-mail
   * and domain components as IA5String, everything else as UTF8String.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE (DN-02), NAME_INVALID with the attribute and its bound (DN-10)
   * @example
   * DistinguishedName.of({ DC: ["com", "example"], CN: "a", "2.5.4.97": "VATSE-1" });
   */
  static of(fields: NameFields, options: NameOptions = {}): DistinguishedName {
    return fromArgument("fields", "an object of attributes", () => {
      const strict = isStrict(options);
      // A map, so that of two names for one type the later wins (DN-03).
      const rdns: AttributeToWrite[][] = [];
      for (const [oid, value] of fieldsByOid(fields, "fields")) {
        rdns.push(...attributesOf(oid, value, strict).map((one) => [one]));
      }
      return new DistinguishedName(writeName(rdns), 0);
    });
  }

  /**
   * A name from RFC 4514 text, most specific attribute first, as `toString` writes it. Spaces around separators are
   * accepted, and names of types in any case.
   *
   * @throws X509Error NAME_INVALID with the position, UNKNOWN_ATTRIBUTE
   * @example
   * DistinguishedName.parse("CN=Steve Kille,O=Isode Limited,C=GB");
   */
  static parse(text: string, options: NameOptions = {}): DistinguishedName {
    return fromArgument("text", "a name in RFC 4514 text", () => {
      return new DistinguishedName(writeName(parseName(text, isStrict(options))), 0);
    });
  }

  /**
   * A name from its DER.
   *
   * @throws X509Error with a DER code, or NAME_INVALID with the offset
   */
  static fromDer(bytes: Uint8Array): DistinguishedName {
    return new DistinguishedName(bytes);
  }

  /** @internal The Name at `at` in bytes that were walked and checked, shared with its certificate. */
  static override fromChecked(bytes: Uint8Array, at: number): DistinguishedName {
    return new DistinguishedName(bytes, at);
  }

  /**
   * The first value of a type, in the order of the encoding.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE
   */
  get(type: AttributeKey): string | undefined {
    return BasicName.firstValue(this, oidOctets(attributeOid(type)));
  }

  /**
   * All values of a type, in the order of the encoding.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE
   */
  getAll(type: AttributeKey): readonly string[] {
    const oid = attributeOid(type);
    return this.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.oid === oid).map(({ value }) => value));
  }

  /** As {@link DistinguishedName.CN}. */
  get commonName(): string | undefined {
    return this.CN;
  }

  /** As {@link DistinguishedName.O}. */
  get organizationName(): string | undefined {
    return this.O;
  }

  /** As {@link DistinguishedName.OU}. */
  get organizationalUnitName(): string | undefined {
    return this.OU;
  }

  /** As {@link DistinguishedName.L}. */
  get localityName(): string | undefined {
    return this.L;
  }

  /** As {@link DistinguishedName.ST}. */
  get stateOrProvinceName(): string | undefined {
    return this.ST;
  }

  /** As {@link DistinguishedName.C}. */
  get countryName(): string | undefined {
    return this.C;
  }

  /** A text that two names share exactly when {@link DistinguishedName.equals} holds: a key for a Map. */
  get key(): string {
    this.#key ??= nameKey(BasicName.viewOf(this));
    return this.#key;
  }

  /** The same name by RFC 5280 section 7.1: order counts; case, spaces and string types do not (DN-06). */
  equals(other: DistinguishedName): boolean {
    return fromArgument("other", "a DistinguishedName", () => {
      if (this.#key !== undefined && other.#key !== undefined) return this.#key === other.#key;
      const [ours, theirs] = [BasicName.viewOf(this), BasicName.viewOf(other)];
      return bytesEqual(ours, theirs) || isSameName(ours, theirs);
    });
  }

  /** The same RDNs in any order, as Twisted compares names (DN-06). */
  equalsUnordered(other: DistinguishedName): boolean {
    return fromArgument("other", "a DistinguishedName", () => {
      const keys = (name: DistinguishedName): string => rdnKeys(BasicName.viewOf(name)).sort().join("\u0002");
      return this.equals(other) || keys(this) === keys(other);
    });
  }

  /** Does this name begin with all RDNs of `subtree`, as directory name constraints mean it (RFC 5280 section 4.2.1.10)? */
  isWithin(subtree: DistinguishedName): boolean {
    return fromArgument("subtree", "a DistinguishedName", () => {
      const own = this.#keys();
      return subtree.#keys().every((key, index) => key === own[index]);
    });
  }

  // Prepared once: whoever constrains names compares each with thousands, and long ones take long.
  #keys(): readonly string[] {
    this.#rdnKeys ??= rdnKeys(BasicName.viewOf(this));
    return this.#rdnKeys;
  }

  /**
   * A copy with other values (DN-03): a type that is there keeps its place, a new one is appended, null removes it.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE, NAME_INVALID
   * @example
   * name.with({ CN: "other.example", OU: null });
   */
  with(changes: NameChanges, options: NameOptions = {}): DistinguishedName {
    return fromArgument("changes", "an object of attributes", () => {
      const strict = isStrict(options);
      const pending = fieldsByOid(changes, "changes");
      const written = new Set<string>();
      const rdns: AttributeToWrite[][] = [];
      for (const rdn of this.rdns) {
        const kept: AttributeToWrite[] = [];
        const further: AttributeToWrite[][] = [];
        for (const attribute of rdn) {
          const value = pending.get(attribute.oid);
          if (value === undefined) kept.push({ oid: attribute.oid, der: NameAttribute.viewOf(attribute) });
          else if (!written.has(attribute.oid)) {
            written.add(attribute.oid);
            const [first, ...rest] = value === null ? [] : attributesOf(attribute.oid, value, strict);
            if (first !== undefined) kept.push(first);
            further.push(...rest.map((one) => [one]));
          }
        }
        if (kept.length > 0) rdns.push(kept);
        rdns.push(...further);
      }
      for (const [oid, value] of pending) {
        if (value !== null && !written.has(oid)) rdns.push(...attributesOf(oid, value, strict).map((one) => [one]));
      }
      return new DistinguishedName(writeName(rdns), 0);
    });
  }

  /**
   * Lines for people, one per attribute, sorted by label as Twisted does (DN-07), or in encoded order.
   *
   * @example
   * DistinguishedName.of({ CN: "a" }).inspect(); // "               Common Name: a"
   */
  inspect(options: { readonly order?: "label" | "encoded" | undefined } = {}): string {
    const { order = "label" } = takeOwn(options, INSPECTING, "options");
    if (order !== "label" && order !== "encoded") throw badArgument("order", "label or encoded");
    return inspectName(this.rdns, order);
  }
}

/** {@link DistinguishedName} under its short name (DN-13). */
export const DN: typeof DistinguishedName = DistinguishedName;
/** {@link DistinguishedName} under its short name (DN-13). */
export type DN = DistinguishedName;

function checkedName(bytes: Uint8Array): Uint8Array {
  // In JavaScript, people call the constructor.
  if (!isBytes(bytes)) throw badArgument("bytes", "DER, or of(fields), or parse(text)");
  const der = copyDer(bytes);
  const offset = nameFault(der, 0);
  if (offset === -1) return der;
  const message = `not a Name at offset ${offset}: expected SEQUENCE OF SET OF SEQUENCE`;
  throw new X509Error("NAME_INVALID", message, { offset });
}

type FieldValue = string | readonly string[] | null;

function fieldsByOid(fields: NameChanges, argument: string): Map<string, FieldValue> {
  const values = new Map<string, FieldValue>();
  for (const key of ownNames(fields, argument)) {
    const oid = attributeOid(key);
    const value = fields[key as AttributeKey];
    if (value !== undefined) values.set(oid, value);
  }
  return values;
}

function attributesOf(oid: string, value: FieldValue, strict: boolean): AttributeToWrite[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => writeAttribute(oid, one, strict));
}

function isStrict(options: NameOptions): boolean {
  const { strict = true } = takeOwn(options, MAKING, "options");
  if (typeof strict !== "boolean") throw badArgument("strict", "a boolean");
  return strict;
}

const MAKING: ReadonlySet<string> = /* @__PURE__ */ new Set(["strict"]);
const INSPECTING: ReadonlySet<string> = /* @__PURE__ */ new Set(["order"]);
