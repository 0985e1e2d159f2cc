export type { Flow, FlowBelow } from "./byte-channel.ts";
export {
  createSocketHandOver,
  peerOf,
  type SocketHandOver,
  type SocketListening,
  standsFor,
  type VerifiedPeer,
} from "./hand-over.ts";
export { type IdentityFiles, loadIdentity } from "./load-identity.ts";
export { ownSettings, type Unchecked } from "./own-settings.ts";
export {
  type ControlledDuplex,
  currentRuntime,
  type NodeTlsRuntime,
  type RuntimeName,
  type ServerQuirks,
} from "./runtime.ts";
export { createNodeTlsTransport } from "./transport.ts";
