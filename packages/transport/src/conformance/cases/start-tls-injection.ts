// Bytes in clear that come after TLS was agreed on: they could be an attacker's (CVE-2011-0411).

import { equal, rejects } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { withPlainPair } from "../plain-pair.ts";
import { text } from "../talk.ts";

export const startTlsInjectionCases: readonly ConformanceCase[] = [
  {
    id: "starttls-injection-into-server",
    name: "a command in clear after the switch is refused, not answered under TLS (TRN-06)",
    needs: ["server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await client.write(text("STARTTLS\nDELETE EVERYTHING\n"));
        const into = new Uint8Array(9);
        equal(new TextDecoder().decode((await server.read(into)) ?? undefined), "STARTTLS\n", "the command");
        await rejects(server.startTls(), "STARTTLS_INJECTION", "the server");
      }),
  },
  {
    id: "starttls-injection-into-client",
    name: "an answer in clear after the switch is refused, not taken for one under TLS",
    needs: ["client-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await server.write(text("go ahead\n250 you have mail\n"));
        const into = new Uint8Array(9);
        equal(new TextDecoder().decode((await client.read(into)) ?? undefined), "go ahead\n", "the answer");
        await rejects(client.startTls(), "STARTTLS_INJECTION", "the client");
      }),
  },
  {
    id: "starttls-injection-as-leftover",
    name: "the same for bytes that the caller has already read",
    needs: ["server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (_, server) => {
        const attempt = server.startTls({ leftover: text("RCPT TO:<attacker@example.org>\n") });
        await rejects(attempt, "STARTTLS_INJECTION", "the server");
      }),
  },
];
