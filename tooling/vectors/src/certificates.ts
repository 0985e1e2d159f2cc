import { Certificate, pemDecode, TlsKitError } from "@tlskit/x509";

/** The DER in a PEM text, whatever it holds: reading it is part of the case. */
export function derOf(pem: string): Uint8Array {
  return pemDecode(pem)[0]?.bytes ?? new Uint8Array();
}

/** The bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The anchors of a case; one that cannot be read cannot be trusted. */
export function readAnchors(pems: readonly string[]): readonly Certificate[] {
  return pems.flatMap((pem) => {
    try {
      return [Certificate.fromDer(derOf(pem))];
    } catch (error) {
      if (TlsKitError.is(error)) return [];
      throw error;
    }
  });
}
