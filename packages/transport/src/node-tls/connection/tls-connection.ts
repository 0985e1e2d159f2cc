// A TLS connection whose peer has passed the gate.

import type { TLSSocket } from "node:tls";
import { type CompiledOptions, isTLSVersion, type NegotiableTLSVersion, type Role } from "@tlskit/options";
import type { VerifiedPath } from "@tlskit/verify";
import { Certificate, type PrivateCertificate } from "@tlskit/x509";
import type { Connection, Negotiated } from "../../contract.ts";
import { certificateOf } from "../gate/known-certificates.ts";
import type { PresentedChain } from "../gate/peer-chain.ts";
import { mapNativeError } from "../native/native-error.ts";
import { upsert } from "../native/native-options.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { ChannelConnection, type ShownConnection } from "./channel-connection.ts";
import { exportKeyingMaterial } from "./exporter.ts";
import type { Underneath } from "./raw-socket.ts";
import { shownTls } from "./shown.ts";

/** What a verified connection is made of. */
export interface TlsConnectionParts {
  readonly socket: TLSSocket;
  readonly underneath: Underneath;
  readonly compiled: CompiledOptions;
  readonly alpn: string | undefined;
  readonly verifiedPath: VerifiedPath | undefined;
  readonly presented: PresentedChain;
  readonly isResumed: boolean;
  readonly runtime: NodeTlsRuntime;
  readonly isSilence?: (() => boolean) | undefined;
}

/** See the head of this file. Only `admit` makes one. */
export class TlsConnection extends ChannelConnection implements Connection {
  readonly encrypted = true;
  readonly role: Role;
  readonly peerCertificate: Certificate | undefined;
  readonly peerChain: readonly Certificate[];
  readonly verifiedPath: VerifiedPath | undefined;
  readonly dangerouslyUnverified: boolean;
  readonly localCertificate: Certificate | undefined;
  readonly negotiated: Negotiated;
  readonly #socket: TLSSocket;
  readonly #runtime: NodeTlsRuntime;

  constructor(parts: TlsConnectionParts) {
    const { socket, underneath, compiled, alpn, verifiedPath, presented, runtime, isSilence } = parts;
    const negotiated = negotiatedOf(parts);
    super({
      socket,
      underneath,
      alpn,
      // What is handed over is left alone.
      idle: runtime.handsOver === true,
      isSilence,
      isReset: resetOf(parts),
      mapError: (error, heard) =>
        mapNativeError(error, {
          during: "open",
          alpn: compiled.alpn,
          nothingHeardYet: compiled.role === "client" && !heard,
          // Now nothing comes in clear.
          ...(runtime.flowControl !== undefined && { inClear: { alert: null, isTls: true, helloVersion: null } }),
        }),
    });
    this.role = compiled.role;
    this.peerCertificate = presented.leaf;
    this.peerChain = presented.certificates.length === 0 ? noChain : Object.freeze([...presented.certificates]);
    this.verifiedPath = verifiedPath;
    this.dangerouslyUnverified = compiled.skipVerification;
    this.localCertificate = localCertificateOf(socket, compiled, underneath);
    this.negotiated = negotiated;
    this.#socket = socket;
    this.#runtime = runtime;
    // Whoever is handed a connection decides by what it says: nobody writes to it.
    Object.freeze(this);
  }

  exportKeyingMaterial(length: number, label: string, context?: Uint8Array): Uint8Array {
    return exportKeyingMaterial(this.#socket, this.#runtime, length, label, context);
  }

  protected get shownAs(): ShownConnection {
    return { name: "Connection", role: this.role, attributes: shownTls(this) };
  }

  /** What `ref` and `unref` of a socket do, for one that stands for this connection. */
  holdProcess(holds: boolean): void {
    this.channel.holdProcess(holds);
  }

  /** The verified socket itself. Only for a connection that does not read (`idle`), and only once. */
  handOver(): TLSSocket {
    return this.#socket;
  }
}

/** What has no address has none because it never had one. */
function resetOf({ socket, underneath, runtime: { isReset } }: TlsConnectionParts): (() => boolean) | undefined {
  return isReset && underneath.remoteAddress && (() => isReset(socket));
}

// JavaScriptCore makes a frozen array another kind of array, at some cost.
const noChain: readonly Certificate[] = Object.freeze([]);

const certificates = new WeakMap<PrivateCertificate, Certificate>();

/** Connections go to code that has no business with our key. */
function withoutKey(identity: PrivateCertificate): Certificate {
  return upsert(certificates, identity, () => Certificate.fromDer(identity.der));
}

/** The one that the server chose for the name, where it has several. */
function localCertificateOf(
  socket: TLSSocket,
  { identity, contextForServerName: names }: CompiledOptions,
  { below }: Underneath,
): Certificate | undefined {
  if (below !== undefined && names !== undefined) {
    const chosen = below.chosenIdentity ?? identity;
    return chosen && withoutKey(chosen);
  }
  const raw = names === undefined ? undefined : socket.getX509Certificate()?.raw;
  if (raw !== undefined) return certificateOf(new Uint8Array(raw));
  return identity && withoutKey(identity);
}

function negotiatedOf({ socket, compiled: { role }, alpn, isResumed }: TlsConnectionParts): Negotiated {
  const { standardName, name } = socket.getCipher() ?? {};
  const { name: group } = (socket.getEphemeralKeyInfo() ?? {}) as { readonly name?: string };
  return Object.freeze({
    version: versionOf(socket.getProtocol()),
    cipher: standardName ?? name ?? "unknown",
    ...(group ? { group: GROUP_NAMES[group] ?? group } : {}),
    ...(alpn === undefined ? {} : { alpn }),
    ...(role === "server" ? serverNameOf(socket) : {}),
    resumed: isResumed,
  });
}

/** What the client asked for (SNI). */
function serverNameOf(socket: TLSSocket): { readonly serverName?: string } {
  const { servername } = socket as { readonly servername?: unknown };
  return typeof servername === "string" && servername !== "" ? { serverName: servername } : {};
}

/** OpenSSL's names of groups that the field calls otherwise, and the option `groups`, too. */
const GROUP_NAMES: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

/** The runtimes write TLS 1.0 as "TLSv1". */
function versionOf(protocol: string | null): NegotiableTLSVersion {
  const version = protocol === "TLSv1" ? "TLSv1.0" : protocol;
  if (isTLSVersion(version) && version !== "SSLv3") return version;
  throw mapNativeError({ code: "ERR_SSL_UNSUPPORTED_PROTOCOL" }, { during: "handshake" });
}
