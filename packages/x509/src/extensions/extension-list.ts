// The Extensions of a structure whose list was checked when it was loaded; read when asked for.

import { assertOidText } from "../der/oid.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import type { Extension } from "./extension.ts";
import { ParsedExtension } from "./parsed-extension.ts";

/** All extensions of the SEQUENCE at `at`, in the order of the encoding; none if `at` is 0. */
export function listExtensions(bytes: Uint8Array, at: number): readonly Extension[] {
  const list: Extension[] = [];
  if (at === 0) return Object.freeze(list);
  const end = elementEnd(bytes, at);
  for (let one = contentStart(bytes, at); one < end; one = elementEnd(bytes, one)) {
    list.push(new ParsedExtension(bytes, one));
  }
  return Object.freeze(list);
}

/**
 * The extension with this OID.
 *
 * @throws X509Error ARGUMENT_INVALID for a name in its place: there would seem to be no such extension
 */
export function extensionWith(oid: string, extensions: readonly Extension[]): Extension | undefined {
  for (const extension of extensions) if (extension.oid === oid) return extension;
  assertOidText(oid);
  return undefined;
}
