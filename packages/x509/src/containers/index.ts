// The page of @tlskit/x509/containers: files that carry certificates and keys in other structures.

export { decryptPkcs8, encryptPkcs8 } from "./encrypted-pkcs8.ts";
export { certificatesFromPkcs7, type Pkcs7Contents, type Pkcs7Input, readPkcs7, writePkcs7 } from "./pkcs7.ts";
export type { Pkcs12Contents } from "./pkcs12.ts";
export { type ReadPkcs12Options, readPkcs12 } from "./read-pkcs12.ts";
export { type Pkcs12Input, type WritePkcs12Options, writePkcs12 } from "./write-pkcs12.ts";
