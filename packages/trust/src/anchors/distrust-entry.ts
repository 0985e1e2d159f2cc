/** What block lists say: certificates that are trusted nowhere, whatever vouches for them. */
import type { Distrust } from "@tlskit/verify";
import type { Certificate, DistinguishedName } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { type CertificateOrigin, formatOrigin } from "../trust-source.ts";
import { OriginList } from "./origin-list.ts";

/**
 * One line of a block list.
 * - `certificate`: this very certificate, by the SHA-256 of its DER in lower-case hex.
 * - `key`: every certificate with this key, by the SHA-256 of its SubjectPublicKeyInfo.
 * - `serial-number`: every certificate of this issuer with this serial number.
 */
export type DistrustEntry =
  | { readonly by: "certificate"; readonly sha256: string; readonly origins: readonly CertificateOrigin[] }
  | { readonly by: "key"; readonly sha256: string; readonly origins: readonly CertificateOrigin[] }
  | {
      readonly by: "serial-number";
      readonly issuer: DistinguishedName;
      readonly serialNumber: bigint;
      readonly origins: readonly CertificateOrigin[];
    };

/** The lines of block lists, looked up by certificate. Immutable. */
export class DistrustList {
  /** The lines, each once, with all places where it was found. */
  readonly entries: readonly DistrustEntry[];
  readonly #byKey: ReadonlyMap<string, DistrustEntry>;
  readonly #kinds: ReadonlySet<DistrustEntry["by"]>;

  constructor(entries: Iterable<DistrustEntry>) {
    const found = new Map<string, { readonly entry: DistrustEntry; readonly origins: OriginList }>();
    for (const entry of entries) {
      const key = distrustKey(entry);
      const known = found.get(key);
      if (known === undefined) found.set(key, { entry, origins: new OriginList(entry.origins) });
      else known.origins.add(entry.origins);
    }
    const byKey = new Map(
      [...found].map(([key, { entry, origins }]) => [key, Object.freeze({ ...entry, origins: origins.list })] as const),
    );
    this.#byKey = byKey;
    this.entries = Object.freeze([...byKey.values()]);
    this.#kinds = new Set(this.entries.map(({ by }) => by));
    Object.freeze(this);
  }

  /** The line that a certificate is on: itself before its key, its key before its serial number. */
  find(certificate: Certificate): DistrustEntry | undefined {
    if (this.#kinds.size === 0) return undefined;
    return (
      this.#find("certificate", () => certificate.id) ??
      this.#find("key", () => certificate.publicKey.spkiHash()) ??
      this.#find("serial-number", () => serialKey(certificate.issuer, certificate.serialNumber))
    );
  }

  /** As `verifyPath` asks. */
  distrusts(certificate: Certificate): Distrust | undefined {
    const entry = this.find(certificate);
    if (entry === undefined) return undefined;
    const { by, origins } = entry;
    return origins.length === 0 ? { by } : { by, source: origins.map(formatOrigin).join(", ") };
  }

  /** The same text for the same lines. */
  get keys(): readonly string[] {
    return [...this.#byKey.keys()].sort();
  }

  #find(by: DistrustEntry["by"], key: () => string): DistrustEntry | undefined {
    if (!this.#kinds.has(by)) return undefined;
    try {
      return this.#byKey.get(`${by} ${key()}`);
    } catch (error) {
      // A key or name that cannot be read is on no list; what cannot be read is refused by its own rule.
      if (TlsKitError.is(error)) return undefined;
      throw error;
    }
  }
}

/** The same text for the same line, wherever it was found. */
export function distrustKey(entry: DistrustEntry): string {
  if (entry.by === "serial-number") return `${entry.by} ${serialKey(entry.issuer, entry.serialNumber)}`;
  return `${entry.by} ${entry.sha256}`;
}

function serialKey(issuer: DistinguishedName, serialNumber: bigint): string {
  return `${serialNumber} ${issuer.key}`;
}
