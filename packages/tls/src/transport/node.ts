export {
  capabilities,
  connect,
  http2Connection,
  httpsAgent,
  listen,
  loadIdentity,
  peerOf,
  serveHttp2,
  serveHttps,
  startTls,
  wrapTls,
} from "@tlskit/transport-node";
