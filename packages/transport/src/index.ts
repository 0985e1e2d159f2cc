export type {
  Address,
  ByteConnection,
  CloseOptions,
  Connection,
  ConnectOptions,
  HandshakeSettings,
  Listener,
  ListenerCloseOptions,
  ListenOptions,
  Negotiated,
  OpenedInfo,
  PlainConnection,
  RefusedPeer,
  RuntimeSocket,
  StartTlsOptions,
  Target,
  Transport,
} from "./contract.ts";
export type { AnyTransportError, ConnectionPhase, TransportErrorCode, TransportErrorDetails } from "./error.ts";
export { TransportError } from "./error.ts";
export type { ParsedTarget, ParseTargetOptions } from "./target.ts";
export { parseTarget } from "./target.ts";
