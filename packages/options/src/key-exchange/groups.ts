import type { CapabilityName } from "../capabilities.ts";

/** A group for key exchange, by the name that the field uses. */
export type KeyExchangeGroup =
  | "X25519MLKEM768"
  | "SecP256r1MLKEM768"
  | "SecP384r1MLKEM1024"
  | "X25519"
  | "X448"
  | "P-256"
  | "P-384"
  | "P-521"
  | "ffdhe2048"
  | "ffdhe3072"
  | "ffdhe4096"
  | "ffdhe6144"
  | "ffdhe8192";

/** What is known of a group. */
export interface KeyExchangeGroupInfo {
  /** In the registry "TLS Supported Groups" of IANA. */
  readonly ianaName: string;
  /** IANA's number. */
  readonly id: number;
  /** What a runtime must have for it. */
  readonly capability: CapabilityName;
}

/** The groups that can be chosen. `X25519MLKEM768` and its like resist quantum computers. */
export const GROUPS: Readonly<Record<KeyExchangeGroup, KeyExchangeGroupInfo>> = /* @__PURE__ */ Object.freeze({
  X25519MLKEM768: group("X25519MLKEM768", 0x11ec, "group-x25519-ml-kem-768"),
  SecP256r1MLKEM768: group("SecP256r1MLKEM768", 0x11eb, "group-p256-ml-kem-768"),
  SecP384r1MLKEM1024: group("SecP384r1MLKEM1024", 0x11ed, "group-p384-ml-kem-1024"),
  X25519: group("x25519", 29, "groups"),
  X448: group("x448", 30, "group-x448"),
  "P-256": group("secp256r1", 23, "groups"),
  "P-384": group("secp384r1", 24, "groups"),
  "P-521": group("secp521r1", 25, "groups"),
  ffdhe2048: group("ffdhe2048", 256, "group-ffdhe"),
  ffdhe3072: group("ffdhe3072", 257, "group-ffdhe"),
  ffdhe4096: group("ffdhe4096", 258, "group-ffdhe"),
  ffdhe6144: group("ffdhe6144", 259, "group-ffdhe"),
  ffdhe8192: group("ffdhe8192", 260, "group-ffdhe"),
});

/** All names. */
export const GROUP_NAMES: readonly KeyExchangeGroup[] = Object.freeze(Object.keys(GROUPS) as KeyExchangeGroup[]);

/**
 * What is offered unless something else is asked for, as far as the runtime has it: Mozilla's guidelines 5.8, and P-521,
 * because in TLS 1.2 a certificate's curve must be among them (RFC 8422, section 5.1). The first one protects what is
 * recorded today from the quantum computers of tomorrow.
 */
export const DEFAULT_GROUPS: readonly KeyExchangeGroup[] = Object.freeze([
  "X25519MLKEM768",
  "X25519",
  "P-256",
  "P-384",
  "P-521",
]);

/** Other names of the same groups, for suggestions. */
export const GROUP_ALIASES: Readonly<Record<string, KeyExchangeGroup>> = {
  x25519: "X25519",
  x448: "X448",
  secp256r1: "P-256",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

function group(ianaName: string, id: number, capability: CapabilityName): KeyExchangeGroupInfo {
  return Object.freeze({ ianaName, id, capability });
}
