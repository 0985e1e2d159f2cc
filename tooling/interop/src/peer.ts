// What the matrix asks of every peer, whoever it is.

/** The versions that the matrix is about. */
export type Version = "TLSv1.2" | "TLSv1.3";

/** An identity in files, PEM each. */
export interface IdentityPaths {
  /** The certificate alone. */
  readonly cert: string;
  /** The certificates between it and the root; an empty file if there are none. */
  readonly chain: string;
  /** Both of them. */
  readonly fullChain: string;
  readonly key: string;
}

/** How a server is to be. */
export interface ServerSetup {
  readonly identity: IdentityPaths;
  /** Clients must show a certificate that leads to this one. */
  readonly clientCa?: string;
  readonly alpn?: readonly string[];
  /** Nothing but this version. */
  readonly only?: Version;
  /** In clear first: SMTP with STARTTLS. Else HTTP, and the body comes back. */
  readonly startTls: boolean;
}

/** How a client is to be, and what it shall do. */
export interface ClientSetup {
  readonly port: number;
  /** The name that it dials, sends and wants to find. */
  readonly name: string;
  /** What it trusts, and nothing else. */
  readonly trust: string;
  readonly identity?: IdentityPaths;
  readonly alpn?: readonly string[];
  readonly startTls: boolean;
  /** The file that goes there and back over HTTP. */
  readonly body: string;
  /** To PostgreSQL instead: who asks which database. */
  readonly postgres?: { readonly user: string; readonly database: string };
}

/** What one side saw of a connection. What a peer does not tell is absent. */
export interface Sight {
  readonly version?: string;
  readonly alpn?: string;
  /** The common name of the peer's certificate. */
  readonly peer?: string;
  /** Why there was no connection, in the peer's own words. */
  readonly refused?: string;
  /** What the server said in the end. */
  readonly answer?: string;
  /** SHA-256 of what came over the connection, in hex. */
  readonly sha256?: string;
}

/** A server that runs. */
export interface RunningServer {
  readonly port: number;
  /** What it saw of its next connection. */
  sight(): Promise<Sight>;
  close(): Promise<void>;
}

/** Somebody else who speaks TLS, as a server. */
export interface ServerPeer {
  readonly name: string;
  start(setup: ServerSetup): Promise<RunningServer>;
}

/** And as a client. */
export interface ClientPeer {
  readonly name: string;
  connect(setup: ClientSetup): Promise<Sight>;
}
