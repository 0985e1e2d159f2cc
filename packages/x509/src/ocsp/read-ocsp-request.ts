// The structure of an OCSP request: where its parts are.

import { passExtensions } from "../certificate/structure-parts.ts";
import { DerReader } from "../der/reader.ts";
import { elementEnd } from "../der/skip.ts";
import { readStructure } from "../der/structure.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import type { Extension } from "../extensions/extension.ts";
import { listExtensions } from "../extensions/extension-list.ts";
import { decodeGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { OcspCertId } from "./ocsp-cert-id.ts";
import { passCertId, passSigned, passVersion, type SignatureOutline } from "./ocsp-parts.ts";

/** One question of a request. */
export interface OcspRequestItem {
  readonly certId: OcspCertId;
  readonly extensions: readonly Extension[];
}

/** Where one question is. */
export interface RequestItemOutline {
  readonly certId: number;
  /** 0 if there are none. */
  readonly extensions: number;
}

/** Where the parts of a request are. */
export interface OcspRequestOutline {
  readonly tbs: number;
  /** 0 if it is not there. */
  readonly version: number;
  readonly requestorName: GeneralName | undefined;
  readonly items: readonly RequestItemOutline[];
  /** 0 if there are none. */
  readonly extensions: number;
  readonly signature: SignatureOutline | undefined;
}

/**
 * Walks and checks the request that fills `bytes`.
 *
 * @throws X509Error OCSP_INVALID, EXTENSION_DUPLICATE, DER_*
 */
export function outlineOcspRequest(bytes: Uint8Array): OcspRequestOutline {
  assertDer(bytes);
  return readStructure("OCSP_INVALID", "an OCSP request", () => {
    const outer = new DerReader(bytes).enter(Tag.sequence, "an OCSPRequest");
    const fields = outer.enter(Tag.sequence, "a TBSRequest");
    const tbs = outer.headerStart;
    const version = passVersion(fields);
    const requestorName = fields.optional(0xa1) ? readRequestor(fields.contents()) : undefined;
    const items = readItems(fields.enter(Tag.sequence, "a requestList"));
    const extensions = passExtensions(fields, 0xa2, "requestExtensions");
    fields.done("the TBSRequest");
    const signature = outer.optional(0xa0) ? readSignature(outer.contents()) : undefined;
    outer.done("the OCSPRequest");
    return { tbs, version, requestorName, items, extensions, signature };
  });
}

/** Reads one question. */
export function readRequestItem(bytes: Uint8Array, { certId, extensions }: RequestItemOutline): OcspRequestItem {
  return Object.freeze({
    certId: OcspCertId.fromCheckedView(bytes.subarray(certId, elementEnd(bytes, certId))),
    extensions: listExtensions(bytes, extensions),
  });
}

function readRequestor(explicit: DerReader): GeneralName {
  const name = decodeGeneralName(explicit);
  explicit.done("a requestorName");
  return name;
}

// RFC 6960 does not say how many: an empty list asks nothing, and OpenSSL and Go refuse it, too.
function readItems(list: DerReader): readonly RequestItemOutline[] {
  const items: RequestItemOutline[] = [];
  do {
    const item = list.enter(Tag.sequence, "a Request");
    const certId = passCertId(item);
    const extensions = passExtensions(item, 0xa0, "singleRequestExtensions");
    item.done("a Request");
    items.push({ certId, extensions });
  } while (list.peek() !== -1);
  return items;
}

function readSignature(explicit: DerReader): SignatureOutline {
  const fields = explicit.enter(Tag.sequence, "a Signature");
  explicit.done("an optionalSignature");
  return passSigned(fields, "a Signature");
}
