// Files and words of the matrix as options of ours.

import { readFile } from "node:fs/promises";
import {
  Certificate,
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  type ClientTLSOptions,
  type Connection,
  loadIdentity,
  optionsForClientTLS,
  TLSVersion,
  TlsKitError,
  type TrustRoot,
  trustRootFromCertificates,
} from "@tlskit/tls";
import type { ClientSetup, IdentityPaths, ServerSetup, Sight, Version } from "../peer.ts";

/** A server's options. */
export async function serverOptions({ identity, clientCa, alpn, only }: ServerSetup): Promise<CertificateOptions> {
  const init = {
    identity: await load(identity),
    ...(clientCa !== undefined && { trustRoot: await trustIn(clientCa), clientAuth: "require" }),
    ...(alpn !== undefined && { acceptableProtocols: alpn }),
    ...(only !== undefined && ONLY[only]),
  };
  return new CertificateOptions(init as CertificateOptionsInit);
}

/** A client's options. */
export async function clientOptions({ name, trust, identity, alpn }: ClientSetup): Promise<ClientTLSOptions> {
  const extra = {
    trustRoot: await trustIn(trust),
    ...(identity !== undefined && { identity: await load(identity) }),
    ...(alpn !== undefined && { acceptableProtocols: alpn }),
  };
  return optionsForClientTLS(name, extra as ClientTLSExtra);
}

/** What a connection of ours shows. */
export function sightOf({ negotiated, peerCertificate }: Connection): Sight {
  const peer = peerCertificate?.subject.CN;
  return {
    version: negotiated.version,
    ...(negotiated.alpn !== undefined && { alpn: negotiated.alpn }),
    ...(peer !== undefined && { peer }),
  };
}

/** An error as what was seen: its code, if it is one of ours. */
export function refusal(error: unknown): Sight {
  return { refused: TlsKitError.is(error) ? error.code : String(error) };
}

function load({ fullChain, key }: IdentityPaths): ReturnType<typeof loadIdentity> {
  return loadIdentity({ cert: fullChain, key });
}

async function trustIn(path: string): Promise<TrustRoot> {
  return trustRootFromCertificates(Certificate.allFromPem(await readFile(path, "utf8")));
}

const ONLY: Readonly<Record<Version, object>> = {
  "TLSv1.2": { lowerMaximumSecurityTo: TLSVersion.TLSv1_2 },
  "TLSv1.3": { raiseMinimumTo: TLSVersion.TLSv1_3 },
};
