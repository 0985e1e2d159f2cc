// What is tried with every pair, as data.

import type { Files } from "./identities.ts";
import type { ClientSetup, ServerSetup } from "./peer.ts";

/** One situation. */
export interface Scenario {
  readonly name: string;
  /** Who is to refuse the other; absent: nobody. */
  readonly refuses?: "client" | "server";
  readonly server: (files: Files) => Partial<ServerSetup>;
  readonly client: (files: Files) => Partial<ClientSetup>;
  /** What is to be seen besides the body's return. */
  readonly facts: (sight: { readonly client: Facts; readonly server: Facts }) => string;
  /** What `facts` must say. */
  readonly expected: string;
}

/** What both sides told, as far as they did. */
export interface Facts {
  readonly version?: string;
  readonly alpn?: string;
  readonly peer?: string;
}

const version = ({ client }: { readonly client: Facts }): string => client.version ?? "no version";
const nothing = (): object => ({});

/** All of them. */
export const scenarios: readonly Scenario[] = [
  { name: "tls", server: nothing, client: nothing, facts: version, expected: "TLSv1.3" },
  {
    name: "mtls",
    server: ({ root }) => ({ clientCa: root }),
    client: ({ clients }) => ({ identity: clients.good }),
    facts: ({ client, server }) => `${client.version}, the client is ${server.peer}`,
    expected: "TLSv1.3, the client is matrix client",
  },
  {
    name: "alpn",
    server: () => ({ alpn: ["x-unheard-of", "http/1.1"] }),
    client: () => ({ alpn: ["x-other", "http/1.1"] }),
    facts: ({ client }) => `${client.version}, ${client.alpn}`,
    expected: "TLSv1.3, http/1.1",
  },
  {
    name: "starttls",
    server: () => ({ startTls: true }),
    client: () => ({ startTls: true }),
    facts: version,
    expected: "TLSv1.3",
  },
  {
    name: "tls12-only",
    server: () => ({ only: "TLSv1.2" }),
    client: nothing,
    facts: version,
    expected: "TLSv1.2",
  },
  {
    name: "tls13-only",
    server: () => ({ only: "TLSv1.3" }),
    client: nothing,
    facts: version,
    expected: "TLSv1.3",
  },
  {
    name: "expired",
    refuses: "client",
    server: ({ servers }) => ({ identity: servers.expired }),
    client: nothing,
    facts: version,
    expected: "",
  },
  {
    name: "wrong-name",
    refuses: "client",
    server: ({ servers }) => ({ identity: servers.otherName }),
    client: nothing,
    facts: version,
    expected: "",
  },
  {
    name: "untrusted",
    refuses: "client",
    server: nothing,
    client: ({ strangerRoot }) => ({ trust: strangerRoot }),
    facts: version,
    expected: "",
  },
  {
    name: "wrong-client-ca",
    refuses: "server",
    server: ({ root }) => ({ clientCa: root }),
    client: ({ clients }) => ({ identity: clients.stranger }),
    facts: version,
    expected: "",
  },
  {
    name: "big-transfer",
    server: nothing,
    client: ({ bodies }) => ({ body: bodies.big }),
    facts: version,
    expected: "TLSv1.3",
  },
];
