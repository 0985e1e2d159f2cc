import { VerifyArgumentError } from "./argument-error.ts";

/** The error for an argument that nobody reads: a misspelt `name` must not verify without one. @param parent whose property it is */
export function strayArgument(stray: string, names: readonly string[], parent?: string): VerifyArgumentError {
  const meant = ALIASES.find(([name, aliases]) => names.includes(name) && aliases.includes(stray.toLowerCase()));
  const advice = meant === undefined ? undefined : `It is called ${meant[0]} here.`;
  const argument = parent === undefined ? stray : `${parent}.${stray}`;
  return new VerifyArgumentError(argument, `left out: it is none of ${names.join(", ")}`, "given", advice);
}

/** @throws VerifyArgumentError for the first property that is none of these */
export function refuseStray(given: object, names: readonly string[], parent?: string): void {
  const stray = Object.keys(given).find((key) => !names.includes(key));
  if (stray !== undefined) throw strayArgument(stray, names, parent);
}

// What others call them.
const ALIASES: readonly (readonly [string, readonly string[]])[] = [
  ["leaf", ["cert", "certificate", "peercertificate"]],
  ["intermediates", ["chain", "pool", "untrusted"]],
  ["trust", ["anchors", "ca", "roots", "trusted", "trustanchors", "trustroot"]],
  ["at", ["currenttime", "date", "now", "time", "validationtime"]],
  ["purpose", ["extendedkeyusage", "keyusages", "usage"]],
  ["name", ["dnsname", "host", "hostname", "identity", "servername"]],
  ["crls", ["crl"]],
  ["ocspResponses", ["ocsp", "ocspresponse", "staple"]],
  ["maxEntries", ["max", "maxsize", "size"]],
  ["timeoutMs", ["timeout"]],
  ["requireExplicit", ["requireexplicitpolicy"]],
  ["inhibitMapping", ["inhibitpolicymapping"]],
  ["inhibitAny", ["inhibitanypolicy"]],
  ["maxDepth", ["depth", "maxchaindepth", "verifydepth"]],
];
