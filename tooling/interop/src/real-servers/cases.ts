// What is tried with each real server, by our client on each runtime.

import { once } from "node:events";
import { connect } from "node:net";
import { type CaseResult, type Loopback, runCase } from "@tlskit/cases";
import type { Files } from "../identities.ts";
import type { ClientSetup, Sight } from "../peer.ts";
import type { RuntimePeer } from "../peers/runtime-peer.ts";
import { within } from "../within.ts";
import type { MailServer } from "./exim.ts";
import { startInjector } from "./injector.ts";
import { databases, postgresUser } from "./postgresql.ts";

/** Servers that run, and what to show them. */
export interface Surroundings {
  readonly files: Files;
  readonly postgresql: { readonly port: number };
  readonly exim: MailServer;
}

/** All cases of one runtime, one after the other. */
export async function realServerCases(peer: RuntimePeer, around: Surroundings): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { id, expected, setup, injects } of visits(around)) {
    const visit = async (): Promise<string> => {
      const injector = injects === undefined ? undefined : await injects();
      try {
        const asked = { ...setup, ...(injector !== undefined && { port: injector.port }) };
        return described(await within(peer.connect(asked), "the visit"));
      } finally {
        injector?.close();
      }
    };
    results.push(await runCase(`${peer.name}/${id}`, expected, visit));
  }
  const expected = "STARTTLS_INJECTION; after the agreement, nothing is said";
  results.push(await runCase(`${peer.name}/server/injection`, expected, () => injectIntoOurs(peer, around.files)));
  return results;
}

interface Visit {
  readonly id: string;
  readonly expected: string;
  readonly setup: ClientSetup;
  readonly injects?: () => Promise<Loopback>;
}

function visits({ files, postgresql, exim }: Surroundings): readonly Visit[] {
  const { root, strangerRoot, clients, bodies } = files;
  const anyone = { name: "localhost", trust: root, startTls: true, body: bodies.small };
  const mail = { ...anyone, port: exim.port };
  const mailWithCertificate = { ...mail, port: exim.portForCertificates };
  const open = { user: postgresUser, database: databases.open };
  const data = { ...anyone, port: postgresql.port, postgres: open };
  const dataWithCertificate = { ...data, postgres: { ...open, database: databases.certificate } };
  const goAhead = (said: string): boolean => said.startsWith("220 TLS");
  return [
    { id: "postgresql/verify-full", expected: "TLSv1.3: t TLSv1.3", setup: data },
    { id: "postgresql/wrong-name", expected: "NAME_MISMATCH", setup: { ...data, name: "elsewhere.example" } },
    { id: "postgresql/untrusted", expected: "UNKNOWN_ISSUER", setup: { ...data, trust: strangerRoot } },
    {
      id: "postgresql/client-certificate",
      expected: "TLSv1.3: t TLSv1.3",
      setup: { ...dataWithCertificate, identity: clients.good },
    },
    {
      id: "postgresql/client-certificate-missing",
      expected: "TLSv1.3: connection requires a valid client certificate",
      setup: dataWithCertificate,
    },
    {
      id: "postgresql/client-certificate-untrusted",
      expected: "HANDSHAKE_ALERT",
      setup: { ...dataWithCertificate, identity: clients.stranger },
    },
    {
      id: "postgresql/injection",
      expected: "STARTTLS_INJECTION",
      setup: data,
      injects: () => startInjector(postgresql.port, (said) => said === "S", "E\0\0\0\x09SFAKE\0"),
    },
    { id: "smtp/verified", expected: "TLSv1.3", setup: mail },
    { id: "smtp/wrong-name", expected: "NAME_MISMATCH", setup: { ...mail, name: "elsewhere.example" } },
    { id: "smtp/untrusted", expected: "UNKNOWN_ISSUER", setup: { ...mail, trust: strangerRoot } },
    { id: "smtp/client-certificate", expected: "TLSv1.3", setup: { ...mailWithCertificate, identity: clients.good } },
    { id: "smtp/client-certificate-missing", expected: "CLIENT_CERTIFICATE_REQUIRED", setup: mailWithCertificate },
    {
      id: "smtp/client-certificate-untrusted",
      expected: "HANDSHAKE_ALERT",
      setup: { ...mailWithCertificate, identity: clients.stranger },
    },
    {
      id: "smtp/injection",
      expected: "STARTTLS_INJECTION",
      setup: mail,
      injects: () => startInjector(exim.port, goAhead, "250 injected\r\n"),
    },
  ];
}

function described({ refused, version, answer }: Sight): string {
  if (refused !== undefined) return refused;
  return answer === undefined ? (version ?? "no version") : `${version}: ${answer}`;
}

/** Sends a command in clear together with STARTTLS to a server of ours, as an attacker does who sits before the client. */
async function injectIntoOurs(peer: RuntimePeer, files: Files): Promise<string> {
  const server = await peer.start({ identity: files.servers.good, startTls: true });
  const socket = connect(server.port, "127.0.0.1");
  try {
    let heard = "";
    socket.on("error", () => {}); // It is cut, which is what is wanted.
    socket.setEncoding("latin1").on("data", (text: string) => {
      heard += text;
    });
    await once(socket, "connect");
    const closed = new Promise((resolve) => socket.once("close", resolve)); // once() would reject with the reset.
    socket.write("STARTTLS\r\nMAIL FROM:<attacker@example.org>\r\n");
    const { refused = "accepted" } = await within(server.sight(), "the server's decision");
    await within(closed, "the connection being cut");
    const rest = heard.slice(heard.indexOf("220 Go ahead\r\n") + "220 Go ahead\r\n".length);
    return `${refused}; after the agreement, ${rest === "" ? "nothing is said" : JSON.stringify(rest)}`;
  } finally {
    socket.destroy();
    await server.close();
  }
}
