import { invalid } from "../input/invalid.ts";
import { refuseStray } from "../input/stray-argument.ts";
import type { RevocationInput, RevocationMode } from "./revocation-input.ts";

/** What is done about revocation, checked, with the defaults filled in. */
export interface RevocationSettings {
  readonly mode: RevocationMode;
  readonly scope: "leaf" | "path";
  /** Seconds; undefined: as long as the source says itself. */
  readonly maxAge: number | undefined;
}

/** Checks everything but the sources themselves. @throws VerifyArgumentError naming the argument */
export function readRevocation(input: RevocationInput | undefined): RevocationSettings {
  if (input === undefined) return { mode: "ignore", scope: "path", maxAge: undefined };
  if (typeof input !== "object" || input === null) {
    throw invalid("revocation", "an object", input, 'Write { mode: "prefer" } or { mode: "require" }, with sources.');
  }
  refuseStray(input, KEYS, "revocation");
  const { mode, scope = "path", maxAge, fetch } = input;
  if (!MODES.includes(mode)) throw invalid("revocation.mode", `one of ${MODES.join(", ")}`, mode);
  if (!SCOPES.includes(scope)) throw invalid("revocation.scope", `one of ${SCOPES.join(", ")}`, scope);
  if (maxAge !== undefined && !(Number.isFinite(maxAge) && maxAge >= 0)) {
    throw invalid("revocation.maxAge", "seconds, 0 or more", maxAge);
  }
  if (fetch !== undefined && typeof fetch !== "function") throw invalid("revocation.fetch", "a function", fetch);
  return { mode, scope, maxAge };
}

const KEYS: readonly string[] = ["mode", "scope", "crls", "ocspResponses", "maxAge", "fetch"];
const MODES: readonly RevocationMode[] = ["ignore", "prefer", "require"];
const SCOPES: readonly string[] = ["leaf", "path"];
