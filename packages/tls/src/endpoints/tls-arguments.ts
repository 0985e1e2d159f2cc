// What clients' and servers' endpoint strings say about TLS.

import { isTLSVersion, nearestName, TLS_VERSIONS, type TLSVersion } from "@tlskit/options";
import { type Argument, invalid, type NamedArguments, optional } from "./arguments.ts";

/** What both sides can say. */
export interface EndpointTls {
  /** The oldest version to negotiate: `min`. */
  readonly min?: TLSVersion | undefined;
  /** The newest version to negotiate: `max`. */
  readonly max?: Exclude<TLSVersion, "SSLv3"> | undefined;
  /** Application protocols, the most preferred first: `alpn`, separated by commas. */
  readonly alpn?: readonly string[] | undefined;
}

/** @throws {EndpointError} `ENDPOINT_INVALID` */
export function tlsArguments(
  given: NamedArguments,
  trustName = "trustRoots",
): EndpointTls & { readonly trustRoots?: string } {
  const min = optional(given, "min", "a version");
  const max = optional(given, "max", "a version");
  const alpn = optional(given, "alpn", "protocols");
  const roots = optional(given, trustName, "a path");
  return {
    ...(min === undefined ? {} : { min: version(min) }),
    ...(max === undefined ? {} : { max: version(max) }),
    ...(alpn === undefined ? {} : { alpn: protocols(alpn) }),
    ...(roots === undefined ? {} : { trustRoots: roots.value }),
  };
}

function version({ value, position }: Argument): Exclude<TLSVersion, "SSLv3"> {
  if (isTLSVersion(value) && value !== "SSLv3") return value;
  const nearest = nearestName(value, TLS_VERSIONS);
  const advice = nearest === undefined ? undefined : `Did you mean ${nearest}?`;
  throw invalid(position, "a version like TLSv1.3", advice);
}

function protocols({ value, position }: Argument): readonly string[] {
  const names = value.split(",");
  if (names.includes("")) throw invalid(position, "protocols separated by commas");
  return names;
}
