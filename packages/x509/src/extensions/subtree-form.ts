// What a name may be in a name constraint (RFC 5280 section 4.2.1.10): not the forms that it has in a certificate.

import { badArgument, shownText } from "../argument.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { type GeneralName, isDnsName } from "../general-name/general-name.ts";
import { prefixLength } from "../general-name/ip-network.ts";

/**
 * Throws for a name that constrains nothing, or not what it seems to: verifiers compare it with what it can never be, so
 * that what was to be excluded is not. The empty text of dns, email and uri stands for all names of the type.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertSubtreeForm(name: GeneralName, argument: string): void {
  const expected = expectedOf(name);
  if (expected === undefined) return;
  const { value } = name;
  throw badArgument(argument, expected, undefined, typeof value === "string" ? shownText(value) : undefined);
}

/** What should be in place of the name, or undefined. Of types that are not here, nobody has said what they may be. */
function expectedOf(name: GeneralName): string | undefined {
  switch (name.type) {
    case "dns":
      // Everybody takes the leading dot as "below this domain", though RFC 5280 has it for hosts of URIs and mail only.
      return isHostOrDomain(name.value) ? undefined : "a domain without a wildcard";
    case "email":
      return isHostOrDomain(name.value) || isMailbox(name.value) ? undefined : mailForms;
    case "uri":
      return isHostOrDomain(name.value) ? undefined : "the host of URIs, www.example.com, or a domain, .example.com";
    case "ip":
      return isNetwork(name.bytes) ? undefined : "an address and a mask of ones and then zeros, in 8 or 32 bytes";
    case "directory":
      return name.value instanceof DistinguishedName ? undefined : "a DistinguishedName";
    default:
      return undefined;
  }
}

function isHostOrDomain(text: string): boolean {
  const host = text.startsWith(".") ? text.slice(1) : text;
  return text === "" || (!host.startsWith("*") && isDnsName(host));
}

/** One mailbox, and no other: an asterisk in it stands for itself, which nobody means. */
function isMailbox(text: string): boolean {
  const at = text.lastIndexOf("@");
  return (
    /^[ !-)+-~]{1,64}$/.test(text.slice(0, at)) &&
    at > 0 &&
    !/^[.*]/.test(text.slice(at + 1)) &&
    isDnsName(text.slice(at + 1))
  );
}

function isNetwork(bytes: Uint8Array): boolean {
  const half = bytes.length / 2;
  return (half === 4 || half === 16) && prefixLength(bytes.subarray(half)) !== undefined;
}

const mailForms =
  "a mailbox, root@example.com, all of a host, example.com, or of the hosts below a domain, .example.com";
