import { inspectCustom } from "./inspect-symbol.ts";

/** Bytes that nobody shall see by accident: not when printed, written as JSON, spread or cloned. */
export class SecretBytes {
  readonly #bytes: Uint8Array;

  /** Takes a copy. */
  constructor(bytes: Uint8Array) {
    this.#bytes = new Uint8Array(bytes);
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
