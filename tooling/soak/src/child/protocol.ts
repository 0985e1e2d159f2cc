// What the tools and their child say to each other.

/** To the child. */
export type Order = { readonly id: number } & (
  | { readonly do: "serve"; readonly settings: ServeSettings }
  | { readonly do: "visit"; readonly settings: VisitSettings }
  | { readonly do: "stats" }
);

/** A server to be. */
export interface ServeSettings {
  /** What it does with what it gets: sends it back, or does not even read it. */
  readonly mode: "echo" | "mute";
  readonly handshakeTimeoutMs?: number;
}

/** Connections to be made; each sends so many bytes, expects them back, and closes. */
export interface VisitSettings {
  readonly port: number;
  readonly caPem: string;
  readonly connections: number;
  readonly atOnce: number;
  readonly bytes: number;
  /** After so long, a connection hangs; default 10 minutes. */
  readonly hangMs?: number;
}

/** Its answers. */
export interface Answers {
  serve: { readonly port: number; readonly caPem: string };
  /** What became of them: how often each, by code; `"done"` is what is wanted. */
  visit: { readonly outcomes: Readonly<Record<string, number>> };
  stats: Stats;
}

/** What the process holds, after its garbage was collected, and what its server has met. */
export interface Stats {
  readonly heap: number;
  readonly rss: number;
  /** Open file descriptors. */
  readonly files: number;
  /** Connections that were handed out and are not yet over. */
  readonly open: number;
  readonly accepted: number;
  /** Reports of the listener, how often each, by code. */
  readonly errors: Readonly<Record<string, number>>;
}
