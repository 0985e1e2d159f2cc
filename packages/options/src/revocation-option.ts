/** What is done about revoked certificates of the peer. */
import type { RevocationFetcher, RevocationMode } from "@tlskit/verify";
import { CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { X509Error } from "@tlskit/x509/error";
import { checkBoolean, oneOf, type ValueCheck, wrongType, wrongValue } from "./option-values.ts";
import { ownBytes, ownValues } from "./own-values.ts";

/** The option `revocation`: what `verifyPath` takes, and whether a client asks the server for a stapled response. */
export interface RevocationOption {
  /** `prefer`: who is known to be revoked is refused. `require`: whose status is not known, too. */
  readonly mode: Exclude<RevocationMode, "ignore">;
  /** `path` (the default): every certificate but the anchor; `leaf`: the peer's own only. */
  readonly scope?: "path" | "leaf";
  /** CRLs, as objects or in DER. */
  readonly crls?: readonly (CertificateRevocationList | Uint8Array)[];
  /** OCSP responses that are at hand, as objects or in DER. */
  readonly ocspResponses?: readonly (OcspResponse | Uint8Array)[];
  /** How old a CRL or response may be, in seconds since its thisUpdate; default: as it says itself. */
  readonly maxAge?: number;
  /** Asked for what is missing, within the handshake timeout: `httpRevocationFetcher()` of `@tlskit/verify`. */
  readonly fetch?: RevocationFetcher;
  /**
   * Whether a client asks for a stapled OCSP response. Default: where the runtime can. `true` is refused where it
   * cannot. Servers do not ask: no runtime shows them an answer.
   */
  readonly staple?: boolean;
}

/** The same, checked: the sources are ours, and parsed. */
export interface CheckedRevocation {
  readonly mode: "prefer" | "require";
  readonly scope?: "path" | "leaf";
  readonly crls: readonly CertificateRevocationList[];
  readonly ocspResponses: readonly OcspResponse[];
  readonly maxAge?: number;
  readonly fetch?: RevocationFetcher;
  readonly staple: boolean | undefined;
}

/** Checks `revocation`. */
export const checkRevocation: ValueCheck<CheckedRevocation> = (value, path) => {
  const own = ownValues(value, path, NAMES);
  if (own.mode === undefined) throw wrongType(`${path}.mode`, '"prefer" or "require"', own.mode);
  const mode = checkMode(own.mode, `${path}.mode`);
  const { fetch, maxAge } = own;
  if (fetch !== undefined && typeof fetch !== "function") throw wrongType(`${path}.fetch`, "a function", fetch);
  return Object.freeze({
    mode,
    crls: parsed(own.crls, `${path}.crls`, CertificateRevocationList, "a CRL"),
    ocspResponses: parsed(own.ocspResponses, `${path}.ocspResponses`, OcspResponse, "an OCSP response"),
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

interface FromDer<T> {
  new (...args: never[]): T;
  fromDer(der: Uint8Array): T;
}

/** What is broken is found when options are made, not when a connection comes. */
export function parsedStatement<T extends object>(
  value: unknown,
  path: string,
  type: Pick<FromDer<T>, "fromDer"> & { readonly prototype: T },
  what: string,
): T {
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === type.prototype) return value as T;
  try {
    return type.fromDer(ownBytes(value, path));
  } catch (error) {
    if (X509Error.is(error)) throw wrongValue(path, `${what} in DER`, error.message);
    throw error;
  }
}

function parsed<T extends object>(
  value: unknown,
  path: string,
  type: Pick<FromDer<T>, "fromDer"> & { readonly prototype: T },
  what: string,
): readonly T[] {
  if (value === undefined) return Object.freeze([]);
  if (!Array.isArray(value)) throw wrongType(path, "an array", value);
  return Object.freeze(value.map((item, index) => parsedStatement(item, `${path}[${index}]`, type, what)));
}
