/** What is done about revoked certificates of the peer. */
import type { RevocationFetcher, RevocationMode } from "@tlskit/verify";
import { CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { X509Error } from "@tlskit/x509/error";
import { isGenuine, ownBytes, ownValues } from "../input/own-values.ts";
import { wrongType, wrongValue } from "../input/wrong-value.ts";
import { checkBoolean, oneOf, type ValueCheck } from "./option-values.ts";

/** The option `revocation`: what `verifyPath` takes, and whether a client asks the server for a stapled response. */
export interface RevocationOption {
  /** `prefer`: who is known to be revoked is refused. `require`: whose status is not known, too. */
  readonly mode: Exclude<RevocationMode, "ignore">;
  /** `path` (the default): every certificate but the anchor; `leaf`: the peer's own only. */
  readonly scope?: "path" | "leaf" | undefined;
  /** CRLs, as objects or in DER. */
  readonly crls?: readonly (CertificateRevocationList | Uint8Array)[] | undefined;
  /** OCSP responses that are at hand, as objects or in DER. */
  readonly ocspResponses?: readonly (OcspResponse | Uint8Array)[] | undefined;
  /** How old a CRL or response may be, in seconds since its thisUpdate; default: as it says itself. */
  readonly maxAge?: number | undefined;
  /** Asked for what is missing, within the handshake timeout: `httpRevocationFetcher()` of `@tlskit/verify`. */
  readonly fetch?: RevocationFetcher | undefined;
  /**
   * Whether a client asks for a stapled OCSP response. Default: where the runtime can. `true` is refused where it
   * cannot. Servers do not ask: no runtime shows them an answer.
   */
  readonly staple?: boolean | undefined;
}

/** The same, checked: the sources are ours, and parsed. */
export interface CheckedRevocation {
  /** What happens to whom is revoked, and whose status is not known. */
  readonly mode: "prefer" | "require";
  /** Left out: the whole path. */
  readonly scope?: "path" | "leaf";
  /** CRLs that are at hand. */
  readonly crls: readonly CertificateRevocationList[];
  /** OCSP responses that are at hand. */
  readonly ocspResponses: readonly OcspResponse[];
  /** In seconds; left out: as the sources say themselves. */
  readonly maxAge?: number;
  /** Asked for what is missing. */
  readonly fetch?: RevocationFetcher;
  /** Whether a client asks for a stapled response; `undefined`: where the runtime can. */
  readonly staple: boolean | undefined;
}

/** Checks `revocation`. */
export const checkRevocation: ValueCheck<CheckedRevocation> = (value, path) => {
  if (value === "prefer" || value === "require") {
    throw wrongType(path, "a plain object", value, `a text: write { mode: ${JSON.stringify(value)} }`);
  }
  if (value === true)
    throw wrongType(path, "a plain object", value, 'true: write { mode: "prefer" } or { mode: "require" }');
  const own = ownValues(value, path, NAMES);
  if (own.mode === undefined) throw wrongType(`${path}.mode`, '"prefer" or "require"', own.mode);
  const mode = checkMode(own.mode, `${path}.mode`);
  const { fetch, maxAge } = own;
  if (fetch !== undefined && typeof fetch !== "function") throw wrongType(`${path}.fetch`, "a function", fetch);
  return Object.freeze({
    mode,
    crls: parsed(own.crls, `${path}.crls`, CertificateRevocationList, "CertificateRevocationList"),
    ocspResponses: parsed(own.ocspResponses, `${path}.ocspResponses`, OcspResponse, "OcspResponse"),
    staple: own.staple === undefined ? undefined : checkBoolean(own.staple, `${path}.staple`),
    ...(own.scope === undefined ? {} : { scope: checkScope(own.scope, `${path}.scope`) }),
    ...(maxAge === undefined ? {} : { maxAge: checkMaxAge(maxAge, `${path}.maxAge`) }),
    ...(fetch === undefined ? {} : { fetch: fetch as RevocationFetcher }),
  });
};

const NAMES = ["mode", "scope", "crls", "ocspResponses", "maxAge", "fetch", "staple"] as const;

const checkMode: ValueCheck<"prefer" | "require"> = oneOf(["prefer", "require"]);

const checkScope: ValueCheck<"path" | "leaf"> = oneOf(["path", "leaf"]);

const checkMaxAge: ValueCheck<number> = (value, path) => {
  if (typeof value !== "number") throw wrongType(path, "a number of seconds", value);
  if (Number.isFinite(value) && value >= 0) return value;
  throw wrongValue(path, "seconds, 0 or more", String(value));
};

interface StatementClass<T extends object> {
  readonly prototype: T;
  fromDer(der: Uint8Array): T;
}

/** What is broken is found when options are made, not when a connection comes. */
export function parsedStatement<T extends { readonly der: Uint8Array }>(
  value: unknown,
  path: string,
  type: StatementClass<T>,
  what: string,
): T {
  if (isOf(value, type) && (genuine.has(value) || isGenuine(() => value.der))) {
    genuine.add(value);
    return value;
  }
  if (!(value instanceof Uint8Array)) {
    const advice = typeof value === "string" ? `a text: if it is PEM, read it with ${what}.fromPem(text)` : undefined;
    throw wrongType(path, `${what}, or its DER`, value, advice);
  }
  try {
    return type.fromDer(ownBytes(value, path));
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    throw wrongValue(path, `${what}, or its DER`, `something else: ${error.message.replace(/\.$/, "")}`, error);
  }
}

/** To read the bytes of a large list takes time: once is enough. */
const genuine = new WeakSet<object>();

function isOf<T extends object>(value: unknown, type: StatementClass<T>): value is T {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === type.prototype;
}

function parsed<T extends { readonly der: Uint8Array }>(
  value: unknown,
  path: string,
  type: StatementClass<T>,
  what: string,
): readonly T[] {
  if (value === undefined) return Object.freeze([]);
  if (!Array.isArray(value)) throw wrongType(path, "an array", value);
  return Object.freeze(Array.from(value, (item, index) => parsedStatement(item, `${path}[${index}]`, type, what)));
}
