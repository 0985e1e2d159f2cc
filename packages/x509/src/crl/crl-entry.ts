// One entry of a CRL (RFC 5280 section 5.3): a view of its bytes; values decode when they are read.

import { decodeInteger } from "../der/reader.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { decodeTime } from "../der/time.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { decodeCertificateIssuer } from "../extensions/certificate-issuer.ts";
import type { Extension } from "../extensions/extension.ts";
import { extensionId } from "../extensions/extension-id.ts";
import { extensionWith, listExtensions } from "../extensions/extension-list.ts";
import { decodeInvalidityDate } from "../extensions/invalidity-date.ts";
import { ExtensionOid } from "../extensions/oids.ts";
import { type ExtensionDecoder, readExtension } from "../extensions/read-extension.ts";
import { decodeReasonCode, type RevocationReason } from "../extensions/reason-code.ts";
import type { GeneralName } from "../general-name/general-name.ts";
import { type CrlEntryJson, crlEntryJson } from "../inspect/crl-json.ts";
import { Printable } from "../text/printable.ts";

/** A revoked certificate, as a CRL lists it. Immutable. */
export class CrlEntry extends Printable {
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #issuerEntry: number;

  /**
   * @internal `at` is the offset of an entry in a CRL that was outlined; `issuerEntry` that of the entry whose
   *   certificateIssuer counts for it, -1 if it is about the issuer of the CRL.
   */
  constructor(bytes: Uint8Array, at: number, issuerEntry: number) {
    super();
    this.#bytes = bytes;
    this.#at = at;
    this.#issuerEntry = issuerEntry;
  }

  /** The serial number of the certificate. */
  get serialNumber(): bigint {
    const serial = contentStart(this.#bytes, this.#at);
    return decodeInteger(this.#bytes, contentStart(this.#bytes, serial), elementEnd(this.#bytes, serial));
  }

  /** When it was revoked. */
  get revocationDate(): Date {
    const at = this.#date;
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, bytes[at] ?? 0, contentStart(bytes, at), elementEnd(bytes, at)));
  }

  /** Why; absent where the issuer gives no reason. @throws X509Error EXTENSION_INVALID */
  get reason(): RevocationReason | undefined {
    return this.#read(this.#at, ExtensionOid.reasonCode, decodeReasonCode);
  }

  /** Since when the key is known, or thought, to have been in wrong hands. @throws X509Error EXTENSION_INVALID */
  get invalidityDate(): Date | undefined {
    return this.#read(this.#at, ExtensionOid.invalidityDate, decodeInvalidityDate);
  }

  /**
   * The issuer of the certificate, if it is not the issuer of the CRL: from this entry, or carried forward from one
   * before it (RFC 5280 section 5.3.3).
   *
   * @throws X509Error EXTENSION_INVALID
   */
  get certificateIssuer(): readonly GeneralName[] | undefined {
    if (this.#issuerEntry === -1) return undefined;
    return this.#read(this.#issuerEntry, ExtensionOid.certificateIssuer, decodeCertificateIssuer);
  }

  /** All extensions of the entry, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    return listExtensions(this.#bytes, extensionsOf(this.#bytes, this.#at));
  }

  /** The extension with this OID. @throws X509Error ARGUMENT_INVALID for a name in its place */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /** `<CrlEntry serialNumber="0a1b" reason="keyCompromise">` */
  override toString(): string {
    const { serialNumber, reason } = this.toJSON();
    return `<CrlEntry serialNumber="${serialNumber}"${reason === undefined ? "" : ` reason="${reason}"`}>`;
  }

  /** What tools show. */
  toJSON(): CrlEntryJson {
    return crlEntryJson(this);
  }

  /**
   * @internal Is the entry about certificates of this issuer?
   * @throws X509Error EXTENSION_INVALID
   */
  static isAbout(entry: CrlEntry, issuer: DistinguishedName, crlIssuer: DistinguishedName): boolean {
    const names = entry.certificateIssuer;
    if (names === undefined) return issuer === crlIssuer || issuer.equals(crlIssuer);
    return names.some((name) => name.type === "directory" && name.value.equals(issuer));
  }

  get #date(): number {
    return elementEnd(this.#bytes, contentStart(this.#bytes, this.#at));
  }

  #read<T>(entry: number, oid: string, decode: ExtensionDecoder<T>): T | undefined {
    const extensions = extensionsOf(this.#bytes, entry);
    return extensions === 0 ? undefined : readExtension(this.#bytes, extensions, extensionId(oid), decode);
  }
}

/** Where the extensions of the entry at `at` are; 0 if there are none. */
export function extensionsOf(bytes: Uint8Array, at: number): number {
  const after = elementEnd(bytes, elementEnd(bytes, contentStart(bytes, at)));
  return after < elementEnd(bytes, at) ? after : 0;
}
