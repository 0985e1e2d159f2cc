/** Resumption: what a client keeps of connections, and what a server issues. */

import { isGenuine, ownBytes, ownValues } from "../input/own-values.ts";
import { wrongType, wrongValue } from "../input/wrong-value.ts";
import { SessionCache, type SessionStore } from "../session-cache.ts";
import { conflict } from "./conflict.ts";
import { checkBoolean, type ValueCheck } from "./option-values.ts";
import { SecretBytes } from "./secret-bytes.ts";

/** The option `sessions`; `true` is `{}`. */
export type SessionOptions = ClientSessionOptions | ServerSessionOptions;

/** What a client keeps of connections. */
export interface ClientSessionOptions {
  /** Where sessions are kept; default: a `SessionCache` of these options' own. */
  readonly store?: SessionStore | undefined;
  readonly ticketSecret?: undefined;
  readonly rotateAfter?: undefined;
}

/** What a server issues. */
export interface ServerSessionOptions {
  readonly store?: undefined;
  /**
   * A secret of at least 32 bytes that processes of one service share, so that each takes the others' tickets. Default: a
   * secret of the process. The keys of tickets are derived from it, others for every identity, trust and time. Not for
   * servers that ask for client certificates: what clients have presented is kept in the process.
   */
  readonly ticketSecret?: Uint8Array | undefined;
  /** After how many seconds other keys are used; default 3600. A ticket of older keys makes a full handshake. */
  readonly rotateAfter?: number | undefined;
}

/** The same, checked. */
export interface CheckedSessions {
  /** Where a client keeps sessions; `undefined`: in a cache of its own. */
  readonly store: SessionStore | undefined;
  /** What a server derives the keys of its tickets from; `undefined`: a secret of the process. */
  readonly ticketSecret: SecretBytes | undefined;
  /** In seconds; `undefined`: 3600. */
  readonly rotateAfter: number | undefined;
}

/** Checks `sessions`. */
export const checkSessions: ValueCheck<CheckedSessions | false> = (value, path) => {
  if (typeof value === "boolean") return checkBoolean(value, path) && NONE_GIVEN;
  if (typeof value !== "object") throw wrongType(path, "true, false or a plain object", value);
  if (value instanceof SessionCache)
    throw wrongType(path, "true, false or a plain object", value, "a cache: write { store: cache }");
  const own = ownValues(value, path, ["store", "ticketSecret", "rotateAfter"]);
  if (own.store !== undefined && (own.ticketSecret !== undefined || own.rotateAfter !== undefined)) {
    const rule = `${path}.store is for clients, and the keys of tickets are for servers`;
    const names = (["store", "ticketSecret", "rotateAfter"] as const).filter((name) => own[name] !== undefined);
    throw conflict(
      names.map((name) => `${path}.${name}`),
      rule,
      "make options for each side",
    );
  }
  return Object.freeze({
    store: own.store === undefined ? undefined : checkStore(own.store, `${path}.store`),
    ticketSecret: own.ticketSecret === undefined ? undefined : checkSecret(own.ticketSecret, `${path}.ticketSecret`),
    rotateAfter: own.rotateAfter === undefined ? undefined : checkSeconds(own.rotateAfter, `${path}.rotateAfter`),
  });
};

const NONE_GIVEN: CheckedSessions = Object.freeze({
  store: undefined,
  ticketSecret: undefined,
  rotateAfter: undefined,
});

function checkStore(value: unknown, path: string): SessionStore {
  const { take, put } = (typeof value === "object" && value !== null ? value : {}) as Partial<SessionStore>;
  if (typeof take === "function" && typeof put === "function") return value as SessionStore;
  throw wrongType(path, "a SessionStore, with take and put", value);
}

/** Whatever is given in its place may be a secret, too: it is not shown. */
function checkSecret(value: unknown, path: string): SecretBytes {
  if (typeof value === "string") throw wrongType(path, "a Uint8Array", undefined, "a text, which is no random bytes");
  const given = value instanceof SecretBytes && isGenuine(() => value.reveal()) ? value.reveal() : value;
  const secret = ownBytes(given, path);
  if (secret.byteLength >= 32) return value instanceof SecretBytes ? value : new SecretBytes(secret);
  throw wrongValue(path, "at least 32 bytes", `${secret.byteLength} bytes`);
}

function checkSeconds(value: unknown, path: string): number {
  if (typeof value !== "number") throw wrongType(path, "a number of seconds", value);
  // RFC 8446, section 4.6.1: no ticket lives longer than a week.
  if (Number.isInteger(value) && value >= 1 && value <= 604_800) return value;
  throw wrongValue(path, "a whole number from 1 to 604800", String(value));
}
