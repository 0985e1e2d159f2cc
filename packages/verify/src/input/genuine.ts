/**
 * Certificates, CRLs and responses are what their bytes say. An object that answers otherwise, because a subclass or an
 * own property overrides what the class reads, or because a Proxy stands before it, would be believed against its signature.
 */
import { Certificate, CertificateRevocationList, OcspResponse, TlsKitError } from "@tlskit/x509";

/** The object itself if nothing stands between it and its bytes; else one that is read from its bytes, once for each. */
export type Genuine<T> = (value: unknown) => T | undefined;

/** The certificate that `value` is by its bytes; undefined if it has none: it is something else, or a Proxy. */
export const genuineCertificate: Genuine<Certificate> = (value) => {
  try {
    return Certificate.genuine(value as Certificate);
  } catch (error) {
    if (TlsKitError.is(error)) return undefined;
    throw error;
  }
};

/** The same for a CRL. */
export const genuineList: Genuine<CertificateRevocationList> = /* @__PURE__ */ reader(
  CertificateRevocationList,
  "version",
);

/** The same for an OCSP response; it has fields, so it is read again in any case. */
export const genuineResponse: Genuine<OcspResponse> = /* @__PURE__ */ reader(OcspResponse);

interface DerClass<T extends object> {
  readonly prototype: T & { readonly der: Uint8Array };
  fromDer(der: Uint8Array): T;
}

// `probe` is a getter that reads a private field and costs little: a Proxy passes every other question on, but not that.
function reader<T extends object>(type: DerClass<T>, probe?: keyof T & string): Genuine<T> {
  const readAgain = new WeakMap<object, T>();
  const getProbe = probe === undefined ? undefined : getterOf(type.prototype, probe);
  const getDer = getterOf(type.prototype, "der");
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    try {
      if (getProbe !== undefined && isPlain(value, type.prototype)) {
        getProbe.call(value);
        return value as T;
      }
      const known = readAgain.get(value);
      if (known !== undefined) return known;
      const read = type.fromDer(getDer.call(value));
      readAgain.set(value, read);
      return read;
    } catch (error) {
      // It has no such private field.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

function isPlain(value: object, prototype: object): boolean {
  return Object.getPrototypeOf(value) === prototype && Reflect.ownKeys(value).length === 0;
}

// Of the class itself or of one that it extends.
function getterOf(prototype: object, name: string): (this: object) => Uint8Array {
  for (let place: object | null = prototype; place !== null; place = Object.getPrototypeOf(place)) {
    const getter = Object.getOwnPropertyDescriptor(place, name)?.get;
    if (getter !== undefined) return getter;
  }
  // None: then nothing is genuine.
  return () => {
    throw new TypeError(`there is no ${name}`);
  };
}
