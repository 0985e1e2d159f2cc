// The subject of what is about to be made.

import { badArgument, fromArgument, isPlain } from "../argument.ts";
import { DistinguishedName, type NameFields } from "../distinguished-name/distinguished-name.ts";
import type { GeneralName } from "../general-name/general-name.ts";

/** A name from any of its inputs; without one, the first DNS name or IP address as CN, as servers have it. */
export function toName(
  input: DistinguishedName | NameFields | undefined,
  names: readonly GeneralName[],
): DistinguishedName {
  if (input instanceof DistinguishedName) return input;
  if (input !== undefined && !isPlain(input))
    throw badArgument("subject", 'a name, or its attributes: { CN: "..." }, or DistinguishedName.parse(text)');
  if (input !== undefined)
    return fromArgument("subject", "a name, or its attributes", () => DistinguishedName.of(input));
  const first = names.find(({ type }) => type === "dns" || type === "ip" || type === "email");
  const text = first !== undefined && typeof first.value === "string" ? first.value : "";
  // X.520 bounds a common name at 64 characters.
  return DistinguishedName.of(text !== "" && text.length <= 64 ? { CN: text } : {});
}
