/** A hash function, as WebCrypto spells it. MD5 is offered for fingerprints only, never for signatures. */
export type HashName = "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** The name of a hash function where one is given: as WebCrypto spells it, or in lower case. */
export type HashSpelling<Name extends HashName = HashName> = Name | Lowercase<Name>;
