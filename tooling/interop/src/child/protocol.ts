// What the matrix and a runtime's child process say to each other: a JSON document a line.

import type { ClientSetup, ServerSetup, Sight } from "../peer.ts";

/** To the child. */
export type Order =
  | { readonly id: number; readonly do: "serve"; readonly setup: ServerSetup }
  | { readonly id: number; readonly do: "connect"; readonly setup: ClientSetup }
  | { readonly id: number; readonly do: "close"; readonly server: number };

/** From the child: the answer to an order, or what one of its servers saw. */
export type Report =
  | { readonly id: number; readonly port: number }
  | { readonly id: number; readonly sight: Sight }
  | { readonly id: number; readonly closed: true }
  | { readonly id: number; readonly failed: string }
  | { readonly server: number; readonly sight: Sight };
