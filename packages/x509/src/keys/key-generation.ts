// What key to make: the choice, checked, as a row of the table.

import { badArgument, fromArgument, shownValue, takeOwn } from "../argument.ts";
import { derOid, derSequence } from "../der/writer.ts";
import type { HashSpelling } from "../digest/hash-name.ts";
import { hashNamed } from "../digest/hash-named.ts";
import { X509Error } from "../error.ts";
import { type SignatureAlgorithmName, signatureAlgorithm } from "../signature/signature-algorithm.ts";
import {
  type CurveName,
  type KeyAlgorithm,
  keyAlgorithmByType,
  keyAlgorithms,
  RSA,
  RSASSA_PSS_OID,
} from "./key-algorithm.ts";

/** The kinds of keys that are made. */
export type GeneratedKeyType =
  | "ecdsa"
  | "rsa"
  | "rsa-pss"
  | "ed25519"
  | "ed448"
  | "ml-dsa-44"
  | "ml-dsa-65"
  | "ml-dsa-87";

/**
 * What key to make. `bits` is the size of an RSA modulus: 2048 (the default) to 16384, a multiple of 8.
 *
 * An `rsa-pss` key is bound to RSASSA-PSS (RFC 4055); with `hash` also to that hash, and to a salt of at least its size.
 */
export type KeyGenerationOptions =
  | { readonly type: "ecdsa"; readonly curve?: CurveName | undefined }
  | { readonly type: "rsa"; readonly bits?: number | undefined }
  | {
      readonly type: "rsa-pss";
      readonly bits?: number | undefined;
      readonly hash?: HashSpelling<"SHA-256" | "SHA-384" | "SHA-512"> | undefined;
    }
  | { readonly type: "ed25519" | "ed448" | "ml-dsa-44" | "ml-dsa-65" | "ml-dsa-87" };

/** All that can be asked for of some kind. */
interface KeyGenerationChoices {
  readonly type: string;
  readonly curve?: CurveName | undefined;
  readonly bits?: number | undefined;
  readonly hash?: string | undefined;
}

/** The choice, checked: what the backend makes, and the AlgorithmIdentifier of a key bound to RSASSA-PSS. */
export interface KeyGenerationChoice {
  readonly algorithm: KeyAlgorithm;
  /** Counts for RSA only. */
  readonly bits: number;
  readonly pssIdentifier?: Uint8Array;
}

/** @throws X509Error KEY_WEAK, ARGUMENT_INVALID */
export function chooseKey(options: KeyGenerationOptions | GeneratedKeyType): KeyGenerationChoice {
  const details = typeof options === "string" ? { type: options } : options;
  return fromArgument("options", "a kind of key, or an object with a type", () => choose(details));
}

function choose(given: KeyGenerationOptions): KeyGenerationChoice {
  const own = takeOwn(given, ALL, "options");
  const { type } = own;
  if (typeof type !== "string") throw badArgument("type", "a kind of key, such as ecdsa");
  const names = Object.hasOwn(choices, type) ? new Set(choices[type].split(" ")) : ALL;
  const { bits, curve: named, hash } = takeOwn<KeyGenerationChoices>(own, names, "options");
  if (type === "rsa") return chooseRsa(type, bits);
  if (type === "rsa-pss") return { ...chooseRsa(type, bits), pssIdentifier: pssIdentifier(hash) };
  const curve = type === "ecdsa" ? (named ?? "P-256") : undefined;
  const algorithm = keyAlgorithmByType(type, curve);
  if (algorithm !== undefined) return { algorithm, bits: 0 };
  if (curve === undefined)
    throw badArgument("type", `one of ${Object.keys(choices).join(", ")}`, undefined, shownValue(type));
  const curves = keyAlgorithms().flatMap((row) => (row.curve === undefined ? [] : [row.curve.name]));
  throw badArgument("curve", `one of ${curves.join(", ")}`, undefined, shownValue(curve));
}

function chooseRsa(type: "rsa" | "rsa-pss", bits: number = minimumRsaBits): KeyGenerationChoice {
  if (!Number.isInteger(bits) || bits % 8 !== 0 || bits > 16_384) {
    throw badArgument("bits", "a multiple of 8 up to 16384");
  }
  if (bits < minimumRsaBits) {
    throw new X509Error("KEY_WEAK", `an RSA key of ${bits} bits can be broken: at least ${minimumRsaBits} are needed`, {
      type,
      bits,
      minimum: minimumRsaBits,
    });
  }
  return { algorithm: RSA, bits };
}

/** RFC 4055 section 1.2: without parameters the key may be used with any hash. */
function pssIdentifier(hash: string | undefined): Uint8Array {
  if (hash === undefined) return derSequence(derOid(RSASSA_PSS_OID));
  return signatureAlgorithm(
    `rsassaPss-${hashNamed(hash, "hash", pssHashes).replace("-", "")}` as SignatureAlgorithmName,
  ).der;
}

/** What counts for each type: a `size` that is passed over would make a shorter key than was asked for. */
const choices: Readonly<Record<GeneratedKeyType, string>> = {
  ecdsa: "type curve",
  rsa: "type bits",
  "rsa-pss": "type bits hash",
  ed25519: "type",
  ed448: "type",
  "ml-dsa-44": "type",
  "ml-dsa-65": "type",
  "ml-dsa-87": "type",
};

const ALL: ReadonlySet<string> = /* @__PURE__ */ new Set(["bits", "curve", "hash", "type"]);
const minimumRsaBits = 2048;
const pssHashes = ["SHA-256", "SHA-384", "SHA-512"] as const;
