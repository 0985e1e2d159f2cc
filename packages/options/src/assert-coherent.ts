import type { CheckedOptions } from "./checked-options.ts";
import { OptionsError } from "./error.ts";

/**
 * Refuses options of which one makes another meaningless: each by itself is right, and one would have to be ignored.
 *
 * @throws OptionsError OPTION_CONFLICT, OPTION_MISSING
 */
export function assertCoherent(options: CheckedOptions): void {
  assertVerification(options);
  assertClientAuth(options);
  assertProtocols(options);
}

/** The error for options that contradict each other or their role. */
export function conflict(paths: readonly string[], rule: string, advice: string): OptionsError<"OPTION_CONFLICT"> {
  return new OptionsError("OPTION_CONFLICT", `${rule}: ${advice}.`, { paths: Object.freeze([...paths]), rule });
}

/** The options that say how the peer is verified. */
export const VERIFICATION_OPTIONS = ["trustRoot", "verifyDepth", "profile", "revocation"] as const;

function assertVerification(options: CheckedOptions): void {
  if (options.dangerouslySkipVerification !== true) return;
  const others = VERIFICATION_OPTIONS.filter((name) => options[name] !== undefined);
  if (others.length === 0) return;
  const paths = ["dangerouslySkipVerification", ...others];
  throw conflict(paths, `${paths.join(" and ")} are mutually exclusive`, "verify, or skip it");
}

function assertClientAuth(options: CheckedOptions): void {
  const { clientAuth, dangerouslySkipVerification: skip } = options;
  if (clientAuth === undefined) return;
  if (clientAuth === "none") {
    const others = [...VERIFICATION_OPTIONS, "dangerouslySkipVerification" as const].filter(
      (name) => options[name] !== undefined && options[name] !== false,
    );
    if (others.length === 0) return;
    const rule = `clientAuth: "none" leaves nothing for ${others.join(" and ")} to act on`;
    throw conflict(["clientAuth", ...others], rule, "ask for client certificates, or leave the others out");
  }
  if (options.trustRoot !== undefined || skip === true) return;
  throw new OptionsError(
    "OPTION_MISSING",
    `clientAuth: ${JSON.stringify(clientAuth)} needs trustRoot: name the CAs that may vouch for clients. The system's store would let in whoever holds any public certificate; if that is meant, say trustRoot: "platform".`,
    { path: "trustRoot", neededBy: "clientAuth" },
  );
}

function assertProtocols({ acceptableProtocols = [], requireProtocol = false }: CheckedOptions): void {
  if (requireProtocol === false) return;
  if (requireProtocol === true ? acceptableProtocols.length > 0 : acceptableProtocols.includes(requireProtocol)) return;
  const rule =
    requireProtocol === true
      ? "requireProtocol needs acceptableProtocols"
      : `requireProtocol ${JSON.stringify(requireProtocol)} is not among acceptableProtocols`;
  throw conflict(
    ["requireProtocol", "acceptableProtocols"],
    rule,
    "a protocol that is not offered is never negotiated",
  );
}
