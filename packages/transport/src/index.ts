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
  ListenSettings,
  Negotiated,
  OpenedInfo,
  PlainConnection,
  RefusedPeer,
  RuntimeSocket,
  StartTlsOptions,
  StreamPair,
  Target,
  Transport,
  UnixAddress,
  UnixListenOptions,
  UnixTarget,
  UpgradeOptions,
  WrapTlsOptions,
} from "./contract.ts";
export type {
  AnyTransportError,
  ConnectionPhase,
  Destination,
  TransportErrorCode,
  TransportErrorDetails,
} from "./error.ts";
export { TransportError } from "./error.ts";
export type { ParsedTarget, ParseTargetOptions } from "./target.ts";
export { parseTarget } from "./target.ts";
