export {
  capabilities,
  connect,
  http2Connection,
  httpsAgent,
  IdentityWatcher,
  listen,
  loadIdentity,
  peerOf,
  serveHttp2,
  serveHttps,
  startTls,
  wrapTls,
} from "@tlskit/transport-deno";
