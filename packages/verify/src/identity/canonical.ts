import { parseDomain } from "./domain.ts";
import { formatIp } from "./ip-address.ts";
import { readMailbox } from "./mailbox.ts";
import { readSrvName, readUri } from "./parse-service-id.ts";
import type { ReferenceIdentity } from "./reference.ts";

/**
 * Whether a reference is one that the parsers of this folder make. One that was put together by hand might hold a
 * wildcard, upper case or a trailing dot, and would then be dialled as one name and matched as another.
 */
export function isCanonicalReference(reference: unknown): reference is ReferenceIdentity {
  if (typeof reference !== "object" || reference === null) return false;
  const { type, value, bytes } = reference as { type?: unknown; value?: unknown; bytes?: unknown };
  return typeof value === "string" && canonical(type, value, bytes) === value;
}

function canonical(type: unknown, value: string, bytes: unknown): string | undefined {
  switch (type) {
    case "dns": {
      const result = parseDomain(value);
      return "name" in result ? result.name : undefined;
    }
    case "ip":
      return bytes instanceof Uint8Array && [4, 16].includes(bytes.length) ? formatIp(bytes) : undefined;
    case "uri":
      return readUri(value)?.canonical;
    case "srv": {
      const parts = readSrvName(value);
      return parts && `_${parts.service}.${parts.domain}`;
    }
    case "email": {
      const parts = readMailbox(value);
      return parts && `${parts.local}@${parts.domain}`;
    }
    default:
      return undefined;
  }
}
