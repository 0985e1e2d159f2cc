/** A server's identity by the name that the client asks for (SNI, RFC 6066, section 3). */
import { parseHost } from "@tlskit/verify/identity";
import { PrivateCertificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { ownEntries } from "../input/own-values.ts";
import { wrongType, wrongValue } from "../input/wrong-value.ts";
import { linkIdentity } from "./identity-chain.ts";
import { checkIdentity, type ValueCheck } from "./option-values.ts";

/** Finds the identity for a name in lower-case A-labels; `undefined`: there is none, and the default counts. */
export type ServerNameResolver = (
  serverName: string,
) => PrivateCertificate | undefined | Promise<PrivateCertificate | undefined>;

/** Identities by exact name, or by `*.example.org` for one label before it; or a function that finds them (OPT-49). */
export type ServerNameIdentities = Readonly<Record<string, PrivateCertificate>> | ServerNameResolver;

/** The same, checked. */
export interface CheckedServerNames {
  /** Every identity that is known beforehand, by the name as it is matched. */
  readonly identities: readonly (readonly [name: string, identity: PrivateCertificate])[];
  /** What finds the others. */
  readonly resolve: ServerNameResolver;
}

/** Checks `contextForServerName`. */
export const checkServerNames: ValueCheck<CheckedServerNames> = (value, path) => {
  if (isChecked(value)) return value;
  if (typeof value === "function") {
    return checked({ identities: [], resolve: checkedResolver(value as ServerNameResolver, path) });
  }
  const identities = new Map<string, PrivateCertificate>();
  for (const [name, identity] of ownEntries(value, path)) {
    const place = `${path}[${JSON.stringify(name)}]`;
    const key = canonicalName(name, place);
    if (identities.has(key)) throw wrongValue(place, "each name once", JSON.stringify(key));
    identities.set(key, linkIdentity(checkIdentity(identity, place), place).identity);
  }
  if (identities.size === 0) throw wrongValue(path, "at least one name", "an empty object");
  return checked({ identities: [...identities], resolve: (name: string) => lookUp(identities, name) });
};

const checkedOnes = new WeakSet<object>();

/** What `with` of the options passes on was checked before. */
function isChecked(value: unknown): value is CheckedServerNames {
  return typeof value === "object" && value !== null && checkedOnes.has(value);
}

function checked(names: CheckedServerNames): CheckedServerNames {
  checkedOnes.add(names);
  Object.freeze(names.identities);
  for (const pair of names.identities) Object.freeze(pair);
  return Object.freeze(names);
}

/** The exact name counts before a wildcard, and a wildcard stands for exactly one label. */
function lookUp(identities: ReadonlyMap<string, PrivateCertificate>, name: string): PrivateCertificate | undefined {
  const dot = name.indexOf(".");
  return identities.get(name) ?? (dot < 0 ? undefined : identities.get(`*${name.slice(dot)}`));
}

/** What a function answers is checked as what is given beforehand. */
function checkedResolver(resolve: ServerNameResolver, path: string): ServerNameResolver {
  return async (name) => {
    const found: unknown = await resolve(name);
    if (found === undefined) return undefined;
    if (!(found instanceof PrivateCertificate)) {
      throw wrongType(`${path}(${JSON.stringify(name)})`, "a PrivateCertificate or undefined", found);
    }
    return linkIdentity(found, path).identity;
  };
}

function canonicalName(name: string, place: string): string {
  const wildcard = name.startsWith("*.");
  const expected = 'a host name, or "*." before one';
  try {
    const host = parseHost(wildcard ? name.slice(2) : name);
    if (host.type === "dns") return wildcard ? `*.${host.value}` : host.value;
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    throw wrongValue(place, expected, `something else: ${error.message.replace(/\.$/, "")}`, error);
  }
  throw wrongValue(place, expected, "an IP address, for which clients send no name: its certificate is identity");
}
