/** What must compile, and what must not. Checked by tsc: an unused `@ts-expect-error` is an error itself. */
import type {
  Connection,
  ConnectOptions,
  Listener,
  ListenOptions,
  PlainConnection,
  Transport,
  UnixAddress,
  UnixListenOptions,
} from "./contract.ts";

declare const transport: Transport;
declare const listenOptions: ListenOptions;

/** Options in a variable of their type, as programs keep them. */
export async function optionsInVariables(): Promise<void> {
  const options: ConnectOptions = { handshakeTimeoutMs: 5000 };
  const either: Connection | PlainConnection = await transport.connect("localhost:1", options);
  const secure: Connection = either.encrypted ? either : await either.startTls();
  await secure.close();
  const listener: Listener | Listener<PlainConnection> = await transport.listen(listenOptions);
  for await (const connection of listener) await connection.close();
  // @ts-expect-error it may be in clear
  const _wrong: Connection = await transport.connect("localhost:1", options);
}

/** Options in place: the type is the one that comes out. */
export async function optionsInPlace(): Promise<void> {
  const secure: Connection = await transport.connect("localhost:1");
  const plain: PlainConnection = await transport.connect("localhost:1", { secureTransport: "starttls" });
  const listener: Listener<PlainConnection> = await transport.listen({ ...listenOptions, secureTransport: "starttls" });
  await Promise.all([secure.close(), plain.close(), listener.close()]);
}

/** Whatever is known at run time only has a type that says what may come out. */
export async function knownAtRunTime(unix: UnixListenOptions): Promise<void> {
  const listener: Listener<Connection, UnixAddress> | Listener<PlainConnection, UnixAddress> =
    await transport.listen(unix);
  await listener.close();
}

/** What is received goes where the platform takes bytes. */
export async function bytesForThePlatform(connection: Connection): Promise<void> {
  const bytes = await connection.read();
  if (bytes !== null) await crypto.subtle.digest("SHA-256", bytes);
  const mine: Uint8Array = new Uint8Array(16);
  const filled: Uint8Array | null = await connection.read(mine);
  await connection.write(filled ?? mine);
  for await (const text of connection.readable.pipeThrough(new TextDecoderStream())) text.trim();
}
