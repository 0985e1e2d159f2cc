// The value of an extension by itself, as trust stores have them beside certificates.

import { badArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { type ExtensionName, type ExtensionValues, extensionDecoders } from "./extension-values.ts";
import { ExtensionOid } from "./oids.ts";
import { decodeExtensionValue } from "./read-extension.ts";

/**
 * The value of an extension that does not stand in a certificate: the contents of its extnValue, read strictly.
 *
 * @throws X509Error EXTENSION_INVALID, with the DER error as its cause; ARGUMENT_INVALID for a name that is unknown
 * @example
 * readExtensionValue("extendedKeyUsage", extension.value); // ["1.3.6.1.5.5.7.3.1"]
 */
export function readExtensionValue<Name extends ExtensionName>(name: Name, value: Uint8Array): ExtensionValues[Name] {
  if (typeof name !== "string" || !Object.hasOwn(extensionDecoders, name)) {
    throw badArgument("name", "the name of an extension, as in ExtensionOid");
  }
  const bytes = copyBytes(value);
  return decodeExtensionValue(bytes, 0, bytes.length, ExtensionOid[name], extensionDecoders[name], name);
}
