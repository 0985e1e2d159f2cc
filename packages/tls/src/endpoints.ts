// Endpoint strings, as Twisted has them: where to connect or listen, and with which files, in one line of configuration.

export { quoteStringArgument } from "./endpoints/arguments.ts";
export {
  type CarrierEndpoint,
  type ClientEndpoint,
  type OtherEndpoint,
  parseClientEndpoint,
} from "./endpoints/client-endpoint.ts";
export { type Carrier, type ConnectEndpointOptions, connectEndpoint } from "./endpoints/connect-endpoint.ts";
export { IdentityDirectory, type IdentityDirectoryOptions } from "./endpoints/identity-directory.ts";
export type { SkippedFile } from "./endpoints/identity-folder.ts";
export { type ListenEndpointOptions, listenEndpoint } from "./endpoints/listen-endpoint.ts";
export { type EndpointIdentity, parseServerEndpoint, type ServerEndpoint } from "./endpoints/server-endpoint.ts";
export type { EndpointTls } from "./endpoints/tls-arguments.ts";
export { type AnyEndpointError, EndpointError, type EndpointErrorCode, type EndpointErrorDetails } from "./error.ts";
