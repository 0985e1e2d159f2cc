// What the matrix and a runtime's child process say to each other.

import type { ClientSetup, ServerSetup, Sight } from "../peer.ts";

/** To the child. */
export type Order = { readonly id: number } & (
  | { readonly do: "serve"; readonly setup: ServerSetup }
  | { readonly do: "connect"; readonly setup: ClientSetup }
  | { readonly do: "close"; readonly server: number }
);

/** Its answers. */
export interface Answers {
  serve: { readonly port: number };
  connect: { readonly sight: Sight };
  close: object;
}

/** What one of its servers saw; `server` is the id of the order to serve. */
export interface News {
  readonly server: number;
  readonly sight: Sight;
}
