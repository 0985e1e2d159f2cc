// One end of a connection that does not read until it is told to. Lines of JSON in both directions: in come what to do, and
// then the permission to read; out go where it listens, and what it has read in the end.

import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import type { ByteConnection } from "@tlskit/transport";
import { Certificate, PrivateCertificate } from "@tlskit/x509";
import { connect, listen } from "../src/index.ts";

/** What to do. */
export interface FlowOrder {
  readonly role: "client" | "server";
  readonly secureTransport: "on" | "starttls";
  readonly version: "TLSv1.2" | "TLSv1.3";
  readonly port: number;
  readonly ca: string;
  readonly identity: string;
  /** How long to stay away from the connection between two reads, now and then. */
  readonly pauseMs: number;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function nextLine(): Promise<string> {
  const { value } = await lines.next();
  return value ?? "";
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function open(order: FlowOrder): Promise<ByteConnection> {
  const versions = {
    raiseMinimumTo: order.version,
    ...(order.version === "TLSv1.2" && { lowerMaximumSecurityTo: order.version }),
  };
  const { secureTransport } = order;
  if (order.role === "client") {
    const tls = optionsForClientTLS("localhost", { trustRoot: Certificate.fromPem(order.ca), ...versions });
    return connect(`127.0.0.1:${order.port}`, { tls, secureTransport });
  }
  const tls = new CertificateOptions({ identity: await PrivateCertificate.fromPem(order.identity), ...versions });
  const listener = await listen({ host: "127.0.0.1", port: 0, tls, secureTransport });
  say({ port: listener.address.port });
  return listener.accept();
}

const order = JSON.parse(await nextLine()) as FlowOrder;
const before = process.memoryUsage().rss;
const connection = await open(order);
say({ open: true });
await nextLine();
say({ grown: process.memoryUsage().rss - before });
const hash = createHash("sha256");
let length = 0;
let reads = 0;
for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
  hash.update(bytes);
  length += bytes.byteLength;
  if (order.pauseMs > 0 && ++reads % 97 === 0) await new Promise((resolve) => setTimeout(resolve, order.pauseMs));
}
await connection.closeWrite();
await connection.closed;
say({ length, sha256: hash.digest("hex") });
process.exit(0);
