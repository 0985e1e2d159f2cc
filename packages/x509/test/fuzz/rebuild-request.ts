// A request again, from its decoded fields.

import { derBitString, derInteger, derOid, derSequence, derTlv } from "../../src/der/writer.ts";
import type { CertificateRequest } from "../../src/index.ts";
import { EXTENSION_REQUEST_OID } from "../../src/request/read-request.ts";
import { hasOddEncoding } from "./rebuild-certificate.ts";
import { rebuildDer } from "./rebuild-der.ts";
import { hasEncodedDefault, rebuildExtensions } from "./rebuild-extension.ts";
import { rebuildName } from "./rebuild-name.ts";

/**
 * The DER of a request, from what its getters say. Without attributes it has two forms, which read the same: with an
 * empty field, as RFC 2986 has it, and without.
 */
export function rebuildRequest(request: CertificateRequest): readonly Uint8Array[] {
  const attributes = request.attributes.map(({ oid, values }) =>
    derSequence(derOid(oid), derTlv(0x31, ...values.map((value) => attributeValue(request, oid, value)))),
  );
  const write = (field: readonly Uint8Array[]): Uint8Array =>
    derSequence(
      derSequence(derInteger(0), rebuildName(request.subject), rebuildDer(request.publicKey.spki), ...field),
      rebuildDer(request.signatureAlgorithm.der),
      derBitString(request.signature),
    );
  const written = write([derTlv(0xa0, ...attributes)]);
  return attributes.length === 0 ? [written, write([])] : [written];
}

function attributeValue(request: CertificateRequest, oid: string, value: Uint8Array): Uint8Array {
  if (oid !== EXTENSION_REQUEST_OID || hasEncodedDefault(value) || hasOddEncoding(request.requestedExtensions)) {
    return rebuildDer(value);
  }
  return rebuildExtensions(request.requestedExtensions, (name) => request.requestedExtension(name));
}
