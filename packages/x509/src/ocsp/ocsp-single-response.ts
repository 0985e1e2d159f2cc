// What an OCSP response says about one certificate (RFC 6960 section 4.2.1). Values decode when they are read.

import { DerReader } from "../der/reader.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import { decodeTime } from "../der/time.ts";
import type { Extension } from "../extensions/extension.ts";
import { extensionWith, listExtensions } from "../extensions/extension-list.ts";
import { decodeReasonCode, type RevocationReason } from "../extensions/reason-code.ts";
import { type OcspSingleJson, ocspSingleJson } from "../inspect/inspect-ocsp-response.ts";
import { serialText } from "../inspect/serial-text.ts";
import { Printable } from "../text/printable.ts";
import { OcspCertId } from "./ocsp-cert-id.ts";
import type { SingleOutline } from "./read-ocsp-response.ts";

/** `good` means no more than "not revoked, as far as known"; `unknown` that the responder does not know it. */
export type OcspCertStatus = "good" | "revoked" | "unknown";

/** The status of one certificate. Immutable. */
export class OcspSingleResponse extends Printable {
  readonly #bytes: Uint8Array;
  readonly #outline: SingleOutline;
  #certId: OcspCertId | undefined;

  /** @internal */
  constructor(bytes: Uint8Array, outline: SingleOutline) {
    super();
    this.#bytes = bytes;
    this.#outline = outline;
  }

  /** Which certificate this is about. */
  get certId(): OcspCertId {
    const { certId } = this.#outline;
    this.#certId ??= OcspCertId.fromCheckedView(this.#bytes.subarray(certId, elementEnd(this.#bytes, certId)));
    return this.#certId;
  }

  /** The status of the certificate. */
  get status(): OcspCertStatus {
    const tag = this.#bytes[this.#outline.status];
    return tag === 0xa1 ? "revoked" : tag === 0x80 ? "good" : "unknown";
  }

  /** When it was revoked; only if it is. */
  get revocationDate(): Date | undefined {
    return this.status === "revoked" ? this.#time(contentStart(this.#bytes, this.#outline.status)) : undefined;
  }

  /** Why it was revoked; absent where the responder gives no reason. */
  get reason(): RevocationReason | undefined {
    if (this.status !== "revoked") return undefined;
    const { status } = this.#outline;
    const explicit = elementEnd(this.#bytes, contentStart(this.#bytes, status));
    if (explicit === elementEnd(this.#bytes, status)) return undefined;
    return decodeReasonCode(new DerReader(this.#bytes, contentStart(this.#bytes, explicit)));
  }

  /** At what time this was known to be right. */
  get thisUpdate(): Date {
    return this.#time(this.#outline.thisUpdate);
  }

  /** By when there will be newer information; absent: at any time. */
  get nextUpdate(): Date | undefined {
    return this.#outline.nextUpdate === 0 ? undefined : this.#time(this.#outline.nextUpdate);
  }

  /** The extensions of this status, in the order of the encoding. */
  get extensions(): readonly Extension[] {
    return listExtensions(this.#bytes, this.#outline.extensions);
  }

  /** The extension of this status with this OID. @throws X509Error ARGUMENT_INVALID for a name in its place */
  extension(oid: string): Extension | undefined {
    return extensionWith(oid, this.extensions);
  }

  /** `<OcspSingleResponse serialNumber="0a1b" status="good">` */
  override toString(): string {
    return `<OcspSingleResponse serialNumber="${serialText(this.certId.serialNumber)}" status="${this.status}">`;
  }

  /** What tools show. */
  toJSON(): OcspSingleJson {
    return ocspSingleJson(this);
  }

  #time(at: number): Date {
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, bytes[at] ?? 0, contentStart(bytes, at), elementEnd(bytes, at)));
  }
}
