export { capabilities, connect, listen, loadIdentity, startTls, wrapTls } from "@tlskit/transport-deno";
