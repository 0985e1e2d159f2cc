/**
 * Reads property lists in XML, as `security trust-settings-export` writes them. Strict and bounded: no document types
 * of its own, no entities but XML's five, no comments.
 *
 * @see plist(5), http://www.apple.com/DTDs/PropertyList-1.0.dtd
 */
import { TrustError } from "../error.ts";

/** A value of a property list. Dates stay texts, because nothing here depends on them. */
export type PropertyListValue =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly PropertyListValue[]
  | ReadonlyMap<string, PropertyListValue>;

/** Deeper than any list of trust settings. */
const MAX_DEPTH = 32;

/** @throws TrustError PROPERTY_LIST_INVALID with the line */
export function readPropertyList(bytes: Uint8Array): PropertyListValue {
  return new PropertyListReader(new TextDecoder().decode(bytes)).document();
}

class PropertyListReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): PropertyListValue {
    this.#skip(/\s*(?:<\?xml [^>]*\?>\s*)?(?:<!DOCTYPE plist [^>[]*>\s*)?/y);
    if (!this.#take(/<plist(?: version="1\.0")?>/y)) throw this.#invalid("it is no property list in XML");
    const value = this.#value(0);
    if (!this.#take(/<\/plist>/y)) throw this.#invalid("the list does not end");
    this.#skip(/\s*/y);
    if (this.#at !== this.#text.length) throw this.#invalid("there is something behind its end");
    return value;
  }

  #value(depth: number): PropertyListValue {
    if (depth > MAX_DEPTH) throw this.#invalid("it is too deep");
    this.#skip(/\s*/y);
    const [, name = "", empty] = this.#match(/<([a-z]+)(\/?)>/y) ?? [];
    const closed = empty === "/";
    switch (name) {
      case "true":
      case "false":
        if (!closed) this.#end(name);
        return this.#spaced(name === "true");
      case "string":
      case "date":
        return this.#spaced(closed ? "" : this.#textOf(name));
      case "integer":
        return this.#spaced(this.#integer(closed ? "" : this.#textOf(name)));
      case "data":
        return this.#spaced(this.#data(closed ? "" : this.#textOf(name)));
      case "array":
        return this.#spaced(closed ? [] : this.#array(depth));
      case "dict":
        return this.#spaced(closed ? new Map() : this.#dictionary(depth));
      default:
        throw this.#invalid(name === "" ? "a value is missing" : `there is a value of the kind ${name}`);
    }
  }

  #array(depth: number): readonly PropertyListValue[] {
    const items: PropertyListValue[] = [];
    this.#skip(/\s*/y);
    while (!this.#take(/<\/array>/y)) items.push(this.#value(depth + 1));
    return items;
  }

  #dictionary(depth: number): ReadonlyMap<string, PropertyListValue> {
    const entries = new Map<string, PropertyListValue>();
    this.#skip(/\s*/y);
    while (!this.#take(/<\/dict>/y)) {
      if (!this.#take(/<key>/y)) throw this.#invalid("a key is missing");
      const key = this.#textOf("key");
      // Of two settings for one certificate nobody knows which one counts.
      if (entries.has(key)) throw this.#invalid(`the key ${JSON.stringify(key)} is there twice`);
      entries.set(key, this.#value(depth + 1));
    }
    return entries;
  }

  #textOf(name: string): string {
    const [text = ""] = this.#match(/[^<]*/y) ?? [];
    this.#end(name);
    return text.replace(/&([^;]*;?)/g, (_all, entity: string) => this.#character(entity));
  }

  #character(entity: string): string {
    const known = ENTITIES.get(entity);
    if (known !== undefined) return known;
    const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));$/.exec(entity) ?? [];
    const code = hex === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hex, 16);
    if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    throw this.#invalid("there is an unknown entity");
  }

  #integer(text: string): number {
    const value = /^[+-]?[0-9]{1,20}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
    if (Number.isNaN(value)) throw this.#invalid("an integer is none");
    return value;
  }

  #data(text: string): Uint8Array {
    const base64 = text.replace(/\s+/g, "");
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
      throw this.#invalid("data is not in base64");
    }
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  }

  #end(name: string): void {
    if (!this.#take(name === "key" ? /<\/key>\s*/y : new RegExp(`</${name}>`, "y"))) {
      throw this.#invalid(`${name} does not end`);
    }
  }

  #spaced<T>(value: T): T {
    this.#skip(/\s*/y);
    return value;
  }

  #skip(pattern: RegExp): void {
    this.#match(pattern);
  }

  #take(pattern: RegExp): boolean {
    return this.#match(pattern) !== null;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #invalid(problem: string): TrustError<"PROPERTY_LIST_INVALID"> {
    const line = this.#text.slice(0, this.#at).split("\n").length;
    const message = `The property list cannot be read: on line ${line} ${problem}.`;
    return new TrustError("PROPERTY_LIST_INVALID", message, { line, problem });
  }
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp;", "&"],
  ["lt;", "<"],
  ["gt;", ">"],
  ["quot;", '"'],
  ["apos;", "'"],
]);
