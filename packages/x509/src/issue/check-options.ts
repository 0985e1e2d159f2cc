// What JavaScript lets through: a misspelt option that would be passed over, and values of the wrong type.

import { assertNames, assertObject, fromArgument } from "../argument.ts";
import { isBytes } from "../bytes.ts";
import { isOidText } from "../der/oid.ts";
import { X509Error } from "../error.ts";
import type { Extension } from "../extensions/extension.ts";
import { Printable } from "../printable.ts";

/**
 * Throws unless these are options: an object literal, say, and not a certificate in their place.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertPlain(options: unknown): void {
  assertObject(options, "options");
  if (options instanceof Printable) throw wrongOption("options", "an object with options");
}

/**
 * Throws on an option that nobody reads.
 *
 * @param path what stands before the name of an option in the error
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertKnown(options: object, names: ReadonlySet<string>, path?: string): void {
  assertPlain(options);
  assertNames(options, names, "options", path);
}

/** @throws X509Error ARGUMENT_INVALID for what is there and no array */
export function assertArray(value: unknown, argument: string): void {
  if (value !== undefined && !Array.isArray(value)) throw wrongOption(argument, "an array");
}

/** @throws X509Error ARGUMENT_INVALID, with the place, for what is no extension */
export function assertExtensions(value: unknown, path: string = "extensions"): void {
  assertArray(value, path);
  for (const [index, one] of ((value ?? []) as readonly Extension[]).entries()) {
    const argument = `${path}[${index}]`;
    const isOne = fromArgument(argument, anExtension, () => isOidText(one.oid) && isBytes(one.value));
    if (!isOne) throw wrongOption(argument, anExtension);
  }
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

const anExtension = "{ oid, critical, value }, the value in DER";
