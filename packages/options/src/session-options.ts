/** Resumption: what a client keeps of connections, and what a server issues. */
import { checkBoolean, type ValueCheck, wrongType, wrongValue } from "./option-values.ts";
import { ownBytes, ownValues } from "./own-values.ts";
import { SecretBytes } from "./secret-bytes.ts";
import type { SessionStore } from "./session-cache.ts";

/** The option `sessions`; `true` is `{}`. */
export interface SessionOptions {
  /** Clients: where sessions are kept; default: a `SessionCache` of these options' own. */
  readonly store?: SessionStore;
  /**
   * Servers: a secret of at least 32 bytes that processes of one service share, so that each takes the others' tickets.
   * Default: a secret of the process. The keys of tickets are derived from it, others for every identity, trust and
   * time.
   */
  readonly ticketSecret?: Uint8Array;
  /** Servers: after how many seconds other keys are used; default 3600. A ticket of older keys makes a full handshake. */
  readonly rotateAfter?: number;
}

/** The same, checked. */
export interface CheckedSessions {
  readonly store: SessionStore | undefined;
  readonly ticketSecret: SecretBytes | undefined;
  readonly rotateAfter: number | undefined;
}

/** Checks `sessions`. */
export const checkSessions: ValueCheck<CheckedSessions | false> = (value, path) => {
  if (typeof value === "boolean") return checkBoolean(value, path) && NONE_GIVEN;
  const own = ownValues(value, path, ["store", "ticketSecret", "rotateAfter"]);
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

function checkSecret(value: unknown, path: string): SecretBytes {
  if (value instanceof SecretBytes) return value;
  const secret = ownBytes(value, path);
  if (secret.byteLength >= 32) return new SecretBytes(secret);
  throw wrongValue(path, "at least 32 bytes", `${secret.byteLength} bytes`);
}

function checkSeconds(value: unknown, path: string): number {
  if (typeof value !== "number") throw wrongType(path, "a number of seconds", value);
  // RFC 8446, section 4.6.1: no ticket lives longer than a week.
  if (Number.isInteger(value) && value >= 1 && value <= 604_800) return value;
  throw wrongValue(path, "a whole number from 1 to 604800", String(value));
}
