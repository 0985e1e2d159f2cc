import { VerifyArgumentError } from "./argument-error.ts";

/** The error for an argument that nobody reads: a misspelt `name` must not verify without one. */
export function strayArgument(stray: string, names: readonly string[]): VerifyArgumentError {
  const meant = ALIASES.find(([name, aliases]) => names.includes(name) && aliases.includes(stray.toLowerCase()));
  const advice = meant === undefined ? undefined : `It is called ${meant[0]} here.`;
  return new VerifyArgumentError(stray, `left out: it is none of ${names.join(", ")}`, "given", advice);
}

// What others call them.
const ALIASES: readonly (readonly [string, readonly string[]])[] = [
  ["leaf", ["cert", "certificate", "peercertificate"]],
  ["intermediates", ["chain", "pool", "untrusted"]],
  ["trust", ["anchors", "ca", "roots", "trusted", "trustanchors", "trustroot"]],
  ["at", ["currenttime", "date", "now", "time", "validationtime"]],
  ["purpose", ["extendedkeyusage", "keyusages", "usage"]],
  ["name", ["dnsname", "host", "hostname", "identity", "servername"]],
  ["maxDepth", ["depth", "maxchaindepth", "verifydepth"]],
];
