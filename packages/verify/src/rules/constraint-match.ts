/**
 * Whether a name lies within a name constraint, type by type. Names and constraints are read once and compared often:
 * hostile certificates bring thousands of each.
 *
 * @see RFC 5280, section 4.2.1.10
 */
import type { GeneralName } from "@tlskit/x509";
import { isDomain } from "../identity/domain.ts";
import { type Mailbox, readWrittenMailbox } from "../identity/mailbox.ts";
import { splitUri } from "../identity/uri.ts";

/** `partly`: a wildcard name of which some, but not all, instances lie within. */
export type Containment = "inside" | "outside" | "partly";

/** The test of one name against one constraint of its type. */
export type Container<Name> = (name: Name) => Containment;

/** How names and constraints of one type are read; undefined: it means nothing. */
export interface ConstraintType<Name> {
  readonly readName: (name: GeneralName) => Name | undefined;
  readonly readBase: (base: GeneralName) => Container<Name> | undefined;
  /** A quicker way to find a constraint that contains a name wholly, among constraints that are all readable. */
  readonly index?: (bases: readonly GeneralName[]) => (name: Name) => GeneralName | undefined;
}

interface DomainName {
  readonly domain: string;
  readonly isWildcard: boolean;
}

// A domain and everything below it. A leading dot is not RFC 5280's form for DNS, but OpenSSL, Go and NSS all take it
// as "everything below"; the formal profiles refuse it by a rule of its own.
const dns: ConstraintType<DomainName> = {
  readName(name) {
    const text = name.type === "dns" ? name.value : "";
    const isWildcard = text.startsWith("*.");
    const domain = isWildcard ? text.slice(2) : text;
    return isDomain(domain) ? { domain: domain.toLowerCase(), isWildcard } : undefined;
  },
  readBase(base) {
    const text = base.type === "dns" ? base.value : "*";
    if (text === "") return () => "inside";
    const onlyBelow = text.startsWith(".");
    const written = onlyBelow ? text.slice(1) : text;
    if (!isDomain(written)) return undefined;
    const bare = written.toLowerCase();
    const suffix = `.${bare}`;
    const firstDot = bare.indexOf(".");
    const parent = firstDot === -1 ? undefined : bare.slice(firstDot + 1);
    return ({ domain, isWildcard }) => {
      if (domain.endsWith(suffix)) return "inside";
      if (domain === bare) return isWildcard || !onlyBelow ? "inside" : "outside";
      // "*.example.com" could stand for the constraint itself, "foo.example.com" (CVE-2025-61727).
      return isWildcard && !onlyBelow && domain === parent ? "partly" : "outside";
    };
  },
};

const ip: ConstraintType<Uint8Array> = {
  readName: (name) => (name.type === "ip" && [4, 16].includes(name.bytes.length) ? name.bytes : undefined),
  readBase(base) {
    if (base.type !== "ip") return undefined;
    const size = base.bytes.length / 2;
    const mask = base.bytes.subarray(size);
    const network = base.bytes.subarray(0, size).map((byte, index) => byte & (mask[index] ?? 0));
    return (name) => {
      if (name.length !== size) return "outside";
      return name.every((byte, index) => (byte & (mask[index] ?? 0)) === network[index]) ? "inside" : "outside";
    };
  },
};

// A mailbox (exactly that), a host (all mailboxes on it), or a dot and a domain (all hosts below it). No wildcards.
const email: ConstraintType<Mailbox> = {
  readName: (name) => (name.type === "email" ? readWrittenMailbox(name.value) : undefined),
  readBase(base) {
    if (base.type !== "email") return undefined;
    if (base.value.includes("@")) {
      const wanted = readWrittenMailbox(base.value);
      if (wanted === undefined) return undefined;
      return ({ local, domain }) => (local === wanted.local && domain === wanted.domain ? "inside" : "outside");
    }
    const contains = host(base.value);
    return contains && (({ domain }) => contains(domain));
  },
};

// The host alone counts; a URI without a host name cannot be judged and is refused wherever URIs are constrained.
const uri: ConstraintType<string> = {
  readName(name) {
    const domain = name.type === "uri" ? splitUri(name.value)?.host : undefined;
    return domain !== undefined && isDomain(domain) ? domain.toLowerCase() : undefined;
  },
  readBase: (base) => (base.type === "uri" ? host(base.value) : undefined),
  index(bases) {
    const byText = new Map(bases.map((base) => [String(base.value).toLowerCase(), base]));
    return (domain) => {
      let found = byText.get("") ?? byText.get(domain);
      for (let dot = domain.indexOf("."); found === undefined && dot !== -1; dot = domain.indexOf(".", dot + 1)) {
        found = byText.get(domain.slice(dot));
      }
      return found;
    };
  },
};

const directory: ConstraintType<GeneralName> = {
  readName: (name) => name,
  readBase: (base) => (name) =>
    name.type === "directory" && base.type === "directory" && name.value.isWithin(base.value) ? "inside" : "outside",
};

/**
 * The types of names whose constraints are understood; others refuse every name of their type. What a name is read as
 * is known to its own type only, so that here it is unknown: a type's containers see nothing but its own names.
 */
export const CONSTRAINT_TYPES: ReadonlyMap<string, ConstraintType<unknown>> = new Map([
  ["dns", dns as ConstraintType<unknown>],
  ["ip", ip as ConstraintType<unknown>],
  ["email", email as ConstraintType<unknown>],
  ["uri", uri as ConstraintType<unknown>],
  ["directory", directory as ConstraintType<unknown>],
]);

/** Whether a constraint is written as RFC 5280 wants it; of types that are not understood, nobody can tell. */
export function isWellFormedConstraint(base: GeneralName): boolean {
  if (base.type === "dns") return base.value === "" || isDomain(base.value);
  const type = CONSTRAINT_TYPES.get(base.type);
  return type === undefined || type.readBase(base) !== undefined;
}

function host(base: string): Container<string> | undefined {
  if (base === "") return () => "inside";
  const onlyBelow = base.startsWith(".");
  if (!isDomain(onlyBelow ? base.slice(1) : base)) return undefined;
  const wanted = base.toLowerCase();
  return (domain) => ((onlyBelow ? domain.endsWith(wanted) : domain === wanted) ? "inside" : "outside");
}
