import type { HashName } from "../digest/hash-name.ts";

/** How a signature is computed, without the encoding of its name: what a cryptographic library needs to be told. */
export type SignatureScheme =
  | { readonly kind: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly kind: "rsa-pss"; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: "ecdsa"; readonly hash: HashName }
  | { readonly kind: "dsa"; readonly hash: HashName }
  | { readonly kind: "pure" };
