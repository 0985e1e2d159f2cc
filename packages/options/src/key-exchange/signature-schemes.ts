import type { PublicKey } from "@tlskit/x509";
import type { CapabilityName } from "../capabilities.ts";

/** A signature scheme of TLS, by IANA's name. */
export type SignatureScheme =
  | "ecdsa_secp256r1_sha256"
  | "ecdsa_secp384r1_sha384"
  | "ecdsa_secp521r1_sha512"
  | "ed25519"
  | "ed448"
  | "rsa_pss_rsae_sha256"
  | "rsa_pss_rsae_sha384"
  | "rsa_pss_rsae_sha512"
  | "rsa_pss_pss_sha256"
  | "rsa_pss_pss_sha384"
  | "rsa_pss_pss_sha512"
  | "rsa_pkcs1_sha256"
  | "rsa_pkcs1_sha384"
  | "rsa_pkcs1_sha512"
  | "mldsa44"
  | "mldsa65"
  | "mldsa87";

/** What is known of a scheme. */
export interface SignatureSchemeInfo {
  /** In the registry "TLS SignatureScheme" of IANA. */
  readonly id: number;
  /** Whether TLS 1.3 has it for handshakes; the others are for TLS 1.2, and for certificates. */
  readonly tls13: boolean;
  /** What a runtime must have for it, besides the choice itself. */
  readonly capability: CapabilityName | undefined;
}

/** The schemes that can be chosen (RFC 8446, section 4.2.3). Those with SHA-1 or MD5 are not among them: RFC 9155. */
export const SCHEMES: Readonly<Record<SignatureScheme, SignatureSchemeInfo>> = /* @__PURE__ */ Object.freeze({
  ecdsa_secp256r1_sha256: scheme(0x0403),
  ecdsa_secp384r1_sha384: scheme(0x0503),
  ecdsa_secp521r1_sha512: scheme(0x0603),
  ed25519: scheme(0x0807),
  ed448: scheme(0x0808, "signature-ed448"),
  rsa_pss_rsae_sha256: scheme(0x0804),
  rsa_pss_rsae_sha384: scheme(0x0805),
  rsa_pss_rsae_sha512: scheme(0x0806),
  rsa_pss_pss_sha256: scheme(0x0809, "signature-rsa-pss-pss"),
  rsa_pss_pss_sha384: scheme(0x080a, "signature-rsa-pss-pss"),
  rsa_pss_pss_sha512: scheme(0x080b, "signature-rsa-pss-pss"),
  rsa_pkcs1_sha256: scheme(0x0401, undefined, false),
  rsa_pkcs1_sha384: scheme(0x0501, undefined, false),
  rsa_pkcs1_sha512: scheme(0x0601, undefined, false),
  mldsa44: scheme(0x0904, "signature-ml-dsa"),
  mldsa65: scheme(0x0905, "signature-ml-dsa"),
  mldsa87: scheme(0x0906, "signature-ml-dsa"),
});

/** All names. */
export const SCHEME_NAMES: readonly SignatureScheme[] = Object.freeze(Object.keys(SCHEMES) as SignatureScheme[]);

/** What OpenSSL's other spelling of a scheme, as in `RSA-PSS+SHA256`, is called here; for suggestions. */
export function schemeByOpenSslName(name: string): SignatureScheme | undefined {
  const [, key = "", hash = ""] = /^(RSA-PSS|RSA|ECDSA)\+SHA(256|384|512)$/i.exec(name) ?? [];
  const prefixes: Readonly<Record<string, string>> = { "RSA-PSS": "rsa_pss_rsae_", RSA: "rsa_pkcs1_", ECDSA: "ecdsa_" };
  const prefix = prefixes[key.toUpperCase()];
  return SCHEME_NAMES.find((each) => prefix !== undefined && each.startsWith(prefix) && each.endsWith(`sha${hash}`));
}

/** Whether a key can sign a handshake with a scheme: in TLS 1.2 ECDSA takes any curve, in TLS 1.3 its own. */
export function canSign({ type, curve }: PublicKey, name: SignatureScheme, tls13: boolean): boolean {
  if (tls13 && !SCHEMES[name].tls13) return false;
  if (type === "rsa") return name.startsWith("rsa_pss_rsae_") || name.startsWith("rsa_pkcs1_");
  if (type === "rsa-pss") return name.startsWith("rsa_pss_pss_");
  if (type === "ecdsa") return name.startsWith(tls13 ? `ecdsa_${CURVES[curve ?? ""]}_` : "ecdsa_");
  return name === type.replaceAll("-", "");
}

function scheme(id: number, capability?: CapabilityName, tls13: boolean = true): SignatureSchemeInfo {
  return Object.freeze({ id, tls13, capability });
}

const CURVES: Readonly<Record<string, string>> = { "P-256": "secp256r1", "P-384": "secp384r1", "P-521": "secp521r1" };
