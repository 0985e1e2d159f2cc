// A situation is plain data: every runtime plays it, once with our toolkit and once with what the runtime has by itself.
import type { TLSVersion } from "@tlskit/options";
import type { Negotiated } from "@tlskit/transport";
import type { IdentityName } from "./pki.ts";

/** One row of the lab. */
export interface Situation {
  readonly id: string;
  readonly title: string;
  /** `"connected"`, or the code that must end it, on every runtime. */
  readonly expected: string;
  /** The server, or a peer that does not speak TLS as it should. */
  readonly server: SituationServer | Misbehaviour;
  readonly client?: SituationClient;
  /** Who tells why it ended: with client certificates, the server knows. Default: the client. */
  readonly tell?: "server";
  /** A line in clear comes before TLS. */
  readonly startTls?: true;
}

/** How a server is set up. */
export interface SituationServer {
  readonly identity: IdentityName;
  /** Insists on client certificates of our CA. */
  readonly clientAuth?: true;
  readonly alpn?: readonly string[];
  readonly min?: TLSVersion;
}

/** How a client is set up, besides trusting our CA. */
export interface SituationClient {
  /** The name that it expects; default: localhost. */
  readonly name?: string;
  readonly identity?: IdentityName;
  readonly alpn?: readonly string[];
  readonly requireProtocol?: string;
  readonly max?: "TLSv1.2";
  /** The root that it trusts, if it is another. */
  readonly trust?: IdentityName;
}

/** Peers that do not speak TLS as they should. */
export type Misbehaviour = "speaks plaintext" | "hangs up" | "stays silent";

/** What came of one situation. */
export interface Outcome {
  /** `"connected"`, or the code of the error that ended it. */
  readonly code: string;
  /** In plain words: every reason, or what else is worth a remark. */
  readonly reasons: readonly string[];
  readonly negotiated?: Negotiated;
}

/** What one runtime made of one situation. */
export interface Played {
  readonly id: string;
  readonly ours: Outcome;
  /** The runtime alone: `"connected"`, or its own code. */
  readonly alone: string;
  readonly ms: number;
}

/** Something that this process does by itself, beside the runtimes. */
export interface Errand {
  readonly id: string;
  readonly title: string;
  readonly expected: string;
  run(): Promise<Outcome>;
}
