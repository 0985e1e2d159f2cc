// Every endpoint string that was tried on Twisted, and what ours makes of it.

import {
  type ClientEndpoint,
  parseClientEndpoint,
  parseServerEndpoint,
  quoteStringArgument,
} from "@tlskit/tls/endpoints";
import { describe, expect, test } from "vitest";
import { type GoldenEndpoints, hasGolden, type Recorded, readGolden } from "./shared.ts";

const none: GoldenEndpoints = { serverFromString: {}, clientFromString: {}, quoteStringArgument: {} };
const golden = hasGolden ? readGolden() : none;

/** Where ours refuses what Twisted took, or takes what Twisted refused: each on purpose. */
const servers: Readonly<Record<string, string>> = {
  // The files are looked at when listening begins.
  "ssl:443": "accepted",
  "ssl:443:privateKey=/nonexistent": "accepted",
  "ssl:443:privateKey=G/certs/server.both.pem:extraCertChain=G/certs/server.key.pem": "accepted",
  "ssl:443:privateKey=G/certs/server.key.pem:certKey=G/certs/ca.pem": "accepted",
  // END-05: old versions were switched on by that.
  "ssl:443:privateKey=G/certs/server.both.pem:sslmethod=TLS_METHOD": "ENDPOINT_UNSUPPORTED",
  "ssl:443:privateKey=G/certs/server.both.pem:sslmethod=SSLv23_METHOD": "ENDPOINT_UNSUPPORTED",
  "ssl:443:privateKey=G/certs/server.both.pem:sslmethod=TLSv1_METHOD": "ENDPOINT_UNSUPPORTED",
};

const clients: Readonly<Record<string, string>> = {
  // END-08: half a pair was ignored.
  "ssl:example.com:443:certKey=G/certs/client.both.pem": "ENDPOINT_INVALID",
  "ssl:example.com:443:privateKey=G/certs/client.both.pem": "ENDPOINT_INVALID",
  "tls:example.com:443:trustRoots=G/tmp-cas:certificate=G/certs/client.both.pem:bindAddress=127.0.0.1":
    "ENDPOINT_INVALID",
  // The directories are read when connecting.
  "ssl:example.com:443:caCertsDir=G/tmp-badcas": "accepted",
  "ssl:example.com:443:caCertsDir=/nonexistent": "accepted",
};

function outcome(parse: () => unknown): string {
  try {
    parse();
    return "accepted";
  } catch (error) {
    return String((error as { readonly code?: string }).code ?? error);
  }
}

describe.skipIf(!hasGolden)("END-01 to END-08: servers", () => {
  test.each(Object.entries(golden.serverFromString))("%s", (text, recorded) => {
    const got = outcome(() => parseServerEndpoint(text));
    if (servers[text] !== undefined) expect(got).toBe(servers[text]);
    else expect(got === "accepted").toBe(recorded.error === undefined);
    if (got !== "accepted" || recorded.value === undefined) return;
    const { port, host = "", backlog = 50 } = parseServerEndpoint(text);
    expect({ port, interface: host, backlog }).toEqual(picked(recorded, "port", "interface", "backlog"));
  });
});

describe.skipIf(!hasGolden)("END-07 to END-10: clients", () => {
  test.each(Object.entries(golden.clientFromString))("%s", (text, recorded) => {
    const got = outcome(() => parseClientEndpoint(text));
    // BUG-12: an IPv6 address is no name to Twisted.
    if (text.includes("\\:\\:1")) expect(got).toBe("accepted");
    else if (clients[text] !== undefined) expect(got).toBe(clients[text]);
    else expect(got === "accepted").toBe(recorded.error === undefined);
    if (got !== "accepted" || recorded.value?.type !== "SSL4ClientEndpoint") return;
    const { host, port, timeoutMs = 30_000 }: ClientEndpoint = parseClientEndpoint(text);
    expect({ host, port, timeout: timeoutMs / 1000 }).toEqual(picked(recorded, "host", "port", "timeout"));
  });
});

describe.skipIf(!hasGolden)("END-12: quoting", () => {
  test.each(Object.entries(golden.quoteStringArgument))("%s", (text, quoted) => {
    expect(quoteStringArgument(text)).toBe(quoted);
  });
});

function picked({ value = {} }: Recorded, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
