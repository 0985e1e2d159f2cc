export { capabilities, connect, listen, loadIdentity, startTls } from "@tlskit/transport-bun";
