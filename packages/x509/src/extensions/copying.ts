// Values of extensions are read once and shared: nobody may change them for the others.

import { isBytes } from "../bytes.ts";
import { freezeShown } from "../text/printable.ts";

/** The object, frozen, with a getter in place of each array of bytes, each Date and each Set, that returns a fresh copy. */
export function frozenCopying<T extends object>(fields: T): Readonly<T> {
  for (const [name, value] of Object.entries(fields)) {
    if (isBytes(value)) {
      const own = new Uint8Array(value);
      Object.defineProperty(fields, name, { enumerable: true, get: () => own.slice() });
    } else if (value instanceof Date) {
      const time = value.getTime();
      Object.defineProperty(fields, name, { enumerable: true, get: () => new Date(time) });
    } else if (value instanceof Set) {
      Object.defineProperty(fields, name, { enumerable: true, get: () => new Set(value) });
    }
  }
  return freezeShown(fields);
}
