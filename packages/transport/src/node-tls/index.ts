export { createSocketHandOver, type SocketHandOver, type SocketListening } from "./hand-over.ts";
export { type IdentityFiles, loadIdentity } from "./load-identity.ts";
export { currentRuntime, type NodeTlsRuntime, type RuntimeName } from "./runtime.ts";
export { createNodeTlsTransport } from "./transport.ts";
