/** Names of Twisted's that are on their way out: what can be done safely, and errors that say what to write instead. */
export { ClientContextFactory } from "./client-context-factory.ts";
export { ContextFactory } from "./context-factory.ts";
export { DefaultOpenSSLContextFactory } from "./default-openssl-context-factory.ts";
export { isSupported } from "./is-supported.ts";
export { privateCertificateOptions } from "./private-certificate-options.ts";
export { type ContextFactoryLike, toOptions } from "./to-options.ts";
export { type TwistedArguments, twistedCertificateOptions } from "./twisted-certificate-options.ts";
export { twistedDefaultCiphers } from "./twisted-ciphers.ts";
