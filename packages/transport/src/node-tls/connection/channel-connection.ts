// What plain and TLS connections share: the channel, its streams, the addresses.

import type { Duplex } from "node:stream";
import type { Role } from "@tlskit/options";
import type { Address, ByteConnection, CloseOptions, OpenedInfo } from "../../contract.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import { closeTimeout } from "../settings/settings.ts";
import { ByteChannel, type ErrorMapper } from "./byte-channel.ts";
import { readableOf, writableOf } from "./byte-streams.ts";
import { invalidState } from "./channel-error.ts";
import type { Underneath } from "./raw-socket.ts";
import { type ShownAttributes, shownAddress, shownTag } from "./shown.ts";

/** What a connection is made of. */
export interface ChannelParts {
  readonly socket: Duplex;
  readonly mapError: ErrorMapper;
  readonly underneath: Underneath;
  readonly alpn?: string | undefined;
  /** Leaves the socket alone: it is about to be handed over. */
  readonly idle?: boolean;
  /** Whether the peer has not sent one byte since the handshake. */
  readonly isSilence?: (() => boolean) | undefined;
  /** Whether the system says that the connection is no more. */
  readonly isReset?: (() => boolean) | undefined;
}

/** What is shown of a connection. */
export interface ShownConnection {
  readonly name: string;
  readonly role: Role;
  readonly attributes: ShownAttributes;
}

/** See the head of this file. */
export abstract class ChannelConnection implements ByteConnection {
  readonly localAddress: Address | undefined;
  readonly remoteAddress: Address | undefined;
  readonly closed: Promise<void>;
  readonly #channel: ByteChannel;
  readonly #alpn: string | undefined;
  #opened: Promise<OpenedInfo> | undefined;
  #readable: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #writable: WritableStream<Uint8Array> | undefined;

  constructor({ socket, mapError, underneath, alpn, idle = false, isSilence, isReset }: ChannelParts) {
    this.localAddress = underneath.localAddress;
    this.remoteAddress = underneath.remoteAddress;
    this.#channel = new ByteChannel(socket, mapError, underneath, { idle, isSilence, isReset });
    this.closed = this.#channel.closed;
    this.#alpn = alpn;
  }

  get opened(): Promise<OpenedInfo> {
    const { localAddress, remoteAddress } = this;
    this.#opened ??= Promise.resolve({ localAddress, remoteAddress, alpn: this.#alpn });
    return this.#opened;
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.#readable ??= readableOf(this.#channel);
    return this.#readable;
  }

  get writable(): WritableStream<Uint8Array> {
    this.#writable ??= writableOf(this.#channel);
    return this.#writable;
  }

  read<B extends ArrayBufferLike = ArrayBuffer>(into?: Uint8Array<B>): Promise<Uint8Array<B> | null> {
    if (this.#readable?.locked) return Promise.reject(invalidState("read", "a readable stream that is not locked"));
    // Without `into`, in memory that the queue has made for the caller.
    return this.#channel.read(into) as Promise<Uint8Array<B> | null>;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#writable?.locked) return Promise.reject(invalidState("write", "a writable stream that is not locked"));
    return this.#channel.write(bytes);
  }

  closeWrite(): Promise<void> {
    if (this.#writable?.locked)
      return Promise.reject(invalidState("closeWrite", "a writable stream that is not locked"));
    return this.#channel.closeWrite();
  }

  async close(options?: CloseOptions): Promise<void> {
    await this.#channel.close(closeTimeout(options));
  }

  abort(reason?: unknown): void {
    this.#channel.abort(reason);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** For people: whom it joins, and whether it still does. */
  toString(): string {
    const { localAddress, remoteAddress, shownAs } = this;
    return shownTag(shownAs.name, {
      role: shownAs.role,
      remote: shownAddress(remoteAddress),
      local: shownAddress(localAddress),
      ...shownAs.attributes,
      state: this.#channel.state,
    });
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }

  /** What is said of it beside its ends and its state. */
  protected abstract get shownAs(): ShownConnection;

  /** Not a field: connections are printed. */
  protected get channel(): ByteChannel {
    return this.#channel;
  }

  /** Whether a stream of this connection is in someone's hands. */
  protected get hasLockedStream(): boolean {
    return (this.#readable?.locked ?? false) || (this.#writable?.locked ?? false);
  }
}
