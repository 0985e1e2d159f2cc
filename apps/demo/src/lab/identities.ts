// The lab's certificates on their way to a runtime of their own: as PEM, through its standard input.
import { Certificate, PrivateCertificate } from "@tlskit/x509";
import type { IdentityName, Pki } from "./pki.ts";

/** What a child is given. */
export interface IdentitiesJson {
  readonly ca: string;
  /** Each with its key and its chain. */
  readonly identities: Readonly<Record<IdentityName, string>>;
}

/** The certificates of the lab, in a runtime that was given them. */
export interface Identities {
  readonly ca: Certificate;
  get(name: IdentityName): Promise<PrivateCertificate>;
  /** For the runtime alone. */
  pem(name: IdentityName): Promise<{ readonly cert: string; readonly key: string }>;
}

/** For the way there. */
export async function identitiesToJson({ ca, identities }: Pki): Promise<IdentitiesJson> {
  const entries = Object.entries(identities).map(async ([name, identity]) => {
    return [name, (await identity.keyPair.toPem()) + identity.fullChainPem()] as const;
  });
  const pems = Object.fromEntries(await Promise.all(entries)) as Record<IdentityName, string>;
  return { ca: ca.certificate.toPem(), identities: pems };
}

/** There. */
export function identitiesFromJson(json: IdentitiesJson): Identities {
  const loaded = new Map<IdentityName, Promise<PrivateCertificate>>();
  const get = (name: IdentityName): Promise<PrivateCertificate> => {
    const known = loaded.get(name) ?? PrivateCertificate.fromPem(json.identities[name]);
    loaded.set(name, known);
    return known;
  };
  return {
    ca: Certificate.fromPem(json.ca),
    get,
    pem: async (name) => {
      const identity = await get(name);
      return { cert: identity.fullChainPem(), key: await identity.keyPair.toPem() };
    },
  };
}
