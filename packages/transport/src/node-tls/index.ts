export type { Flow, FlowBelow } from "./connection/flow.ts";
export type { CloseMessage, HandshakeMessage, ListenMessage, RefusalMessage } from "./diagnostics.ts";
export {
  createSocketHandOver,
  peerOf,
  type SocketHandOver,
  type SocketListening,
  type VerifiedPeer,
  type VerifiedSocket,
} from "./hand-over.ts";
export type { ClientHandOverOptions } from "./http/client-hand-over.ts";
export { createHttpHandOver, type HttpHandOver } from "./http/http-hand-over.ts";
export type { HttpService, HttpServiceOptions, UnixHttpServiceOptions } from "./http/http-service.ts";
export type { Http2Options } from "./http/http2-connection.ts";
export type { HttpsAgentOptions } from "./http/https-agent.ts";
export type { SecureHandler } from "./http/serve-http2.ts";
export type { UndiciConnectOptions, UndiciConnector } from "./http/undici-connector.ts";
export {
  IdentityChangeEvent,
  IdentityErrorEvent,
  type IdentityEventMap,
  IdentityExpiringEvent,
  IdentityWatcher,
  type IdentityWatchOptions,
} from "./identity/identity-watcher.ts";
export { type IdentityFiles, loadIdentity } from "./identity/load-identity.ts";
export { namePeer } from "./name-peer.ts";
export { alertName, fatalAlert } from "./native/alert-names.ts";
export { type NativeApi, type NativePlan, nativePlan, unlimitedAnchors } from "./native/native-hand-over.ts";
export {
  type ControlledDuplex,
  currentRuntime,
  type NodeTlsRuntime,
  type RuntimeName,
  type SeenInClear,
  type ServerQuirks,
} from "./runtime.ts";
export { filePath } from "./settings/file-path.ts";
export { type FileTrouble, fileTrouble } from "./settings/file-trouble.ts";
export { ownSettings, type Unchecked } from "./settings/own-settings.ts";
export { createNodeTlsTransport } from "./transport.ts";
