import { TlsKitError } from "@tlskit/x509";
import { invalid } from "../input/invalid.ts";
import type { Distrust, TransparencyLog, TrustAnchors } from "./trust-anchors.ts";

/** What a trust store says about whole paths, checked; undefined where it says nothing. */
export interface TrustLimits {
  /** Lower-case hex of the pinned keys' SHA-256. */
  readonly pins: ReadonlySet<string> | undefined;
  readonly distrusts: NonNullable<TrustAnchors["distrusts"]> | undefined;
  /** By the lower-case hex of their ids. */
  readonly logs: ReadonlyMap<string, TransparencyLog> | undefined;
}

/** Nothing is limited. */
export const NO_LIMITS: TrustLimits = { pins: undefined, distrusts: undefined, logs: undefined };

/** @throws VerifyArgumentError naming what is wrong with the trust store */
export function readTrustLimits(trust: TrustAnchors): TrustLimits {
  const { pins } = trust;
  const logs = hasNone(trust.logs) ? undefined : trust.logs;
  if (pins === undefined && logs === undefined && trust.distrusts === undefined) return NO_LIMITS;
  if (trust.distrusts !== undefined && typeof trust.distrusts !== "function") {
    throw invalid("trust.distrusts", "a function", trust.distrusts);
  }
  return {
    pins: pins && readPins(pins),
    logs: logs && readLogs(logs),
    distrusts: trust.distrusts?.bind(trust),
  };
}

/** The pins as lower-case hex. @throws VerifyArgumentError for none, and for what is no SHA-256 */
export function readPins(pins: unknown, argument = "trust.pins"): ReadonlySet<string> {
  const list = Array.isArray(pins) ? pins : [];
  if (list.length === 0) throw invalid(argument, "a list of one pin or more", pins);
  return new Set(
    list.map((pin: unknown, index) => {
      const hash: unknown = typeof pin === "object" && pin !== null ? Reflect.get(pin, "sha256") : undefined;
      if (!(hash instanceof Uint8Array) || hash.length !== 32) {
        const advice = '{ sha256: publicKey.spkiHash("sha-256", { format: "bytes" }) } is a pin.';
        throw invalid(`${argument}[${index}].sha256`, "the 32 bytes of a SHA-256", hash, advice);
      }
      return toHex(hash);
    }),
  );
}

/** What a block list says about a certificate, read strictly: an answer that is none must not let it pass. */
export function readDistrust(answer: unknown): Distrust | undefined {
  if (answer === undefined) return undefined;
  const { by, source }: { by?: unknown; source?: unknown } =
    typeof answer === "object" && answer !== null ? answer : {};
  const isRight = KINDS.some((kind) => kind === by) && (source === undefined || typeof source === "string");
  if (!isRight) throw invalid("trust.distrusts()", "undefined, or what of the certificate is listed", answer);
  return answer as Distrust;
}

function readLogs(logs: unknown): ReadonlyMap<string, TransparencyLog> {
  if (!Array.isArray(logs)) throw invalid("trust.logs", "a list of logs", logs);
  return new Map(
    logs.map((log: TransparencyLog, index) => {
      try {
        return [log.key.spkiHash(), log] as const;
      } catch (error) {
        if (TlsKitError.is(error) || error instanceof TypeError)
          throw invalid(`trust.logs[${index}].key`, "a PublicKey", log);
        throw error;
      }
    }),
  );
}

function hasNone(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const KINDS: readonly Distrust["by"][] = ["certificate", "key", "serial-number"];
