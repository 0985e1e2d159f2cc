// The certificates of the matrix, made when it starts, in files, because most peers take nothing else.

import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestCa } from "@tlskit/testing";
import type { PrivateCertificate } from "@tlskit/x509";
import type { IdentityPaths } from "./peer.ts";

/** Everything on disk that scenarios speak of. */
export interface Files {
  readonly servers: Readonly<Record<"good" | "expired" | "otherName", IdentityPaths>>;
  readonly clients: Readonly<Record<"good" | "stranger", IdentityPaths>>;
  /** The root of all but the stranger. */
  readonly root: string;
  /** The root of the stranger. */
  readonly strangerRoot: string;
  readonly bodies: Readonly<Record<"small" | "big", string>>;
  remove(): Promise<void>;
}

/** The common name of the good client. */
const clientName = "matrix client";

/** How many bytes the big body has. */
const bigLength: number = 64 * 1024 * 1024;

/** Who is named, and who may look. */
export interface FilesSettings {
  /** The common name of both clients. */
  readonly client?: string;
  /** Of the folder; by default nobody else may look into it. */
  readonly mode?: number;
}

/** Makes them. Servers and clients have an intermediate between themselves and the root. */
export async function makeFiles({ client: name = clientName, mode = 0o700 }: FilesSettings = {}): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "tlskit-matrix-"));
  await chmod(folder, mode);
  const root = await createTestCa({ name: "matrix root" });
  const intermediate = await root.createIntermediate({ name: "matrix intermediate" });
  const stranger = await createTestCa({ name: "matrix stranger" });
  const subject = { CN: name };
  const client = { names: ["client@example.org"], profile: "client", subject } as const;
  const save = (name: string, identity: PrivateCertificate) => saveIdentity(join(folder, name), identity);
  const lastWeek = new Date(Date.now() - 7 * 86_400_000);
  return {
    servers: {
      good: await save("server", await intermediate.issue("localhost")),
      expired: await save("expired", await intermediate.issueWith({ names: ["localhost"], notAfter: lastWeek })),
      otherName: await save("other-name", await intermediate.issue("elsewhere.example")),
    },
    clients: {
      good: await save("client", await intermediate.issueWith(client)),
      stranger: await save("stranger", await (await stranger.createIntermediate()).issueWith(client)),
    },
    root: await saved(join(folder, "root.pem"), root.caPem),
    strangerRoot: await saved(join(folder, "stranger-root.pem"), stranger.caPem),
    bodies: {
      small: await saved(join(folder, "small.bin"), bodyOf(1000)),
      big: await saved(join(folder, "big.bin"), bodyOf(bigLength)),
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

async function saveIdentity(path: string, identity: PrivateCertificate): Promise<IdentityPaths> {
  return {
    cert: await saved(`${path}.pem`, identity.toPem()),
    chain: await saved(`${path}-chain.pem`, identity.chain.map((one) => one.toPem()).join("")),
    fullChain: await saved(`${path}-full.pem`, identity.fullChainPem()),
    key: await saved(`${path}-key.pem`, await identity.keyPair.toPem()),
  };
}

/** Random, without the command letters of s_server, which it takes for commands where they begin what it reads. */
function bodyOf(length: number): Uint8Array {
  return randomBytes(length).map((byte) => byte | 0x80);
}

async function saved(path: string, content: string | Uint8Array): Promise<string> {
  await writeFile(path, content);
  return path;
}
