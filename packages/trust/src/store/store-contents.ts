/** What was found in a store so far: anchors, block lists, limits, and what could not be used. */
import type { TrustAnchor } from "@tlskit/verify";
import { Certificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import type { DistrustEntry } from "../anchors/distrust-entry.ts";
import { limitNames, limitPurposes } from "../anchors/restrict.ts";
import { TrustError } from "../error.ts";
import type { TrustEntry } from "../trust-entry.ts";
import type { CertificateOrigin, SkippedSource, TrustSourceKind } from "../trust-source.ts";
import { isP11KitFile, readP11KitFile } from "./p11-kit-file.ts";
import { type P11KitStatement, readStatement, type StapledLimits } from "./p11-kit-statement.ts";
import { readPemBundle } from "./pem-bundle.ts";
import { LIMITS, type StoreLocation, tooLarge, unreadable } from "./store-location.ts";

/**
 * What a file is found as.
 * - `anchors`: its certificates are trusted, but where the file itself says otherwise.
 * - `blocklist`: its certificates are distrusted, whatever the file says.
 * - `declared`: only what the file says of itself counts.
 */
export type FileRole = "anchors" | "blocklist" | "declared";

/** How many blocks are read before others get their turn: a few milliseconds' work. */
const BLOCKS_PER_TURN = 128;

const ALL = "and what was read before it have";

/** One reading of one store. */
export class StoreContents {
  readonly entries: TrustEntry[] = [];
  readonly distrusted: DistrustEntry[] = [];
  readonly skipped: SkippedSource[] = [];
  /** Limits that p11-kit staples to certificates, by the SHA-256 of their keys. */
  readonly limits: Map<string, StapledLimits[]> = new Map();
  readonly #kind: TrustSourceKind;
  #blocks = 0;
  #bytes = 0;

  constructor(kind: TrustSourceKind) {
    this.#kind = kind;
  }

  /** Takes what is in a file, of whichever format; gives way to other work now and then. */
  async addFile(location: StoreLocation, bytes: Uint8Array, role: FileRole = "anchors"): Promise<void> {
    this.#bytes += bytes.length;
    if (this.#bytes > LIMITS.total) throw tooLarge(location, LIMITS.total, "bytes", ALL);
    // Read as PEM, the distrusted certificates in it would look like trusted ones.
    if (isP11KitFile(bytes)) await this.#addP11Kit(location, bytes, role);
    else if (isDer(bytes)) this.#addDer(location, bytes, role);
    else await this.addPem(location, bytes, role);
  }

  /** Takes the certificates of a PEM text. */
  async addPem(location: StoreLocation, bytes: Uint8Array, role: FileRole = "anchors"): Promise<void> {
    let found = false;
    for (const block of readPemBundle(bytes)) {
      found = true;
      const { line } = block;
      if ("error" in block) this.skip(location.path, block.error, line);
      else if (block.distrusted || role === "blocklist") this.#distrust(block.certificate, location, line, role);
      else if (role === "anchors" || block.purposes !== undefined) {
        const { certificate, purposes } = block;
        this.#addAnchor({ certificate, ...(purposes === undefined ? {} : { purposes }) }, location, line);
      }
      await this.#countBlock(location);
    }
    // Sources of p11-kit come with a README, which is none of them.
    if (!found && role === "anchors") this.skip(location.path, unreadable(location, nothingIn(bytes)));
  }

  /** Remembers something that could not be used. */
  skip(location: string, error: TlsKitError, line?: number): void {
    this.skipped.push(Object.freeze(line === undefined ? { location, error } : { location, line, error }));
  }

  /** Puts the limits that are stapled to certificates on the anchors of the same key. */
  applyLimits(): void {
    if (this.limits.size === 0) return;
    const limited = this.entries.flatMap((entry): readonly TrustEntry[] => this.#limited(entry));
    this.entries.splice(0, this.entries.length, ...limited);
  }

  #addDer(location: StoreLocation, bytes: Uint8Array, role: FileRole): void {
    try {
      const certificate = Certificate.fromDer(bytes);
      if (role === "blocklist") this.#distrust(certificate, location, undefined, role);
      else if (role === "anchors") this.#addAnchor({ certificate }, location, undefined);
    } catch (error) {
      if (!TlsKitError.is(error)) throw error;
      this.skip(location.path, error);
    }
  }

  async #addP11Kit(location: StoreLocation, bytes: Uint8Array, role: FileRole): Promise<void> {
    for (const block of readP11KitFile(bytes)) {
      try {
        if ("error" in block) throw block.error;
        this.#addStatement(readStatement(block), location, block.line, role);
      } catch (error) {
        if (!TlsKitError.is(error)) throw error;
        this.skip(location.path, error, block.line);
      }
      await this.#countBlock(location);
    }
  }

  #addStatement(statement: P11KitStatement, location: StoreLocation, line: number, role: FileRole): void {
    const origins = [this.#origin(location, line)];
    switch (statement.kind) {
      case "certificate": {
        const { certificate, trusted, distrusted, distrustAfter } = statement;
        if (distrusted || role === "blocklist") this.#distrust(certificate, location, line, "blocklist");
        else if (trusted ?? role === "anchors") {
          this.#addAnchor({ certificate, ...(distrustAfter === undefined ? {} : { distrustAfter }) }, location, line);
        }
        break;
      }
      case "distrusted-serial-number": {
        const { issuer, serialNumber } = statement;
        this.distrusted.push({ by: "serial-number", issuer, serialNumber, origins });
        break;
      }
      case "distrusted-key":
        this.distrusted.push({ by: "key", sha256: statement.sha256, origins });
        break;
      case "limits": {
        const { keySha256, limits } = statement;
        const known = this.limits.get(keySha256);
        if (known === undefined) this.limits.set(keySha256, [limits]);
        else known.push(limits);
        break;
      }
      case "nothing":
        break;
    }
  }

  #addAnchor(anchor: TrustAnchor, location: StoreLocation, line: number | undefined): void {
    if (anchor.purposes?.length === 0) {
      const { path } = location;
      this.skip(path, unusable(path, anchor.certificate), line);
    } else this.entries.push({ anchor, origins: [this.#origin(location, line)] });
  }

  /** p11-kit's block lists are about the key, and about the serial number; an OpenSSL block is about itself. */
  #distrust(certificate: Certificate, location: StoreLocation, line: number | undefined, role: FileRole): void {
    const origins = [this.#origin(location, line)];
    this.distrusted.push({ by: "certificate", sha256: certificate.id, origins });
    if (role !== "blocklist") return;
    const { issuer, serialNumber } = certificate;
    this.distrusted.push({ by: "serial-number", issuer, serialNumber, origins });
    const sha256 = keyHash(certificate);
    if (sha256 !== undefined) this.distrusted.push({ by: "key", sha256, origins });
  }

  #limited(entry: TrustEntry): readonly TrustEntry[] {
    const { certificate } = entry.anchor;
    let anchor: TrustAnchor | undefined = entry.anchor;
    for (const { purposes, nameConstraints } of this.limits.get(keyHash(certificate) ?? "") ?? []) {
      if (nameConstraints !== undefined) anchor = limitNames(anchor, nameConstraints);
      if (purposes !== undefined) anchor = limitPurposes(anchor, purposes);
      if (anchor === undefined) {
        const { location = "", line } = entry.origins[0] ?? {};
        this.skip(location, unusable(location, certificate), line);
        return [];
      }
    }
    return [{ ...entry, anchor }];
  }

  #origin({ path }: StoreLocation, line: number | undefined): CertificateOrigin {
    return line === undefined ? { kind: this.#kind, location: path } : { kind: this.#kind, location: path, line };
  }

  async #countBlock(location: StoreLocation): Promise<void> {
    if (++this.#blocks > LIMITS.blocks) throw tooLarge(location, LIMITS.blocks, "blocks", ALL);
    if (this.#blocks % BLOCKS_PER_TURN === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function unusable(location: string, certificate: Certificate): TrustError<"TRUST_FOR_NOTHING"> {
  const sha256 = certificate.id;
  const message = `The certificate ${sha256} is trusted for no purpose that this package knows, so it is no anchor.`;
  return new TrustError("TRUST_FOR_NOTHING", message, { location, sha256 });
}

/** Undefined for a key that cannot be read: nothing is about it, and no signature is by it. */
function keyHash(certificate: Certificate): string | undefined {
  try {
    return certificate.publicKey.spkiHash();
  } catch (error) {
    if (TlsKitError.is(error)) return undefined;
    throw error;
  }
}

/** What somebody seems to have who has a file without a certificate. */
function nothingIn(bytes: Uint8Array): string {
  if (bytes.length === 0) return "it is empty";
  try {
    Certificate.allFromPem(bytes);
  } catch (error) {
    if (TlsKitError.is(error)) return error.message;
    throw error;
  }
  return "there is no certificate in it";
}

function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}
