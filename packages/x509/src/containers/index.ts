// The page of @tlskit/x509/containers: files that carry certificates and keys in other structures.

export { decryptPkcs8, encryptPkcs8 } from "./encrypted-pkcs8.ts";
export { certificatesFromPkcs7 } from "./pkcs7.ts";
