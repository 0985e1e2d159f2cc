// What JavaScript lets through: options of the wrong type.

import { fromArgument, isPlain, takeOwn } from "../argument.ts";
import { encodeOidAt, octetsAt } from "../argument-parts.ts";
import { X509Error } from "../error.ts";
import type { Extension } from "../extensions/extension.ts";

/** @throws X509Error ARGUMENT_INVALID for what is there and no array */
export function assertArray(value: unknown, argument: string): void {
  if (value !== undefined && !Array.isArray(value)) throw wrongOption(argument, "an array");
}

/**
 * The extensions that are given, as they are now: objects with these fields, or extensions that were read.
 *
 * @throws X509Error ARGUMENT_INVALID, with the place, for what is no extension
 */
export function takeExtensions(value: readonly Extension[] | undefined, path: string = "extensions"): Extension[] {
  assertArray(value, path);
  return (value ?? []).map((one, index) => {
    const place = `${path}[${index}]`;
    const { oid, critical = false, value: der } = fieldsOf(one, place);
    encodeOidAt(oid, `${place}.oid`, "ExtensionOid.keyUsage");
    if (typeof critical !== "boolean") throw wrongOption(`${place}.critical`, "a boolean");
    return { oid, critical, value: new Uint8Array(octetsAt(der, `${place}.value`)) };
  });
}

/** What is plain has fields of its own. What was read has getters, and an object of a class of the caller's may have. */
function fieldsOf(extension: Extension, place: string): Extension {
  const expected = "{ oid, critical, value }, the value in DER";
  if (isPlain(extension)) return takeOwn(extension, FIELDS, place, `${place}.`);
  return fromArgument(place, expected, () => {
    const { oid, critical, value } = extension;
    return { oid, critical, value };
  });
}

/** @throws X509Error ARGUMENT_INVALID for what is there and no Date */
export function assertDate(value: unknown, argument: string): void {
  if (value !== undefined && Object.prototype.toString.call(value) !== "[object Date]")
    throw wrongOption(argument, "a Date");
}

/** The error for an option that cannot be used. */
export function wrongOption(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot make it: ${argument}: expected ${expected}`, { argument, expected });
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["critical", "name", "oid", "value"]);
