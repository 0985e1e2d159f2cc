import { wrongType } from "../input/wrong-value.ts";
import { inspectCustom } from "../inspect-symbol.ts";

/** Bytes that nobody shall see by accident: not when printed, written as JSON, spread or cloned. */
export class SecretBytes {
  readonly #bytes: Uint8Array;

  /** Takes a copy. @throws OptionsError OPTION_TYPE_INVALID, which does not show what was given */
  constructor(bytes: Uint8Array) {
    if (!(bytes instanceof Uint8Array)) throw wrongType("bytes", "a Uint8Array", undefined, "something else");
    this.#bytes = new Uint8Array(bytes);
    Object.freeze(this);
  }

  /** A copy of the bytes, for whoever needs them to compute something. */
  reveal(): Uint8Array {
    return new Uint8Array(this.#bytes);
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return "[secret]";
  }
}
