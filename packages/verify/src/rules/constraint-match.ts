/**
 * Whether a name lies within a name constraint, type by type.
 *
 * @see RFC 5280, section 4.2.1.10
 */
import type { GeneralName } from "@tlskit/x509";
import { isDomain } from "../identity/domain.ts";
import { readMailbox } from "../identity/parse-service-id.ts";

/** `partly`: a wildcard name of which some, but not all, instances lie within. `unreadable`: the name, or the constraint, means nothing. */
export type Containment = "inside" | "outside" | "partly" | "unreadable-name" | "unreadable-constraint";

/** The types of names whose constraints are understood. */
export type ConstrainableType = "dns" | "ip" | "email" | "uri" | "directory";

/** Whether constraints on this type of name are understood; others refuse every name of their type. */
export function isConstrainable(type: string): type is ConstrainableType {
  return Object.hasOwn(MATCHERS, type);
}

/** Where `name` lies with respect to `base`; both are of type `type`. */
export function containment(type: ConstrainableType, name: GeneralName, base: GeneralName): Containment {
  return MATCHERS[type](name, base);
}

/** Whether a dNSName constraint is written as RFC 5280 wants it: a domain name without a leading dot or wildcard, or empty. */
export function isWellFormedDnsConstraint(value: string): boolean {
  return value === "" || isDomain(value);
}

const MATCHERS: Readonly<Record<ConstrainableType, (name: GeneralName, base: GeneralName) => Containment>> = {
  dns: (name, base) =>
    name.type === "dns" && base.type === "dns" ? dns(name.value.toLowerCase(), base.value.toLowerCase()) : "outside",
  ip: (name, base) => (name.type === "ip" && base.type === "ip" ? ip(name.bytes, base.bytes) : "outside"),
  email: (name, base) => (name.type === "email" && base.type === "email" ? email(name.value, base.value) : "outside"),
  uri: (name, base) =>
    name.type === "uri" && base.type === "uri" ? uri(name.value, base.value.toLowerCase()) : "outside",
  directory: (name, base) => {
    if (name.type !== "directory" || base.type !== "directory") return "outside";
    return name.value.isWithin(base.value) ? "inside" : "outside";
  },
};

// A domain and everything below it. A leading dot is not RFC 5280's form for DNS, but OpenSSL, Go and NSS all take it
// as "everything below"; the formal profiles refuse it by a rule of its own.
function dns(name: string, base: string): Containment {
  const wildcard = name.startsWith("*.");
  const domain = wildcard ? name.slice(2) : name;
  if (!isDomain(domain)) return "unreadable-name";
  if (base === "") return "inside";
  const below = base.startsWith(".");
  const bare = below ? base.slice(1) : base;
  if (!isDomain(bare)) return "unreadable-constraint";
  if (domain.endsWith(`.${bare}`)) return "inside";
  if (domain === bare) return wildcard || !below ? "inside" : "outside";
  // "*.example.com" could stand for the constraint itself, "foo.example.com" (CVE-2025-61727).
  return wildcard && !below && bare.slice(bare.indexOf(".") + 1) === domain && bare.includes(".")
    ? "partly"
    : "outside";
}

function ip(name: Uint8Array, base: Uint8Array): Containment {
  if (name.length !== 4 && name.length !== 16) return "unreadable-name";
  if (base.length !== 8 && base.length !== 32) return "unreadable-constraint";
  if (base.length !== 2 * name.length) return "outside";
  const same = name.every((byte, index) => {
    const mask = base[name.length + index] ?? 0;
    return (byte & mask) === ((base[index] ?? 0) & mask);
  });
  return same ? "inside" : "outside";
}

// A mailbox (exactly that), a host (all mailboxes on it), or a dot and a domain (all hosts below it). No wildcards.
function email(name: string, base: string): Containment {
  const mailbox = readMailbox(name);
  if (mailbox === undefined) return "unreadable-name";
  if (base.includes("@")) {
    const wanted = readMailbox(base);
    if (wanted === undefined) return "unreadable-constraint";
    return wanted.local === mailbox.local && wanted.domain === mailbox.domain ? "inside" : "outside";
  }
  return host(mailbox.domain, base.toLowerCase());
}

// The host alone counts; a URI without a host name cannot be judged and is refused wherever URIs are constrained.
function uri(name: string, base: string): Containment {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(name)?.[1];
  const domain = authority
    ?.slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .toLowerCase();
  return domain === undefined || !isDomain(domain) ? "unreadable-name" : host(domain, base);
}

function host(domain: string, base: string): Containment {
  if (base === "") return "inside";
  const bare = base.startsWith(".") ? base.slice(1) : base;
  if (!isDomain(bare)) return "unreadable-constraint";
  const inside = base.startsWith(".") ? domain.endsWith(base) : domain === base;
  return inside ? "inside" : "outside";
}
