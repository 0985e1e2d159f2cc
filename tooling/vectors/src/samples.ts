/** One signature by each algorithm, to see which of them a runtime can check. */
import { Certificate, KeyPair, PrivateCertificate } from "@tlskit/x509";
import { derOf, fromBase64 } from "./certificates.ts";
import { isPathCase } from "./path-case.ts";
import { readCases } from "./read-cases.ts";
import { vectorFile } from "./shared.ts";

/** A signed certificate and the key of its issuer; JSON-safe. */
export interface Sample {
  readonly algorithm: string;
  readonly certificate: string;
  readonly issuerSpki: string;
}

/** What a runtime can do about an algorithm. */
export type Support = "yes" | "with promises" | "no";

/** Made here, as far as anything makes them; DSA from the vectors. */
export async function makeSamples(): Promise<readonly Sample[]> {
  const made: Sample[] = [];
  for (const [algorithm, options] of Object.entries(KEYS)) {
    const keyPair = await KeyPair.generate(options);
    const own = await PrivateCertificate.selfSigned({ subject: { CN: algorithm }, keyPair });
    made.push(sample(algorithm, own, own));
  }
  return [...made, ...oldSamples()];
}

/** Which of the samples this runtime can check. A signature that it calls wrong is a fault, not a lack. */
export async function supportOf(samples: readonly Sample[]): Promise<Readonly<Record<string, Support>>> {
  const support: Record<string, Support> = {};
  for (const { algorithm, certificate, issuerSpki } of samples) {
    support[algorithm] = await supportOfOne(Certificate.fromDer(fromBase64(certificate)), fromBase64(issuerSpki));
  }
  return support;
}

async function supportOfOne(certificate: Certificate, issuerSpki: Uint8Array): Promise<Support> {
  const { PublicKey, TlsKitError } = await import("@tlskit/x509");
  const key = PublicKey.fromSpki(issuerSpki);
  const codeOf = (error: unknown): string => {
    if (TlsKitError.is(error)) return error.code;
    throw error;
  };
  try {
    if (certificate.verifySignatureSync(key)) return "yes";
  } catch (error) {
    if (codeOf(error) === "UNSUPPORTED_ALGORITHM") return "no";
  }
  try {
    if (await certificate.verifySignature(key)) return "with promises";
  } catch (error) {
    if (codeOf(error) === "UNSUPPORTED_ALGORITHM") return "no";
  }
  throw new Error(`${certificate} is called wrong`);
}

function sample(algorithm: string, certificate: Certificate, issuer: Certificate): Sample {
  return { algorithm, certificate: toBase64(certificate.der), issuerSpki: toBase64(issuer.publicKey.spki) };
}

function oldSamples(): readonly Sample[] {
  const file = vectorFile("pkits-dev.json.gz");
  const samples = new Map<string, Sample>();
  for (const test of file === undefined ? [] : readCases(file).filter(isPathCase)) {
    if (test.expected_result !== "SUCCESS") continue;
    const pool = [...test.trusted_certs, ...test.untrusted_intermediates, test.peer_certificate];
    const certificates = pool.map((pem) => Certificate.fromDer(derOf(pem)));
    for (const one of certificates) {
      const name = OLD.get(one.signatureAlgorithm.name);
      const issuer = certificates.find((other) => other.subject.equals(one.issuer) && !other.publicKey.lacksParameters);
      if (name !== undefined && issuer !== undefined && !samples.has(name))
        samples.set(name, sample(name, one, issuer));
    }
  }
  return [...samples.values()];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

const OLD: ReadonlyMap<string, string> = new Map([["dsa-with-SHA1", "DSA with SHA-1 (admitted by argument)"]]);

const KEYS: Readonly<Record<string, Parameters<typeof KeyPair.generate>[0]>> = {
  "RSA, PKCS #1 v1.5": { type: "rsa", bits: 2048 },
  "RSASSA-PSS": { type: "rsa-pss", bits: 2048 },
  "ECDSA P-256": { type: "ecdsa", curve: "P-256" },
  "ECDSA P-384": { type: "ecdsa", curve: "P-384" },
  "ECDSA P-521": { type: "ecdsa", curve: "P-521" },
  Ed25519: { type: "ed25519" },
  Ed448: { type: "ed448" },
  "ML-DSA-44": { type: "ml-dsa-44" },
  "ML-DSA-65": { type: "ml-dsa-65" },
  "ML-DSA-87": { type: "ml-dsa-87" },
};
