import { OptionsError } from "../error.ts";
import type { CheckedOptions } from "./checked-options.ts";
import { conflict } from "./conflict.ts";
import type { CheckedSessions } from "./session-options.ts";

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

/**
 * Refuses, on a server that asks for client certificates, sessions that it could not verify again: a ticket holds no
 * chain, so the server keeps it, for the clients that it has verified itself.
 *
 * @throws OptionsError OPTION_CONFLICT
 */
export function assertClientSessions(sessions: CheckedSessions, isVerified: boolean): void {
  if (!isVerified) {
    const rule = "a server keeps for resumption what verified clients have presented, and this one verifies nobody";
    throw conflict(["sessions", "dangerouslySkipVerification"], rule, "leave out one of the two");
  }
  if (sessions.ticketSecret === undefined) return;
  const rule =
    "the chains of clients are kept in the process that issued the ticket: another one could not verify them";
  throw conflict(["sessions.ticketSecret", "clientAuth"], rule, "leave ticketSecret out, or ask for no certificates");
}

/**
 * Refuses what means nothing to a client.
 *
 * @throws OptionsError OPTION_CONFLICT
 */
export function assertNoServerOptions(isGiven: (name: ServerOption) => boolean): void {
  for (const [name, advice] of SERVER_OPTIONS) {
    if (isGiven(name)) throw conflict([name], `${name} is for servers only`, advice);
  }
}

/**
 * Refuses what only makes tickets.
 *
 * @throws OptionsError OPTION_CONFLICT
 */
export function assertNoTicketKeys(sessions: CheckedSessions | undefined): void {
  const { ticketSecret, rotateAfter } = sessions ?? {};
  if (ticketSecret === undefined && rotateAfter === undefined) return;
  const paths = ["sessions.ticketSecret", "sessions.rotateAfter"];
  throw conflict(paths, "the keys of tickets are for servers only", "a client keeps sessions in sessions.store");
}

/** An option that means nothing to a client. */
export type ServerOption = (typeof SERVER_OPTIONS)[number][0];

/** With what a client does instead. */
const SERVER_OPTIONS = [
  ["clientAuth", "a client is asked, and answers with its identity"],
  ["clientIntermediates", "a client completes the path of a server with the intermediates of its trustRoot"],
  ["dhParameters", "a client takes the group that the server has"],
  ["contextForServerName", "a client has one identity, and shows it if the server asks"],
  ["ocspStaple", "a client asks for staples: revocation.staple"],
] as const;

/** The options that say how the peer is verified. */
export const VERIFICATION_OPTIONS = [
  "trustRoot",
  "clientIntermediates",
  "verifyDepth",
  "profile",
  "revocation",
] as const;

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
  if (options.sessions !== undefined && options.sessions !== false)
    assertClientSessions(options.sessions, skip !== true);
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
