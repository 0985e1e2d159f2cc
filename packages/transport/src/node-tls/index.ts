export type { Flow, FlowBelow } from "./byte-channel.ts";
export { createSocketHandOver, type SocketHandOver, type SocketListening } from "./hand-over.ts";
export { type IdentityFiles, loadIdentity } from "./load-identity.ts";
export {
  type ControlledDuplex,
  currentRuntime,
  type NodeTlsRuntime,
  type RuntimeName,
  type ServerQuirks,
} from "./runtime.ts";
export { createNodeTlsTransport } from "./transport.ts";
