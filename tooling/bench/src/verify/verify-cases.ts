// The work of each case: verifying one chain of three, or matching one name.

import * as nodeCrypto from "node:crypto";
import * as tls from "node:tls";
import type { Work } from "../measure.ts";
import { repeated, repeatedAsync } from "../repeated.ts";
import { makeChain } from "./chain.ts";

/** Ours: RFC 5280, the name and the strength rules. */
export async function chainOurs(): Promise<Work> {
  return verifyOurs(false);
}

/** Ours, where the signatures were found right before. */
export async function chainOursWarm(): Promise<Work> {
  return verifyOurs(true);
}

async function verifyOurs(isWarm: boolean): Promise<Work> {
  const { LinkCache, verifyPathSync } = await import("@tlskit/verify");
  const { leaf, intermediate, root, name } = await makeChain();
  const trust = [root];
  const links = isWarm ? { links: new LinkCache({ maxEntries: 10 }) } : {};
  return repeated(() =>
    verifyPathSync({ leaf, intermediates: [intermediate], trust, purpose: "server", name, ...links }),
  );
}

/** By hand with node:crypto: signatures, issuers, CA bit, validity, name. No path is built, no other rule is looked at. */
export async function chainNode(): Promise<Work> {
  const { leaf, intermediate, root, name } = await makeChain();
  const anchor = new nodeCrypto.X509Certificate(root.der);
  const anchorKey = anchor.publicKey;
  const isCurrent = (one: nodeCrypto.X509Certificate): boolean => {
    const now = Date.now();
    return Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo);
  };
  return repeated(() => {
    const own = new nodeCrypto.X509Certificate(leaf);
    const ca = new nodeCrypto.X509Certificate(intermediate);
    const isRight =
      own.checkIssued(ca) &&
      ca.checkIssued(anchor) &&
      ca.ca &&
      anchor.ca &&
      [own, ca, anchor].every(isCurrent) &&
      own.checkHost(name) !== undefined &&
      own.verify(ca.publicKey) &&
      ca.verify(anchorKey);
    if (!isRight) throw new Error("node:crypto refuses the chain");
  });
}

/** pkijs's chain validation engine. */
export async function chainPkijs(): Promise<Work> {
  const pkijs = await import("pkijs");
  const { leaf, intermediate, root } = await makeChain();
  const read = (der: Uint8Array) => pkijs.Certificate.fromBER(new Uint8Array(der).buffer);
  const trustedCerts = [read(root.der)];
  return repeatedAsync(async () => {
    const certs = [read(intermediate), read(leaf)];
    const engine = new pkijs.CertificateChainValidationEngine({ trustedCerts, certs });
    const { result, resultMessage } = await engine.verify();
    if (!result) throw new Error(resultMessage);
  });
}

/** Ours: reads the name that is wanted and finds it among those of the certificate. */
export async function nameOurs(): Promise<Work> {
  const { matchIdentity, parseHost } = await import("@tlskit/verify/identity");
  const { Certificate } = await import("@tlskit/x509");
  const { leaf, name } = await makeChain();
  const presented = Certificate.fromDer(leaf).subjectAltName ?? [];
  return repeated(() => {
    if (matchIdentity(presented, parseHost(name)).matched === undefined) throw new Error("no match");
  });
}

/** node:tls, from the text that it makes of the names. */
export async function nameNode(): Promise<Work> {
  const { leaf, name } = await makeChain();
  const { subjectAltName = "" } = new nodeCrypto.X509Certificate(leaf);
  const certificate = { subject: { CN: name }, subjectaltname: subjectAltName } as unknown as tls.PeerCertificate;
  return repeated(() => {
    if (tls.checkServerIdentity(name, certificate) !== undefined) throw new Error("no match");
  });
}
