import {
  DerReader,
  Tag,
  TlsKitError,
  X509Error,
  asciiText,
  assertBitString,
  assertBoolean,
  assertDer,
  assertInteger,
  backend,
  binding,
  bufferSource,
  bytesEqual,
  compareBytes,
  concatBytes,
  contentLength,
  contextConstructed,
  contextPrimitive,
  copyBytes,
  copyPooled,
  decodeInteger,
  decodeOid,
  decodeSmallInteger,
  decodeString,
  decodeTime,
  derFail,
  encodeOid,
  encodeTimeText,
  escapeControls,
  fromHex,
  generalizedTimeText,
  isAsciiText,
  isBytes,
  isInAlphabet,
  isOidText,
  isPrintableText,
  isStringTag,
  limitFail,
  oidName,
  oidOctets,
  quote,
  replaceControls,
  subtle,
  tagFail,
  toBase64,
  toColonHex,
  toHex,
  walkDer
} from "./chunk-ALNUSTUG.js";

// packages/x509/src/der/skip.ts
function contentStart(bytes, at) {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 128 ? 0 : first & 127);
}
function elementEnd(bytes, at) {
  const first = bytes[at + 1] ?? 0;
  return first < 128 ? at + 2 + first : at + 2 + (first & 127) + contentLength(bytes, at + 1);
}

// packages/x509/src/distinguished-name/attribute-types.ts
var twoLetters = { matches: /^[A-Za-z]{2}$/, expected: "a country code of two letters" };
function row(oid, short, long, max, encoding = "utf8") {
  return max === void 0 ? { oid, short, long, encoding } : { oid, short, long, encoding, max };
}
var attributeTypes = [
  row("2.5.4.3", "CN", "commonName", 64),
  row("2.5.4.10", "O", "organizationName", 64),
  row("2.5.4.11", "OU", "organizationalUnitName", 64),
  row("2.5.4.7", "L", "localityName", 128),
  row("2.5.4.8", "ST", "stateOrProvinceName", 128),
  { ...row("2.5.4.6", "C", "countryName", 2, "printable"), pattern: twoLetters },
  row("1.2.840.113549.1.9.1", "emailAddress", "emailAddress", 255, "ia5"),
  row("0.9.2342.19200300.100.1.25", "DC", "domainComponent", void 0, "ia5"),
  row("0.9.2342.19200300.100.1.1", "UID", "userId", 256),
  row("2.5.4.4", "SN", "surname", 32768),
  row("2.5.4.5", "serialNumber", "serialNumber", 64, "printable"),
  row("2.5.4.9", "STREET", "streetAddress", 128),
  row("2.5.4.12", "title", "title", 64),
  row("2.5.4.13", "description", "description", 1024),
  row("2.5.4.15", "businessCategory", "businessCategory", 128),
  row("2.5.4.17", "postalCode", "postalCode", 40),
  row("2.5.4.20", "telephoneNumber", "telephoneNumber", 32, "printable"),
  row("2.5.4.41", "name", "name", 32768),
  row("2.5.4.42", "GN", "givenName", 32768),
  row("2.5.4.43", "initials", "initials", 32768),
  row("2.5.4.44", "generationQualifier", "generationQualifier", 32768),
  row("2.5.4.46", "dnQualifier", "dnQualifier", void 0, "printable"),
  row("2.5.4.65", "pseudonym", "pseudonym", 128),
  row("2.5.4.97", "organizationIdentifier", "organizationIdentifier"),
  row("1.2.840.113549.1.9.2", "unstructuredName", "unstructuredName", 255),
  row("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", "jurisdictionLocalityName", 128),
  row("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", "jurisdictionStateOrProvinceName", 128),
  {
    ...row("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", "jurisdictionCountryName", 2, "printable"),
    pattern: twoLetters
  }
];
var byOid = /* @__PURE__ */ new Map(
  attributeTypes.map((type) => [type.oid, type])
);
var byName = /* @__PURE__ */ (() => {
  const names2 = /* @__PURE__ */ new Map();
  for (const type of attributeTypes) names2.set(type.short, type).set(type.long, type);
  for (const type of attributeTypes) if (type.short === "STREET") names2.set("street", type);
  return names2;
})();
var byLowerName = /* @__PURE__ */ new Map(
  Array.from(byName, ([name, type]) => [name.toLowerCase(), type])
);
function attributeTypeOf(oid) {
  return byOid.get(oid);
}
function attributeTypeNamed(name) {
  return byLowerName.get(name.toLowerCase());
}
function attributeOid(key) {
  const type = byName.get(key);
  if (type !== void 0) return type.oid;
  if (isOidText(key)) return key;
  throw unknownAttribute(key);
}
function unknownAttribute(key) {
  const similar = byLowerName.get(key.toLowerCase());
  const hint = similar === void 0 ? "use a known name, or an OID such as 2.5.4.97" : `did you mean ${similar.short}?`;
  const details = similar === void 0 ? { attribute: key } : { attribute: key, nearest: similar.short };
  return new X509Error("UNKNOWN_ATTRIBUTE", `unknown attribute type ${JSON.stringify(key)}: ${hint}`, details);
}

// packages/x509/src/distinguished-name/name-attribute.ts
var NameAttribute = class {
  /** The attribute type as dotted text. */
  oid;
  /** The short name of the type, such as `CN`, if we know it. */
  name;
  /** The text of the value; for a value that is no character string, or a damaged one, `#` and its DER in hex. */
  value;
  /** Is the value a character string that could be read? */
  isText;
  #der;
  /** @internal `at` is the offset of an AttributeTypeAndValue in bytes that were walked and checked. */
  constructor(bytes, at) {
    const type = contentStart(bytes, at);
    const value = elementEnd(bytes, type);
    const end = elementEnd(bytes, value);
    this.oid = decodeOid(bytes, contentStart(bytes, type), value);
    const name = attributeTypeOf(this.oid)?.short;
    if (name !== void 0) this.name = name;
    const text = textOf(bytes, value, end);
    this.isText = text !== void 0;
    this.value = text ?? `#${toHex(bytes.subarray(value, end))}`;
    this.#der = bytes.subarray(value, end);
    Object.freeze(this);
  }
  /** The AttributeValue in DER, with its tag; a fresh copy. */
  get der() {
    return this.#der.slice();
  }
  /** The tag of the value's type, such as 0x0c for UTF8String. */
  get tag() {
    return this.#der[0] ?? 0;
  }
  /** @internal The value in DER without a copy: do not let it leave the package. */
  static viewOf(attribute) {
    return attribute.#der;
  }
  /** What `JSON.stringify` shows. */
  toJSON() {
    return { type: this.name ?? this.oid, value: this.value };
  }
};
function attributeValue(bytes, at) {
  const value = elementEnd(bytes, contentStart(bytes, at));
  const end = elementEnd(bytes, value);
  return textOf(bytes, value, end) ?? `#${toHex(bytes.subarray(value, end))}`;
}
function textOf(bytes, at, end) {
  const tag = bytes[at] ?? 0;
  if (!isStringTag(tag)) return void 0;
  try {
    return decodeString(bytes, tag, contentStart(bytes, at), end);
  } catch (error) {
    if (X509Error.is(error)) return void 0;
    throw error;
  }
}

// packages/x509/src/distinguished-name/read-name.ts
function nameFault(bytes, at) {
  if (bytes[at] !== 48) return at;
  const end = elementEnd(bytes, at);
  for (let set = contentStart(bytes, at); set < end; ) {
    const setEnd = elementEnd(bytes, set);
    let attribute = contentStart(bytes, set);
    if (bytes[set] !== 49 || attribute === setEnd) return set;
    while (attribute < setEnd) {
      const attributeEnd = elementEnd(bytes, attribute);
      const type = contentStart(bytes, attribute);
      if (bytes[attribute] !== 48 || type === attributeEnd || bytes[type] !== 6) return attribute;
      const value = elementEnd(bytes, type);
      if (value === attributeEnd || elementEnd(bytes, value) !== attributeEnd) return attribute;
      attribute = attributeEnd;
    }
    set = setEnd;
  }
  return -1;
}
function findAttribute(bytes, oid) {
  const octets = oidOctets(oid);
  const end = elementEnd(bytes, 0);
  for (let set = contentStart(bytes, 0); set < end; set = elementEnd(bytes, set)) {
    const setEnd = elementEnd(bytes, set);
    for (let at = contentStart(bytes, set); at < setEnd; at = elementEnd(bytes, at)) {
      if (hasType(bytes, contentStart(bytes, at), octets)) return at;
    }
  }
  return -1;
}
function hasType(bytes, type, octets) {
  if (bytes[type + 1] !== octets.length) return false;
  for (let index = 0; index < octets.length; index++) if (bytes[type + 2 + index] !== octets[index]) return false;
  return true;
}
function readName(bytes) {
  const rdns = [];
  const end = elementEnd(bytes, 0);
  for (let set = contentStart(bytes, 0); set < end; ) {
    const setEnd = elementEnd(bytes, set);
    const attributes = [];
    for (let at = contentStart(bytes, set); at < setEnd; at = elementEnd(bytes, at)) {
      attributes.push(new NameAttribute(bytes, at));
    }
    rdns.push(Object.freeze(attributes));
    set = setEnd;
  }
  return Object.freeze(rdns);
}

// packages/x509/src/der/writer.ts
function derTlv(tag, ...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const lengthSize = length < 128 ? 0 : length < 256 ? 1 : length < 65536 ? 2 : length < 16777216 ? 3 : 4;
  const element = new Uint8Array(2 + lengthSize + length);
  element[0] = tag;
  element[1] = lengthSize === 0 ? length : 128 | lengthSize;
  for (let index = 0; index < lengthSize; index++) element[2 + index] = length >>> 8 * (lengthSize - 1 - index);
  let position = 2 + lengthSize;
  for (const part of parts) {
    element.set(part, position);
    position += part.length;
  }
  return element;
}
function derSequence(...parts) {
  return derTlv(Tag.sequence, ...parts);
}
function derSet(...parts) {
  return derTlv(Tag.set, ...[...parts].sort(compareBytes));
}
function derInteger(value) {
  return derTlv(Tag.integer, value instanceof Uint8Array ? unsignedOctets(value) : signedOctets(BigInt(value)));
}
function derOid(text) {
  let element = oidElements.get(text);
  if (element === void 0) {
    element = derTlv(Tag.oid, encodeOid(text));
    if (oidElements.size < 256) oidElements.set(text, element);
  }
  return element;
}
function derOctetString(bytes) {
  return derTlv(Tag.octetString, bytes);
}
function derBitString(bytes, unused = 0) {
  return derTlv(Tag.bitString, Uint8Array.of(unused), bytes);
}
function derBoolean(value) {
  return Uint8Array.of(Tag.boolean, 1, value ? 255 : 0);
}
function derNull() {
  return Uint8Array.of(Tag.null, 0);
}
function derUtf8String(text) {
  if (!text.isWellFormed()) refuseText("a UTF8String", "Unicode without lone surrogates");
  return derTlv(Tag.utf8String, encoder.encode(text));
}
function derPrintableString(text) {
  if (!isPrintableText(text)) refuseText("a PrintableString", "letters, digits, space and '()+,-./:=?");
  return derTlv(Tag.printableString, encoder.encode(text));
}
function derIa5String(text) {
  if (!isAsciiText(text)) refuseText("an IA5String", "ASCII");
  return derTlv(Tag.ia5String, encoder.encode(text));
}
function derTime(time3) {
  assertWritable(time3);
  const { tag, text } = encodeTimeText(time3);
  return derTlv(tag, encoder.encode(text));
}
function derGeneralizedTime(time3) {
  assertWritable(time3);
  return derTlv(Tag.generalizedTime, encoder.encode(generalizedTimeText(time3)));
}
function derExplicit(number, part) {
  return derTlv(contextConstructed(number), part);
}
function derImplicit(number, part) {
  const element = new Uint8Array(part);
  element[0] = 128 | (part[0] ?? 0) & 32 | number;
  return element;
}
function assertWritable(time3) {
  const year = time3.getUTCFullYear();
  if (year >= 0 && year <= 9999) return;
  const expected = "a valid Date in the years 0 to 9999";
  throw new X509Error("ARGUMENT_INVALID", `the time cannot be encoded: expected ${expected}`, {
    argument: "time",
    expected
  });
}
function signedOctets(value) {
  if (value >= 0n) {
    const hex = value.toString(16);
    return unsignedOctets(fromHex(hex.length % 2 === 0 ? hex : `0${hex}`) ?? Uint8Array.of(0));
  }
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size++;
  const octets = new Uint8Array(size);
  let rest = value;
  for (let index = size - 1; index >= 0; index--) {
    octets[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return octets;
}
function unsignedOctets(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  if (bytes.length === 0) return Uint8Array.of(0);
  const magnitude2 = bytes.subarray(start);
  if ((magnitude2[0] ?? 0) < 128) return magnitude2;
  const octets = new Uint8Array(magnitude2.length + 1);
  octets.set(magnitude2, 1);
  return octets;
}
function refuseText(type, expected) {
  throw new X509Error("ARGUMENT_INVALID", `text that cannot be ${type}: expected ${expected}`, {
    argument: "text",
    expected
  });
}
var encoder = /* @__PURE__ */ new TextEncoder();
var oidElements = /* @__PURE__ */ new Map();

// packages/x509/src/extensions/extension.ts
var ParsedExtension = class {
  oid;
  name;
  critical;
  #value;
  /** @internal `at` is the offset of an Extension in bytes that were walked and checked. */
  constructor(bytes, at) {
    const type = contentStart(bytes, at);
    const afterType = elementEnd(bytes, type);
    const hasCritical = bytes[afterType] === 1;
    const value = hasCritical ? elementEnd(bytes, afterType) : afterType;
    this.oid = decodeOid(bytes, contentStart(bytes, type), afterType);
    const name = oidName(this.oid);
    if (name !== void 0) this.name = name;
    this.critical = hasCritical && bytes[afterType + 2] === 255;
    this.#value = bytes.subarray(contentStart(bytes, value), elementEnd(bytes, value));
    Object.freeze(this);
  }
  get value() {
    return this.#value.slice();
  }
};
function extensionsFault(bytes, at) {
  const end = elementEnd(bytes, at);
  let extension3 = contentStart(bytes, at);
  if (bytes[at] !== 48 || extension3 === end) return at;
  while (extension3 < end) {
    const extensionEnd = elementEnd(bytes, extension3);
    const type = contentStart(bytes, extension3);
    if (bytes[extension3] !== 48 || type === extensionEnd || bytes[type] !== 6) return extension3;
    let value = elementEnd(bytes, type);
    if (value < extensionEnd && bytes[value] === 1) value = elementEnd(bytes, value);
    if (value >= extensionEnd || bytes[value] !== 4 || elementEnd(bytes, value) !== extensionEnd) return extension3;
    extension3 = extensionEnd;
  }
  return -1;
}
function findExtension(bytes, at, oid) {
  const end = elementEnd(bytes, at);
  for (let extension3 = contentStart(bytes, at); extension3 < end; extension3 = elementEnd(bytes, extension3)) {
    const type = contentStart(bytes, extension3);
    if (bytes[type + 1] === oid.length && sameOctets(bytes, type + 2, oid, 0, oid.length)) return extension3;
  }
  return -1;
}
function firstDuplicate(bytes, at) {
  const end = elementEnd(bytes, at);
  let count = 0;
  for (let one = contentStart(bytes, at); one < end; one = elementEnd(bytes, one)) {
    if (++count > maxPairs) return firstDuplicateOfMany(bytes, at);
    const type = contentStart(bytes, one);
    const length = elementEnd(bytes, type) - type;
    for (let other = contentStart(bytes, at); other < one; other = elementEnd(bytes, other)) {
      if (sameOctets(bytes, type, bytes, contentStart(bytes, other), length)) return duplicate(bytes, one);
    }
  }
  return void 0;
}
function firstDuplicateOfMany(bytes, at) {
  const end = elementEnd(bytes, at);
  const seen = /* @__PURE__ */ new Set();
  for (let one = contentStart(bytes, at); one < end; one = elementEnd(bytes, one)) {
    const { oid } = duplicate(bytes, one);
    if (seen.has(oid)) return duplicate(bytes, one);
    seen.add(oid);
  }
  return void 0;
}
function duplicate(bytes, at) {
  const type = contentStart(bytes, at);
  return { oid: decodeOid(bytes, contentStart(bytes, type), elementEnd(bytes, type)), offset: at };
}
function sameOctets(a, aStart, b, bStart, length) {
  for (let index = 0; index < length; index++) if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}
var maxPairs = 32;
function encodeExtension(extension3) {
  const { oid, critical, value } = extension3;
  return critical ? derSequence(derOid(oid), derBoolean(true), derOctetString(value)) : derSequence(derOid(oid), derOctetString(value));
}
function encodeExtensions(extensions3) {
  return derSequence(...extensions3.map(encodeExtension));
}

// packages/x509/src/certificate-outline.ts
var maxSerialBytes = 256;
function outlineCertificate(bytes) {
  walkDer(bytes, 0, bytes.length);
  const tbs = firstInside(bytes, 0, bytes.length, "a Certificate");
  const algorithm = child(bytes, tbs, bytes.length, Tag.sequence, "a TBSCertificate");
  checkAlgorithm(bytes, algorithm, bytes.length);
  const signature = elementEnd(bytes, algorithm);
  const end = child(bytes, signature, bytes.length, Tag.bitString, "a signatureValue");
  if (bytes[contentStart(bytes, signature)] !== 0) fail(signature, "a signature of whole octets");
  if (end !== bytes.length) fail(end, "the end of the Certificate");
  return outlineTbs(bytes, tbs, algorithm);
}
function outlineTbs(bytes, tbs, end) {
  let at = contentStart(bytes, tbs);
  let version = 1;
  if (at < end && bytes[at] === 160) {
    version = readVersion(bytes, at);
    at = elementEnd(bytes, at);
  }
  const serial = at;
  at = child(bytes, serial, end, Tag.integer, "a serialNumber");
  if (at - serial > maxSerialBytes) limitFail(serial, "octets in a serial number", maxSerialBytes);
  checkAlgorithm(bytes, at, end);
  const issuer = elementEnd(bytes, at);
  const validity2 = checkName(bytes, issuer, end, "an issuer");
  const subject = checkValidity(bytes, validity2, end);
  const publicKey = checkName(bytes, subject, end, "a subject");
  at = checkPublicKey(bytes, publicKey, end);
  at = skipUniqueId(bytes, at, end, 129, version);
  at = skipUniqueId(bytes, at, end, 130, version);
  let extensions3 = 0;
  if (at < end && bytes[at] === 163) {
    if (version !== 3) fail(at, "no extensions before version 3");
    extensions3 = checkExtensions(bytes, at);
    at = elementEnd(bytes, at);
  }
  if (at !== end) fail(at, "the end of the TBSCertificate");
  return { serial, issuer, subject, extensions: extensions3 };
}
function readVersion(bytes, at) {
  const integer = contentStart(bytes, at);
  const value = bytes[integer + 2] ?? 255;
  const isOne = bytes[integer] === Tag.integer && bytes[integer + 1] === 1 && elementEnd(bytes, at) === integer + 3;
  if (!isOne || value > 2) fail(at, "version 1, 2 or 3");
  return value + 1;
}
function checkAlgorithm(bytes, at, end) {
  const algorithmEnd = child(bytes, at, end, Tag.sequence, "an AlgorithmIdentifier");
  const oid = contentStart(bytes, at);
  const parameters = child(bytes, oid, algorithmEnd, Tag.oid, "the OID of an AlgorithmIdentifier");
  if (parameters !== algorithmEnd && elementEnd(bytes, parameters) !== algorithmEnd) {
    fail(elementEnd(bytes, parameters), "the end of the AlgorithmIdentifier");
  }
}
function checkName(bytes, at, end, what) {
  const nameEnd = child(bytes, at, end, Tag.sequence, what);
  const fault = nameFault(bytes, at);
  if (fault !== -1) fail(fault, `${what} that is a Name`);
  return nameEnd;
}
function checkValidity(bytes, at, end) {
  const validityEnd = child(bytes, at, end, Tag.sequence, "a validity");
  const notBefore = contentStart(bytes, at);
  const notAfter = time(bytes, notBefore, validityEnd, "a notBefore");
  const after = time(bytes, notAfter, validityEnd, "a notAfter");
  if (after !== validityEnd) fail(after, "the end of the validity");
  return validityEnd;
}
function time(bytes, at, end, what) {
  return child(bytes, at, end, bytes[at] === Tag.generalizedTime ? Tag.generalizedTime : Tag.utcTime, what);
}
function checkPublicKey(bytes, at, end) {
  const keyEnd = child(bytes, at, end, Tag.sequence, "a subjectPublicKeyInfo");
  const algorithm = contentStart(bytes, at);
  checkAlgorithm(bytes, algorithm, keyEnd);
  const bits = elementEnd(bytes, algorithm);
  if (child(bytes, bits, keyEnd, Tag.bitString, "a subjectPublicKey") !== keyEnd) {
    fail(elementEnd(bytes, bits), "the end of the subjectPublicKeyInfo");
  }
  return keyEnd;
}
function skipUniqueId(bytes, at, end, tag, version) {
  if (at >= end || bytes[at] !== tag) return at;
  if (version === 1) fail(at, "no unique identifier in version 1");
  const after = elementEnd(bytes, at);
  assertBitString(bytes, contentStart(bytes, at), after);
  return after;
}
function checkExtensions(bytes, at) {
  const list = contentStart(bytes, at);
  const end = elementEnd(bytes, at);
  if (child(bytes, list, end, Tag.sequence, "Extensions") !== end) fail(elementEnd(bytes, list), "the end of [3]");
  const fault = extensionsFault(bytes, list);
  if (fault !== -1) fail(fault, "at least one Extension, and nothing else");
  const duplicate2 = firstDuplicate(bytes, list);
  if (duplicate2 !== void 0) {
    throw new X509Error(
      "EXTENSION_DUPLICATE",
      `the extension ${duplicate2.oid} is there twice, again at offset ${duplicate2.offset}`,
      duplicate2
    );
  }
  return list;
}
function child(bytes, at, end, tag, what) {
  if (at >= end || bytes[at] !== tag) fail(at, what);
  return elementEnd(bytes, at);
}
function firstInside(bytes, at, end, what) {
  child(bytes, at, end, Tag.sequence, what);
  return contentStart(bytes, at);
}
function fail(offset, expected) {
  throw new X509Error("CERTIFICATE_INVALID", `not a certificate at offset ${offset}: expected ${expected}`, {
    offset,
    expected
  });
}

// packages/x509/src/pem-base64.ts
function decodePemSpan(bytes, span) {
  const out = new Uint8Array(decodedBound(span));
  const length = decodePemInto(bytes, span, out, 0);
  return length === out.length ? out : out.slice(0, length);
}
function decodedBound(span) {
  return Math.ceil((span.bodyEnd - span.bodyStart) / 4) * 3;
}
function decodePemInto(bytes, span, out, position) {
  let to = position;
  let from = span.bodyStart;
  const last = span.bodyEnd - 4;
  while (from <= last) {
    const first = base64Values[bytes[from]];
    const second = base64Values[bytes[from + 1]];
    const third = base64Values[bytes[from + 2]];
    const fourth = base64Values[bytes[from + 3]];
    if ((first | second | third | fourth) < 64) {
      out[to] = first << 2 | second >> 4;
      out[to + 1] = second << 4 | third >> 2;
      out[to + 2] = third << 6 | fourth;
      to += 3;
      from += 4;
    } else if (first === space) from++;
    else break;
  }
  return decodeRest(bytes, span, from, out, to);
}
function decodeRest(bytes, span, start, out, position) {
  let to = position;
  let from = start;
  let group = 0;
  let count = 0;
  for (; from < span.bodyEnd; from++) {
    const value = base64Values[bytes[from] ?? 0] ?? bad;
    if (value === space) continue;
    if (value > 63) break;
    group = group << 6 | value;
    if (++count === 4) {
      out[to++] = group >> 16;
      out[to++] = group >> 8;
      out[to++] = group;
      group = count = 0;
    }
  }
  const padding = endOfBase64(bytes, span, from, count);
  if (count === 0) return to;
  const leftover = count === 2 ? group & 15 : group & 3;
  if (leftover !== 0) failBase64(bytes, span, padding, "leftover bits of zero before the padding");
  if (count === 2) out[to++] = group >> 4;
  if (count === 3) {
    out[to++] = group >> 10;
    out[to++] = group >> 2;
  }
  return to;
}
function endOfBase64(bytes, span, start, count) {
  let seen = 0;
  let firstPadding = span.bodyEnd;
  for (let index = start; index < span.bodyEnd; index++) {
    const octet = bytes[index] ?? 0;
    if (base64Values[octet] === space) continue;
    if (octet !== 61) failBase64(bytes, span, index, seen > 0 ? "nothing after the padding" : "a base64 character");
    if (seen++ === 0) firstPadding = index;
    if (count < 2 || seen > 4 - count) failBase64(bytes, span, index, "no padding here");
  }
  if (count === 1 || count > 1 && seen !== 4 - count) failBase64(bytes, span, span.bodyEnd, "complete base64 groups");
  return firstPadding;
}
function failBase64(bytes, span, at, expected) {
  let index = at;
  while (index > span.bodyStart && index >= span.bodyEnd - 1 && isSpace(bytes[index - 1] ?? 0)) index--;
  const line = lineAt(bytes, index);
  let lineStart = index;
  while (lineStart > 0 && bytes[lineStart - 1] !== 10 && bytes[lineStart - 1] !== 13) lineStart--;
  const column = index - lineStart + 1;
  throw new X509Error("PEM_BAD_BASE64", `bad base64 on line ${line}, column ${column}: expected ${expected}`, {
    line,
    label: span.label,
    column
  });
}
function lineAt(bytes, offset) {
  return 1 + countLines(bytes, 0, offset);
}
function countLines(bytes, from, to) {
  let count = 0;
  for (let index = from; index < to; index++) {
    const octet = bytes[index];
    if (octet === 10 || octet === 13 && bytes[index + 1] !== 10) count++;
  }
  return count;
}
function isSpace(octet) {
  return base64Values[octet] === space;
}
var space = 254;
var bad = 255;
var base64Values = /* @__PURE__ */ (() => {
  const values = new Uint8Array(256).fill(bad);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;
  for (const octet of [9, 10, 11, 12, 13, 32]) values[octet] = space;
  return values;
})();

// packages/x509/src/pem.ts
function pemDecode(text) {
  const bytes = pemBytes(text);
  let position = 0;
  let line = 1;
  return findPem(bytes).map((span) => {
    const { label: label2, start, headers } = span;
    line += countLines(bytes, position, start);
    position = start;
    const block = { label: label2, line, bytes: decodePemSpan(bytes, span) };
    return headers === void 0 ? block : { ...block, headers };
  });
}
function pemEncode(label2, bytes) {
  if (!/^[A-Z0-9]+(?:[ .#][A-Z0-9]+)*$/.test(label2)) {
    throw new X509Error("ARGUMENT_INVALID", `not a PEM label: ${JSON.stringify(label2)}`, {
      argument: "label",
      expected: "upper-case words, as in CERTIFICATE REQUEST"
    });
  }
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label2}-----`, ...lines, `-----END ${label2}-----`, ""].join("\n");
}
function pemBytes(text) {
  if (typeof text === "string") return new TextEncoder().encode(text);
  if (isBytes(text)) return text;
  throw new X509Error("ARGUMENT_INVALID", `expected PEM as a string or a Uint8Array, got ${typeof text}`, {
    argument: "text",
    expected: "a string or a Uint8Array"
  });
}
function looksLikeDer(input) {
  return input[0] === 48 && ((input[1] ?? 0) >= 128 || find(input, beginMark, 0, input.length) === -1);
}
function findPem(bytes) {
  const spans = [];
  let position = 0;
  for (; ; ) {
    const begin = nextBoundary(bytes, beginMark, position);
    if (begin === void 0) return spans;
    position = begin.lineEnd;
    const end = nextBoundary(bytes, anyMark, position);
    if (end === void 0 || end.label !== begin.label || !end.isEnd) {
      const line = lineAt(bytes, begin.start);
      const found = end === void 0 ? "the end of the text" : `${end.isEnd ? "END" : "BEGIN"} ${end.label}`;
      throw new X509Error(
        "PEM_UNTERMINATED",
        `the block ${JSON.stringify(begin.label)} that begins on line ${line} is not closed: found ${found}`,
        { line, label: begin.label }
      );
    }
    const body = readHeaders(bytes, position, end.start);
    const span = { label: begin.label, start: begin.start, bodyStart: body.start, bodyEnd: end.start };
    spans.push(body.headers === void 0 ? span : { ...span, headers: body.headers });
    position = end.lineEnd;
  }
}
function nextBoundary(bytes, mark, from) {
  let position = from;
  for (; ; ) {
    const dashes = find(bytes, mark, position, bytes.length);
    if (dashes === -1) return void 0;
    position = dashes + dashCount;
    const isEnd = startsWith(bytes, endWord, position);
    if (!isEnd && !startsWith(bytes, beginWord, position)) continue;
    const labelStart = position + (isEnd ? endWord.length : beginWord.length);
    let labelEnd = labelStart;
    while (labelEnd < bytes.length && labelEnd - labelStart <= maxLabel && isLabelOctet(bytes[labelEnd] ?? 0))
      labelEnd++;
    if (!startsWith(bytes, fiveDashes, labelEnd)) continue;
    const lineEnd = labelEnd + dashCount;
    if (!isBlankAfter(bytes, lineEnd) || !isBlankBefore(bytes, dashes)) continue;
    const label2 = asciiText(bytes, labelStart, labelEnd) ?? "";
    return { label: label2, isEnd, start: dashes, lineEnd };
  }
}
function readHeaders(bytes, from, to) {
  let start = from;
  while (start < to && isSpace(bytes[start] ?? 0)) start++;
  if (!hasColon(bytes, start, to)) return { start };
  const headers = /* @__PURE__ */ new Map();
  let last = "";
  while (start < to) {
    const end = lineEndOf(bytes, start, to);
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    start = nextLine(bytes, end, to);
    if (text.trim() === "") break;
    const colon = text.indexOf(":");
    if (colon > 0 && !/^\s/.test(text)) {
      last = text.slice(0, colon).trim();
      headers.set(last, text.slice(colon + 1).trim());
    } else if (last !== "" && /^\s/.test(text)) {
      headers.set(last, headers.get(last) + text.trim());
    } else {
      start = end - (end - lineStartOf(bytes, end));
      break;
    }
  }
  return { start, headers: Object.freeze(Object.fromEntries(headers)) };
}
function hasColon(bytes, from, to) {
  for (let index = from; index < to; index++) {
    const octet = bytes[index] ?? 0;
    if (octet === 58) return true;
    if (octet === 10 || octet === 13) return false;
  }
  return false;
}
function lineEndOf(bytes, from, to) {
  let index = from;
  while (index < to && bytes[index] !== 10 && bytes[index] !== 13) index++;
  return index;
}
function lineStartOf(bytes, from) {
  let index = from;
  while (index > 0 && bytes[index - 1] !== 10 && bytes[index - 1] !== 13) index--;
  return index;
}
function nextLine(bytes, end, to) {
  if (bytes[end] === 13 && bytes[end + 1] === 10) return Math.min(end + 2, to);
  return Math.min(end + 1, to);
}
function isBlankBefore(bytes, at) {
  for (let index = at - 1; index >= 0; index--) {
    const octet = bytes[index] ?? 0;
    if (octet === 10 || octet === 13) return true;
    if (index === 2 && octet === 191 && bytes[0] === 239 && bytes[1] === 187) return true;
    if (octet !== 32 && octet !== 9) return false;
  }
  return true;
}
function isBlankAfter(bytes, at) {
  for (let index = at; index < bytes.length; index++) {
    const octet = bytes[index] ?? 0;
    if (octet === 10 || octet === 13) return true;
    if (octet !== 32 && octet !== 9) return false;
  }
  return true;
}
function isLabelOctet(octet) {
  return octet >= 32 && octet <= 126 && octet !== 45;
}
function find(bytes, needle, from, to) {
  const first = needle[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1 && at < to; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, needle, at)) return at;
  }
  return -1;
}
function startsWith(bytes, needle, at) {
  for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false;
  return true;
}
function ascii(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
var dashCount = 5;
var maxLabel = 80;
var fiveDashes = /* @__PURE__ */ ascii("-----");
var anyMark = fiveDashes;
var beginMark = /* @__PURE__ */ ascii("-----BEGIN ");
var beginWord = /* @__PURE__ */ ascii("BEGIN ");
var endWord = /* @__PURE__ */ ascii("END ");

// packages/x509/src/certificate-pem.ts
var labels = ["CERTIFICATE", "X509 CERTIFICATE"];
function certificateBlocks(text) {
  const bytes = textBytes(text);
  return decodeBlocks(bytes, certificateSpans(bytes));
}
function onlyCertificateBlock(text) {
  const bytes = textBytes(text);
  const [first, second, ...more] = certificateSpans(bytes);
  if (second !== void 0) {
    const count = more.length + 2;
    const line = lineAt(bytes, second.start);
    throw new X509Error(
      "PEM_MULTIPLE_BLOCKS",
      `${count} certificates where one was expected, the second on line ${line}: use Certificate.allFromPem`,
      { line, label: "CERTIFICATE", count }
    );
  }
  return decodeBlocks(bytes, first === void 0 ? [] : [first])[0] ?? new Uint8Array(0);
}
function certificateSpans(bytes) {
  const spans = findPem(bytes);
  const wanted = spans.filter((span) => labels.includes(span.label));
  if (wanted.length === 0) throw nothingFound(bytes, spans[0]);
  return wanted;
}
function decodeBlocks(bytes, spans) {
  const text = spans.length === 0 || nativeDecoder === void 0 ? "" : latin1Text(bytes);
  let memory = new Uint8Array(0);
  let position = 0;
  return spans.map((span, index) => {
    if (position + decodedBound(span) > memory.length) {
      memory = new Uint8Array(pieceSize(spans, index));
      position = 0;
    }
    const start = position;
    const rest = memory.subarray(start);
    const length = decodeNatively(text, span, rest);
    position = length === -1 ? decodePemInto(bytes, span, memory, start) : start + length;
    return memory.subarray(start, position);
  });
}
function pieceSize(spans, from) {
  let size = 0;
  for (let index = from; index < spans.length; index++) {
    const bound = decodedBound(spans[index]);
    if (size > 0 && size + bound > maxPiece) break;
    size += bound;
  }
  return size;
}
function decodeNatively(text, span, out) {
  if (nativeDecoder === void 0) return -1;
  try {
    return nativeDecoder.call(out, text.slice(span.bodyStart, span.bodyEnd), strict).written;
  } catch {
    return -1;
  }
}
function latin1Text(bytes) {
  return new TextDecoder("latin1").decode(bytes);
}
var maxPiece = 32768;
var strict = { lastChunkHandling: "strict" };
var nativeDecoder = /* @__PURE__ */ Reflect.get(Uint8Array.prototype, "setFromBase64");
function textBytes(text) {
  if (typeof text === "string" || isBytes(text)) return pemBytes(text);
  throw new X509Error("ARGUMENT_INVALID", `expected PEM as a string or a Uint8Array, got ${typeof text}`, {
    argument: "text",
    expected: "a string or a Uint8Array"
  });
}
function nothingFound(bytes, first) {
  if (first === void 0) {
    return new X509Error("PEM_NO_BLOCK", "no PEM block: expected -----BEGIN CERTIFICATE-----", {
      label: "CERTIFICATE"
    });
  }
  const { label: label2 } = first;
  const line = lineAt(bytes, first.start);
  return new X509Error("PEM_WRONG_LABEL", `expected a CERTIFICATE, found ${JSON.stringify(label2)} on line ${line}`, {
    line,
    label: label2,
    expected: "CERTIFICATE"
  });
}

// packages/x509/src/extensions/oids.ts
var ExtensionOid = {
  subjectDirectoryAttributes: "2.5.29.9",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  privateKeyUsagePeriod: "2.5.29.16",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  cRLNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCRLIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  freshestCRL: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  subjectInfoAccess: "1.3.6.1.5.5.7.1.11",
  ocspNonce: "1.3.6.1.5.5.7.48.1.2",
  tlsFeature: "1.3.6.1.5.5.7.1.24",
  acmeIdentifier: "1.3.6.1.5.5.7.1.31",
  signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2"
};

// packages/x509/src/deviation.ts
function findDeviations(bytes, outline) {
  const found = [];
  const report = (code, offset) => {
    found.push(Object.freeze({ code, offset, message: sentences[code] }));
  };
  versionAndSerial(bytes, outline, report);
  algorithms(bytes, outline, report);
  if (elementEnd(bytes, outline.issuer) === contentStart(bytes, outline.issuer)) report("ISSUER_EMPTY", outline.issuer);
  reportName(bytes, outline.issuer, report);
  validity(bytes, elementEnd(bytes, outline.issuer), report);
  reportName(bytes, outline.subject, report);
  afterSubject(bytes, outline, report);
  if (outline.extensions !== 0) extensions(bytes, outline, report);
  return Object.freeze(found);
}
function versionAndSerial(bytes, { serial }, report) {
  const version = contentStart(bytes, contentStart(bytes, 0));
  if (version !== serial && bytes[contentStart(bytes, version) + 2] === 0) report("VERSION_DEFAULT_ENCODED", version);
  const start = contentStart(bytes, serial);
  const length = elementEnd(bytes, serial) - start;
  if ((bytes[start] ?? 0) >= 128) report("SERIAL_NEGATIVE", serial);
  else if (length === 1 && bytes[start] === 0) report("SERIAL_ZERO", serial);
  if (length > 20) report("SERIAL_TOO_LONG", serial);
}
function algorithms(bytes, { serial, issuer }, report) {
  const inner = elementEnd(bytes, serial);
  const outer = elementEnd(bytes, contentStart(bytes, 0));
  const same = compareBytes(bytes.subarray(inner, issuer), bytes.subarray(outer, elementEnd(bytes, outer))) === 0;
  if (!same) report("SIGNATURE_ALGORITHM_MISMATCH", outer);
}
function reportName(bytes, at, report) {
  const end = elementEnd(bytes, at);
  for (let set = contentStart(bytes, at); set < end; set = elementEnd(bytes, set)) {
    let previous;
    const setEnd = elementEnd(bytes, set);
    for (let attribute = contentStart(bytes, set); attribute < setEnd; attribute = elementEnd(bytes, attribute)) {
      const der = bytes.subarray(attribute, elementEnd(bytes, attribute));
      if (previous !== void 0 && compareBytes(previous, der) > 0) report("NAME_SET_ORDER", attribute);
      previous = der;
      attributeText(bytes, attribute, report);
    }
  }
}
function attributeText(bytes, attribute, report) {
  const value = elementEnd(bytes, contentStart(bytes, attribute));
  const { isText, tag } = new NameAttribute(bytes, attribute);
  if (!isText) report("NAME_TEXT_UNREADABLE", value);
  else if (!isInAlphabet(bytes, tag, contentStart(bytes, value), elementEnd(bytes, value))) {
    report("NAME_TEXT_ALPHABET", value);
  }
}
function validity(bytes, at, report) {
  const times = [contentStart(bytes, at), elementEnd(bytes, contentStart(bytes, at))].map((offset) => {
    const tag = bytes[offset] ?? 0;
    const time3 = decodeTime(bytes, tag, contentStart(bytes, offset), elementEnd(bytes, offset));
    if (tag === Tag.generalizedTime && time3 < Date.UTC(2050, 0)) report("TIME_GENERALIZED_BEFORE_2050", offset);
    return time3;
  });
  if ((times[0] ?? 0) > (times[1] ?? 0)) report("VALIDITY_REVERSED", at);
}
function afterSubject(bytes, { subject }, report) {
  const unique = elementEnd(bytes, elementEnd(bytes, subject));
  if (bytes[unique] === 129 || bytes[unique] === 130) report("UNIQUE_IDENTIFIER", unique);
}
function extensions(bytes, { subject, extensions: at }, report) {
  const end = elementEnd(bytes, at);
  for (let extension3 = contentStart(bytes, at); extension3 < end; extension3 = elementEnd(bytes, extension3)) {
    const { critical, isEncoded } = criticality(bytes, extension3);
    if (isEncoded && !critical) report("CRITICAL_DEFAULT_ENCODED", extension3);
  }
  if (elementEnd(bytes, subject) === contentStart(bytes, subject)) {
    const san = findExtension(bytes, at, oidOctets(ExtensionOid.subjectAltName));
    if (san !== -1 && !criticality(bytes, san).critical) report("SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN", san);
  }
  basicConstraints(bytes, at, report);
  keyUsage(bytes, at, report);
  nameConstraints(bytes, at, report);
}
function criticality(bytes, extension3) {
  const critical = elementEnd(bytes, contentStart(bytes, extension3));
  const isEncoded = bytes[critical] === Tag.boolean;
  return { isEncoded, critical: isEncoded && bytes[critical + 2] === 255 };
}
function basicConstraints(bytes, at, report) {
  const start = valueStart(bytes, at, ExtensionOid.basicConstraints);
  if (start === -1 || bytes[start] !== Tag.sequence) return;
  const isEncoded = bytes[start + 2] === Tag.boolean && (bytes[start + 1] ?? 0) >= 3;
  const ca = isEncoded && bytes[start + 4] === 255;
  if (isEncoded && !ca) report("CA_DEFAULT_ENCODED", start);
  const afterCa = isEncoded ? start + 5 : start + 2;
  if (!ca && (bytes[start + 1] ?? 0) > afterCa - start - 2 && bytes[afterCa] === Tag.integer) {
    report("PATH_LENGTH_WITHOUT_CA", start);
  }
}
function keyUsage(bytes, at, report) {
  const start = valueStart(bytes, at, ExtensionOid.keyUsage);
  const length = bytes[start + 1] ?? 0;
  if (start === -1 || bytes[start] !== Tag.bitString || length === 0 || length > 127) return;
  const unused = bytes[start + 2] ?? 0;
  const last = length === 1 ? 0 : bytes[start + 1 + length] ?? 0;
  if (bytes.subarray(start + 3, start + 2 + length).every((octet) => octet === 0)) report("KEY_USAGE_EMPTY", start);
  else if ((last >> unused & 1) === 0) report("KEY_USAGE_PADDING", start);
}
function nameConstraints(bytes, at, report) {
  const start = valueStart(bytes, at, ExtensionOid.nameConstraints);
  if (start === -1) return;
  try {
    const lists = new DerReader(bytes, start).enter(Tag.sequence, "NameConstraints");
    while (lists.peek() !== -1) {
      lists.next();
      for (const subtrees2 = lists.contents(); subtrees2.peek() !== -1; ) {
        const fields2 = subtrees2.enter(Tag.sequence, "a GeneralSubtree");
        fields2.next("a base");
        if (fields2.peek() === 128) report("SUBTREE_MINIMUM_DEFAULT_ENCODED", fields2.position);
      }
    }
  } catch (error) {
    if (!X509Error.is(error)) throw error;
  }
}
function valueStart(bytes, at, oid) {
  const extension3 = findExtension(bytes, at, oidOctets(oid));
  if (extension3 === -1) return -1;
  let value = elementEnd(bytes, contentStart(bytes, extension3));
  if (bytes[value] === Tag.boolean) value = elementEnd(bytes, value);
  const start = contentStart(bytes, value);
  return start < elementEnd(bytes, value) ? start : -1;
}
var sentences = {
  VERSION_DEFAULT_ENCODED: "Version 1 is the default and must not be encoded (RFC 5280 section 4.1.2.1, X.690 11.5).",
  SERIAL_NEGATIVE: "The serial number is negative (RFC 5280 section 4.1.2.2).",
  SERIAL_ZERO: "The serial number is zero (RFC 5280 section 4.1.2.2).",
  SERIAL_TOO_LONG: "The serial number is longer than 20 octets (RFC 5280 section 4.1.2.2).",
  SIGNATURE_ALGORITHM_MISMATCH: "The signature algorithm inside the signed part is another than the one outside (RFC 5280 section 4.1.1.2).",
  ISSUER_EMPTY: "The issuer's name is empty (RFC 5280 section 4.1.2.4).",
  NAME_SET_ORDER: "The attributes of a multi-valued RDN are not in DER order (X.690 11.6).",
  NAME_TEXT_UNREADABLE: "An attribute of a name is no readable character string (RFC 5280 section 4.1.2.4).",
  NAME_TEXT_ALPHABET: "An attribute of a name has characters that its string type does not have (X.680 section 41).",
  TIME_GENERALIZED_BEFORE_2050: "A date before 2050 is a GeneralizedTime (RFC 5280 section 4.1.2.5).",
  VALIDITY_REVERSED: "The validity ends before it begins (RFC 5280 section 4.1.2.5).",
  UNIQUE_IDENTIFIER: "There is a unique identifier (RFC 5280 section 4.1.2.8).",
  CRITICAL_DEFAULT_ENCODED: "critical FALSE is the default and must not be encoded (RFC 5280 section 4.2, X.690 11.5).",
  SUBJECT_EMPTY_WITHOUT_CRITICAL_SAN: "The subject is empty and the subject alternative name is not critical (RFC 5280 section 4.1.2.6).",
  CA_DEFAULT_ENCODED: "cA FALSE is the default and must not be encoded (RFC 5280 section 4.2.1.9, X.690 11.5).",
  PATH_LENGTH_WITHOUT_CA: "There is a path length, and the subject is no CA (RFC 5280 section 4.2.1.9).",
  SUBTREE_MINIMUM_DEFAULT_ENCODED: "A minimum of 0 is the default and must not be encoded (RFC 5280 section 4.2.1.10, X.690 11.5).",
  KEY_USAGE_EMPTY: "The key usage has no bit set (RFC 5280 section 4.2.1.3).",
  KEY_USAGE_PADDING: "The key usage has zero bits at its end (X.690 11.2.2)."
};

// packages/x509/src/digest-text.ts
function formatDigest(data, algorithm, format) {
  const hash = Object.hasOwn(hashNames, algorithm) ? hashNames[algorithm] : void 0;
  if (hash === void 0) throw unknownChoice("algorithm", algorithm, Object.keys(hashNames));
  const digest2 = backend.digest(hash, data);
  switch (format) {
    case "colon":
      return toColonHex(digest2);
    case "hex":
      return toHex(digest2);
    case "base64":
      return toBase64(digest2);
    case "bytes":
      return digest2;
    default:
      throw unknownChoice("format", format, ["colon", "hex", "base64", "bytes"]);
  }
}
function unknownChoice(argument, value, choices) {
  const expected = `one of ${choices.join(", ")}`;
  return new X509Error("ARGUMENT_INVALID", `unknown ${argument} ${JSON.stringify(value)}: expected ${expected}`, {
    argument,
    expected
  });
}
var hashNames = {
  "sha-1": "SHA-1",
  "sha-256": "SHA-256",
  "sha-384": "SHA-384",
  "sha-512": "SHA-512"
};

// packages/x509/src/inspect-symbol.ts
var inspectCustom = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

// packages/x509/src/distinguished-name/inspect-name.ts
var labelWidth = 26;
function inspectName(rdns, order) {
  const lines = rdns.flat().map(({ oid, value }) => ({ type: attributeTypeOf(oid)?.long ?? oid, value }));
  if (order === "label") lines.sort((a, b) => a.type < b.type ? -1 : a.type > b.type ? 1 : 0);
  return lines.map(({ type, value }) => `${label(type).padStart(labelWidth)}: ${escapeControls(value)}`).join("\n");
}
function label(type) {
  if (!/^[a-z]/.test(type)) return type;
  return type.replace(/^[a-z]/, (first) => first.toUpperCase()).replace(/(?<!^)[A-Z]/g, " $&");
}

// packages/x509/src/distinguished-name/match-name.ts
function rdnKey(rdn) {
  if (rdn.length === 1 && rdn[0] !== void 0) return attributeKey(rdn[0]);
  return rdn.map(attributeKey).sort().join("");
}
function nameKey(rdns) {
  return rdns.map(rdnKey).join("");
}
function attributeKey(attribute) {
  return attribute.isText ? `${attribute.oid}=${prepareText(attribute.value)}` : `${attribute.oid}#${toHex(NameAttribute.viewOf(attribute))}`;
}
var maxNormalized = 1024;
function prepareText(text) {
  const isAscii = /^[ -~]*$/.test(text);
  if (!isAscii && text.length > maxNormalized) return text.replace(/\p{Cc}/gu, "");
  const folded = isAscii ? text.toLowerCase() : foldUnicode(text);
  return folded.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}
function foldUnicode(text) {
  const mapped = text.replace(spaceLike, " ").replace(mappedToNothing, "");
  return mapped.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").replace(spaceLike, " ");
}
var spaceLike = /[\t\n\v\f\r\u0085\p{Zs}\u2028\u2029]/gu;
var mappedToNothing = /[\p{Cc}\p{Cf}\u1806\ufffc]|\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]/gu;

// packages/x509/src/distinguished-name/write-name.ts
var maxAttributes = 1e4;
function writeName(rdns) {
  const count = rdns.reduce((sum, rdn) => sum + rdn.length, 0);
  if (count > maxAttributes) {
    throw new X509Error("NAME_INVALID", `a name with ${count} attributes: at most ${maxAttributes} can be written`, {
      max: maxAttributes
    });
  }
  return derTlv(
    Tag.sequence,
    ...rdns.map((rdn) => derSet(...rdn.map(({ oid, der }) => derSequence(derOid(oid), der))))
  );
}
function writeAttribute(oid, value, strict2) {
  const type = attributeTypeOf(oid);
  const attribute = type?.short ?? oid;
  if (typeof value !== "string") {
    refuse(attribute, `expected a string, got ${value === null ? "null" : typeof value}`);
  }
  if (!value.isWellFormed()) refuse(attribute, "expected Unicode without lone surrogates");
  if (strict2) checkBounds(type, attribute, value);
  switch (type?.encoding) {
    case "printable":
      if (!isPrintableText(value)) refuse(attribute, "expected letters, digits, space and '()+,-./:=?");
      return { oid, der: derPrintableString(value) };
    case "ia5":
      if (!isAsciiText(value)) refuse(attribute, "expected ASCII; write the domain in its xn-- form");
      return { oid, der: derIa5String(value) };
    default:
      return { oid, der: derUtf8String(value) };
  }
}
function checkBounds(type, attribute, value) {
  if (value === "") refuse(attribute, "a value must not be empty", { min: 1 });
  const max = type?.max;
  if (max !== void 0 && value.length > max && [...value].length > max) {
    refuse(attribute, `at most ${max} characters, got ${[...value].length}`, { max });
  }
  if (type?.pattern !== void 0 && !type.pattern.matches.test(value)) {
    refuse(
      attribute,
      `expected ${type.pattern.expected}, got ${JSON.stringify(value)}`,
      max === void 0 ? {} : { max }
    );
  }
}
function refuse(attribute, why, bounds = {}) {
  throw new X509Error("NAME_INVALID", `${attribute}: ${why}`, { attribute, ...bounds });
}

// packages/x509/src/distinguished-name/name-text.ts
function formatName(rdns) {
  return rdns.map((rdn) => rdn.map(formatAttribute).join("+")).reverse().join(",");
}
function parseName(text, strict2) {
  const parser = new NameTextParser(text, strict2);
  return parser.name().reverse();
}
function formatAttribute(attribute) {
  const name = attributeTypeOf(attribute.oid)?.short;
  if (name === void 0 || !attribute.isText) {
    return `${name ?? attribute.oid}=#${toHex(NameAttribute.viewOf(attribute))}`;
  }
  return `${name}=${escapeValue(attribute.value)}`;
}
function escapeValue(value) {
  if (/^[A-Za-z0-9.-](?:[A-Za-z0-9 .:/_*@-]*[A-Za-z0-9.-])?$/.test(value)) return value;
  const escaped = value.replace(/["+,;<>\\]/g, "\\$&").replace(/(?<=.) $/s, "\\ ").replace(/^[ #]/, "\\$&");
  return replaceControls(escaped, (character) => toHex(encoder2.encode(character)).replace(/../g, "\\$&"));
}
var encoder2 = /* @__PURE__ */ new TextEncoder();
var NameTextParser = class {
  #text;
  #strict;
  #position = 0;
  constructor(text, strict2) {
    this.#text = text;
    this.#strict = strict2;
  }
  name() {
    this.#spaces();
    const rdns = [];
    if (this.#position === this.#text.length) return rdns;
    do
      rdns.push(this.#rdn());
    while (this.#accept(","));
    if (this.#position !== this.#text.length) this.#fail("a comma, a plus sign or the end");
    return rdns;
  }
  #rdn() {
    const attributes = [];
    do
      attributes.push(this.#attribute());
    while (this.#accept("+"));
    return attributes;
  }
  #attribute() {
    this.#spaces();
    const start = this.#position;
    while (/[A-Za-z0-9.-]/.test(this.#peek())) this.#position++;
    const key = this.#text.slice(start, this.#position);
    if (key === "") this.#fail("an attribute type");
    const oid = isOidText(key) ? key : attributeTypeNamed(key)?.oid;
    if (oid === void 0) throw unknownAttribute(key);
    this.#spaces();
    if (!this.#accept("=")) this.#fail("an equals sign");
    this.#spaces();
    if (this.#peek() === "#") return { oid, der: this.#hexValue() };
    return writeAttribute(oid, this.#stringValue(), this.#strict);
  }
  #hexValue() {
    const start = ++this.#position;
    while (/[0-9A-Fa-f]/.test(this.#peek())) this.#position++;
    const bytes = fromHex(this.#text.slice(start, this.#position));
    if (bytes === void 0 || bytes.length === 0) this.#fail("pairs of hexadecimal digits after #");
    this.#spaces();
    try {
      walkDer(bytes, 0, bytes.length);
    } catch (cause) {
      this.#position = start;
      this.#fail("one DER element in hexadecimal after #", cause);
    }
    return bytes;
  }
  #stringValue() {
    const start = this.#position;
    const octets = [];
    let significant = 0;
    for (; ; ) {
      const character = this.#peek();
      if (character === "" || character === "," || character === "+") break;
      if (/[";<>\0]/.test(character)) this.#fail(`a backslash before ${escapeControls(character)}`);
      if (character === "\\") {
        this.#escape(octets);
        significant = octets.length;
      } else {
        octets.push(...new TextEncoder().encode(character));
        this.#position += character.length;
        if (character !== " ") significant = octets.length;
      }
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(octets.slice(0, significant))
      );
    } catch (cause) {
      this.#position = start;
      return this.#fail("hex pairs that are UTF-8", cause);
    }
  }
  #escape(octets) {
    const pair = this.#text.slice(this.#position + 1, this.#position + 3);
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      octets.push(Number.parseInt(pair, 16));
      this.#position += 3;
    } else if (/^[ "#+,;<=>\\]/.test(pair)) {
      octets.push(pair.charCodeAt(0));
      this.#position += 2;
    } else {
      this.#fail("a special character or two hexadecimal digits after the backslash");
    }
  }
  // A whole character, even one of two UTF-16 units; "" at the end.
  #peek() {
    const code = this.#text.codePointAt(this.#position);
    return code === void 0 ? "" : String.fromCodePoint(code);
  }
  #accept(character) {
    this.#spaces();
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }
  #spaces() {
    while (this.#text[this.#position] === " ") this.#position++;
  }
  #fail(expected, cause) {
    throw new X509Error(
      "NAME_INVALID",
      `not an RFC 4514 name: expected ${expected} at character ${this.#position + 1} of ${JSON.stringify(this.#text)}`,
      { offset: this.#position, text: this.#text },
      cause === void 0 ? void 0 : { cause }
    );
  }
};

// packages/x509/src/distinguished-name/distinguished-name.ts
var DistinguishedName = class _DistinguishedName {
  #der;
  #rdns;
  #key;
  // Takes ownership of bytes that hold exactly one well-formed Name.
  constructor(der) {
    this.#der = der;
  }
  /**
   * A name from attributes, encoded in the order given (DN-09): country codes and the like as PrintableString, e-mail
   * and domain components as IA5String, everything else as UTF8String.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE (DN-02), NAME_INVALID with the attribute and its bound (DN-10)
   * @example
   * DistinguishedName.of({ DC: ["com", "example"], CN: "a", "2.5.4.97": "VATSE-1" });
   */
  static of(fields2, options = {}) {
    const rdns = [];
    for (const [oid, value] of fieldsByOid(fields2)) {
      rdns.push(...attributesOf(oid, value, options).map((one) => [one]));
    }
    return new _DistinguishedName(writeName(rdns));
  }
  /**
   * A name from RFC 4514 text, most specific attribute first, as `toString` writes it. Spaces around separators are
   * accepted, and names of types in any case.
   *
   * @throws X509Error NAME_INVALID with the position, UNKNOWN_ATTRIBUTE
   * @example
   * DistinguishedName.parse("CN=Steve Kille,O=Isode Limited,C=GB");
   */
  static parse(text, options = {}) {
    return new _DistinguishedName(writeName(parseName(text, options.strict ?? true)));
  }
  /**
   * A name from its DER.
   *
   * @throws X509Error with a DER code, or NAME_INVALID with the offset
   */
  static fromDer(bytes) {
    const der = copyBytes(bytes);
    walkDer(der, 0, der.length);
    const offset = nameFault(der, 0);
    if (offset !== -1) {
      throw new X509Error("NAME_INVALID", `not a Name at offset ${offset}: expected SEQUENCE OF SET OF SEQUENCE`, {
        offset
      });
    }
    return new _DistinguishedName(der);
  }
  /** @internal A view of a Name that was walked and checked, shared with its certificate. */
  static fromCheckedView(der) {
    return new _DistinguishedName(der);
  }
  /** @internal The DER without a copy: do not let it leave the package. */
  static viewOf(name) {
    return name.#der;
  }
  /** The Name in DER, exactly as it was encoded; a fresh copy. */
  get der() {
    return this.#der.slice();
  }
  /** The RDNs in the order of the encoding, from the most general to the most specific. */
  get rdns() {
    this.#rdns ??= readName(this.#der);
    return this.#rdns;
  }
  /** Has the name no attribute at all? */
  get isEmpty() {
    return this.#der.length === 2;
  }
  /** A text that two names share exactly when {@link DistinguishedName.equals} holds: a key for a Map. */
  get key() {
    this.#key ??= nameKey(this.rdns);
    return this.#key;
  }
  /**
   * The first value of a type, in the order of the encoding.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE
   */
  get(type) {
    return this.#first(attributeOid(type));
  }
  /**
   * All values of a type, in the order of the encoding.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE
   */
  getAll(type) {
    const oid = attributeOid(type);
    return this.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.oid === oid).map(({ value }) => value));
  }
  /** First common name. */
  get CN() {
    return this.#first("2.5.4.3");
  }
  /** As {@link DistinguishedName.CN}. */
  get commonName() {
    return this.CN;
  }
  /** First organization. */
  get O() {
    return this.#first("2.5.4.10");
  }
  /** As {@link DistinguishedName.O}. */
  get organizationName() {
    return this.O;
  }
  /** First organizational unit. */
  get OU() {
    return this.#first("2.5.4.11");
  }
  /** As {@link DistinguishedName.OU}. */
  get organizationalUnitName() {
    return this.OU;
  }
  /** First locality. */
  get L() {
    return this.#first("2.5.4.7");
  }
  /** As {@link DistinguishedName.L}. */
  get localityName() {
    return this.L;
  }
  /** First state or province. */
  get ST() {
    return this.#first("2.5.4.8");
  }
  /** As {@link DistinguishedName.ST}. */
  get stateOrProvinceName() {
    return this.ST;
  }
  /** First country. */
  get C() {
    return this.#first("2.5.4.6");
  }
  /** As {@link DistinguishedName.C}. */
  get countryName() {
    return this.C;
  }
  /** First e-mail address. */
  get emailAddress() {
    return this.#first("1.2.840.113549.1.9.1");
  }
  /** The same name by RFC 5280 section 7.1: order counts; case, spaces and string types do not (DN-06). */
  equals(other) {
    return bytesEqual(this.#der, other.#der) || this.key === other.key;
  }
  /** The same RDNs in any order, as Twisted compares names (DN-06). */
  equalsUnordered(other) {
    const keys = (name) => name.rdns.map(rdnKey).sort().join("");
    return this.equals(other) || keys(this) === keys(other);
  }
  /** Does this name begin with all RDNs of `subtree`, as directory name constraints mean it (RFC 5280 section 4.2.1.10)? */
  isWithin(subtree) {
    const outer = subtree.rdns;
    if (outer.length > this.rdns.length) return false;
    return outer.every((rdn, index) => rdnKey(rdn) === rdnKey(this.rdns[index] ?? []));
  }
  /**
   * A copy with other values (DN-03): a type that is there keeps its place, a new one is appended, null removes it.
   *
   * @throws X509Error UNKNOWN_ATTRIBUTE, NAME_INVALID
   * @example
   * name.with({ CN: "other.example", OU: null });
   */
  with(changes, options = {}) {
    const pending = fieldsByOid(changes);
    const written = /* @__PURE__ */ new Set();
    const rdns = [];
    for (const rdn of this.rdns) {
      const kept = [];
      const further = [];
      for (const attribute of rdn) {
        const value = pending.get(attribute.oid);
        if (value === void 0) kept.push({ oid: attribute.oid, der: NameAttribute.viewOf(attribute) });
        else if (!written.has(attribute.oid)) {
          written.add(attribute.oid);
          const [first, ...rest] = value === null ? [] : attributesOf(attribute.oid, value, options);
          if (first !== void 0) kept.push(first);
          further.push(...rest.map((one) => [one]));
        }
      }
      if (kept.length > 0) rdns.push(kept);
      rdns.push(...further);
    }
    for (const [oid, value] of pending) {
      if (value !== null && !written.has(oid)) rdns.push(...attributesOf(oid, value, options).map((one) => [one]));
    }
    return new _DistinguishedName(writeName(rdns));
  }
  /** RFC 4514 text, most specific attribute first (DN-08). Safe to print: control characters appear as `\0A`. */
  toString() {
    return formatName(this.rdns);
  }
  /**
   * Lines for people, one per attribute, sorted by label as Twisted does (DN-07), or in encoded order.
   *
   * @example
   * DistinguishedName.of({ CN: "a" }).inspect(); // "               Common Name: a"
   */
  inspect(options = {}) {
    return inspectName(this.rdns, options.order ?? "label");
  }
  /** The RFC 4514 text. */
  toJSON() {
    return this.toString();
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return `<DistinguishedName ${JSON.stringify(this.toString())}>`;
  }
  #first(oid) {
    if (this.#rdns === void 0) {
      const at = findAttribute(this.#der, oid);
      return at === -1 ? void 0 : attributeValue(this.#der, at);
    }
    for (const rdn of this.#rdns) {
      for (const attribute of rdn) if (attribute.oid === oid) return attribute.value;
    }
    return void 0;
  }
};
var DN = DistinguishedName;
function fieldsByOid(fields2) {
  const values = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(fields2)) {
    const oid = attributeOid(key);
    if (value !== void 0) values.set(oid, value);
  }
  return values;
}
function attributesOf(oid, value, options) {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => writeAttribute(oid, one, options.strict ?? true));
}

// packages/x509/src/extensions/acme-identifier.ts
function decodeAcmeIdentifier(reader) {
  const hash = reader.octetString("Authorization");
  if (hash.length !== hashLength) derFail("DER_BAD_VALUE", reader.valueStart, "the 32 octets of a SHA-256");
  return hash.slice();
}
function encodeAcmeIdentifier(hash) {
  if (hash.length !== hashLength) {
    throw new X509Error("ARGUMENT_INVALID", `not an ACME identifier of ${hash.length} octets: expected 32`, {
      argument: "acmeIdentifier",
      expected: "the 32 octets of the SHA-256 of a key authorization"
    });
  }
  return derOctetString(hash);
}
var hashLength = 32;

// packages/x509/src/ip-address.ts
function parseIpAddress(text) {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}
function formatIpAddress(octets) {
  return octets.length === 4 ? octets.join(".") : formatIpv6(octets);
}
function parseIpv4(text) {
  if (text.length > 15) return void 0;
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)) {
    return void 0;
  }
  return Uint8Array.from(parts, Number);
}
function parseIpv6(text) {
  if (text.length > 45) return void 0;
  const halves = text.split("::");
  if (halves.length > 2) return void 0;
  const [head, tail] = halves.map((half) => ipv6Groups(half));
  if (head === void 0) return void 0;
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : void 0;
  if (tail === void 0 || head.length + tail.length > 14 || hasIpv4(halves[0] ?? "")) return void 0;
  return Uint8Array.from([...head, ...new Array(16 - head.length - tail.length).fill(0), ...tail]);
}
function ipv6Groups(text) {
  if (text === "") return [];
  const octets = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (group.includes(".") && index === groups.length - 1) {
      const ipv4 = parseIpv4(group);
      if (ipv4 === void 0) return void 0;
      octets.push(...ipv4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return void 0;
      const value = Number.parseInt(group, 16);
      octets.push(value >> 8, value & 255);
    }
  }
  return octets;
}
function hasIpv4(text) {
  return text.includes(".");
}
function formatIpv6(octets) {
  const groups = Array.from(
    { length: 8 },
    (_, index) => (octets[index * 2] ?? 0) << 8 | (octets[index * 2 + 1] ?? 0)
  );
  const run = longestZeroRun(groups);
  const hex = (from, to) => groups.slice(from, to).map((group) => group.toString(16)).join(":");
  return run.length < 2 ? hex(0) : `${hex(0, run.start)}::${hex(run.start + run.length)}`;
}
function longestZeroRun(groups) {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

// packages/x509/src/general-name.ts
function generalName(text) {
  if (typeof text !== "string") refuse2(String(text), "a string");
  const bracketed = /^\[(.*:.*)\]$/.exec(text)?.[1];
  const ip = parseIpAddress(bracketed ?? text);
  if (ip !== void 0) return ipName(ip);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return uriName(text);
  if (text.includes("@")) return emailName(text);
  return Object.freeze({ type: "dns", value: dnsName(text) });
}
function toGeneralName(input) {
  if (typeof input === "string") return generalName(input);
  if (input.type === "ip" && !("bytes" in input)) {
    const octets = parseIpAddress(input.value);
    return octets === void 0 ? refuse2(input.value, "an IP address") : ipName(octets);
  }
  return input;
}
function decodeGeneralName(reader, ipForm = "address") {
  const tag = reader.next("a GeneralName");
  const { bytes, valueStart: valueStart2, valueEnd } = reader;
  switch (tag) {
    case 160:
      return otherName(reader.contents());
    case 129:
      return Object.freeze({ type: "email", value: asciiValue(reader, "an rfc822Name") });
    case 130:
      return Object.freeze({ type: "dns", value: asciiValue(reader, "a dNSName") });
    case 163:
      return opaque("x400", reader.value());
    case 164:
      return directoryName(reader.contents());
    case 165:
      return opaque("ediParty", reader.value());
    case 134:
      return Object.freeze({ type: "uri", value: asciiValue(reader, "a uniformResourceIdentifier") });
    case 135:
      return decodeIp(reader, ipForm);
    case 136:
      return Object.freeze({ type: "registeredId", value: decodeOid(bytes, valueStart2, valueEnd) });
    default:
      return tagFail(reader.headerStart, "a GeneralName", tag);
  }
}
function decodeGeneralNames(reader, tag = Tag.sequence) {
  const list = reader.enter(tag, "GeneralNames");
  const names2 = [];
  do
    names2.push(decodeGeneralName(list));
  while (list.peek() !== -1);
  return Object.freeze(names2);
}
function encodeGeneralName(input, ipForm = "address") {
  const name = toGeneralName(input);
  switch (name.type) {
    case "email":
      return encodeAscii(129, name.value);
    case "dns":
      return encodeAscii(130, name.value);
    case "uri":
      return encodeAscii(134, name.value);
    case "ip":
      if (!isIpLength(name.bytes.length, ipForm)) refuse2(name.value, `an IP ${ipForm}`);
      return derTlv(135, name.bytes);
    case "directory":
      return derExplicit(4, DistinguishedName.viewOf(name.value));
    case "other":
      return derTlv(160, derOid(name.oid), derExplicit(0, name.value));
    case "registeredId":
      return derImplicit(8, derOid(name.value));
    case "x400":
      return derTlv(163, name.value);
    case "ediParty":
      return derTlv(165, name.value);
    default:
      return refuse2(String(name.type), "a type of GeneralName");
  }
}
function formatGeneralName(name) {
  switch (name.type) {
    case "dns":
      return `DNS:${escapeControls(name.value)}`;
    case "email":
      return `email:${escapeControls(name.value)}`;
    case "uri":
      return `URI:${escapeControls(name.value)}`;
    case "ip":
      return `IP Address:${name.value}`;
    case "directory":
      return `DirName:${name.value}`;
    case "other":
      return `othername:${name.oid}=#${toHex(name.value)}`;
    case "registeredId":
      return `Registered ID:${name.value}`;
    default:
      return `${name.type}:#${toHex(name.value)}`;
  }
}
function ipName(octets) {
  const kept = copyBytes(octets);
  const half = kept.length / 2;
  const isAddress = kept.length === 4 || kept.length === 16;
  return Object.freeze({
    type: "ip",
    value: isAddress ? formatIpAddress(kept) : `${formatIpAddress(kept.subarray(0, half))}/${prefixLength(kept.subarray(half)) ?? "?"}`,
    // A fresh copy each time: names are shared, and must not change.
    get bytes() {
      return kept.slice();
    }
  });
}
function prefixLength(mask) {
  let bits = 0;
  for (const octet of mask) bits += 8 - Math.min(8, 32 - Math.clz32(~octet & 255));
  const rebuilt = mask.every(
    (octet, index) => octet === (65280 >> Math.max(0, Math.min(8, bits - index * 8)) & 255)
  );
  return rebuilt ? bits : void 0;
}
function decodeIp(reader, ipForm) {
  const length = reader.valueEnd - reader.valueStart;
  if (!isIpLength(length, ipForm)) derFail("DER_BAD_VALUE", reader.valueStart, `an IP ${ipForm}`);
  return ipName(reader.value());
}
function isIpLength(length, ipForm) {
  return ipForm === "address" ? length === 4 || length === 16 : length === 8 || length === 32;
}
function otherName(reader) {
  const oid = reader.oid("the type of an otherName");
  const explicit = reader.enter(160, "the value of an otherName");
  const der = explicit.raw("the value of an otherName").slice();
  explicit.done("an otherName");
  reader.done("an otherName");
  return Object.freeze({
    type: "other",
    oid,
    get value() {
      return der.slice();
    }
  });
}
function directoryName(reader) {
  const at = reader.position;
  const der = reader.raw("a directoryName");
  const fault = nameFault(reader.bytes, at);
  if (fault !== -1) derFail("DER_BAD_VALUE", fault, "a Name");
  reader.done("a directoryName");
  return Object.freeze({ type: "directory", value: DistinguishedName.fromCheckedView(der) });
}
function opaque(type, contents) {
  const der = contents.slice();
  return Object.freeze({
    type,
    get value() {
      return der.slice();
    }
  });
}
function asciiValue(reader, what) {
  const text = asciiText(reader.bytes, reader.valueStart, reader.valueEnd);
  return text ?? derFail("DER_BAD_VALUE", reader.valueStart, `ASCII in ${what}`);
}
function encodeAscii(tag, text) {
  if (text === "" || !isAsciiText(text)) refuse2(text, "ASCII that is not empty");
  return derTlv(tag, new TextEncoder().encode(text));
}
function uriName(text) {
  if (!/^[!-~]+$/.test(text)) refuse2(text, "a URI in ASCII, with anything else percent-encoded");
  if (/^[A-Za-z0-9.-]+:[0-9]*$/.test(text)) refuse2(text, "a host without a port");
  if (/^[0-9A-Fa-f:.]+(?:[%/].*)?$/.test(text)) refuse2(text, "an IP address without zone or prefix");
  return Object.freeze({ type: "uri", value: text });
}
function emailName(text) {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (!/^[!-~]+$/.test(local) || local.length > 64) refuse2(text, "an e-mail address with an ASCII mailbox");
  const domain = dnsName(text.slice(at + 1));
  if (domain.startsWith("*")) refuse2(text, "an e-mail address without a wildcard");
  return Object.freeze({ type: "email", value: `${local}@${domain}` });
}
function dnsName(text) {
  const wildcard = text.startsWith("*.");
  const host = wildcard ? text.slice(2) : text;
  const name = isAsciiText(host) ? host : toAsciiLabels(host, text);
  const labels3 = name.split(".");
  const wellFormed = name.length <= 253 && labels3.every((label2) => /^(?!-)[A-Za-z0-9_-]{1,63}$/.test(label2) && !label2.endsWith("-"));
  if (!wellFormed) refuse2(text, "a DNS name");
  if (/^(?:[0-9]+|0x[0-9a-f]*)$/i.test(labels3.at(-1) ?? "")) refuse2(text, "a DNS name, or a whole IP address");
  return wildcard ? `*.${name}` : name;
}
function toAsciiLabels(host, text) {
  if (/[\s/?#@:%\\[\]<>^|]/.test(host) || !host.isWellFormed()) return refuse2(text, "a DNS name");
  try {
    return new URL(`https://${host}/`).hostname;
  } catch {
    return refuse2(text, "an internationalized DNS name (IDNA)");
  }
}
function refuse2(text, expected) {
  throw new X509Error("ARGUMENT_INVALID", `not a usable name: ${JSON.stringify(text)}: expected ${expected}`, {
    argument: "name",
    expected
  });
}

// packages/x509/src/extensions/alt-name.ts
function decodeAltName(reader) {
  return decodeGeneralNames(reader);
}
function encodeAltName(names2) {
  if (names2.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "an alternative name needs at least one name", {
      argument: "names",
      expected: "at least one name"
    });
  }
  return derSequence(...names2.map((name) => encodeGeneralName(name)));
}

// packages/x509/src/extensions/authority-key-identifier.ts
function decodeAuthorityKeyIdentifier(reader) {
  const fields2 = reader.enter(Tag.sequence, "AuthorityKeyIdentifier");
  const keyIdentifier = fields2.optional(128) ? fields2.value().slice() : void 0;
  const issuer = fields2.peek() === 161 ? decodeGeneralNames(fields2, 161) : void 0;
  const serialNumber = fields2.optional(130) ? implicitInteger(fields2) : void 0;
  fields2.done("AuthorityKeyIdentifier");
  if (issuer === void 0 !== (serialNumber === void 0)) {
    derFail("DER_BAD_VALUE", fields2.position, "both authorityCertIssuer and authorityCertSerialNumber, or neither");
  }
  const identifier = { ...issuer && { issuer }, ...serialNumber !== void 0 && { serialNumber } };
  if (keyIdentifier === void 0) return Object.freeze(identifier);
  return Object.freeze(
    Object.defineProperty(identifier, "keyIdentifier", { enumerable: true, get: () => keyIdentifier.slice() })
  );
}
function encodeAuthorityKeyIdentifier(identifier) {
  const { keyIdentifier, issuer, serialNumber } = identifier;
  const parts = [];
  if (keyIdentifier !== void 0) parts.push(derImplicit(0, derOctetString(keyIdentifier)));
  if (issuer !== void 0) parts.push(derTlv(161, ...issuer.map((name) => encodeGeneralName(name))));
  if (serialNumber !== void 0) parts.push(derImplicit(2, derInteger(serialNumber)));
  return derSequence(...parts);
}
function implicitInteger(reader) {
  const { bytes, valueStart: valueStart2, valueEnd } = reader;
  assertInteger(bytes, valueStart2, valueEnd);
  return decodeInteger(bytes, valueStart2, valueEnd);
}

// packages/x509/src/extensions/basic-constraints.ts
function decodeBasicConstraints(reader) {
  const fields2 = reader.enter(Tag.sequence, "BasicConstraints");
  const ca = fields2.peek() === Tag.boolean ? fields2.boolean("cA") : false;
  const pathLength = fields2.peek() === Tag.integer ? fields2.smallInteger("pathLenConstraint") : void 0;
  fields2.done("BasicConstraints");
  return Object.freeze(pathLength === void 0 ? { ca } : { ca, pathLength });
}
function encodeBasicConstraints({ ca, pathLength }) {
  if (pathLength !== void 0 && !(ca && Number.isSafeInteger(pathLength) && pathLength >= 0 && pathLength < 2 ** 31)) {
    throw new X509Error(
      "ARGUMENT_INVALID",
      `not a path length: ${pathLength}: expected an integer of 0 or more, of a CA`,
      {
        argument: "pathLength",
        expected: "an integer of 0 or more, of a CA"
      }
    );
  }
  const parts = ca ? [derBoolean(true)] : [];
  if (pathLength !== void 0) parts.push(derInteger(pathLength));
  return derSequence(...parts);
}

// packages/x509/src/extensions/certificate-policies.ts
function decodeCertificatePolicies(reader) {
  const list = reader.enter(Tag.sequence, "CertificatePolicies");
  const policies = [];
  const seen = /* @__PURE__ */ new Set();
  do {
    const fields2 = list.enter(Tag.sequence, "a PolicyInformation");
    const oid = fields2.oid("a policyIdentifier");
    if (seen.has(oid)) derFail("DER_BAD_VALUE", fields2.headerStart, "each policy once");
    seen.add(oid);
    const qualifiers = fields2.peek() === -1 ? void 0 : decodeQualifiers(fields2);
    fields2.done("a PolicyInformation");
    policies.push(Object.freeze(qualifiers === void 0 ? { oid } : { oid, qualifiers }));
  } while (list.peek() !== -1);
  return Object.freeze(policies);
}
function encodeCertificatePolicies(policies) {
  const all = policies.map((policy) => typeof policy === "string" ? { oid: policy } : policy);
  if (all.length === 0 || new Set(all.map(({ oid }) => oid)).size !== all.length) {
    throw new X509Error("ARGUMENT_INVALID", "certificate policies need at least one policy, and each once", {
      argument: "certificatePolicies",
      expected: "at least one policy, and each once"
    });
  }
  return derSequence(...all.map(encodePolicy));
}
function decodeQualifiers(fields2) {
  const list = fields2.enter(Tag.sequence, "policyQualifiers");
  const qualifiers = [];
  do {
    const qualifier = list.enter(Tag.sequence, "a PolicyQualifierInfo");
    const oid = qualifier.oid("a policyQualifierId");
    const der = qualifier.raw("a qualifier").slice();
    qualifier.done("a PolicyQualifierInfo");
    qualifiers.push(
      Object.freeze({
        oid,
        get value() {
          return der.slice();
        }
      })
    );
  } while (list.peek() !== -1);
  return Object.freeze(qualifiers);
}
function encodePolicy({ oid, qualifiers }) {
  if (!qualifiers?.length) return derSequence(derOid(oid));
  return derSequence(derOid(oid), derSequence(...qualifiers.map((one) => derSequence(derOid(one.oid), one.value))));
}

// packages/x509/src/extensions/copying.ts
function frozenCopying(fields2) {
  for (const [name, value] of Object.entries(fields2)) {
    if (isBytes(value)) {
      const own2 = new Uint8Array(value);
      Object.defineProperty(fields2, name, { enumerable: true, get: () => own2.slice() });
    } else if (value instanceof Date) {
      const time3 = value.getTime();
      Object.defineProperty(fields2, name, { enumerable: true, get: () => new Date(time3) });
    }
  }
  return Object.freeze(fields2);
}

// packages/x509/src/extensions/crl-distribution-points.ts
var reasonNames = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise"
];
function decodeCrlDistributionPoints(reader) {
  const list = reader.enter(Tag.sequence, "CRLDistributionPoints");
  const points2 = [];
  do
    points2.push(decodePoint(list.enter(Tag.sequence, "a DistributionPoint")));
  while (list.peek() !== -1);
  return Object.freeze(points2);
}
function encodeCrlDistributionPoints(points2) {
  if (points2.length === 0) refuse3("at least one point");
  return derSequence(...points2.map((point) => encodePoint("length" in point ? { fullName: point } : point)));
}
function encodePoint(point) {
  const { fullName, relativeName, reasons, crlIssuer } = point;
  const parts = [];
  if (fullName !== void 0 || relativeName !== void 0) parts.push(derTlv(160, encodePointName(point)));
  if (reasons !== void 0) parts.push(derImplicit(1, encodeReasons(reasons)));
  if (crlIssuer !== void 0) parts.push(encodeNames(162, crlIssuer));
  if (fullName === void 0 && relativeName === void 0 && crlIssuer === void 0) refuse3("a name or a crlIssuer");
  return derSequence(...parts);
}
function encodePointName(point) {
  const { fullName, relativeName } = point;
  if (fullName !== void 0 && relativeName !== void 0) refuse3("either fullName or relativeName");
  return relativeName === void 0 ? encodeNames(160, fullName ?? []) : derImplicit(1, relativeName);
}
function encodeNames(tag, names2) {
  if (names2.length === 0) refuse3("at least one point with a name");
  return derTlv(tag, ...names2.map((name) => encodeGeneralName(name)));
}
function encodeReasons(reasons) {
  const bits = new Uint8Array(2);
  let last = -1;
  for (const reason of reasons) {
    const bit = reasonNames.indexOf(reason);
    if (bit === -1) refuse3(`reasons out of ${reasonNames.join(", ")}`);
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | 128 >> (bit & 7);
    last = Math.max(last, bit);
  }
  return derBitString(bits.subarray(0, (last >> 3) + 1), last === -1 ? 0 : 7 - (last & 7));
}
function refuse3(expected) {
  throw new X509Error("ARGUMENT_INVALID", `not CRL distribution points: expected ${expected}`, {
    argument: "crlDistributionPoints",
    expected
  });
}
function decodePoint(fields2) {
  const name = fields2.optional(160) ? decodePointName(fields2.contents()) : void 0;
  const reasons = fields2.optional(129) ? decodeReasons(fields2) : void 0;
  const crlIssuer = fields2.peek() === 162 ? decodeGeneralNames(fields2, 162) : void 0;
  fields2.done("a DistributionPoint");
  if (name === void 0 && crlIssuer === void 0) {
    derFail("DER_BAD_VALUE", fields2.position, "a DistributionPoint with a name or an issuer");
  }
  return frozenCopying({ ...name, ...reasons && { reasons }, ...crlIssuer && { crlIssuer } });
}
function decodePointName(choice) {
  if (choice.peek() === 161) {
    choice.next();
    const relativeName = derTlv(Tag.set, choice.value());
    choice.done("a DistributionPointName");
    if (nameFault(derSequence(relativeName), 0) !== -1) derFail("DER_BAD_VALUE", choice.headerStart, "an RDN");
    return { relativeName };
  }
  const fullName = decodeGeneralNames(choice, 160);
  choice.done("a DistributionPointName");
  return { fullName };
}
function decodeReasons(fields2) {
  const { bytes, valueStart: valueStart2, valueEnd } = fields2;
  assertBitString(bytes, valueStart2, valueEnd);
  const reasons = new Set(
    reasonNames.filter((_, bit) => {
      const at = valueStart2 + 1 + (bit >> 3);
      return at < valueEnd && ((bytes[at] ?? 0) & 128 >> (bit & 7)) !== 0;
    })
  );
  if (!bytesEqual(encodeReasons(reasons).subarray(2), bytes.subarray(valueStart2, valueEnd))) {
    derFail("DER_BAD_VALUE", valueStart2, "the flags of RFC 5280 without trailing zero bits");
  }
  return reasons;
}

// packages/x509/src/extensions/extended-key-usage.ts
var ExtendedKeyUsage = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9"
};
function decodeExtendedKeyUsage(reader) {
  const list = reader.enter(Tag.sequence, "ExtKeyUsageSyntax");
  const oids = [];
  do
    oids.push(list.oid("a KeyPurposeId"));
  while (list.peek() !== -1);
  return Object.freeze(oids);
}
function encodeExtendedKeyUsage(oids) {
  if (oids.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "an extended key usage needs at least one purpose", {
      argument: "extendedKeyUsage",
      expected: "at least one OID"
    });
  }
  return derSequence(...oids.map(derOid));
}

// packages/x509/src/extensions/info-access.ts
var AccessMethod = {
  ocsp: "1.3.6.1.5.5.7.48.1",
  caIssuers: "1.3.6.1.5.5.7.48.2",
  timeStamping: "1.3.6.1.5.5.7.48.3",
  caRepository: "1.3.6.1.5.5.7.48.5"
};
function decodeInfoAccess(reader) {
  const list = reader.enter(Tag.sequence, "access descriptions");
  const descriptions = [];
  do {
    const fields2 = list.enter(Tag.sequence, "an AccessDescription");
    const method = fields2.oid("accessMethod");
    const location = decodeGeneralName(fields2);
    fields2.done("an AccessDescription");
    descriptions.push(Object.freeze({ method, location }));
  } while (list.peek() !== -1);
  return Object.freeze(descriptions);
}
function encodeAuthorityInfoAccess(descriptions) {
  return encodeInfoAccess(descriptions, "authorityInfoAccess");
}
function encodeSubjectInfoAccess(descriptions) {
  return encodeInfoAccess(descriptions, "subjectInfoAccess");
}
function encodeInfoAccess(descriptions, argument) {
  if (descriptions.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", `${argument} needs at least one description`, {
      argument,
      expected: "at least one description"
    });
  }
  return derSequence(...descriptions.map((one) => derSequence(derOid(one.method), encodeGeneralName(one.location))));
}

// packages/x509/src/extensions/key-usage.ts
var names = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly"
];
function decodeKeyUsage(reader) {
  const { bytes } = reader.bitString("KeyUsage");
  return new Set(names.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & 128 >> (bit & 7)) !== 0));
}
function encodeKeyUsage(usages) {
  const bits = new Uint8Array(2);
  let last = -1;
  for (const usage of usages) {
    const bit = names.indexOf(usage);
    if (bit === -1) refuse4(`unknown key usage ${JSON.stringify(usage)}: expected one of ${names.join(", ")}`);
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | 128 >> (bit & 7);
    last = Math.max(last, bit);
  }
  if (last === -1) refuse4("a key usage needs at least one bit");
  return derBitString(bits.subarray(0, (last >> 3) + 1), 7 - (last & 7));
}
function refuse4(message) {
  throw new X509Error("ARGUMENT_INVALID", message, { argument: "keyUsage", expected: names.join(", ") });
}

// packages/x509/src/extensions/name-constraints.ts
function decodeNameConstraints(reader) {
  const fields2 = reader.enter(Tag.sequence, "NameConstraints");
  const permitted = decodeSubtrees(fields2, 160);
  const excluded = decodeSubtrees(fields2, 161);
  fields2.done("NameConstraints");
  if (permitted === void 0 && excluded === void 0) {
    derFail("DER_BAD_VALUE", fields2.position, "permitted or excluded subtrees");
  }
  return Object.freeze({ ...permitted && { permitted }, ...excluded && { excluded } });
}
function encodeNameConstraints({ permitted, excluded }) {
  if (!permitted?.length && !excluded?.length) {
    throw new X509Error("ARGUMENT_INVALID", "name constraints need a permitted or an excluded subtree", {
      argument: "nameConstraints",
      expected: "permitted or excluded subtrees"
    });
  }
  const parts = [];
  if (permitted?.length) parts.push(encodeSubtrees(160, permitted));
  if (excluded?.length) parts.push(encodeSubtrees(161, excluded));
  return derSequence(...parts);
}
function generalSubtree(text) {
  const network = /^(.+)\/([0-9]{1,3})$/.exec(text);
  if (network !== null) return Object.freeze({ base: networkName(text, network[1] ?? "", Number(network[2])) });
  if (text.startsWith(".")) {
    const host = generalName(text.slice(1));
    if (host.type === "dns") return Object.freeze({ base: Object.freeze({ type: "dns", value: `.${host.value}` }) });
  }
  const base = generalName(text);
  if (base.type !== "ip") return Object.freeze({ base });
  const octets = base.bytes;
  return Object.freeze({ base: ipName(Uint8Array.from([...octets, ...octets.map(() => 255)])) });
}
function networkName(text, address, prefix) {
  const octets = parseIpAddress(address);
  if (octets === void 0 || prefix > octets.length * 8) {
    throw new X509Error("ARGUMENT_INVALID", `not an IP network: ${JSON.stringify(text)}: expected address/prefix`, {
      argument: "subtree",
      expected: "address/prefix"
    });
  }
  const mask = octets.map((_, index) => 65280 >> Math.max(0, Math.min(8, prefix - index * 8)) & 255);
  return ipName(Uint8Array.from([...octets.map((octet, index) => octet & (mask[index] ?? 0)), ...mask]));
}
function decodeSubtrees(fields2, tag) {
  if (!fields2.optional(tag)) return void 0;
  const list = fields2.contents();
  const subtrees2 = [];
  do
    subtrees2.push(decodeSubtree(list.enter(Tag.sequence, "a GeneralSubtree")));
  while (list.peek() !== -1);
  return Object.freeze(subtrees2);
}
function decodeSubtree(subtree) {
  const start = subtree.position;
  const base = decodeGeneralName(subtree, "network");
  if (base.type === "ip" && prefixLength(base.bytes.subarray(base.bytes.length / 2)) === void 0) {
    derFail("DER_BAD_VALUE", start, "an IP mask of ones and then zeros");
  }
  if (subtree.optional(128) && !(subtree.valueEnd - subtree.valueStart === 1 && subtree.value()[0] === 0)) {
    derFail("DER_BAD_VALUE", subtree.headerStart, "a minimum of 0");
  }
  subtree.done("a GeneralSubtree without maximum");
  return Object.freeze({ base });
}
function encodeSubtrees(tag, subtrees2) {
  return derTlv(tag, ...subtrees2.map(({ base }) => derSequence(encodeGeneralName(base, "network"))));
}

// packages/x509/src/extensions/policy-constraints.ts
function decodePolicyConstraints(reader) {
  const fields2 = reader.enter(Tag.sequence, "PolicyConstraints");
  if (fields2.peek() === -1) derFail("DER_BAD_VALUE", fields2.position, "PolicyConstraints that are not empty");
  const requireExplicitPolicy = skipCerts(fields2, 128);
  const inhibitPolicyMapping = skipCerts(fields2, 129);
  fields2.done("PolicyConstraints");
  return Object.freeze({
    ...requireExplicitPolicy !== void 0 && { requireExplicitPolicy },
    ...inhibitPolicyMapping !== void 0 && { inhibitPolicyMapping }
  });
}
function encodePolicyConstraints(constraints2) {
  const parts = [constraints2.requireExplicitPolicy, constraints2.inhibitPolicyMapping].flatMap(
    (value, index) => value === void 0 ? [] : [derImplicit(index, encodeSkipCerts(value))]
  );
  if (parts.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "policy constraints need at least one field", {
      argument: "policyConstraints",
      expected: "requireExplicitPolicy or inhibitPolicyMapping"
    });
  }
  return derSequence(...parts);
}
function decodeInhibitAnyPolicy(reader) {
  return reader.smallInteger("InhibitAnyPolicy");
}
function encodeInhibitAnyPolicy(skip) {
  return encodeSkipCerts(skip);
}
function skipCerts(fields2, tag) {
  if (!fields2.optional(tag)) return void 0;
  const { bytes, valueStart: valueStart2, valueEnd } = fields2;
  assertInteger(bytes, valueStart2, valueEnd);
  return decodeSmallInteger(bytes, valueStart2, valueEnd, "a number of certificates");
}
function encodeSkipCerts(value) {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return derInteger(value);
  throw new X509Error("ARGUMENT_INVALID", `not a number of certificates: ${value}`, {
    argument: "skipCerts",
    expected: "an integer of 0 or more"
  });
}

// packages/x509/src/extensions/policy-mappings.ts
function decodePolicyMappings(reader) {
  const list = reader.enter(Tag.sequence, "PolicyMappings");
  const mappings = [];
  do {
    const fields2 = list.enter(Tag.sequence, "a policy mapping");
    const issuerDomainPolicy = fields2.oid("an issuerDomainPolicy");
    const subjectDomainPolicy = fields2.oid("a subjectDomainPolicy");
    fields2.done("a policy mapping");
    mappings.push(Object.freeze({ issuerDomainPolicy, subjectDomainPolicy }));
  } while (list.peek() !== -1);
  return Object.freeze(mappings);
}
function encodePolicyMappings(mappings) {
  if (mappings.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "policy mappings need at least one mapping", {
      argument: "policyMappings",
      expected: "at least one mapping"
    });
  }
  return derSequence(
    ...mappings.map((one) => derSequence(derOid(one.issuerDomainPolicy), derOid(one.subjectDomainPolicy)))
  );
}

// packages/x509/src/extensions/private-key-usage-period.ts
function decodePrivateKeyUsagePeriod(reader) {
  const fields2 = reader.enter(Tag.sequence, "PrivateKeyUsagePeriod");
  const notBefore = optionalTime(fields2, 128);
  const notAfter = optionalTime(fields2, 129);
  fields2.done("PrivateKeyUsagePeriod");
  if (notBefore === void 0 && notAfter === void 0) {
    derFail("DER_BAD_VALUE", fields2.position, "a notBefore or a notAfter");
  }
  return frozenCopying({ ...notBefore && { notBefore }, ...notAfter && { notAfter } });
}
function encodePrivateKeyUsagePeriod({ notBefore, notAfter }) {
  if (notBefore === void 0 && notAfter === void 0) refuse5("a notBefore or a notAfter");
  if (notBefore !== void 0 && notAfter !== void 0 && notBefore > notAfter) refuse5("an end after the start");
  const parts = [notBefore, notAfter].flatMap(
    (time3, index) => time3 === void 0 ? [] : [derImplicit(index, derGeneralizedTime(time3))]
  );
  return derSequence(...parts);
}
function optionalTime(fields2, tag) {
  if (!fields2.optional(tag)) return void 0;
  return new Date(decodeTime(fields2.bytes, Tag.generalizedTime, fields2.valueStart, fields2.valueEnd));
}
function refuse5(expected) {
  throw new X509Error("ARGUMENT_INVALID", `not a private key usage period: expected ${expected}`, {
    argument: "privateKeyUsagePeriod",
    expected
  });
}

// packages/x509/src/extensions/signed-certificate-timestamps.ts
function decodeSignedCertificateTimestamps(reader) {
  reader.octetString("SignedCertificateTimestampList");
  const outer = new TlsCursor(reader.bytes, reader.valueStart, reader.valueEnd);
  const list = outer.vector("a list of timestamps");
  outer.done();
  const timestamps = [];
  do
    timestamps.push(decodeOne(list.vector("a timestamp")));
  while (list.position < list.end);
  return Object.freeze(timestamps);
}
function encodeSignedCertificateTimestamps(timestamps) {
  if (timestamps.length === 0) refuse6("at least one timestamp");
  return derOctetString(vector(...timestamps.map((one) => vector(encodeOne(one)))));
}
function decodeOne(cursor) {
  const { bytes, position, end } = cursor;
  if (position === end) derFail("DER_BAD_VALUE", position, "a timestamp that is not empty");
  if (bytes[position] !== 0) return frozenCopying({ version: "unknown", bytes: bytes.subarray(position, end) });
  cursor.number(1, "the version of a timestamp");
  const logId = cursor.take(32, "the id of a log");
  const time3 = cursor.number(8, "the time of a timestamp");
  if (time3 > latestTime) derFail("DER_BAD_VALUE", cursor.position - 8, "a time that exists");
  const extensions3 = cursor.vector("the extensions of a timestamp").rest();
  const hash = cursor.number(1, "the hash of a signature");
  const signatureKind = cursor.number(1, "the algorithm of a signature");
  const signature = cursor.vector("the signature of a timestamp").rest();
  cursor.done();
  const fields2 = {
    version: "v1",
    logId,
    timestamp: new Date(time3),
    extensions: extensions3,
    signatureAlgorithm: Object.freeze({ hash, signature: signatureKind }),
    signature
  };
  return frozenCopying(fields2);
}
function encodeOne(one) {
  if (one.version === "unknown") {
    if (one.bytes.length === 0 || one.bytes[0] === 0) refuse6("a version other than v1 in an unknown timestamp");
    return one.bytes;
  }
  const { logId, timestamp: timestamp2, extensions: extensions3, signatureAlgorithm: signatureAlgorithm2, signature } = one;
  const time3 = timestamp2.getTime();
  if (logId.length !== 32) refuse6("32 octets as the id of a log");
  if (!(time3 >= 0)) refuse6("a time since 1970");
  const head = new Uint8Array(41);
  head.set(logId, 1);
  new DataView(head.buffer).setBigUint64(33, BigInt(time3));
  const algorithm = Uint8Array.of(signatureAlgorithm2.hash, signatureAlgorithm2.signature);
  return concatBytes(head, vector(extensions3), algorithm, vector(signature));
}
function vector(...parts) {
  const contents = concatBytes(...parts);
  if (contents.length > 65535) refuse6("at most 65535 octets");
  return concatBytes(Uint8Array.of(contents.length >> 8, contents.length & 255), contents);
}
function refuse6(expected) {
  throw new X509Error("ARGUMENT_INVALID", `not a list of certificate timestamps: expected ${expected}`, {
    argument: "signedCertificateTimestamps",
    expected
  });
}
var TlsCursor = class _TlsCursor {
  bytes;
  position;
  end;
  constructor(bytes, start, end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }
  take(count, what) {
    if (this.end - this.position < count) derFail("DER_TRUNCATED", this.position, `the whole of ${what}`);
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }
  /** A big-endian number; exact up to 2^53, which is far beyond what callers accept. */
  number(octets, what) {
    return this.take(octets, what).reduce((value, octet) => value * 256 + octet, 0);
  }
  vector(what) {
    const length = this.number(2, `the length of ${what}`);
    this.take(length, what);
    return new _TlsCursor(this.bytes, this.position - length, this.position);
  }
  rest() {
    return this.take(this.end - this.position, "the rest");
  }
  done() {
    if (this.position !== this.end) derFail("DER_TRAILING_DATA", this.position, "the end of the timestamps");
  }
};
var latestTime = 864e13;

// packages/x509/src/extensions/subject-directory-attributes.ts
function decodeSubjectDirectoryAttributes(reader) {
  const list = reader.enter(Tag.sequence, "SubjectDirectoryAttributes");
  const attributes = [];
  do {
    const fields2 = list.enter(Tag.sequence, "an Attribute");
    const oid = fields2.oid("the type of an Attribute");
    const values = decodeValues(fields2.enter(Tag.set, "the values of an Attribute"));
    fields2.done("the Attribute");
    attributes.push(
      Object.freeze({
        oid,
        get values() {
          return values.map((value) => value.slice());
        }
      })
    );
  } while (list.peek() !== -1);
  return Object.freeze(attributes);
}
function encodeSubjectDirectoryAttributes(attributes) {
  if (attributes.length === 0 || attributes.some(({ values }) => values.length === 0)) {
    throw new X509Error("ARGUMENT_INVALID", "subject directory attributes need at least one attribute with a value", {
      argument: "subjectDirectoryAttributes",
      expected: "at least one attribute with a value"
    });
  }
  return derSequence(...attributes.map(({ oid, values }) => derSequence(derOid(oid), derSet(...values))));
}
function decodeValues(set) {
  const values = [];
  do {
    const value = set.raw("a value of an Attribute").slice();
    const previous = values.at(-1);
    if (previous !== void 0 && compareBytes(previous, value) > 0) {
      derFail("DER_BAD_VALUE", set.headerStart, "values in the order of DER");
    }
    values.push(value);
  } while (set.peek() !== -1);
  return values;
}

// packages/x509/src/extensions/subject-key-identifier.ts
function decodeSubjectKeyIdentifier(reader) {
  return reader.octetString("SubjectKeyIdentifier").slice();
}
function encodeSubjectKeyIdentifier(identifier) {
  return derOctetString(identifier);
}

// packages/x509/src/extensions/tls-feature.ts
var TlsFeature = {
  statusRequest: 5,
  statusRequestV2: 17
};
function decodeTlsFeature(reader) {
  const list = reader.enter(Tag.sequence, "Features");
  const features = [];
  while (list.peek() !== -1) {
    const feature = list.smallInteger("a TLS extension");
    if (feature > 65535) derFail("DER_BAD_VALUE", list.valueStart, "a TLS extension of 0 to 65535");
    features.push(feature);
  }
  return Object.freeze(features);
}
function encodeTlsFeature(features) {
  if (features.some((feature) => !(Number.isInteger(feature) && feature >= 0 && feature <= 65535))) {
    const expected = "numbers of TLS extensions, 0 to 65535";
    throw new X509Error("ARGUMENT_INVALID", `not TLS features: expected ${expected}`, {
      argument: "tlsFeature",
      expected
    });
  }
  return derSequence(...features.map(derInteger));
}

// packages/x509/src/extensions/extension-values.ts
var extensionDecoders = {
  acmeIdentifier: decodeAcmeIdentifier,
  authorityInfoAccess: decodeInfoAccess,
  authorityKeyIdentifier: decodeAuthorityKeyIdentifier,
  basicConstraints: decodeBasicConstraints,
  cRLDistributionPoints: decodeCrlDistributionPoints,
  certificatePolicies: decodeCertificatePolicies,
  extendedKeyUsage: decodeExtendedKeyUsage,
  freshestCRL: decodeCrlDistributionPoints,
  inhibitAnyPolicy: decodeInhibitAnyPolicy,
  issuerAltName: decodeAltName,
  keyUsage: decodeKeyUsage,
  nameConstraints: decodeNameConstraints,
  policyConstraints: decodePolicyConstraints,
  policyMappings: decodePolicyMappings,
  privateKeyUsagePeriod: decodePrivateKeyUsagePeriod,
  signedCertificateTimestamps: decodeSignedCertificateTimestamps,
  subjectAltName: decodeAltName,
  subjectDirectoryAttributes: decodeSubjectDirectoryAttributes,
  subjectInfoAccess: decodeInfoAccess,
  subjectKeyIdentifier: decodeSubjectKeyIdentifier,
  tlsFeature: decodeTlsFeature
};

// packages/x509/src/extensions/read-extension.ts
function readExtension(bytes, at, oid, decode) {
  const extension3 = findExtension(bytes, at, oidOctets(oid));
  if (extension3 === -1) return void 0;
  const end = elementEnd(bytes, extension3);
  let value = elementEnd(bytes, contentStart(bytes, extension3));
  if (bytes[value] === 1) value = elementEnd(bytes, value);
  return decodeExtensionValue(bytes, contentStart(bytes, value), end, oid, decode);
}
function decodeExtensionValue(bytes, start, end, oid, decode) {
  try {
    walkDer(bytes, start, end);
    const reader = new DerReader(bytes, start, end);
    const result = decode(reader);
    reader.done("the extension");
    return result;
  } catch (cause) {
    if (!X509Error.is(cause)) throw cause;
    const name = oidName(oid);
    const offset = "offset" in cause.details && cause.details.offset !== void 0 ? cause.details.offset : start;
    throw new X509Error(
      "EXTENSION_INVALID",
      `the extension ${name ?? oid} cannot be read: ${cause.message}`,
      { oid, offset, ...name !== void 0 && { name } },
      { cause }
    );
  }
}

// packages/x509/src/inspect/iso-time.ts
function isoTime(time3) {
  return time3.toISOString().replace(".000Z", "Z");
}

// packages/x509/src/inspect/certificate-json.ts
function certificateJson(certificate) {
  const names2 = readableNames(certificate);
  return {
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    serialNumber: certificate.serialNumberHex,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    ...names2 && { subjectAltName: names2.map(formatGeneralName) },
    sha256: certificate.id
  };
}
function readableNames(certificate) {
  try {
    return certificate.subjectAltName;
  } catch (error) {
    if (X509Error.is(error)) return void 0;
    throw error;
  }
}

// packages/x509/src/inspect/optional-line.ts
function optionalLine(label2, read) {
  const text = readable(read);
  return text === void 0 ? [] : [`${label2}: ${text}`];
}
function readable(read) {
  try {
    return read();
  } catch (error) {
    if (X509Error.is(error)) return `(${error.code}: ${error.message})`;
    throw error;
  }
}

// packages/x509/src/inspect/inspect-extensions.ts
function inspectExtensions(extensions3, read) {
  const present = new Set(extensions3.map(({ oid }) => oid));
  const names2 = Object.keys(rows).filter((name) => present.has(ExtensionOid[name]));
  const known = new Set(names2.map((name) => ExtensionOid[name]));
  const list = (some) => some.map(({ oid, name }) => name ?? oid).join(", ");
  const others = list(extensions3.filter(({ oid }) => !known.has(oid)));
  const critical = list(extensions3.filter((extension3) => extension3.critical));
  return [
    ...names2.flatMap((name) => optionalLine(rows[name][0], () => textOf2(name, read))),
    ...others === "" ? [] : [`Other Extensions: ${others}`],
    ...critical === "" ? [] : [`Critical Extensions: ${critical}`]
  ];
}
function textOf2(name, read) {
  const value = read(name);
  return value === void 0 ? void 0 : rows[name][1](value);
}
var named = (oid) => oidName(oid) ?? oid;
var generalNames = (list) => list.map(formatGeneralName).join(", ");
function constraints({ ca, pathLength }) {
  if (!ca) return "not a CA";
  return pathLength === void 0 ? "CA" : `CA, path length ${pathLength}`;
}
function authorityKey({ keyIdentifier, issuer, serialNumber }) {
  const parts = keyIdentifier === void 0 ? [] : [toColonHex(keyIdentifier)];
  if (issuer !== void 0) parts.push(`certificate ${serialNumber} of ${generalNames(issuer)}`);
  return parts.join(", ");
}
function points(list) {
  const point = ({ fullName, relativeName, reasons, crlIssuer }) => [
    fullName && generalNames(fullName),
    relativeName && `relative name #${toHex(relativeName)}`,
    reasons && `reasons ${[...reasons].join(" ")}`,
    crlIssuer && `issuer ${generalNames(crlIssuer)}`
  ].filter((part) => part !== void 0).join(", ");
  return list.map(point).join("; ");
}
var access = (list) => list.map(({ method, location }) => `${named(method)} ${formatGeneralName(location)}`).join(", ");
function timestamp(one) {
  if (one.version === "unknown") return `of an unknown version: #${toHex(one.bytes)}`;
  return `${one.timestamp.toISOString()} by the log ${toHex(one.logId)}`;
}
function subtrees(label2, list) {
  return list === void 0 ? [] : [`${label2} ${generalNames(list.map(({ base }) => base))}`];
}
function numbers(fields2) {
  const present = Object.entries(fields2).filter(([, value]) => value !== void 0);
  return present.map(([label2, value]) => `${label2} ${value}`).join(", ");
}
var tlsFeatures = /* @__PURE__ */ new Map([
  [5, "status_request"],
  [17, "status_request_v2"]
]);
var rows = {
  subjectAltName: ["Subject Alternative Names", generalNames],
  basicConstraints: ["Basic Constraints", constraints],
  keyUsage: ["Key Usage", (usages) => [...usages].join(", ")],
  extendedKeyUsage: ["Extended Key Usage", (oids) => oids.map(named).join(", ")],
  nameConstraints: [
    "Name Constraints",
    ({ permitted, excluded }) => [...subtrees("permitted", permitted), ...subtrees("excluded", excluded)].join("; ")
  ],
  subjectKeyIdentifier: ["Subject Key Identifier", toColonHex],
  authorityKeyIdentifier: ["Authority Key Identifier", authorityKey],
  issuerAltName: ["Issuer Alternative Names", generalNames],
  authorityInfoAccess: ["Authority Information Access", access],
  subjectInfoAccess: ["Subject Information Access", access],
  cRLDistributionPoints: ["CRL Distribution Points", points],
  freshestCRL: ["Freshest CRL", points],
  certificatePolicies: ["Certificate Policies", (policies) => policies.map(({ oid }) => named(oid)).join(", ")],
  policyMappings: [
    "Policy Mappings",
    (mappings) => mappings.map((one) => `${one.issuerDomainPolicy} = ${one.subjectDomainPolicy}`).join(", ")
  ],
  policyConstraints: [
    "Policy Constraints",
    ({ requireExplicitPolicy, inhibitPolicyMapping }) => numbers({ "explicit policy after": requireExplicitPolicy, "no mapping after": inhibitPolicyMapping })
  ],
  inhibitAnyPolicy: ["Inhibit Any Policy", (skip) => `after ${skip}`],
  privateKeyUsagePeriod: [
    "Private Key Usage Period",
    ({ notBefore, notAfter }) => `${notBefore ? isoTime(notBefore) : ""} to ${notAfter ? isoTime(notAfter) : ""}`.trim()
  ],
  subjectDirectoryAttributes: ["Subject Directory Attributes", (list) => list.map(({ oid }) => named(oid)).join(", ")],
  tlsFeature: ["TLS Feature", (features) => features.map((one) => tlsFeatures.get(one) ?? String(one)).join(", ")],
  signedCertificateTimestamps: ["Signed Certificate Timestamps", (list) => list.map(timestamp).join(", ")],
  acmeIdentifier: ["ACME Identifier", toHex]
};

// packages/x509/src/inspect/inspect-certificate.ts
function inspectCertificate(certificate, read) {
  return [
    "Certificate For Subject:",
    certificate.subject.inspect(),
    "",
    "Issuer:",
    certificate.issuer.inspect(),
    "",
    `Serial Number: ${certificate.serialNumber}`,
    `Not Before: ${isoTime(certificate.notBefore)}`,
    `Not After: ${isoTime(certificate.notAfter)}`,
    ...inspectExtensions(certificate.extensions, read),
    ...optionalLine("Signature Algorithm", () => certificate.signatureAlgorithm.name),
    ...optionalLine("Deviations", () => certificate.deviations.map(({ code }) => code).join(", ") || void 0),
    `Digest (SHA-256): ${certificate.fingerprint()}`,
    ...optionalLine("Public Key", () => {
      const { publicKey } = certificate;
      return `${publicKey.label} with Hash (SHA-256): ${publicKey.spkiHash()}`;
    })
  ].join("\n");
}

// packages/x509/src/keys/key-algorithm.ts
var ECDSA = {
  type: "ecdsa",
  oid: "1.2.840.10045.2.1",
  parameters: "curve",
  nodeName: "ec",
  webName: "ECDSA"
};
var P256 = {
  name: "P-256",
  oid: "1.2.840.10045.3.1.7",
  coordinateBytes: 32,
  order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
};
var P384 = {
  name: "P-384",
  oid: "1.3.132.0.34",
  coordinateBytes: 48,
  order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n
};
var P521 = {
  name: "P-521",
  oid: "1.3.132.0.35",
  coordinateBytes: 66,
  order: 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n
};
var RSA = {
  type: "rsa",
  oid: "1.2.840.113549.1.1.1",
  parameters: "null",
  nodeName: "rsa",
  webName: "RSASSA-PKCS1-v1_5",
  label: "RSA",
  signsWith: "sha256WithRSAEncryption"
};
var KEY_ALGORITHMS = [
  RSA,
  { ...ECDSA, curve: P256, label: "P-256", signsWith: "ecdsa-with-SHA256" },
  { ...ECDSA, curve: P384, label: "P-384", signsWith: "ecdsa-with-SHA384" },
  { ...ECDSA, curve: P521, label: "P-521", signsWith: "ecdsa-with-SHA512" },
  { ...pure("ed25519", "1.3.101.112", "Ed25519", 32), seedBytes: 32 },
  { ...pure("ed448", "1.3.101.113", "Ed448", 57), seedBytes: 57 },
  pure("ml-dsa-44", "2.16.840.1.101.3.4.3.17", "ML-DSA-44", 1312),
  pure("ml-dsa-65", "2.16.840.1.101.3.4.3.18", "ML-DSA-65", 1952),
  pure("ml-dsa-87", "2.16.840.1.101.3.4.3.19", "ML-DSA-87", 2592)
];
var RSASSA_PSS_OID = "1.2.840.113549.1.1.10";
var DSA = {
  type: "dsa",
  oid: "1.2.840.10040.4.1",
  parameters: "absent",
  nodeName: "dsa",
  webName: "DSA",
  label: "DSA",
  signsWith: "dsa-with-SHA256"
};
var EC_PUBLIC_KEY_OID = ECDSA.oid;
var OTHER_CURVES = /* @__PURE__ */ new Map([
  ["1.2.840.10045.3.1.1", "P-192"],
  ["1.3.132.0.33", "P-224"],
  ["1.3.132.0.10", "secp256k1"],
  ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"],
  ["1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"],
  ["1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"],
  ["1.2.156.10197.1.301", "SM2"]
]);
function keyAlgorithmByOid(oid, curveOid) {
  return KEY_ALGORITHMS.find((row3) => row3.oid === oid && row3.curve?.oid === curveOid);
}
function keyAlgorithmByType(type, curveName) {
  return KEY_ALGORITHMS.find((row3) => row3.type === type && row3.curve?.name === curveName);
}
function pure(type, oid, name, publicKeyBytes) {
  return {
    type,
    oid,
    parameters: "absent",
    publicKeyBytes,
    nodeName: type,
    webName: name,
    label: name,
    signsWith: name
  };
}

// packages/x509/src/keys/one-pem.ts
function readOnePem(text, labels3) {
  const [found, second, ...more] = readAllPem(text, labels3);
  if (second !== void 0) {
    const count = 2 + more.length;
    throw new X509Error("PEM_MULTIPLE_BLOCKS", `expected one ${labels3.join(" or ")} block, found ${count}`, {
      line: second.line,
      label: second.label,
      count
    });
  }
  return found;
}
function readAllPem(text, labels3) {
  const blocks = pemDecode(text);
  const [found, ...more] = blocks.filter((block) => labels3.includes(block.label));
  if (found !== void 0) return [found, ...more];
  const expected = labels3.join(" or ");
  const [first] = blocks;
  if (first === void 0) {
    throw new X509Error("PEM_NO_BLOCK", `no PEM block in the text: expected ${expected}`, { label: expected });
  }
  throw new X509Error("PEM_WRONG_LABEL", `expected ${expected}, found ${first.label} on line ${first.line}`, {
    line: first.line,
    label: first.label,
    expected
  });
}

// packages/x509/src/signature-algorithm.ts
function readSignatureAlgorithm(der) {
  for (const { bytes, algorithm: algorithm2 } of met) if (bytesEqual(bytes, der)) return algorithm2;
  const algorithm = readAnyAlgorithm(der);
  if (algorithm.unsupported === void 0 && algorithm.pss === void 0) met.push({ bytes: der.slice(), algorithm });
  return algorithm;
}
var met = [];
function readAnyAlgorithm(der) {
  const reader = new DerReader(der);
  const body = reader.enter(Tag.sequence, "an AlgorithmIdentifier");
  reader.done("the AlgorithmIdentifier");
  const oid = body.oid("the algorithm of an AlgorithmIdentifier");
  const parametersTag = body.peek();
  if (parametersTag !== -1) {
    body.next("the parameters of an AlgorithmIdentifier");
    body.done("the AlgorithmIdentifier");
  }
  const row3 = byOid2.get(oid);
  if (row3 === void 0)
    return describe({ oid, name: oid, keyTypes: ["unknown"], unsupported: "unknown algorithm" }, der);
  if (row3.parameters === "pss") return readPss(row3, der, body);
  const isNull = parametersTag === Tag.null && body.valueEnd === body.valueStart;
  if (parametersTag === -1 || isNull && row3.parameters === "null") return describe(row3, der);
  if (row3.unsupported !== void 0) return describe(row3, der);
  const rule = row3.parameters === "null" ? "neither NULL nor absent" : "present, but must be absent";
  return describe({ ...row3, scheme: void 0, unsupported: `its parameters are ${rule}` }, der);
}
function signatureAlgorithm(name) {
  let found = named2.get(name);
  if (found === void 0) {
    found = makeNamed(name);
    named2.set(name, found);
  }
  return found;
}
function readPssParameters(reader) {
  const body = reader.enter(Tag.sequence, "RSASSA-PSS-params");
  reader.done("the AlgorithmIdentifier");
  const hash = tagged(body, 0, readHash) ?? "SHA-1";
  const maskHash = tagged(body, 1, readMaskGeneration) ?? "SHA-1";
  const saltLength = tagged(body, 2, (inner) => inner.smallInteger("saltLength")) ?? 20;
  if (tagged(body, 3, (inner) => inner.smallInteger("trailerField")) !== void 0) {
    throw unsupported("RSASSA-PSS with a trailer field other than the default");
  }
  body.done("RSASSA-PSS-params");
  if (hash !== maskHash) throw unsupported(`RSASSA-PSS with ${hash} for the message and ${maskHash} for the mask`);
  if (saltLength > maxSaltLength) throw unsupported(`RSASSA-PSS with a salt of ${saltLength} bytes`);
  return { hash, saltLength };
}
function readPss(row3, der, body) {
  const parameters = body.position === body.end && body.tag !== Tag.oid ? body : void 0;
  if (parameters === void 0) return describe({ ...row3, unsupported: "it has no parameters" }, der);
  try {
    const pss = readPssParameters(new DerReader(body.bytes, body.headerStart, body.end));
    return describe(pssRow(pss), der);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return describe({ ...row3, unsupported: error.message }, der);
  }
}
function pssRow(pss) {
  return {
    oid: RSASSA_PSS_OID,
    name: `rsassaPss-${pss.hash.replace("-", "")}`,
    keyTypes: ["rsa", "rsa-pss"],
    pss,
    ...hashed({ kind: "rsa-pss", ...pss })
  };
}
function tagged(body, number, read) {
  if (!body.optional(contextConstructed(number))) return void 0;
  const inner = body.contents();
  const value = read(inner);
  inner.done("a field of RSASSA-PSS-params");
  return value;
}
function readHash(reader) {
  const body = reader.enter(Tag.sequence, "a hash AlgorithmIdentifier");
  const oid = body.oid("a hash algorithm");
  if (body.peek() === Tag.null) body.null();
  body.done("a hash AlgorithmIdentifier");
  const hash = hashes.find((row3) => row3.oid === oid);
  if (hash === void 0) throw unsupported(`RSASSA-PSS with the hash ${oid}`);
  return hash.name;
}
function readMaskGeneration(reader) {
  const body = reader.enter(Tag.sequence, "a mask generation AlgorithmIdentifier");
  const oid = body.oid("a mask generation function");
  if (oid !== mgf1Oid) throw unsupported(`RSASSA-PSS with the mask generation function ${oid}`);
  const hash = readHash(body);
  body.done("a mask generation AlgorithmIdentifier");
  return hash;
}
function unsupported(algorithm) {
  return new X509Error("UNSUPPORTED_ALGORITHM", `unsupported: ${algorithm}`, { algorithm });
}
function describe(row3, der) {
  const { oid, name, keyTypes, hash, pss, scheme } = row3;
  const reason = row3.unsupported ?? (scheme === void 0 ? "it is not implemented" : void 0);
  const own2 = der.slice();
  return Object.freeze({
    oid,
    name,
    keyType: keyTypes[0] ?? "unknown",
    keyTypes,
    weak: row3.weak ?? false,
    ...hash && { hash },
    ...pss && { pss },
    ...reason === void 0 ? { scheme } : { unsupported: reason },
    get der() {
      return own2.slice();
    }
  });
}
function makeNamed(name) {
  const hash = hashes.find((candidate) => name === `rsassaPss-${candidate.name.replace("-", "")}`);
  if (hash !== void 0 && hash.name !== "SHA-1") {
    const row4 = pssRow({ hash: hash.name, saltLength: hash.bytes });
    return describe(row4, encodePss(hash));
  }
  const row3 = rows2.find((candidate) => candidate.name === name);
  if (row3?.weak === true) {
    throw new X509Error("ALGORITHM_WEAK", `signatures with ${name} can be forged: nothing is signed with it`, {
      algorithm: name
    });
  }
  if (row3?.scheme === void 0 || row3.scheme.kind === "dsa") throw unsupported(String(name));
  const parameters = row3.parameters === "null" ? [derNull()] : [];
  return describe(row3, derSequence(derOid(row3.oid), ...parameters));
}
function encodePss({ oid, bytes }) {
  const hash = derSequence(derOid(oid), derNull());
  const mask = derSequence(derOid(mgf1Oid), hash);
  const parameters = derSequence(derExplicit(0, hash), derExplicit(1, mask), derExplicit(2, derInteger(bytes)));
  return derSequence(derOid(RSASSA_PSS_OID), parameters);
}
function hashed(scheme) {
  return { scheme, hash: scheme.hash, weak: scheme.hash === "SHA-1" || scheme.hash === "MD5" };
}
function rsa(oid, name, hash) {
  return { oid, name, keyTypes: ["rsa"], parameters: "null", ...hashed({ kind: "rsa-pkcs1", hash }) };
}
function ecdsa(oid, name, hash) {
  return { oid, name, keyTypes: ["ecdsa"], parameters: "absent", ...hashed({ kind: "ecdsa", hash }) };
}
function dsa(oid, name, hash) {
  return { oid, name, keyTypes: ["dsa"], parameters: "absent", ...hashed({ kind: "dsa", hash }) };
}
function pure2(oid, name, type) {
  return { oid, name, keyTypes: [type], parameters: "absent", scheme: { kind: "pure" } };
}
function nameOnly(oid, name, type, hash) {
  const weak = /^md|SHA1$/i.test(name);
  return { oid, name, keyTypes: [type], weak, unsupported: "it is obsolete", ...hash && { hash } };
}
var maxSaltLength = 2048;
var mgf1Oid = "1.2.840.113549.1.1.8";
var hashes = [
  { name: "SHA-1", oid: "1.3.14.3.2.26", bytes: 20 },
  { name: "SHA-256", oid: "2.16.840.1.101.3.4.2.1", bytes: 32 },
  { name: "SHA-384", oid: "2.16.840.1.101.3.4.2.2", bytes: 48 },
  { name: "SHA-512", oid: "2.16.840.1.101.3.4.2.3", bytes: 64 }
];
var rows2 = [
  rsa("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", "SHA-1"),
  rsa("1.3.14.3.2.29", "sha1WithRSA", "SHA-1"),
  rsa("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", "SHA-256"),
  rsa("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", "SHA-384"),
  rsa("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", "SHA-512"),
  { oid: RSASSA_PSS_OID, name: "rsassaPss", keyTypes: ["rsa", "rsa-pss"], parameters: "pss" },
  ecdsa("1.2.840.10045.4.1", "ecdsa-with-SHA1", "SHA-1"),
  ecdsa("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", "SHA-256"),
  ecdsa("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", "SHA-384"),
  ecdsa("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", "SHA-512"),
  pure2("1.3.101.112", "Ed25519", "ed25519"),
  pure2("1.3.101.113", "Ed448", "ed448"),
  pure2("2.16.840.1.101.3.4.3.17", "ML-DSA-44", "ml-dsa-44"),
  pure2("2.16.840.1.101.3.4.3.18", "ML-DSA-65", "ml-dsa-65"),
  pure2("2.16.840.1.101.3.4.3.19", "ML-DSA-87", "ml-dsa-87"),
  nameOnly("1.2.840.113549.1.1.2", "md2WithRSAEncryption", "rsa"),
  nameOnly("1.2.840.113549.1.1.3", "md4WithRSAEncryption", "rsa"),
  nameOnly("1.2.840.113549.1.1.4", "md5WithRSAEncryption", "rsa", "MD5"),
  nameOnly("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", "rsa"),
  nameOnly("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", "ecdsa"),
  dsa("1.2.840.10040.4.3", "dsa-with-SHA1", "SHA-1"),
  nameOnly("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224", "dsa"),
  dsa("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256", "SHA-256")
];
var byOid2 = /* @__PURE__ */ new Map(rows2.map((row3) => [row3.oid, row3]));
var named2 = /* @__PURE__ */ new Map();

// packages/x509/src/keys/spki.ts
function readSpki(spki) {
  const outer = new DerReader(spki);
  const body = outer.enter(Tag.sequence, "a SubjectPublicKeyInfo");
  outer.done("the SubjectPublicKeyInfo");
  const identifier = body.enter(Tag.sequence, "the algorithm of a public key");
  const { unused, bytes: keyBytes } = body.bitString("subjectPublicKey");
  body.done("the SubjectPublicKeyInfo");
  if (unused !== 0) throw invalid(body.valueStart, "a subjectPublicKey of whole octets");
  const oid = identifier.oid("the algorithm of a public key");
  switch (oid) {
    case RSA.oid:
      return readRsa(oid, identifier, keyBytes);
    case RSASSA_PSS_OID:
      return readRsaPss(oid, identifier, keyBytes);
    case EC_PUBLIC_KEY_OID:
      return readEc(oid, identifier, keyBytes);
    case DSA.oid:
      return readDsa(oid, identifier, keyBytes);
    default:
      return readOther(oid, identifier, keyBytes);
  }
}
function writeSpki(algorithm, keyBytes) {
  return derSequence(writeKeyIdentifier(algorithm), derBitString(keyBytes));
}
function inheritParameters(spki, issuerSpki) {
  const identifier = new DerReader(issuerSpki).enter(Tag.sequence, "a SubjectPublicKeyInfo");
  const { type, lacksParameters } = readSpki(issuerSpki);
  if (type !== "dsa" || lacksParameters) throw invalid(0, "an issuer's DSA key with domain parameters");
  identifier.next("the algorithm of a public key");
  const algorithm = issuerSpki.subarray(identifier.headerStart, identifier.valueEnd);
  return derSequence(algorithm, derBitString(readSpki(spki).keyBytes));
}
function writeKeyIdentifier(algorithm) {
  const { oid, parameters, curve } = algorithm;
  if (parameters === "null") return derSequence(derOid(oid), derNull());
  return curve === void 0 ? derSequence(derOid(oid)) : derSequence(derOid(oid), derOid(curve.oid));
}
function readRsaPublicKey(bytes) {
  const outer = new DerReader(bytes);
  const body = outer.enter(Tag.sequence, "an RSAPublicKey");
  outer.done("the RSAPublicKey");
  const modulus = body.integerBytes("the modulus of an RSA key");
  const modulusStart = body.valueStart;
  const exponent = body.integer("the exponent of an RSA key");
  const exponentStart = body.valueStart;
  body.done("the RSAPublicKey");
  if ((modulus[0] ?? 0) >= 128 || ((modulus.at(-1) ?? 0) & 1) === 0) {
    throw invalid(modulusStart, "a positive odd RSA modulus");
  }
  if (exponent < 3n || exponent >= 1n << 33n || (exponent & 1n) === 0n) {
    throw invalid(exponentStart, "an odd RSA exponent from 3 up to 33 bits");
  }
  return { bits: bitLength(modulus), exponent };
}
function readRsa(oid, identifier, keyBytes) {
  identifier.null("NULL as the parameters of an RSA key");
  identifier.done("the algorithm of a public key");
  return { type: "rsa", oid, ...rsaRow(RSA, keyBytes), keyBytes };
}
function readRsaPss(oid, identifier, keyBytes) {
  const rsa2 = rsaRow(RSA, keyBytes);
  if (identifier.peek() === -1) return { type: "rsa-pss", oid, ...rsa2, keyBytes };
  try {
    return { type: "rsa-pss", oid, ...rsa2, keyBytes, pss: readPssParameters(identifier) };
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return { type: "rsa-pss", oid, bits: rsa2.bits, exponent: rsa2.exponent, keyBytes, unsupported: error.message };
  }
}
function rsaRow(algorithm, keyBytes) {
  const key = readRsaPublicKey(keyBytes);
  if (key.bits > maxRsaBits) return { ...key, unsupported: `RSA keys of more than ${maxRsaBits} bits` };
  return { ...key, algorithm };
}
function readEc(oid, identifier, keyBytes) {
  if (identifier.peek() !== Tag.oid) {
    return { type: "ecdsa", oid, keyBytes, unsupported: "elliptic curves that are not given by name" };
  }
  const curveOid = identifier.oid("the curve of a key");
  identifier.done("the algorithm of a public key");
  const algorithm = keyAlgorithmByOid(oid, curveOid);
  if (algorithm?.curve === void 0) {
    const curve = OTHER_CURVES.get(curveOid) ?? curveOid;
    return { type: "ecdsa", oid, curve, keyBytes, unsupported: `the curve ${curve}` };
  }
  const { name, coordinateBytes } = algorithm.curve;
  const compressed = keyBytes[0] === 2 || keyBytes[0] === 3;
  const length = 1 + (compressed ? 1 : 2) * coordinateBytes;
  if (keyBytes[0] !== 4 && !compressed || keyBytes.length !== length) {
    throw invalid(keyBytes.byteOffset - identifier.bytes.byteOffset, `a point on ${name}`);
  }
  return { type: "ecdsa", oid, algorithm, curve: name, bits: name === "P-521" ? 521 : coordinateBytes * 8, keyBytes };
}
function readDsa(oid, identifier, keyBytes) {
  const key = new DerReader(keyBytes);
  positiveInteger(key, "the value of a DSA key");
  key.done("the DSAPublicKey");
  if (identifier.peek() === Tag.null) identifier.null();
  if (identifier.peek() === -1) {
    const unsupported4 = "DSA keys without their domain parameters, which are those of the issuer's key";
    return { type: "dsa", oid, keyBytes, lacksParameters: true, unsupported: unsupported4 };
  }
  const parameters = identifier.enter(Tag.sequence, "the domain parameters of a DSA key");
  identifier.done("the algorithm of a public key");
  const prime = positiveInteger(parameters, "the prime of a DSA key");
  positiveInteger(parameters, "the order of a DSA key");
  positiveInteger(parameters, "the generator of a DSA key");
  parameters.done("the domain parameters of a DSA key");
  const bits = bitLength(prime);
  if (bits > maxDsaBits)
    return { type: "dsa", oid, bits, keyBytes, unsupported: `DSA keys of more than ${maxDsaBits} bits` };
  return { type: "dsa", oid, algorithm: DSA, bits, keyBytes };
}
function positiveInteger(reader, what) {
  const bytes = reader.integerBytes(what);
  if ((bytes[0] ?? 128) >= 128 || bytes.length === 1 && bytes[0] === 0) {
    throw invalid(reader.valueStart, `a positive integer as ${what}`);
  }
  return bytes;
}
function bitLength(integer) {
  const lead = integer[0] === 0 ? 1 : 0;
  return (integer.length - lead) * 8 - (Math.clz32(integer[lead] ?? 0) - 24);
}
function readOther(oid, identifier, keyBytes) {
  const algorithm = keyAlgorithmByOid(oid);
  if (algorithm === void 0) {
    return { type: "unknown", oid, keyBytes, unsupported: `keys of the algorithm ${oid}` };
  }
  identifier.done("the algorithm of a public key, which has no parameters");
  if (keyBytes.length !== algorithm.publicKeyBytes) {
    const offset = keyBytes.byteOffset - identifier.bytes.byteOffset;
    throw invalid(offset, `${algorithm.publicKeyBytes} bytes for ${algorithm.label}`);
  }
  return { type: algorithm.type, oid, algorithm, keyBytes };
}
function invalid(offset, expected) {
  return new X509Error("KEY_INVALID", `not a valid public key: expected ${expected}`, { offset, expected });
}
var maxRsaBits = 16384;
var maxDsaBits = 1e4;

// packages/x509/src/public-key.ts
var PublicKey = class _PublicKey {
  #spki;
  #contents;
  #native;
  #keyIdentifier;
  constructor(spki) {
    this.#spki = spki;
    this.#contents = readSpki(spki);
  }
  /**
   * Reads a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). A key of an unknown algorithm is read and has the type
   * `unknown`; only checking a signature with it fails.
   *
   * @throws X509Error KEY_INVALID, DER_*
   */
  static fromSpki(der) {
    const spki = copyBytes(der);
    assertDer(spki);
    return new _PublicKey(spki);
  }
  /**
   * @internal A view of a SubjectPublicKeyInfo that was walked, shared with its certificate.
   *
   * @throws X509Error KEY_INVALID, DER_*
   */
  static fromCheckedView(spki) {
    return new _PublicKey(spki);
  }
  /**
   * Reads the one key in a PEM text: a `PUBLIC KEY` block, or the older `RSA PUBLIC KEY` (PKCS #1).
   *
   * @throws X509Error KEY_INVALID, PEM_*, DER_*
   */
  static fromPem(text) {
    const { label: label2, bytes } = readOnePem(text, ["PUBLIC KEY", "RSA PUBLIC KEY"]);
    return _PublicKey.fromSpki(label2 === "PUBLIC KEY" ? bytes : writeSpki(RSA, bytes));
  }
  /** The kind of key. */
  get type() {
    return this.#contents.type;
  }
  /** The OID of the algorithm in the SubjectPublicKeyInfo. */
  get algorithmOid() {
    return this.#contents.oid;
  }
  /** Size in bits of an RSA modulus, a DSA prime, or an elliptic curve's field; undefined for kinds that come in one size. */
  get bits() {
    return this.#contents.bits;
  }
  /** The name of an elliptic curve, such as `P-256`; its OID if this package has no name for it. */
  get curve() {
    return this.#contents.curve;
  }
  /** The public exponent of an RSA key. */
  get exponent() {
    return this.#contents.exponent;
  }
  /** Is it a DSA key without domain parameters, which needs those of its issuer's key (RFC 3279 section 2.3.2)? */
  get lacksParameters() {
    return this.#contents.lacksParameters ?? false;
  }
  /**
   * A DSA key without domain parameters, completed by those of its issuer's key (RFC 5280 section 6.1.4 (e)).
   *
   * @throws X509Error KEY_INVALID if this key lacks none, or the other has none
   */
  withParametersOf(issuer) {
    if (!this.lacksParameters) {
      const expected = "a DSA key without domain parameters";
      throw new X509Error("KEY_INVALID", `this key takes no parameters: expected ${expected}`, { expected });
    }
    return new _PublicKey(inheritParameters(this.#spki, issuer.#spki));
  }
  /** What a key bound to RSASSA-PSS allows (RFC 4055 section 3.3): this hash, and at least this much salt. */
  get pss() {
    return this.#contents.pss;
  }
  /** The SubjectPublicKeyInfo in DER; a fresh copy. */
  get spki() {
    return this.#spki.slice();
  }
  /** The contents of the BIT STRING subjectPublicKey; a fresh copy. Key identifiers are hashes of it. */
  get keyBytes() {
    return this.#contents.keyBytes.slice();
  }
  /**
   * The key identifier that issuing gives to this key: the first 160 bits of the SHA-256 of subjectPublicKey (RFC 7093
   * section 2, method 1), so that no SHA-1 is needed. A certificate may have another one. A fresh copy.
   */
  get keyIdentifier() {
    this.#keyIdentifier ??= backend.digest("SHA-256", this.#contents.keyBytes).subarray(0, 20);
    return this.#keyIdentifier.slice();
  }
  spkiHash(algorithm = "sha-256", options = {}) {
    const format = options.format ?? "hex";
    if (format !== "pin") return formatDigest(this.#spki, algorithm, format);
    return `${algorithm.replace("-", "")}/${formatDigest(this.#spki, algorithm, "base64")}`;
  }
  /** Whether the other key has the same SubjectPublicKeyInfo. Takes the same time whatever they are. Row KEY-12. */
  equals(other) {
    const theirs = other.#spki;
    if (theirs.length !== this.#spki.length) return false;
    let difference = 0;
    for (let index = 0; index < theirs.length; index++) difference |= (theirs[index] ?? 0) ^ (this.#spki[index] ?? 0);
    return difference === 0;
  }
  /**
   * Checks a signature. `false` is the only answer to a signature that is wrong, malformed, or of an algorithm that
   * belongs to another kind of key.
   *
   * @param algorithm what the signature claims to be, as a certificate's `signatureAlgorithm`
   * @throws X509Error UNSUPPORTED_ALGORITHM if this package or this runtime cannot compute it, KEY_INVALID if the key
   *   is no usable key (a point that is not on its curve)
   */
  async verify(algorithm, signature, data) {
    const scheme = this.#schemeFor(algorithm);
    return scheme !== void 0 && this.#import().verify(scheme, signature, data);
  }
  /**
   * As {@link PublicKey.verify}, at once.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has only promises: in browsers, and for ML-DSA on Deno
   */
  verifySync(algorithm, signature, data) {
    const scheme = this.#schemeFor(algorithm);
    return scheme !== void 0 && this.#import().verifySync(scheme, signature, data);
  }
  /**
   * The key as WebCrypto has it, for verifying. RSA keys are bound to a padding and hash there: those of `algorithm`,
   * by default PKCS #1 v1.5 with SHA-256.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM, KEY_INVALID
   */
  async toCryptoKey(algorithm) {
    const { algorithm: row3 } = this.#contents;
    if (row3 === void 0 || row3.type === "dsa") throw this.#unsupported();
    const scheme = algorithm && this.#schemeFor(algorithm);
    try {
      return await subtle().importKey("spki", bufferSource(this.#plainSpki()), binding(row3, scheme), true, ["verify"]);
    } catch (cause) {
      throw new X509Error("KEY_INVALID", `WebCrypto refused the ${row3.label} key`, { expected: row3.label }, { cause });
    }
  }
  /** The key as a `PUBLIC KEY` block. */
  toPem() {
    return pemEncode("PUBLIC KEY", this.#spki);
  }
  /** One line for a person: kind, size and SHA-256 of the SubjectPublicKeyInfo. Row KEY-12. */
  inspect() {
    return `${this.label} Public Key with Hash: ${this.spkiHash()}`;
  }
  /** The kind and size in words, such as `2048-bit RSA` or `ECDSA P-256`. */
  get label() {
    const { type, bits, curve, algorithm, oid } = this.#contents;
    switch (type) {
      case "rsa":
        return `${bits}-bit RSA`;
      case "rsa-pss":
        return `${bits}-bit RSASSA-PSS`;
      case "ecdsa":
        return `ECDSA ${curve ?? "(explicit curve)"}`;
      case "dsa":
        return "DSA";
      case "unknown":
        return `Unknown (${oid})`;
      default:
        return algorithm?.label ?? type;
    }
  }
  toString() {
    return `<PublicKey ${this.label} ${this.spkiHash()}>`;
  }
  toJSON() {
    const { type, bits, curve } = this.#contents;
    return {
      type,
      ...bits !== void 0 && { bits },
      ...curve !== void 0 && { curve },
      spkiSha256: this.spkiHash()
    };
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
  /** The scheme, or undefined if no key of this kind makes such signatures. */
  #schemeFor(algorithm) {
    if (algorithm.scheme === void 0) {
      throw new X509Error(
        "UNSUPPORTED_ALGORITHM",
        `signatures with ${algorithm.name} are not supported: ${algorithm.unsupported}`,
        { algorithm: algorithm.name, oid: algorithm.oid }
      );
    }
    const { type, pss, algorithm: row3 } = this.#contents;
    if (!algorithm.keyTypes.includes(type)) {
      if (type === "unknown") throw this.#unsupported();
      return void 0;
    }
    if (row3 === void 0) throw this.#unsupported();
    if (pss !== void 0 && (algorithm.hash !== pss.hash || (algorithm.pss?.saltLength ?? 0) < pss.saltLength)) {
      return void 0;
    }
    return algorithm.scheme;
  }
  #unsupported() {
    const { unsupported: unsupported4, oid } = this.#contents;
    return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${unsupported4 ?? oid}`, {
      algorithm: unsupported4 ?? oid,
      oid
    });
  }
  #import() {
    const { algorithm } = this.#contents;
    if (algorithm === void 0) throw this.#unsupported();
    this.#native ??= backend.importPublicKey(algorithm, this.#plainSpki());
    return this.#native;
  }
  /** The libraries know RSA keys as rsaEncryption only: that a key is bound to RSASSA-PSS is for us to enforce. */
  #plainSpki() {
    return this.#contents.type === "rsa-pss" ? writeSpki(RSA, this.#contents.keyBytes) : this.#spki;
  }
};

// packages/x509/src/certificate.ts
var Certificate = class _Certificate {
  #bytes;
  #serial;
  #issuer;
  #subject;
  #extensions;
  #cache;
  /** For subclasses, which share what the given certificate has. Everyone else uses the static loaders. */
  constructor(source) {
    if (source instanceof _Certificate) {
      this.#bytes = source.#bytes;
      this.#serial = source.#serial;
      this.#issuer = source.#issuer;
      this.#subject = source.#subject;
      this.#extensions = source.#extensions;
      this.#cache = source.#cached;
    } else {
      const outline = outlineCertificate(source);
      this.#bytes = source;
      this.#serial = outline.serial;
      this.#issuer = outline.issuer;
      this.#subject = outline.subject;
      this.#extensions = outline.extensions;
    }
  }
  /**
   * A certificate from DER, which is copied (KEY-01).
   *
   * @throws X509Error with a DER code, CERTIFICATE_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static fromDer(bytes) {
    return new _Certificate(copyPooled(bytes));
  }
  /**
   * The only certificate of a PEM text (KEY-02). Prose, CRLF, indentation, and blocks that are not certificates are
   * passed over.
   *
   * @throws X509Error as {@link Certificate.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK, PEM_WRONG_LABEL,
   *   PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static fromPem(text) {
    return new _Certificate(onlyCertificateBlock(text));
  }
  /**
   * All certificates of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link Certificate.fromPem}
   */
  static allFromPem(text) {
    return certificateBlocks(text).map((bytes) => new _Certificate(bytes));
  }
  /**
   * A certificate from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link Certificate.fromDer} and {@link Certificate.fromPem}
   */
  static parse(input) {
    return isBytes(input) && looksLikeDer(input) ? _Certificate.fromDer(input) : _Certificate.fromPem(input);
  }
  /** The certificate in DER, exactly as it was encoded; a fresh copy (KEY-03). */
  get der() {
    return this.#bytes.slice();
  }
  /** X.509 version: 1, 2 or 3. */
  get version() {
    const at = contentStart(this.#bytes, this.#tbs);
    return at === this.#serial ? 1 : readVersion(this.#bytes, at);
  }
  /** The serial number, of any size (KEY-05). */
  get serialNumber() {
    return decodeInteger(this.#bytes, contentStart(this.#bytes, this.#serial), elementEnd(this.#bytes, this.#serial));
  }
  /** The serial number in lower-case hex, two digits per octet. */
  get serialNumberHex() {
    const serial = this.serialNumber;
    const digits = (serial < 0n ? -serial : serial).toString(16);
    return (serial < 0n ? "-" : "") + digits.padStart(digits.length + digits.length % 2, "0");
  }
  /** The algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithm() {
    const cache = this.#cached;
    cache.signatureAlgorithm ??= readSignatureAlgorithm(this.#element(elementEnd(this.#bytes, this.#tbs)));
    return cache.signatureAlgorithm;
  }
  /** The signature; a fresh copy. */
  get signature() {
    const bits = elementEnd(this.#bytes, elementEnd(this.#bytes, this.#tbs));
    return this.#bytes.slice(contentStart(this.#bytes, bits) + 1);
  }
  /** The part that is signed, in DER; a fresh copy. */
  get tbsCertificate() {
    return this.#element(this.#tbs).slice();
  }
  /** Whose certificate it is (KEY-04). */
  get subject() {
    const cache = this.#cached;
    cache.subject ??= DistinguishedName.fromCheckedView(this.#element(this.#subject));
    return cache.subject;
  }
  /** Who signed it (KEY-04). */
  get issuer() {
    const cache = this.#cached;
    cache.issuer ??= DistinguishedName.fromCheckedView(this.#element(this.#issuer));
    return cache.issuer;
  }
  /** The first moment of validity. */
  get notBefore() {
    return new Date(this.#time(contentStart(this.#bytes, this.#validity)));
  }
  /** The last moment of validity. */
  get notAfter() {
    return new Date(this.#time(elementEnd(this.#bytes, contentStart(this.#bytes, this.#validity))));
  }
  /**
   * The public key (KEY-10).
   *
   * @throws X509Error KEY_INVALID or a DER code if the key is malformed
   */
  get publicKey() {
    const cache = this.#cached;
    cache.publicKey ??= PublicKey.fromCheckedView(this.#element(elementEnd(this.#bytes, this.#subject)));
    return cache.publicKey;
  }
  /** All extensions, in the order of the encoding. */
  get extensions() {
    const cache = this.#cached;
    cache.extensions ??= this.#readExtensions();
    return cache.extensions;
  }
  /** The extension with this OID. */
  extension(oid) {
    return this.extensions.find((extension3) => extension3.oid === oid);
  }
  /** Names of the subject. @throws X509Error EXTENSION_INVALID */
  get subjectAltName() {
    return this.#read("subjectAltName");
  }
  /** Names of the issuer. @throws X509Error EXTENSION_INVALID */
  get issuerAltName() {
    return this.#read("issuerAltName");
  }
  /** Is the subject a CA? @throws X509Error EXTENSION_INVALID */
  get basicConstraints() {
    return this.#read("basicConstraints");
  }
  /** What the key may be used for. @throws X509Error EXTENSION_INVALID */
  get keyUsage() {
    return this.#read("keyUsage");
  }
  /** The purposes of the certificate, as OIDs: see `ExtendedKeyUsage`. @throws X509Error EXTENSION_INVALID */
  get extendedKeyUsage() {
    return this.#read("extendedKeyUsage");
  }
  /** Which key this is; a fresh copy. @throws X509Error EXTENSION_INVALID */
  get subjectKeyIdentifier() {
    return this.#read("subjectKeyIdentifier")?.slice();
  }
  /** Which key signed it. @throws X509Error EXTENSION_INVALID */
  get authorityKeyIdentifier() {
    return this.#read("authorityKeyIdentifier");
  }
  /** The names that this CA may, and may not, issue for. @throws X509Error EXTENSION_INVALID */
  get nameConstraints() {
    return this.#read("nameConstraints");
  }
  /** Attributes of the subject that are no names. @throws X509Error EXTENSION_INVALID */
  get subjectDirectoryAttributes() {
    return this.#read("subjectDirectoryAttributes");
  }
  /** When the private key may sign, if that is not the validity. @throws X509Error EXTENSION_INVALID */
  get privateKeyUsagePeriod() {
    return this.#read("privateKeyUsagePeriod");
  }
  /** Where more is to be had about the issuer. @throws X509Error EXTENSION_INVALID */
  get authorityInfoAccess() {
    return this.#read("authorityInfoAccess");
  }
  /** Where more is to be had from the subject: the repository of a CA, say. @throws X509Error EXTENSION_INVALID */
  get subjectInfoAccess() {
    return this.#read("subjectInfoAccess");
  }
  /** Where CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get crlDistributionPoints() {
    return this.#read("cRLDistributionPoints");
  }
  /** Where delta CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get freshestCrl() {
    return this.#read("freshestCRL");
  }
  /** The policies under which it was issued. @throws X509Error EXTENSION_INVALID */
  get certificatePolicies() {
    return this.#read("certificatePolicies");
  }
  /** Which policies of issuer and subject are the same. @throws X509Error EXTENSION_INVALID */
  get policyMappings() {
    return this.#read("policyMappings");
  }
  /** When policies become mandatory. @throws X509Error EXTENSION_INVALID */
  get policyConstraints() {
    return this.#read("policyConstraints");
  }
  /** After how many more certificates anyPolicy does not count. @throws X509Error EXTENSION_INVALID */
  get inhibitAnyPolicy() {
    return this.#read("inhibitAnyPolicy");
  }
  /** What logs of certificate transparency promised (RFC 6962 section 3.3). @throws X509Error EXTENSION_INVALID */
  get signedCertificateTimestamps() {
    return this.#read("signedCertificateTimestamps");
  }
  /** The TLS extensions that its server must support (RFC 7633), see `TlsFeature`. @throws X509Error EXTENSION_INVALID */
  get tlsFeature() {
    return this.#read("tlsFeature");
  }
  /** The answer to a tls-alpn-01 challenge (RFC 8737); a fresh copy. @throws X509Error EXTENSION_INVALID */
  get acmeIdentifier() {
    return this.#read("acmeIdentifier")?.slice();
  }
  /** How the certificate differs from RFC 5280, though it is DER; empty for nearly all. */
  get deviations() {
    const cache = this.#cached;
    cache.deviations ??= findDeviations(this.#bytes, {
      serial: this.#serial,
      issuer: this.#issuer,
      subject: this.#subject,
      extensions: this.#extensions
    });
    return cache.deviations;
  }
  /** Have subject and issuer the same name (RFC 5280 section 3.2)? Says nothing about the signature. */
  get isSelfIssued() {
    return this.subject.equals(this.issuer);
  }
  /** SHA-256 of the DER in lower-case hex: equal certificates have equal ids, so it is a key for a Map (KEY-09). */
  get id() {
    const cache = this.#cached;
    cache.id ??= formatDigest(this.#bytes, "sha-256", "hex");
    return cache.id;
  }
  fingerprint(algorithm = "sha-256", options = {}) {
    return formatDigest(this.#bytes, algorithm, options.format ?? "colon");
  }
  /** Is the moment within the validity, both ends included (RFC 5280 section 4.1.2.5)? */
  isValidAt(time3) {
    return this.notBefore <= time3 && time3 <= this.notAfter;
  }
  /** The same DER (KEY-09)? A private key beside one of them does not count. */
  equals(other) {
    return bytesEqual(this.#bytes, other.#bytes);
  }
  /**
   * Was this signed by the issuer's key? `false` for any signature that is not right.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(issuerKey) {
    return issuerKey.verify(this.signatureAlgorithm, this.signature, this.#element(this.#tbs));
  }
  /**
   * As {@link Certificate.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(issuerKey) {
    return issuerKey.verifySync(this.signatureAlgorithm, this.signature, this.#element(this.#tbs));
  }
  /** PEM, in lines of 64 characters (KEY-03). */
  toPem() {
    return pemEncode("CERTIFICATE", this.#bytes);
  }
  /** `<Certificate subject="…" issuer="…">`: common names, or whole names where there is none (KEY-08). */
  toString() {
    const { subject, issuer } = this;
    return `<Certificate subject=${quote(subject.CN ?? subject.toString())} issuer=${quote(issuer.CN ?? issuer.toString())}>`;
  }
  /** Lines for people (KEY-07). Safe to print: control characters are escaped. */
  inspect() {
    return inspectCertificate(this, (name) => this.#read(name));
  }
  /** The fields that tools show; `pem` is not among them. */
  toJSON() {
    return certificateJson(this);
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
  get #cached() {
    this.#cache ??= {};
    return this.#cache;
  }
  get #tbs() {
    return contentStart(this.#bytes, 0);
  }
  get #validity() {
    return elementEnd(this.#bytes, this.#issuer);
  }
  #element(at) {
    return this.#bytes.subarray(at, elementEnd(this.#bytes, at));
  }
  #time(at) {
    return decodeTime(this.#bytes, this.#bytes[at] ?? 0, contentStart(this.#bytes, at), elementEnd(this.#bytes, at));
  }
  #readExtensions() {
    const list = [];
    if (this.#extensions === 0) return Object.freeze(list);
    const end = elementEnd(this.#bytes, this.#extensions);
    for (let at = contentStart(this.#bytes, this.#extensions); at < end; at = elementEnd(this.#bytes, at)) {
      list.push(new ParsedExtension(this.#bytes, at));
    }
    return Object.freeze(list);
  }
  #read(name) {
    if (this.#extensions === 0) return void 0;
    const cache = this.#cached;
    cache.values ??= /* @__PURE__ */ new Map();
    if (cache.values.has(name)) return cache.values.get(name);
    const value = readExtension(this.#bytes, this.#extensions, ExtensionOid[name], extensionDecoders[name]);
    cache.values.set(name, value);
    return value;
  }
};

// packages/x509/src/issue/subject-name.ts
function toName(input, names2) {
  if (input instanceof DistinguishedName) return input;
  if (input !== void 0) return DistinguishedName.of(input);
  const first = names2.find(({ type }) => type === "dns" || type === "ip" || type === "email");
  const text = first !== void 0 && typeof first.value === "string" ? first.value : "";
  return DistinguishedName.of(text !== "" && text.length <= 64 ? { CN: text } : {});
}

// packages/x509/src/request/read-request.ts
var EXTENSION_REQUEST_OID = "1.2.840.113549.1.9.14";
var CHALLENGE_PASSWORD_OID = "1.2.840.113549.1.9.7";
function readRequest(bytes) {
  assertDer(bytes);
  const outer = new DerReader(bytes);
  const body = outer.enter(Tag.sequence, "a CertificationRequest");
  const info = structure(body, () => body.enter(Tag.sequence, "a CertificationRequestInfo"));
  const signed = body.element();
  return structure(body, () => {
    if (info.smallInteger("the version of a request") !== 0) throw invalid2(info.valueStart, "version 0");
    const subject = DistinguishedName.fromDer(info.raw("the subject of a request"));
    if (info.peek() !== Tag.sequence) throw invalid2(info.position, "a subjectPublicKeyInfo");
    const publicKey = PublicKey.fromSpki(info.raw("the public key of a request"));
    const attributes = readAttributes(info);
    info.done("the CertificationRequestInfo");
    const signatureAlgorithm2 = readSignatureAlgorithm(body.raw("the signature algorithm of a request"));
    const { unused, bytes: signature } = body.bitString("the signature of a request");
    if (unused !== 0) throw invalid2(body.valueStart, "a signature of whole octets");
    body.done("the CertificationRequest");
    const requestedExtensions2 = readRequestedExtensions(attributes);
    return { subject, publicKey, attributes, requestedExtensions: requestedExtensions2, signatureAlgorithm: signatureAlgorithm2, signature, signed };
  });
}
function readAttributes(info) {
  if (!info.optional(contextConstructed(0))) return [];
  const list = info.contents();
  const attributes = [];
  while (list.peek() !== -1) {
    const attribute = list.enter(Tag.sequence, "an Attribute");
    const oid = attribute.oid("the type of an Attribute");
    const set = attribute.enter(Tag.set, "the values of an Attribute");
    attribute.done("the Attribute");
    const values = [];
    do
      values.push(set.raw("a value of an Attribute").slice());
    while (set.peek() !== -1);
    const name = oidName(oid);
    attributes.push(
      Object.freeze({
        oid,
        ...name !== void 0 && { name },
        get values() {
          return values.map((value) => value.slice());
        }
      })
    );
  }
  return Object.freeze(attributes);
}
function readRequestedExtensions(attributes) {
  const found = attributes.filter(({ oid }) => oid === EXTENSION_REQUEST_OID).flatMap(({ values }) => values);
  const [bytes, second] = found;
  if (bytes === void 0) return [];
  if (second !== void 0) throw invalid2(0, "at most one list of requested extensions");
  if (bytes[0] === Tag.sequence && bytes.length === 2) return [];
  const fault = extensionsFault(bytes, 0);
  if (fault !== -1) throw invalid2(fault, "requested extensions");
  const duplicate2 = firstDuplicate(bytes, 0);
  if (duplicate2 !== void 0) {
    throw new X509Error("EXTENSION_DUPLICATE", `the extension ${duplicate2.oid} is requested twice`, duplicate2);
  }
  const reader = new DerReader(bytes).enter(Tag.sequence, "requested extensions");
  const list = [];
  while (reader.peek() !== -1) {
    reader.next();
    list.push(new ParsedExtension(bytes, reader.headerStart));
  }
  return Object.freeze(list);
}
function structure(reader, read) {
  try {
    return read();
  } catch (cause) {
    if (!X509Error.is(cause) || !cause.code.startsWith("DER_")) throw cause;
    const { offset = reader.position, expected = "a request" } = cause.details;
    throw invalid2(offset, expected, cause);
  }
}
function invalid2(offset, expected, cause) {
  return new X509Error(
    "REQUEST_INVALID",
    `not a certificate request at offset ${offset}: expected ${expected}`,
    { offset, expected },
    cause === void 0 ? void 0 : { cause }
  );
}

// packages/x509/src/certificate-request.ts
var CertificateRequest = class _CertificateRequest {
  #bytes;
  #contents;
  #subjectAltName;
  constructor(bytes) {
    this.#bytes = bytes;
    this.#contents = readRequest(bytes);
  }
  /**
   * Makes a request and signs it. Row REQ-01.
   *
   * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, UNSUPPORTED_ALGORITHM
   */
  static async create(options) {
    const { keyPair } = options;
    const subjectAltName = (options.subjectAltName ?? []).map(toGeneralName);
    const subject = toName(options.subject, subjectAltName);
    const algorithm = keyPair.signatureAlgorithm(options.signatureAlgorithm);
    const extensions3 = requestedExtensions(subject, subjectAltName, options.extensions ?? []);
    const info = derSequence(
      derInteger(0),
      subject.der,
      keyPair.publicKey.spki,
      derImplicit(0, derSet(...encodeAttributes(options, extensions3)))
    );
    const signature = await keyPair.sign(info, { algorithm: options.signatureAlgorithm });
    return new _CertificateRequest(derSequence(info, algorithm.der, derBitString(signature)));
  }
  /**
   * Reads a request in DER. Rows REQ-03, REQ-05.
   *
   * @throws X509Error REQUEST_INVALID, NAME_INVALID, KEY_INVALID, DER_*
   */
  static fromDer(bytes) {
    return new _CertificateRequest(copyBytes(bytes));
  }
  /**
   * Reads the only request in a PEM text: `CERTIFICATE REQUEST`, or `NEW CERTIFICATE REQUEST` as older software has it.
   *
   * @throws X509Error as {@link CertificateRequest.fromDer}, and PEM_*
   */
  static fromPem(text) {
    return new _CertificateRequest(readOnePem(text, ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]).bytes);
  }
  /**
   * Reads a request in DER or PEM, whichever it is. Row REQ-14.
   *
   * @throws X509Error as {@link CertificateRequest.fromPem}
   */
  static parse(input) {
    return isBytes(input) && looksLikeDer(input) ? _CertificateRequest.fromDer(input) : _CertificateRequest.fromPem(input);
  }
  /**
   * Reads a request and requires that its signature is right. Rows REQ-03, REQ-06.
   *
   * @throws X509Error REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, and as {@link CertificateRequest.parse}
   */
  static async parseVerified(input, options = {}) {
    const request = _CertificateRequest.parse(input);
    await request.assertVerified(options);
    return request;
  }
  /** The request in DER, exactly as it was encoded; a fresh copy. */
  get der() {
    return this.#bytes.slice();
  }
  /** Who asks. */
  get subject() {
    return this.#contents.subject;
  }
  /** The key to be certified. */
  get publicKey() {
    return this.#contents.publicKey;
  }
  get signatureAlgorithm() {
    return this.#contents.signatureAlgorithm;
  }
  /** The attributes, in the order of the encoding; the extension request is among them. */
  get attributes() {
    return this.#contents.attributes;
  }
  /** The extensions that are asked for; an issuer copies none that was not approved. */
  get requestedExtensions() {
    return this.#contents.requestedExtensions;
  }
  /**
   * The value of an extension that is asked for.
   *
   * @throws X509Error EXTENSION_INVALID
   * @example
   * request.requestedExtension("keyUsage")?.has("digitalSignature");
   */
  requestedExtension(name) {
    const extension3 = this.requestedExtensions.find(({ oid: oid2 }) => oid2 === ExtensionOid[name]);
    if (extension3 === void 0) return void 0;
    const { oid, value } = extension3;
    return decodeExtensionValue(value, 0, value.length, oid, extensionDecoders[name]);
  }
  /** The names that are asked for. @throws X509Error EXTENSION_INVALID */
  get subjectAltName() {
    this.#subjectAltName ??= this.requestedExtension("subjectAltName");
    return this.#subjectAltName;
  }
  /** The challenge password, if there is exactly one and it is text. No print-out shows it. */
  get challengePassword() {
    const [value, second] = this.attributes.filter(({ oid }) => oid === CHALLENGE_PASSWORD_OID).flatMap(({ values }) => values);
    if (value === void 0 || second !== void 0 || !isStringTag(value[0] ?? 0)) return void 0;
    return new DerReader(value).string("a challenge password");
  }
  /** The signature; a fresh copy. */
  get signature() {
    return this.#contents.signature.slice();
  }
  /**
   * Whether the request is signed with the key that it is about.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verify() {
    const { publicKey, signatureAlgorithm: signatureAlgorithm2, signature, signed } = this.#contents;
    return publicKey.verify(signatureAlgorithm2, signature, signed);
  }
  /**
   * Throws unless the signature is right, and made with a hash that still means something. Row REQ-06.
   *
   * @throws X509Error REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, UNSUPPORTED_ALGORITHM
   */
  async assertVerified(options = {}) {
    const { name, weak } = this.signatureAlgorithm;
    if (weak && options.allowWeakHash !== true) {
      throw new X509Error("ALGORITHM_WEAK", `the request is signed with ${name}, which proves nothing any more`, {
        algorithm: name
      });
    }
    if (await this.verify()) return;
    const subject = this.subject.toString();
    throw new X509Error(
      "REQUEST_SIGNATURE_INVALID",
      `the request of ${subject} is not signed with its own key: whoever sent it may not have the private key`,
      { subject }
    );
  }
  /** The same DER? */
  equals(other) {
    return bytesEqual(this.#bytes, other.#bytes);
  }
  /** PEM, in lines of 64 characters. */
  toPem() {
    return pemEncode("CERTIFICATE REQUEST", this.#bytes);
  }
  /** Lines for people. Safe to print: control characters are escaped. Row REQ-04. */
  inspect() {
    const attributes = this.attributes.map(({ oid, name }) => name ?? oid).join(", ");
    return [
      "Certificate Request For Subject:",
      this.subject.inspect(),
      "",
      ...inspectExtensions(this.requestedExtensions, (name) => this.requestedExtension(name)),
      ...attributes === "" ? [] : [`Attributes: ${attributes}`],
      `Signature Algorithm: ${this.signatureAlgorithm.name}`,
      this.publicKey.inspect()
    ].join("\n");
  }
  /** `<CertificateRequest subject="…">` */
  toString() {
    return `<CertificateRequest subject=${quote(this.subject.CN ?? this.subject.toString())}>`;
  }
  toJSON() {
    return { subject: this.subject.toString(), publicKey: this.publicKey.toJSON(), pem: this.toPem() };
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
};
function encodeAttributes(options, extensions3) {
  const { attributes = [], challengePassword } = options;
  const own2 = [EXTENSION_REQUEST_OID, ...challengePassword === void 0 ? [] : [CHALLENGE_PASSWORD_OID]];
  const oids = [...attributes.map(({ oid }) => oid), ...own2];
  if (new Set(oids).size !== oids.length || attributes.some(({ values }) => values.length === 0)) {
    throw new X509Error("ARGUMENT_INVALID", "attributes that cannot be written: expected each once, with a value", {
      argument: "attributes",
      expected: "each attribute once, with at least one value"
    });
  }
  const encoded = attributes.map(({ oid, values }) => derSequence(derOid(oid), derSet(...values)));
  if (challengePassword !== void 0) {
    const text = isPrintableText(challengePassword) ? derPrintableString : derUtf8String;
    encoded.push(derSequence(derOid(CHALLENGE_PASSWORD_OID), derSet(text(challengePassword))));
  }
  if (extensions3.length > 0) {
    encoded.push(derSequence(derOid(EXTENSION_REQUEST_OID), derSet(encodeExtensions(extensions3))));
  }
  return encoded;
}
function requestedExtensions(subject, names2, more) {
  const oids = more.map(({ oid }) => oid);
  if (new Set(oids).size !== oids.length || names2.length > 0 && oids.includes(ExtensionOid.subjectAltName)) {
    throw new X509Error("ARGUMENT_INVALID", "an extension is asked for twice", {
      argument: "extensions",
      expected: "each extension once"
    });
  }
  if (names2.length === 0) return more;
  const value = encodeAltName(names2);
  return [{ oid: ExtensionOid.subjectAltName, name: "subjectAltName", critical: subject.isEmpty, value }, ...more];
}

// packages/x509/src/extensions/certificate-issuer.ts
function decodeCertificateIssuer(reader) {
  return decodeGeneralNames(reader);
}
function encodeCertificateIssuer(names2) {
  return encodeAltName(names2);
}

// packages/x509/src/extensions/extension-list.ts
function listExtensions(bytes, at) {
  const list = [];
  if (at === 0) return Object.freeze(list);
  const end = elementEnd(bytes, at);
  for (let one = contentStart(bytes, at); one < end; one = elementEnd(bytes, one)) {
    list.push(new ParsedExtension(bytes, one));
  }
  return Object.freeze(list);
}

// packages/x509/src/extensions/invalidity-date.ts
function decodeInvalidityDate(reader) {
  return readGeneralizedTime(reader, "an InvalidityDate");
}
function encodeInvalidityDate(time3) {
  return derGeneralizedTime(time3);
}
function readGeneralizedTime(reader, what) {
  reader.expect(Tag.generalizedTime, what);
  return new Date(decodeTime(reader.bytes, reader.tag, reader.valueStart, reader.valueEnd));
}

// packages/x509/src/extensions/reason-code.ts
var reasonNames2 = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  void 0,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise"
];
function decodeReasonCode(reader) {
  reader.expect(Tag.enumerated, "a CRLReason");
  const { bytes, valueStart: valueStart2, valueEnd } = reader;
  const reason = valueEnd - valueStart2 === 1 ? reasonNames2[bytes[valueStart2] ?? 255] : void 0;
  return reason ?? derFail("DER_BAD_VALUE", valueStart2, "a CRLReason of 0 to 6 or 8 to 10");
}
function encodeReasonCode(reason) {
  const value = reasonNames2.indexOf(reason);
  if (reason !== void 0 && value !== -1) return derTlv(Tag.enumerated, Uint8Array.of(value));
  const expected = `one of ${reasonNames2.filter((name) => name !== void 0).join(", ")}`;
  throw new X509Error(
    "ARGUMENT_INVALID",
    `not a reason for revocation: ${JSON.stringify(reason)}: expected ${expected}`,
    { argument: "reason", expected }
  );
}

// packages/x509/src/crl/crl-entry.ts
var CrlEntry = class {
  #bytes;
  #at;
  #issuerEntry;
  /**
   * @internal `at` is the offset of an entry in a CRL that was outlined; `issuerEntry` that of the entry whose
   *   certificateIssuer counts for it, -1 if it is about the issuer of the CRL.
   */
  constructor(bytes, at, issuerEntry) {
    this.#bytes = bytes;
    this.#at = at;
    this.#issuerEntry = issuerEntry;
  }
  /** The serial number of the certificate. */
  get serialNumber() {
    const serial = contentStart(this.#bytes, this.#at);
    return decodeInteger(this.#bytes, contentStart(this.#bytes, serial), elementEnd(this.#bytes, serial));
  }
  /** When it was revoked. */
  get revocationDate() {
    const at = this.#date;
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, bytes[at] ?? 0, contentStart(bytes, at), elementEnd(bytes, at)));
  }
  /** Why; absent where the issuer gives no reason. @throws X509Error EXTENSION_INVALID */
  get reason() {
    return this.#read(this.#at, ExtensionOid.reasonCode, decodeReasonCode);
  }
  /** Since when the key is known, or thought, to have been in wrong hands. @throws X509Error EXTENSION_INVALID */
  get invalidityDate() {
    return this.#read(this.#at, ExtensionOid.invalidityDate, decodeInvalidityDate);
  }
  /**
   * The issuer of the certificate, if it is not the issuer of the CRL: from this entry, or carried forward from one
   * before it (RFC 5280 section 5.3.3).
   *
   * @throws X509Error EXTENSION_INVALID
   */
  get certificateIssuer() {
    if (this.#issuerEntry === -1) return void 0;
    return this.#read(this.#issuerEntry, ExtensionOid.certificateIssuer, decodeCertificateIssuer);
  }
  /** All extensions of the entry, in the order of the encoding. */
  get extensions() {
    return listExtensions(this.#bytes, extensionsOf(this.#bytes, this.#at));
  }
  /** The extension with this OID. */
  extension(oid) {
    return this.extensions.find((extension3) => extension3.oid === oid);
  }
  /**
   * @internal Is the entry about certificates of this issuer?
   * @throws X509Error EXTENSION_INVALID
   */
  static isAbout(entry, issuer, crlIssuer) {
    const names2 = entry.certificateIssuer;
    if (names2 === void 0) return issuer === crlIssuer || issuer.equals(crlIssuer);
    return names2.some((name) => name.type === "directory" && name.value.equals(issuer));
  }
  get #date() {
    return elementEnd(this.#bytes, contentStart(this.#bytes, this.#at));
  }
  #read(entry, oid, decode) {
    const extensions3 = extensionsOf(this.#bytes, entry);
    return extensions3 === 0 ? void 0 : readExtension(this.#bytes, extensions3, oid, decode);
  }
};
function extensionsOf(bytes, at) {
  const after = elementEnd(bytes, elementEnd(bytes, contentStart(bytes, at)));
  return after < elementEnd(bytes, at) ? after : 0;
}

// packages/x509/src/crl/crl-deviation.ts
function findCrlDeviations(bytes, outline) {
  const found = [];
  const report = (code, offset) => {
    found.push(Object.freeze({ code, offset, message: sentences2[code] }));
  };
  fields(bytes, outline, report);
  if (outline.revoked !== 0) entries(bytes, outline, firstOfEach(report));
  extensions2(bytes, outline, report);
  return Object.freeze(found);
}
function firstOfEach(report) {
  const seen = /* @__PURE__ */ new Set();
  return (code, offset) => {
    if (seen.has(code)) return;
    seen.add(code);
    report(code, offset);
  };
}
function fields(bytes, outline, report) {
  const { innerAlgorithm, algorithm, issuer, thisUpdate, nextUpdate } = outline;
  const inner = bytes.subarray(innerAlgorithm, elementEnd(bytes, innerAlgorithm));
  const outer = bytes.subarray(algorithm, elementEnd(bytes, algorithm));
  if (compareBytes(inner, outer) !== 0) report("SIGNATURE_ALGORITHM_MISMATCH", algorithm);
  if (elementEnd(bytes, issuer) === contentStart(bytes, issuer)) report("ISSUER_EMPTY", issuer);
  reportName(bytes, issuer, report);
  const from = time2(bytes, thisUpdate, report);
  if (nextUpdate === 0) report("NEXT_UPDATE_MISSING", elementEnd(bytes, thisUpdate));
  else if (time2(bytes, nextUpdate, report) < from) report("UPDATES_REVERSED", nextUpdate);
}
function time2(bytes, at, report) {
  const tag = bytes[at] ?? 0;
  const value = decodeTime(bytes, tag, contentStart(bytes, at), elementEnd(bytes, at));
  if (tag === Tag.generalizedTime && value < Date.UTC(2050, 0)) report("TIME_GENERALIZED_BEFORE_2050", at);
  return value;
}
function entries(bytes, outline, report) {
  const { revoked, entryCount } = outline;
  if (entryCount === 0) report("REVOKED_CERTIFICATES_EMPTY", revoked);
  const end = elementEnd(bytes, revoked);
  for (let entry = contentStart(bytes, revoked); entry < end; entry = elementEnd(bytes, entry)) {
    const serial = contentStart(bytes, entry);
    const start = contentStart(bytes, serial);
    const date = elementEnd(bytes, serial);
    if ((bytes[start] ?? 0) >= 128) report("SERIAL_NEGATIVE", serial);
    if (date - start > 20) report("SERIAL_TOO_LONG", serial);
    if (bytes[date] === Tag.generalizedTime) time2(bytes, date, report);
    const list = extensionsOf(bytes, entry);
    if (list !== 0) criticalDefaults(bytes, list, report);
  }
  for (const entry of outline.issuerEntries) {
    const list = extensionsOf(bytes, entry);
    mustBeCritical(bytes, list, ExtensionOid.certificateIssuer, report);
    if (!isIndirect(bytes, outline.extensions)) report("CERTIFICATE_ISSUER_IN_DIRECT_CRL", entry);
  }
}
function extensions2(bytes, { extensions: list }, report) {
  if (list === 0) return;
  criticalDefaults(bytes, list, report);
  mustBeCritical(bytes, list, ExtensionOid.deltaCRLIndicator, report);
  mustBeCritical(bytes, list, ExtensionOid.issuingDistributionPoint, report);
  for (const { at, value } of pointFlags(bytes, list)) if (!value) report("DISTRIBUTION_POINT_DEFAULT_ENCODED", at);
}
function criticalDefaults(bytes, list, report) {
  const end = elementEnd(bytes, list);
  for (let extension3 = contentStart(bytes, list); extension3 < end; extension3 = elementEnd(bytes, extension3)) {
    const { critical, isEncoded } = criticality(bytes, extension3);
    if (isEncoded && !critical) report("CRITICAL_DEFAULT_ENCODED", extension3);
  }
}
function mustBeCritical(bytes, list, oid, report) {
  const extension3 = findExtension(bytes, list, oidOctets(oid));
  if (extension3 !== -1 && !criticality(bytes, extension3).critical) report("EXTENSION_NOT_CRITICAL", extension3);
}
function isIndirect(bytes, list) {
  return list !== 0 && pointFlags(bytes, list).some(({ tag, value }) => tag === 132 && value);
}
function pointFlags(bytes, list) {
  const extension3 = findExtension(bytes, list, oidOctets(ExtensionOid.issuingDistributionPoint));
  if (extension3 === -1) return [];
  const end = elementEnd(bytes, extension3);
  let octets = elementEnd(bytes, contentStart(bytes, extension3));
  if (bytes[octets] === Tag.boolean) octets = elementEnd(bytes, octets);
  const sequence = contentStart(bytes, octets);
  const flags = [];
  if (bytes[sequence] !== Tag.sequence || elementEnd(bytes, sequence) !== end) return flags;
  for (let at = contentStart(bytes, sequence); at < end; at = elementEnd(bytes, at)) {
    const tag = bytes[at] ?? 0;
    const isFlag = tag === 129 || tag === 130 || tag === 132 || tag === 133;
    if (isFlag && bytes[at + 1] === 1) flags.push({ at, tag, value: bytes[at + 2] === 255 });
  }
  return flags;
}
var sentences2 = {
  NAME_SET_ORDER: "The attributes of an RDN are not in the order of DER (X.690 11.6).",
  NAME_TEXT_UNREADABLE: "An attribute of the issuer is no character string (RFC 5280 section 4.1.2.4).",
  NAME_TEXT_ALPHABET: "An attribute of the issuer has characters that its string type does not have (X.680 section 41).",
  SIGNATURE_ALGORITHM_MISMATCH: "The signature algorithm inside the signed part is not the one beside the signature (RFC 5280 section 5.1.1.2).",
  ISSUER_EMPTY: "The issuer is empty (RFC 5280 section 5.1.2.3).",
  TIME_GENERALIZED_BEFORE_2050: "A date before 2050 is a GeneralizedTime (RFC 5280 section 5.1.2.4).",
  NEXT_UPDATE_MISSING: "There is no nextUpdate (RFC 5280 section 5.1.2.5).",
  UPDATES_REVERSED: "nextUpdate is before thisUpdate (RFC 5280 section 5.1.2.5).",
  REVOKED_CERTIFICATES_EMPTY: "The list of revoked certificates is there, and empty (RFC 5280 section 5.1.2.6).",
  SERIAL_NEGATIVE: "A serial number is negative (RFC 5280 section 4.1.2.2).",
  SERIAL_TOO_LONG: "A serial number has more than 20 octets (RFC 5280 section 4.1.2.2).",
  CRITICAL_DEFAULT_ENCODED: "critical FALSE is the default and must not be encoded (RFC 5280 section 4.2, X.690 11.5).",
  EXTENSION_NOT_CRITICAL: "An extension that changes what the CRL means is not critical (RFC 5280 sections 5.2.4, 5.2.5 and 5.3.3).",
  DISTRIBUTION_POINT_DEFAULT_ENCODED: "FALSE is the default in an issuing distribution point and must not be encoded (RFC 5280 section 5.2.5, X.690 11.5).",
  CERTIFICATE_ISSUER_IN_DIRECT_CRL: "An entry names another issuer, and the CRL does not say that it is indirect (RFC 5280 section 5.3.3)."
};

// packages/x509/src/der/structure.ts
function readStructure(code, what, read) {
  try {
    return read();
  } catch (cause) {
    if (!X509Error.is(cause) || !isAboutStructure(cause.code)) throw cause;
    const { offset = 0, expected = what } = cause.details;
    throw new X509Error(code, `not ${what} at offset ${offset}: expected ${expected}`, { offset, expected }, { cause });
  }
}
function isAboutStructure(code) {
  return code.startsWith("DER_") && code !== "DER_LIMIT_EXCEEDED";
}

// packages/x509/src/structure-parts.ts
var maxSerialBytes2 = 256;
function passAlgorithm(reader, what) {
  const fields2 = reader.enter(Tag.sequence, what);
  fields2.expect(Tag.oid, `the OID of ${what}`);
  if (fields2.peek() !== -1) fields2.next();
  fields2.done(what);
  return reader.headerStart;
}
function passName(reader, what) {
  reader.expect(Tag.sequence, what);
  const fault = nameFault(reader.bytes, reader.headerStart);
  if (fault !== -1) derFail("DER_BAD_VALUE", fault, `${what} that is a Name`);
  return reader.headerStart;
}
function passTime(reader, what) {
  reader.expect(reader.peek() === Tag.generalizedTime ? Tag.generalizedTime : Tag.utcTime, what);
  return reader.headerStart;
}
function passSignature(reader, what) {
  const { unused } = reader.bitString(what);
  if (unused !== 0) derFail("DER_BAD_VALUE", reader.valueStart, `${what} of whole octets`);
  return reader.headerStart;
}
function passExtensions(reader, tag, what) {
  if (!reader.optional(tag)) return 0;
  const explicit = reader.contents();
  explicit.expect(Tag.sequence, what);
  explicit.done(what);
  assertExtensions(reader.bytes, explicit.headerStart);
  return explicit.headerStart;
}
function assertExtensions(bytes, at) {
  const fault = extensionsFault(bytes, at);
  if (fault !== -1) derFail("DER_BAD_VALUE", fault, "at least one Extension, and nothing else");
  const duplicate2 = firstDuplicate(bytes, at);
  if (duplicate2 === void 0) return;
  throw new X509Error(
    "EXTENSION_DUPLICATE",
    `the extension ${duplicate2.oid} is there twice, again at offset ${duplicate2.offset}`,
    duplicate2
  );
}

// packages/x509/src/crl/crl-outline.ts
var limits = { maxBytes: 134217728, maxElements: 16777216 };
function outlineCrl(bytes) {
  walkDer(bytes, 0, bytes.length, limits);
  return readStructure("CRL_INVALID", "a CRL", () => {
    const list = new DerReader(bytes).enter(Tag.sequence, "a CertificateList");
    const tbs = list.enter(Tag.sequence, "a TBSCertList");
    const algorithm = passAlgorithm(list, "the signatureAlgorithm");
    passSignature(list, "a signatureValue");
    list.done("the CertificateList");
    return { ...outlineTbs2(tbs), algorithm };
  });
}
function outlineTbs2(tbs) {
  const { bytes } = tbs;
  const version = tbs.peek() === Tag.integer ? readVersion2(tbs) : 1;
  const innerAlgorithm = passAlgorithm(tbs, "the signature of a TBSCertList");
  const issuer = passName(tbs, "an issuer");
  const thisUpdate = passTime(tbs, "a thisUpdate");
  const isTime = tbs.peek() === Tag.utcTime || tbs.peek() === Tag.generalizedTime;
  const nextUpdate = isTime ? passTime(tbs, "a nextUpdate") : 0;
  const revoked = tbs.optional(Tag.sequence) ? tbs.headerStart : 0;
  const issuerEntries = [];
  const entryCount = revoked === 0 ? 0 : checkEntries(bytes, revoked, version, issuerEntries);
  if (version === 1 && tbs.peek() === 160) derFail("DER_BAD_VALUE", tbs.position, "no extensions before version 2");
  const extensions3 = passExtensions(tbs, 160, "crlExtensions");
  tbs.done("the TBSCertList");
  return { version, innerAlgorithm, issuer, thisUpdate, nextUpdate, revoked, entryCount, issuerEntries, extensions: extensions3 };
}
function readVersion2(tbs) {
  const version = tbs.smallInteger("the version of a CRL");
  if (version !== 1) derFail("DER_BAD_VALUE", tbs.valueStart, "version 2, or none for version 1");
  return 2;
}
function checkEntries(bytes, at, version, issuerEntries) {
  const issuerOid = oidOctets(ExtensionOid.certificateIssuer);
  const end = elementEnd(bytes, at);
  let count = 0;
  for (let entry = contentStart(bytes, at); entry < end; count++) {
    if (bytes[entry] !== Tag.sequence) derFail("DER_BAD_VALUE", entry, "an entry of revokedCertificates");
    const entryEnd = elementEnd(bytes, entry);
    const serial = contentStart(bytes, entry);
    if (serial === entryEnd || bytes[serial] !== Tag.integer) derFail("DER_BAD_VALUE", serial, "a userCertificate");
    const date = elementEnd(bytes, serial);
    if (date - serial > maxSerialBytes2) limitFail(serial, "octets in a serial number", maxSerialBytes2);
    const isTime = date < entryEnd && (bytes[date] === Tag.utcTime || bytes[date] === Tag.generalizedTime);
    if (!isTime) derFail("DER_BAD_VALUE", date, "a revocationDate");
    const extensions3 = elementEnd(bytes, date);
    if (extensions3 !== entryEnd) {
      checkEntryExtensions(bytes, extensions3, entryEnd, version);
      if (findExtension(bytes, extensions3, issuerOid) !== -1) issuerEntries.push(entry);
    }
    entry = entryEnd;
  }
  return count;
}
function checkEntryExtensions(bytes, at, end, version) {
  if (version === 1) derFail("DER_BAD_VALUE", at, "no extensions of an entry before version 2");
  assertExtensions(bytes, at);
  if (elementEnd(bytes, at) !== end) derFail("DER_BAD_VALUE", elementEnd(bytes, at), "the end of the entry");
}

// packages/x509/src/crl/serial-index.ts
var SerialIndex = class {
  #bytes;
  /** Bucket n holds the offsets from #starts[n] to #starts[n + 1], in the order of the CRL. */
  #starts;
  #offsets;
  /** `revoked` is the offset of revokedCertificates in a CRL that was outlined, with this many entries. */
  constructor(bytes, revoked, count) {
    this.#bytes = bytes;
    const buckets = 2 ** Math.ceil(Math.log2(count + 1));
    const starts = new Uint32Array(buckets + 1);
    const offsets = new Uint32Array(count);
    const end = elementEnd(bytes, revoked);
    const first = contentStart(bytes, revoked);
    for (let at = first; at < end; at = elementEnd(bytes, at)) {
      const bucket = hashSerial(bytes, contentStart(bytes, at)) & buckets - 1;
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    }
    for (let bucket = 0; bucket < buckets; bucket++) {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    }
    const next = starts.slice();
    for (let at = first; at < end; at = elementEnd(bytes, at)) {
      const bucket = hashSerial(bytes, contentStart(bytes, at)) & buckets - 1;
      const place = next[bucket] ?? 0;
      offsets[place] = at;
      next[bucket] = place + 1;
    }
    this.#starts = starts;
    this.#offsets = offsets;
  }
  /** The offsets of the entries with this serial number, in the order of the CRL. */
  *find(serialNumber) {
    const wanted = derInteger(serialNumber);
    const bucket = hashSerial(wanted, 0) & this.#starts.length - 2;
    const end = this.#starts[bucket + 1] ?? 0;
    for (let place = this.#starts[bucket] ?? 0; place < end; place++) {
      const at = this.#offsets[place] ?? 0;
      if (isElement(this.#bytes, contentStart(this.#bytes, at), wanted)) yield at;
    }
  }
};
function hashSerial(bytes, at) {
  const end = elementEnd(bytes, at);
  let hash = 2166136261;
  for (let index = contentStart(bytes, at); index < end; index++) {
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 16777619);
  }
  return hash ^ hash >>> 15;
}
function isElement(bytes, at, wanted) {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

// packages/x509/src/crl/revoked-entries.ts
var maxSameSerial = 4096;
var RevokedEntries = class {
  #bytes;
  #outline;
  #index;
  constructor(bytes, outline) {
    this.#bytes = bytes;
    this.#outline = outline;
  }
  *[Symbol.iterator]() {
    const { revoked, issuerEntries } = this.#outline;
    if (revoked === 0) return;
    const end = elementEnd(this.#bytes, revoked);
    let issuer = -1;
    let next = 0;
    for (let at = contentStart(this.#bytes, revoked); at < end; at = elementEnd(this.#bytes, at)) {
      if (issuerEntries[next] === at) {
        issuer = at;
        next++;
      }
      yield new CrlEntry(this.#bytes, at, issuer);
    }
  }
  /**
   * The first entry for this certificate that says it is revoked, else one that says it no longer is.
   *
   * @throws X509Error EXTENSION_INVALID, DER_LIMIT_EXCEEDED
   */
  find(serialNumber, issuer, crlIssuer) {
    const { revoked, entryCount } = this.#outline;
    if (revoked === 0) return void 0;
    this.#index ??= new SerialIndex(this.#bytes, revoked, entryCount);
    let removed;
    let count = 0;
    for (const at of this.#index.find(serialNumber)) {
      if (++count > maxSameSerial) limitFail(at, "entries with one serial number", maxSameSerial);
      const entry = new CrlEntry(this.#bytes, at, this.#issuerEntryFor(at));
      if (!CrlEntry.isAbout(entry, issuer, crlIssuer)) continue;
      if (entry.reason !== "removeFromCRL") return entry;
      removed ??= entry;
    }
    return removed;
  }
  // The last entry with a certificateIssuer up to this one, by bisection.
  #issuerEntryFor(at) {
    const { issuerEntries } = this.#outline;
    let low = 0;
    let high = issuerEntries.length;
    while (low < high) {
      const middle = low + high >> 1;
      if ((issuerEntries[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return issuerEntries[low - 1] ?? -1;
  }
};

// packages/x509/src/extensions/crl-number.ts
function decodeCrlNumber(reader) {
  const octets = reader.integerBytes("a CRLNumber");
  const isPlausible = (octets[0] ?? 0) < 128 && octets.length <= maxOctets;
  if (!isPlausible) derFail("DER_BAD_VALUE", reader.valueStart, "a CRL number of 0 or more, in at most 20 octets");
  return decodeInteger(octets, 0, octets.length);
}
function encodeCrlNumber(number) {
  const isNumber = typeof number === "bigint" || Number.isSafeInteger(number);
  if (isNumber && number >= 0 && number < 1n << 159n) return derInteger(number);
  throw new X509Error("ARGUMENT_INVALID", `not a CRL number: ${String(number)}: expected 0 to 2^159-1`, {
    argument: "crlNumber",
    expected: "an integer from 0 to 2^159-1"
  });
}
var maxOctets = 20;

// packages/x509/src/extensions/delta-crl-indicator.ts
function decodeDeltaCrlIndicator(reader) {
  return decodeCrlNumber(reader);
}
function encodeDeltaCrlIndicator(baseCrlNumber) {
  return encodeCrlNumber(baseCrlNumber);
}

// packages/x509/src/extensions/freshest-crl.ts
function decodeFreshestCrl(reader) {
  return decodeCrlDistributionPoints(reader);
}
function encodeFreshestCrl(points2) {
  return encodeCrlDistributionPoints(points2);
}

// packages/x509/src/extensions/issuing-distribution-point.ts
function decodeIssuingDistributionPoint(reader) {
  const fields2 = reader.enter(Tag.sequence, "IssuingDistributionPoint");
  const start = fields2.position;
  if (fields2.peek() === -1) derFail("DER_BAD_VALUE", start, "an IssuingDistributionPoint that is not empty");
  const name = fields2.optional(160) ? decodePointName(fields2.contents()) : void 0;
  const onlyContainsUserCerts = flag(fields2, 129);
  const onlyContainsCACerts = flag(fields2, 130);
  const onlySomeReasons = fields2.optional(131) ? decodeReasons(fields2) : void 0;
  const indirectCRL = flag(fields2, 132);
  const onlyContainsAttributeCerts = flag(fields2, 133);
  fields2.done("IssuingDistributionPoint");
  const kinds = Number(onlyContainsUserCerts) + Number(onlyContainsCACerts) + Number(onlyContainsAttributeCerts);
  if (kinds > 1) derFail("DER_BAD_VALUE", start, "at most one of onlyContainsUserCerts, CACerts and AttributeCerts");
  return frozenCopying({
    ...name,
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    indirectCRL,
    ...onlySomeReasons && { onlySomeReasons }
  });
}
function encodeIssuingDistributionPoint(point) {
  const { onlyContainsUserCerts = false, onlyContainsCACerts = false, onlyContainsAttributeCerts = false } = point;
  if (Number(onlyContainsUserCerts) + Number(onlyContainsCACerts) + Number(onlyContainsAttributeCerts) > 1) {
    refuse7("at most one of onlyContainsUserCerts, onlyContainsCACerts and onlyContainsAttributeCerts");
  }
  const parts = [
    ...encodePointName2(point),
    ...encodeFlag(1, onlyContainsUserCerts),
    ...encodeFlag(2, onlyContainsCACerts),
    ...point.onlySomeReasons === void 0 ? [] : [derImplicit(3, encodeReasons(point.onlySomeReasons))],
    ...encodeFlag(4, point.indirectCRL === true),
    ...encodeFlag(5, onlyContainsAttributeCerts)
  ];
  if (parts.length === 0) refuse7("at least one field");
  return derSequence(...parts);
}
function flag(fields2, tag) {
  if (!fields2.optional(tag)) return false;
  assertBoolean(fields2.bytes, fields2.valueStart, fields2.valueEnd);
  return fields2.bytes[fields2.valueStart] === 255;
}
function encodePointName2({ fullName, relativeName }) {
  if (fullName !== void 0 && relativeName !== void 0) refuse7("either fullName or relativeName");
  if (fullName?.length === 0) refuse7("at least one fullName");
  if (fullName !== void 0) return [derTlv(160, derTlv(160, ...fullName.map((name) => encodeGeneralName(name))))];
  return relativeName === void 0 ? [] : [derTlv(160, derImplicit(1, relativeName))];
}
function encodeFlag(number, value) {
  return value ? [derImplicit(number, derBoolean(true))] : [];
}
function refuse7(expected) {
  throw new X509Error("ARGUMENT_INVALID", `not an issuing distribution point: expected ${expected}`, {
    argument: "issuingDistributionPoint",
    expected
  });
}

// packages/x509/src/inspect/crl-json.ts
function crlJson(crl) {
  const { nextUpdate } = crl;
  const crlNumber = readable2(() => crl.crlNumber);
  const baseCrlNumber = readable2(() => crl.deltaCrlIndicator);
  return {
    issuer: crl.issuer.toString(),
    thisUpdate: isoTime(crl.thisUpdate),
    ...nextUpdate && { nextUpdate: isoTime(nextUpdate) },
    ...crlNumber !== void 0 && { crlNumber: crlNumber.toString() },
    ...baseCrlNumber !== void 0 && { baseCrlNumber: baseCrlNumber.toString() },
    entryCount: crl.entryCount,
    sha256: crl.id
  };
}
function readable2(read) {
  try {
    return read();
  } catch (error) {
    if (X509Error.is(error)) return void 0;
    throw error;
  }
}

// packages/x509/src/inspect/inspect-crl.ts
function inspectCrl(crl) {
  return [
    "Certificate Revocation List By Issuer:",
    crl.issuer.inspect(),
    "",
    `Version: ${crl.version}`,
    `This Update: ${isoTime(crl.thisUpdate)}`,
    `Next Update: ${crl.nextUpdate ? isoTime(crl.nextUpdate) : "(not said)"}`,
    ...optionalLine("CRL Number", () => crl.crlNumber?.toString()),
    ...optionalLine("Delta To CRL Number", () => crl.deltaCrlIndicator?.toString()),
    ...optionalLine("Issuing Distribution Point", () => pointText(crl.issuingDistributionPoint)),
    ...optionalLine("Authority Key Identifier", () => identifierText(crl.authorityKeyIdentifier)),
    ...optionalLine("Signature Algorithm", () => crl.signatureAlgorithm.name),
    ...optionalLine("Deviations", () => crl.deviations.map(({ code }) => code).join(", ") || void 0),
    `Digest (SHA-256): ${crl.id}`,
    `Revoked Certificates: ${crl.entryCount}`,
    ...entryLines(crl)
  ].join("\n");
}
function* entryLines({ entries: entries2, entryCount }) {
  let shown = 0;
  for (const entry of entries2) {
    if (shown === maxShown) {
      yield `  ... and ${entryCount - shown} more`;
      return;
    }
    shown++;
    yield `  ${serialText(entry.serialNumber)} on ${isoTime(entry.revocationDate)}`;
    yield* [
      ...optionalLine("    Reason", () => entry.reason),
      ...optionalLine("    Invalid Since", () => entry.invalidityDate && isoTime(entry.invalidityDate)),
      ...optionalLine("    Issuer", () => entry.certificateIssuer?.map(formatGeneralName).join(", "))
    ];
  }
}
function serialText(serialNumber) {
  const digits = (serialNumber < 0n ? -serialNumber : serialNumber).toString(16);
  return (serialNumber < 0n ? "-" : "") + digits.padStart(digits.length + digits.length % 2, "0");
}
function pointText(point) {
  if (point === void 0) return void 0;
  const { fullName, relativeName, onlySomeReasons } = point;
  return [
    ...(fullName ?? []).map(formatGeneralName),
    ...relativeName ? [`relative name #${toHex(relativeName)}`] : [],
    ...flagNames.filter((name) => point[name]),
    ...onlySomeReasons ? [`only ${[...onlySomeReasons].join(", ")}`] : []
  ].join("; ");
}
function identifierText(identifier) {
  const keyIdentifier = identifier?.keyIdentifier;
  return keyIdentifier && toColonHex(keyIdentifier);
}
var maxShown = 20;
var flagNames = [
  "onlyContainsUserCerts",
  "onlyContainsCACerts",
  "onlyContainsAttributeCerts",
  "indirectCRL"
];

// packages/x509/src/certificate-revocation-list.ts
var CertificateRevocationList = class _CertificateRevocationList {
  #bytes;
  #outline;
  #entries;
  #cache = {};
  constructor(bytes) {
    this.#bytes = bytes;
    this.#outline = outlineCrl(bytes);
    this.#entries = new RevokedEntries(bytes, this.#outline);
  }
  /**
   * A CRL from DER, which is copied.
   *
   * @throws X509Error with a DER code, CRL_INVALID or EXTENSION_DUPLICATE, and the offset
   */
  static fromDer(bytes) {
    return new _CertificateRevocationList(copyBytes(bytes));
  }
  /**
   * The only CRL of a PEM text (`X509 CRL`). Other blocks beside it are passed over.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromDer}, and PEM_MULTIPLE_BLOCKS, PEM_NO_BLOCK,
   *   PEM_WRONG_LABEL, PEM_BAD_BASE64, PEM_UNTERMINATED with the line
   */
  static fromPem(text) {
    return new _CertificateRevocationList(readOnePem(text, labels2).bytes);
  }
  /**
   * All CRLs of a PEM text, in its order: at least one.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromPem}
   */
  static allFromPem(text) {
    return readAllPem(text, labels2).map(({ bytes }) => new _CertificateRevocationList(bytes));
  }
  /**
   * A CRL from DER or PEM, whichever it is.
   *
   * @throws X509Error as {@link CertificateRevocationList.fromPem}
   */
  static parse(input) {
    return isBytes(input) && looksLikeDer(input) ? _CertificateRevocationList.fromDer(input) : _CertificateRevocationList.fromPem(input);
  }
  /** The CRL in DER, exactly as it was encoded; a fresh copy. */
  get der() {
    return this.#bytes.slice();
  }
  /** The version: 2, or 1 for lists without extensions. */
  get version() {
    return this.#outline.version;
  }
  /** Who signed it. */
  get issuer() {
    this.#cache.issuer ??= DistinguishedName.fromCheckedView(this.#element(this.#outline.issuer));
    return this.#cache.issuer;
  }
  /** When it was issued. */
  get thisUpdate() {
    return this.#time(this.#outline.thisUpdate);
  }
  /** By when the next one will be issued; absent if the issuer does not say. */
  get nextUpdate() {
    return this.#outline.nextUpdate === 0 ? void 0 : this.#time(this.#outline.nextUpdate);
  }
  /** How many certificates are listed. */
  get entryCount() {
    return this.#outline.entryCount;
  }
  /** The entries, in the order of the encoding; each is made while it is looked at. To look one up, use `find`. */
  get entries() {
    return this.#entries;
  }
  /**
   * The entry for a certificate, or undefined. The first call sorts the entries by serial number; after that a call takes
   * the same time whatever the length of the list.
   *
   * In an indirect CRL an entry counts for the issuer that it names. Should there be several entries for one certificate,
   * one that revokes it goes before one with `removeFromCRL`.
   *
   * @param issuer of the certificate; by default the issuer of the CRL
   * @throws X509Error EXTENSION_INVALID if the entry cannot be read, DER_LIMIT_EXCEEDED for more than 4,096 entries with
   *   this serial number
   * @example
   * crl.find(certificate.serialNumber, certificate.issuer)?.reason;
   */
  find(serialNumber, issuer) {
    if (typeof serialNumber === "bigint") return this.#entries.find(serialNumber, issuer ?? this.issuer, this.issuer);
    throw new X509Error("ARGUMENT_INVALID", `not a serial number: expected a bigint, got ${typeof serialNumber}`, {
      argument: "serialNumber",
      expected: "a bigint"
    });
  }
  /** All extensions of the list, in the order of the encoding. */
  get extensions() {
    this.#cache.extensions ??= listExtensions(this.#bytes, this.#outline.extensions);
    return this.#cache.extensions;
  }
  /** The extension of the list with this OID. */
  extension(oid) {
    return this.extensions.find((extension3) => extension3.oid === oid);
  }
  /** The number of this list: later lists have higher ones. @throws X509Error EXTENSION_INVALID */
  get crlNumber() {
    return this.#read(ExtensionOid.cRLNumber, decodeCrlNumber);
  }
  /**
   * Of a delta CRL, the number of the complete list that it builds upon; a complete CRL has none.
   *
   * @throws X509Error EXTENSION_INVALID
   */
  get deltaCrlIndicator() {
    return this.#read(ExtensionOid.deltaCRLIndicator, decodeDeltaCrlIndicator);
  }
  /** Which certificates the list is about; absent: all of its issuer. @throws X509Error EXTENSION_INVALID */
  get issuingDistributionPoint() {
    return this.#read(ExtensionOid.issuingDistributionPoint, decodeIssuingDistributionPoint);
  }
  /** Which key signed it. @throws X509Error EXTENSION_INVALID */
  get authorityKeyIdentifier() {
    return this.#read(ExtensionOid.authorityKeyIdentifier, decodeAuthorityKeyIdentifier);
  }
  /** Further names of the issuer. @throws X509Error EXTENSION_INVALID */
  get issuerAltName() {
    return this.#read(ExtensionOid.issuerAltName, decodeAltName);
  }
  /** Where delta CRLs are to be had. @throws X509Error EXTENSION_INVALID */
  get freshestCrl() {
    return this.#read(ExtensionOid.freshestCRL, decodeFreshestCrl);
  }
  /** How the list differs from RFC 5280, though it is DER; of its entries, the first difference of each kind. */
  get deviations() {
    this.#cache.deviations ??= findCrlDeviations(this.#bytes, this.#outline);
    return this.#cache.deviations;
  }
  /** The algorithm of the signature, as it stands beside the signature. */
  get signatureAlgorithm() {
    this.#cache.signatureAlgorithm ??= readSignatureAlgorithm(this.#element(this.#outline.algorithm).slice());
    return this.#cache.signatureAlgorithm;
  }
  /** The signature; a fresh copy. */
  get signature() {
    return this.#bytes.slice(contentStart(this.#bytes, elementEnd(this.#bytes, this.#outline.algorithm)) + 1);
  }
  /** The part that is signed, in DER; a fresh copy. */
  get tbsCertList() {
    return this.#signed.slice();
  }
  /**
   * Was this signed by the issuer's key? `false` for any signature that is not right.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM
   */
  async verifySignature(issuerKey) {
    return issuerKey.verify(this.signatureAlgorithm, this.signature, this.#signed);
  }
  /**
   * As {@link CertificateRevocationList.verifySignature}, without a promise.
   *
   * @throws X509Error CRYPTO_NOT_SYNCHRONOUS where the runtime has no synchronous cryptography, UNSUPPORTED_ALGORITHM
   */
  verifySignatureSync(issuerKey) {
    return issuerKey.verifySync(this.signatureAlgorithm, this.signature, this.#signed);
  }
  /** SHA-256 of the DER in lower-case hex: equal lists have equal ids, so it is a key for a Map. */
  get id() {
    this.#cache.id ??= formatDigest(this.#bytes, "sha-256", "hex");
    return this.#cache.id;
  }
  /** The same DER? */
  equals(other) {
    return bytesEqual(this.#bytes, other.#bytes);
  }
  /** PEM, in lines of 64 characters. */
  toPem() {
    return pemEncode("X509 CRL", this.#bytes);
  }
  /** `<CertificateRevocationList issuer="…" entries=3>` */
  toString() {
    const { issuer } = this;
    return `<CertificateRevocationList issuer=${quote(issuer.CN ?? issuer.toString())} entries=${this.entryCount}>`;
  }
  /** Lines for people, with the first 20 entries. Safe to print: control characters are escaped. */
  inspect() {
    return inspectCrl(this);
  }
  /** What tools show; not the entries, which may be a million. */
  toJSON() {
    return crlJson(this);
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
  get #signed() {
    return this.#bytes.subarray(contentStart(this.#bytes, 0), this.#outline.algorithm);
  }
  #element(at) {
    return this.#bytes.subarray(at, elementEnd(this.#bytes, at));
  }
  #time(at) {
    const bytes = this.#bytes;
    return new Date(decodeTime(bytes, bytes[at] ?? 0, contentStart(bytes, at), elementEnd(bytes, at)));
  }
  #read(oid, decode) {
    if (this.#outline.extensions === 0) return void 0;
    this.#cache.values ??= /* @__PURE__ */ new Map();
    const { values } = this.#cache;
    if (values.has(oid)) return values.get(oid);
    const value = readExtension(this.#bytes, this.#outline.extensions, oid, decode);
    values.set(oid, value);
    return value;
  }
};
var labels2 = ["X509 CRL"];

// packages/x509/src/digest.ts
function digest(hash, data) {
  return backend.digest(hash, data);
}

// packages/x509/src/extensions/make-extension.ts
function makeExtension(name, value, options = {}) {
  if (!Object.hasOwn(encoders, name)) {
    const expected = `one of ${Object.keys(encoders).join(", ")}`;
    throw new X509Error("ARGUMENT_INVALID", `no typed extension: ${JSON.stringify(name)}: expected ${expected}`, {
      argument: "name",
      expected
    });
  }
  const critical = options.critical ?? criticalByDefault.includes(name);
  return { oid: ExtensionOid[name], name, critical, value: encoders[name](value) };
}
var encoders = {
  acmeIdentifier: encodeAcmeIdentifier,
  authorityInfoAccess: encodeAuthorityInfoAccess,
  authorityKeyIdentifier: encodeAuthorityKeyIdentifier,
  basicConstraints: encodeBasicConstraints,
  cRLDistributionPoints: encodeCrlDistributionPoints,
  certificatePolicies: encodeCertificatePolicies,
  extendedKeyUsage: encodeExtendedKeyUsage,
  freshestCRL: encodeCrlDistributionPoints,
  inhibitAnyPolicy: encodeInhibitAnyPolicy,
  issuerAltName: encodeAltName,
  keyUsage: encodeKeyUsage,
  nameConstraints: encodeNameConstraints,
  policyConstraints: encodePolicyConstraints,
  policyMappings: encodePolicyMappings,
  privateKeyUsagePeriod: encodePrivateKeyUsagePeriod,
  signedCertificateTimestamps: encodeSignedCertificateTimestamps,
  subjectAltName: encodeAltName,
  subjectDirectoryAttributes: encodeSubjectDirectoryAttributes,
  subjectInfoAccess: encodeSubjectInfoAccess,
  subjectKeyIdentifier: encodeSubjectKeyIdentifier,
  tlsFeature: encodeTlsFeature
};
var criticalByDefault = [
  "basicConstraints",
  "keyUsage",
  "nameConstraints",
  "policyMappings",
  "policyConstraints",
  "inhibitAnyPolicy",
  "acmeIdentifier"
];

// packages/x509/src/issue/crl-entries.ts
function encodeCrlEntries(entries2, context) {
  const chunks = [];
  let chunk = [];
  const seen = /* @__PURE__ */ new Set();
  let current = context.issuer;
  for (const entry of entries2) {
    const issuer = entry.certificateIssuer ?? context.issuer;
    assertEntry(entry, issuer, context, seen);
    chunk.push(encodeEntry(entry, context.thisUpdate, issuer.equals(current) ? void 0 : issuer));
    current = issuer;
    if (chunk.length === chunkSize) {
      chunks.push(concatBytes(...chunk));
      chunk = [];
    }
  }
  if (chunks.length === 0 && chunk.length === 0) return void 0;
  return derSequence(...chunks, ...chunk);
}
function assertEntry(entry, issuer, { isDelta, isIndirect: isIndirect2, issuer: crlIssuer }, seen) {
  const { serialNumber, reason } = entry;
  if (typeof serialNumber !== "bigint" || BigInt.asIntN(160, serialNumber) !== serialNumber) {
    const text = String(serialNumber);
    throw new X509Error("SERIAL_INVALID", `not a serial number: ${text}: expected a bigint of at most 20 octets`, {
      serialNumber: text
    });
  }
  if (!isIndirect2 && !issuer.equals(crlIssuer)) {
    throw badEntry("certificateIssuer", "the issuer of the CRL, or an issuingDistributionPoint with indirectCRL");
  }
  if (reason === "removeFromCRL" && !isDelta) throw badEntry("reason", "removeFromCRL in delta CRLs only");
  const key = `${serialNumber} ${isIndirect2 ? issuer.key : ""}`;
  if (seen.has(key)) throw badEntry("serialNumber", `${serialNumber} once for each issuer`);
  seen.add(key);
}
function encodeEntry(entry, thisUpdate, newIssuer) {
  const { serialNumber, revocationDate = thisUpdate, reason, invalidityDate, extensions: more = [] } = entry;
  const list = [];
  if (reason !== void 0 && reason !== "unspecified") {
    list.push({ oid: ExtensionOid.reasonCode, critical: false, value: encodeReasonCode(reason) });
  }
  if (invalidityDate !== void 0) {
    list.push({ oid: ExtensionOid.invalidityDate, critical: false, value: encodeInvalidityDate(invalidityDate) });
  }
  if (newIssuer !== void 0) {
    const value = encodeCertificateIssuer([{ type: "directory", value: newIssuer }]);
    list.push({ oid: ExtensionOid.certificateIssuer, critical: true, value });
  }
  if (more.some(({ oid }) => own.includes(oid)) || new Set(more.map(({ oid }) => oid)).size !== more.length) {
    throw badEntry("extensions", "each extension once, and none of those that have a field of their own");
  }
  const all = [...list, ...more];
  const fields2 = [derInteger(serialNumber), derTime(revocationDate)];
  return all.length === 0 ? derSequence(...fields2) : derSequence(...fields2, encodeExtensions(all));
}
function badEntry(argument, expected) {
  return new X509Error("ARGUMENT_INVALID", `cannot list a certificate: ${argument}: expected ${expected}`, {
    argument: `entries.${argument}`,
    expected
  });
}
var chunkSize = 4096;
var own = [ExtensionOid.reasonCode, ExtensionOid.invalidityDate, ExtensionOid.certificateIssuer];

// packages/x509/src/issue/issuer-rules.ts
function assertMayIssue(issuer, issuerKey, subjectKey, profile) {
  assertStrong(issuerKey);
  assertStrong(subjectKey);
  if (issuer === void 0) return;
  const { basicConstraints: basicConstraints2, keyUsage: keyUsage2 } = issuer;
  if (basicConstraints2?.ca !== true) throw notCa(issuer, "its basicConstraints do not say that it is a CA");
  if (keyUsage2 !== void 0 && !keyUsage2.has("keyCertSign")) {
    throw notCa(issuer, "its keyUsage does not allow to sign certificates");
  }
  if (profile.ca && basicConstraints2.pathLength === 0) {
    throw notCa(issuer, "its path length is 0, so no CA can follow below it");
  }
}
function assertMaySignCrl(issuer) {
  assertStrong(issuer.publicKey);
  const { basicConstraints: basicConstraints2, keyUsage: keyUsage2 } = issuer;
  if (keyUsage2 === void 0 ? basicConstraints2?.ca === true : keyUsage2.has("cRLSign")) return;
  const subject = issuer.subject.toString();
  const reason = keyUsage2 === void 0 ? "it is no CA, and has no keyUsage" : "its keyUsage does not allow it";
  throw new X509Error("NOT_A_CA", `${subject} cannot sign CRLs: ${reason}`, { subject, reason });
}
function pathLengthBelow(issuer, profile, options) {
  const asked = options.pathLength;
  const wanted = asked === "unlimited" ? void 0 : asked ?? profile.pathLength;
  const limit = issuer?.basicConstraints?.pathLength;
  if (issuer === void 0 || limit === void 0 || options.force === true) return wanted;
  if (typeof asked === "number" && asked >= limit) {
    throw notCa(issuer, `its path length is ${limit}, which leaves ${limit - 1} at most for a CA below it`);
  }
  return Math.min(wanted ?? limit - 1, limit - 1);
}
function assertStrong(key) {
  const { type, bits } = key;
  if ((type === "rsa" || type === "rsa-pss") && bits !== void 0 && bits < minimumRsaBits) {
    throw new X509Error("KEY_WEAK", `an RSA key of ${bits} bits can be broken: at least ${minimumRsaBits} are needed`, {
      type,
      bits,
      minimum: minimumRsaBits
    });
  }
}
function notCa(issuer, reason) {
  const subject = issuer.subject.toString();
  return new X509Error("NOT_A_CA", `${subject} cannot sign this certificate: ${reason}`, { subject, reason });
}
var minimumRsaBits = 2048;

// packages/x509/src/issue/issue-crl.ts
async function issueCrl(ca, options) {
  if (options.force !== true) assertMaySignCrl(ca);
  const { thisUpdate, nextUpdate } = updates(options);
  const algorithm = ca.keyPair.signatureAlgorithm(options.signatureAlgorithm).der;
  const entries2 = encodeCrlEntries(options.entries ?? [], {
    issuer: ca.subject,
    thisUpdate,
    isDelta: options.deltaOf !== void 0,
    isIndirect: options.issuingDistributionPoint?.indirectCRL === true
  });
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    // Byte for byte, as in the certificates: a copy that was decoded and encoded again may differ.
    DistinguishedName.viewOf(ca.subject),
    derTime(thisUpdate),
    derTime(nextUpdate),
    ...entries2 === void 0 ? [] : [entries2],
    derExplicit(0, encodeExtensions(listExtensions2(ca, options)))
  );
  const signature = await ca.keyPair.sign(tbs, { algorithm: options.signatureAlgorithm });
  return CertificateRevocationList.fromDer(derSequence(tbs, algorithm, derBitString(signature)));
}
function updates(options) {
  if (options.days !== void 0 && options.nextUpdate !== void 0) {
    throw badArgument("days", "either days or nextUpdate");
  }
  const thisUpdate = options.thisUpdate ?? /* @__PURE__ */ new Date();
  const nextUpdate = options.nextUpdate ?? new Date(thisUpdate.getTime() + (options.days ?? defaultDays) * day);
  const isLater = Math.floor(nextUpdate.getTime() / 1e3) > Math.floor(thisUpdate.getTime() / 1e3);
  if (isLater && thisUpdate.getTime() >= earliest && nextUpdate.getTime() <= latest) return { thisUpdate, nextUpdate };
  const [notBefore, notAfter] = [describe2(thisUpdate), describe2(nextUpdate)];
  throw new X509Error(
    "VALIDITY_INVALID",
    `not the updates of a CRL: ${notBefore} and ${notAfter}: expected the next after this one, from 1950 to 9999`,
    { notBefore, notAfter }
  );
}
function listExtensions2(ca, options) {
  const { crlNumber, deltaOf, issuingDistributionPoint, freshestCrl, extensions: extensions3 = [] } = options;
  const keyIdentifier = ca.subjectKeyIdentifier ?? ca.publicKey.keyIdentifier;
  const list = [
    extension("authorityKeyIdentifier", false, encodeAuthorityKeyIdentifier({ keyIdentifier })),
    extension("cRLNumber", false, encodeCrlNumber(crlNumber))
  ];
  if (deltaOf !== void 0) {
    if (deltaOf >= crlNumber) throw badArgument("deltaOf", "the number of a list before this one");
    if (freshestCrl !== void 0) throw badArgument("freshestCrl", "it in complete CRLs only");
    list.push(extension("deltaCRLIndicator", true, encodeDeltaCrlIndicator(deltaOf)));
  }
  if (issuingDistributionPoint !== void 0) {
    const value = encodeIssuingDistributionPoint(issuingDistributionPoint);
    list.push(extension("issuingDistributionPoint", true, value));
  }
  if (freshestCrl !== void 0) list.push(extension("freshestCRL", false, encodeFreshestCrl(freshestCrl)));
  const oids = [...list, ...extensions3].map(({ oid }) => oid);
  if (new Set(oids).size !== oids.length) throw badArgument("extensions", "each extension once, and none of our own");
  return [...list, ...extensions3];
}
function extension(name, critical, value) {
  return { oid: ExtensionOid[name], name, critical, value };
}
function describe2(time3) {
  return Number.isNaN(time3.getTime()) ? "no time" : time3.toISOString();
}
function badArgument(argument, expected) {
  return new X509Error("ARGUMENT_INVALID", `cannot make a CRL: ${argument}: expected ${expected}`, {
    argument,
    expected
  });
}
var day = 864e5;
var defaultDays = 7;
var earliest = Date.UTC(1950, 0, 1);
var latest = Date.UTC(9999, 11, 31, 23, 59, 59);

// packages/x509/src/keys/rsa-private-key.ts
var RSA_FIELDS = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];
function readRsaPrivateKey(der) {
  const outer = new DerReader(der);
  const body = outer.enter(Tag.sequence, "an RSAPrivateKey");
  outer.done("the RSAPrivateKey");
  const version = body.smallInteger("the version of an RSAPrivateKey");
  if (version !== 0) {
    const algorithm = "RSA keys with more than two primes";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
  }
  const numbers2 = Object.fromEntries(
    RSA_FIELDS.map((field) => [field, unsigned(body.integerBytes(`${field} of an RSA key`))])
  );
  body.done("the RSAPrivateKey");
  const publicKey = derSequence(derInteger(numbers2.n), derInteger(numbers2.e));
  const { bits } = readRsaPublicKey(publicKey);
  if (bits > 16384) throw invalid3("a modulus of at most 16384 bits");
  assertConsistent(numbers2);
  return { publicKey, numbers: numbers2 };
}
function writeRsaPrivateKey(numbers2) {
  return derSequence(derInteger(0), ...RSA_FIELDS.map((field) => derInteger(numbers2[field])));
}
function assertConsistent(numbers2) {
  const [n, e, d, p, q, dp, dq, qi] = RSA_FIELDS.map((field) => magnitude(numbers2[field]));
  const fits = p > 1n && q > 1n && p !== q && d > 0n && d < n && p * q === n && e * d % (p - 1n) === 1n && e * d % (q - 1n) === 1n && dp === d % (p - 1n) && dq === d % (q - 1n) && qi < p && qi * q % p === 1n;
  if (!fits) throw invalid3("numbers that belong to one RSA key");
}
function unsigned(octets) {
  if ((octets[0] ?? 0) >= 128) throw invalid3("positive numbers");
  return octets[0] === 0 && octets.length > 1 ? octets.slice(1) : octets.slice();
}
function magnitude(bytes) {
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes, 1);
  return decodeInteger(padded, 0, padded.length);
}
function invalid3(expected) {
  return new X509Error("KEY_INVALID", `not a valid RSA private key: expected ${expected}`, { expected });
}

// packages/x509/src/keys/private-key.ts
function isEncryptedPrivateKey(der) {
  const outer = new DerReader(der);
  return outer.peek() === Tag.sequence && outer.enter(Tag.sequence, "a private key").peek() === Tag.sequence;
}
function readPrivateKey(input) {
  const der = copyBytes(input);
  assertDer(der);
  const outer = new DerReader(der);
  const body = outer.enter(Tag.sequence, "a private key");
  const version = body.smallInteger("the version of a private key");
  switch (body.peek()) {
    case Tag.sequence:
      return readPkcs8(body, version);
    case Tag.integer:
      return readRsa2(der);
    case Tag.octetString:
      return readSec1(new DerReader(der), void 0);
    default:
      throw invalid4(body.position, "a PKCS #8, PKCS #1 or SEC 1 private key");
  }
}
function writePkcs8(key) {
  return derSequence(derInteger(0), writeKeyIdentifier(key.algorithm), derOctetString(writeInner(key)));
}
function exportPkcs8(key) {
  const identifier = key.pssIdentifier ?? writeKeyIdentifier(key.algorithm);
  return derSequence(derInteger(0), identifier, derOctetString(writeInner(key)));
}
function writeSec1(key) {
  const { curve } = key.algorithm;
  if (curve === void 0) throw invalid4(void 0, "an ECDSA key, for the type sec1");
  return writeEcPrivateKey(key, [derExplicit(0, derOid(curve.oid))]);
}
function writePublicKey(key, publicKeyBytes) {
  if (key.pssIdentifier === void 0) return writeSpki(key.algorithm, publicKeyBytes);
  return derSequence(key.pssIdentifier, derBitString(publicKeyBytes));
}
function joinHalves(key, computed) {
  const given = key.publicKeyBytes;
  if (given !== void 0 && !bytesEqual(given, computed) && !isCompressed(given, computed)) {
    throw invalid4(void 0, "a public half that belongs to the private half");
  }
  return { ...key, publicKeyBytes: computed };
}
function readPkcs8(body, version) {
  if (version > 1) throw invalid4(body.valueStart, "version 0 or 1 of PKCS #8");
  const identifierReader = body.enter(Tag.sequence, "the algorithm of a private key");
  const identifier = body.element();
  const oid = identifierReader.oid("the algorithm of a private key");
  const inner = body.octetString("the private key");
  const innerStart = body.valueStart;
  body.optional(contextConstructed(0));
  const publicKeyBytes = body.optional(contextPrimitive(1)) ? bitStringContents(body) : void 0;
  body.done("the private key");
  const withPublic = (key) => publicKeyBytes === void 0 ? key : { ...key, publicKeyBytes };
  if (oid === RSA.oid) return readRsa2(inner);
  if (oid === RSASSA_PSS_OID) return { ...readRsa2(inner), pssIdentifier: identifier.slice() };
  if (oid === EC_PUBLIC_KEY_OID) {
    const curveOid = readCurve(identifierReader);
    return withPublic(readSec1(new DerReader(body.bytes, innerStart, innerStart + inner.length), curveOid));
  }
  const algorithm = keyAlgorithmByOid(oid);
  if (algorithm === void 0) throw unsupported2(`private keys of the algorithm ${oid}`, oid);
  identifierReader.done("the algorithm of a private key, which has no parameters");
  return withPublic({ algorithm, secret: readSeed(inner, algorithm) });
}
function readRsa2(der) {
  const { publicKey } = readRsaPrivateKey(der);
  return { algorithm: RSA, secret: der.slice(), publicKeyBytes: publicKey };
}
function readSec1(outer, outerCurve) {
  const body = outer.enter(Tag.sequence, "an ECPrivateKey");
  outer.done("the ECPrivateKey");
  if (body.smallInteger("the version of an ECPrivateKey") !== 1) throw invalid4(body.valueStart, "version 1");
  const scalar = body.octetString("the private key of an elliptic curve");
  const scalarStart = body.valueStart;
  const ownCurve = body.optional(contextConstructed(0)) ? readCurve(body.contents()) : void 0;
  const publicStart = body.position;
  const publicKeyBytes = body.optional(contextConstructed(1)) ? explicitBitString(body.contents()) : void 0;
  body.done("the ECPrivateKey");
  if (ownCurve !== void 0 && outerCurve !== void 0 && ownCurve !== outerCurve) {
    throw invalid4(publicStart, "one curve, not two different ones");
  }
  const algorithm = ecAlgorithm(ownCurve ?? outerCurve, scalarStart);
  const width = algorithm.curve?.coordinateBytes ?? 0;
  if (scalar.length === 0 || scalar.length > width) throw invalid4(scalarStart, `a private key of ${width} bytes`);
  const secret = new Uint8Array(width);
  secret.set(scalar, width - scalar.length);
  assertScalar(secret, algorithm, scalarStart);
  return { algorithm, secret, ...publicKeyBytes && { publicKeyBytes } };
}
function assertScalar(secret, algorithm, offset) {
  const value = BigInt(`0x${toHex(secret)}`);
  if (value === 0n || value >= (algorithm.curve?.order ?? 0n)) {
    throw invalid4(offset, `a number below the order of ${algorithm.label}`);
  }
}
function ecAlgorithm(curveOid, offset) {
  if (curveOid === void 0) throw invalid4(offset, "an ECPrivateKey that names its curve");
  const algorithm = keyAlgorithmByOid(EC_PUBLIC_KEY_OID, curveOid);
  if (algorithm === void 0) throw unsupported2(`the curve ${OTHER_CURVES.get(curveOid) ?? curveOid}`, curveOid);
  return algorithm;
}
function readCurve(parameters) {
  if (parameters.peek() !== Tag.oid) throw unsupported2("elliptic curves that are not given by name", EC_PUBLIC_KEY_OID);
  const curveOid = parameters.oid("the curve of a key");
  parameters.done("the curve of a key");
  return curveOid;
}
function readSeed(inner, algorithm) {
  assertDer(inner);
  if (algorithm.seedBytes === void 0) return inner.slice();
  const reader = new DerReader(inner);
  const seed = reader.octetString(`the private key of ${algorithm.label}`);
  reader.done(`the private key of ${algorithm.label}`);
  if (seed.length !== algorithm.seedBytes) throw invalid4(void 0, `${algorithm.seedBytes} bytes of private key`);
  return seed.slice();
}
function writeInner(key) {
  if (key.algorithm.curve !== void 0) return writeEcPrivateKey(key, []);
  return key.algorithm.seedBytes === void 0 ? key.secret : derOctetString(key.secret);
}
function writeEcPrivateKey(key, curve) {
  const publicKey = key.publicKeyBytes === void 0 ? [] : [derExplicit(1, derBitString(key.publicKeyBytes))];
  return derSequence(derInteger(1), derOctetString(key.secret), ...curve, ...publicKey);
}
function explicitBitString(reader) {
  const { bytes } = reader.bitString("a public key");
  reader.done("a public key");
  return bytes.slice();
}
function bitStringContents(reader) {
  const contents = reader.value();
  if (contents[0] !== 0) throw invalid4(reader.valueStart, "a public key of whole octets");
  return contents.slice(1);
}
function isCompressed(given, computed) {
  const width = (computed.length - 1) / 2;
  const sign = 2 + ((computed.at(-1) ?? 0) & 1);
  return given.length === 1 + width && given[0] === sign && bytesEqual(given.subarray(1), computed.subarray(1, 1 + width));
}
function invalid4(offset, expected) {
  return new X509Error("KEY_INVALID", `not a valid private key: expected ${expected}`, {
    expected,
    ...offset !== void 0 && { offset }
  });
}
function unsupported2(algorithm, oid) {
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm, oid });
}

// packages/x509/src/keys/jwk.ts
function readJwk(jwk) {
  if (typeof jwk !== "object" || jwk === null) throw invalid5("an object");
  switch (jwk.kty) {
    case "RSA":
      return readRsaJwk(jwk);
    case "EC":
      return readEcJwk(jwk);
    case "OKP":
      return readOkpJwk(jwk);
    case "AKP":
      return readAkpJwk(jwk);
    default: {
      const algorithm = `JWK of kty ${JSON.stringify(jwk.kty)}`;
      throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
    }
  }
}
function writeJwk(key) {
  const { algorithm, secret, publicKeyBytes = new Uint8Array() } = key;
  if (algorithm.type === "rsa") {
    const { numbers: numbers2 } = readRsaPrivateKey(secret);
    return { kty: "RSA", ...Object.fromEntries(RSA_FIELDS.map((field) => [field, toBase64Url(numbers2[field])])) };
  }
  if (algorithm.curve !== void 0) {
    const { name: crv, coordinateBytes: width } = algorithm.curve;
    const x = toBase64Url(publicKeyBytes.subarray(1, 1 + width));
    const y = toBase64Url(publicKeyBytes.subarray(1 + width));
    return { kty: "EC", crv, x, y, d: toBase64Url(secret) };
  }
  if (algorithm.seedBytes !== void 0) {
    return { kty: "OKP", crv: algorithm.webName, x: toBase64Url(publicKeyBytes), d: toBase64Url(secret) };
  }
  if (secret[0] !== 128) {
    const what = "JWK of an ML-DSA key that is not kept as its seed";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${what}`, { algorithm: what });
  }
  const pub = toBase64Url(publicKeyBytes);
  return { kty: "AKP", alg: algorithm.webName, pub, priv: toBase64Url(secret.subarray(2)) };
}
function readRsaJwk(jwk) {
  if (jwk.oth !== void 0) throw invalid5("an RSA key of two primes");
  const numbers2 = Object.fromEntries(RSA_FIELDS.map((field) => [field, member(jwk, field)]));
  return readPrivateKey(writeRsaPrivateKey(numbers2));
}
function readEcJwk(jwk) {
  const algorithm = row2((candidate) => candidate.curve?.name === jwk.crv, "crv", jwk.crv);
  const width = algorithm.curve?.coordinateBytes ?? 0;
  const [x, y, secret] = [member(jwk, "x", width), member(jwk, "y", width), member(jwk, "d", width)];
  assertScalar(secret, algorithm);
  return { algorithm, secret, publicKeyBytes: Uint8Array.of(4, ...x, ...y) };
}
function readOkpJwk(jwk) {
  const named3 = (candidate) => candidate.seedBytes !== void 0 && candidate.webName === jwk.crv;
  const algorithm = row2(named3, "crv", jwk.crv);
  const publicKeyBytes = member(jwk, "x", algorithm.publicKeyBytes);
  return { algorithm, secret: member(jwk, "d", algorithm.seedBytes), publicKeyBytes };
}
function readAkpJwk(jwk) {
  const isMlDsa = (candidate) => candidate.type.startsWith("ml-dsa") && candidate.webName === jwk.alg;
  const algorithm = row2(isMlDsa, "alg", jwk.alg);
  const publicKeyBytes = member(jwk, "pub", algorithm.publicKeyBytes);
  return { algorithm, secret: derTlv(128, member(jwk, "priv", 32)), publicKeyBytes };
}
function row2(matches, name, value) {
  const found = typeof value === "string" ? KEY_ALGORITHMS.find(matches) : void 0;
  if (found === void 0) {
    const algorithm = `JWK with ${name} ${JSON.stringify(value)}`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
  }
  return found;
}
function member(jwk, name, length) {
  const text = jwk[name];
  if (typeof text !== "string" || text === "" || !/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) {
    throw invalid5(`the member ${name} in base64url`);
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (length !== void 0 && bytes.length !== length) throw invalid5(`${length} bytes in the member ${name}`);
  return bytes;
}
function toBase64Url(bytes) {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
function invalid5(expected) {
  return new X509Error("KEY_INVALID", `not a private JWK: expected ${expected}`, { expected });
}

// packages/x509/src/key-pair.ts
var KeyPair = class _KeyPair {
  #contents;
  #native;
  #publicKey;
  constructor(contents, native, publicKey) {
    this.#contents = contents;
    this.#native = native;
    this.#publicKey = publicKey;
  }
  /**
   * Makes a new key pair; ECDSA on P-256 unless asked otherwise. Row KEY-15.
   *
   * @throws X509Error KEY_WEAK for RSA below 2048 bits, ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM where the runtime does
   *   not have the algorithm
   * @example
   * await KeyPair.generate({ type: "rsa", bits: 3072 });
   */
  static async generate(options = { type: "ecdsa" }) {
    const { algorithm, bits } = generationChoice(options);
    return _KeyPair.#load(readPrivateKey(await backend.generateKey(algorithm, bits)));
  }
  /**
   * Reads the one private key in a PEM text: `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `RSA PRIVATE KEY` or
   * `EC PRIVATE KEY`. Other blocks, such as certificates, are passed over. Never prompts. Row KEY-13.
   *
   * @throws X509Error KEY_ENCRYPTED without a passphrase where one is needed, KEY_WRONG_PASSPHRASE,
   *   UNSUPPORTED_ALGORITHM (traditional and obsolete encryption, named), KEY_INVALID, PEM_*, DER_*
   * @example
   * const keyPair = await KeyPair.fromPem(text, { passphrase: "correct horse" });
   */
  static async fromPem(text, options = {}) {
    return _KeyPair.fromPemBlock(readOnePem(text, PRIVATE_KEY_LABELS), options);
  }
  /**
   * As {@link KeyPair.fromPem}, from a block that is already decoded.
   *
   * @throws X509Error as {@link KeyPair.fromPem}
   */
  static async fromPemBlock(block, options = {}) {
    assertModernPem(block, options.passphrase !== void 0);
    return _KeyPair.#fromDer(block.bytes, options.passphrase, block.line);
  }
  /**
   * Reads a private key in DER: PKCS #8 (encrypted or not), PKCS #1 or SEC 1, told apart by their structure.
   *
   * @throws X509Error KEY_ENCRYPTED, KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
   */
  static async fromDer(der, options = {}) {
    return _KeyPair.#fromDer(der, options.passphrase, void 0);
  }
  /**
   * Reads a private JSON Web Key (`kty` RSA, EC, OKP or AKP).
   *
   * @throws X509Error KEY_INVALID, UNSUPPORTED_ALGORITHM
   */
  static async fromJwk(jwk) {
    return _KeyPair.#load(readJwk(jwk));
  }
  /** The public half. */
  get publicKey() {
    return this.#publicKey;
  }
  /**
   * The signature algorithm that this key signs with: by default SHA-256 with RSA and P-256, SHA-384 with P-384,
   * SHA-512 with P-521.
   *
   * @throws X509Error ARGUMENT_INVALID for an algorithm of another kind of key, UNSUPPORTED_ALGORITHM
   */
  signatureAlgorithm(name) {
    const type = this.#publicKey.type;
    const chosen = signatureAlgorithm(name ?? this.#defaultAlgorithm());
    if (!chosen.keyTypes.includes(type)) {
      throw new X509Error("ARGUMENT_INVALID", `a key of type ${type} cannot sign with ${chosen.name}`, {
        argument: "algorithm",
        expected: `an algorithm for ${type} keys, as ${this.#defaultAlgorithm()}`
      });
    }
    return chosen;
  }
  /**
   * Signs `data`. The signature is encoded as in certificates (ECDSA: DER).
   *
   * @throws X509Error ARGUMENT_INVALID, UNSUPPORTED_ALGORITHM
   */
  async sign(data, options = {}) {
    const { scheme, name } = this.signatureAlgorithm(options.algorithm);
    if (scheme === void 0) throw unsupported3(name);
    return this.#native.sign(scheme, data);
  }
  /**
   * The private key in PEM: `PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` with a passphrase. Row KEY-14.
   *
   * @throws X509Error ARGUMENT_INVALID for an encoding that this kind of key does not have, or that has no encryption
   * @example
   * await keyPair.toPem({ passphrase: "correct horse" });
   */
  async toPem(options = {}) {
    const type = options.type ?? "pkcs8";
    const label2 = options.passphrase === void 0 ? LABELS[type] : "ENCRYPTED PRIVATE KEY";
    return pemEncode(label2 ?? "", await this.toDer(options));
  }
  /**
   * The private key in DER.
   *
   * @throws X509Error ARGUMENT_INVALID as {@link KeyPair.toPem}
   */
  async toDer(options = {}) {
    const { type = "pkcs8", passphrase } = options;
    const der = this.#encode(type);
    if (passphrase === void 0) return der;
    if (type !== "pkcs8") throw badArgument2("passphrase", "the type pkcs8, the only one with a safe encryption");
    const { encryptPrivateKey } = await import("./encrypted-private-key-FAFDINTV.js");
    return encryptPrivateKey(der, passphrase);
  }
  /**
   * The private key as a JSON Web Key.
   *
   * @throws X509Error UNSUPPORTED_ALGORITHM for an ML-DSA key that is not kept as its seed
   */
  async toJwk() {
    return writeJwk(this.#contents);
  }
  /** One line for a person, without the secret: kind, size and the hash of the public half. Row KEY-16. */
  inspect() {
    return `${this.#publicKey.label} Key Pair with Hash: ${this.#publicKey.spkiHash()}`;
  }
  toString() {
    return `<KeyPair ${this.#publicKey.label} ${this.#publicKey.spkiHash()}>`;
  }
  /** The public half only. Row KEY-17. */
  toJSON() {
    return { publicKey: this.#publicKey.toJSON(), privateKey: "[redacted]" };
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
  static async #fromDer(der, passphrase, line) {
    if (!isEncryptedPrivateKey(der)) return _KeyPair.#load(readPrivateKey(der));
    const place = line === void 0 ? {} : { line };
    if (passphrase === void 0) {
      throw new X509Error("KEY_ENCRYPTED", "the private key is encrypted: pass its passphrase", place);
    }
    const { decryptPrivateKey } = await import("./encrypted-private-key-FAFDINTV.js");
    return _KeyPair.#load(readPrivateKey(await decryptPrivateKey(der, passphrase)));
  }
  /** Computes the public half from the private one, so that no file can pair a key with a foreign public key. */
  static async #load(given) {
    const { publicKeyBytes, ...bare } = given;
    const isRsa = given.algorithm.type === "rsa";
    const native = await backend.importPrivateKey(given.algorithm, writePkcs8(isRsa ? given : bare));
    const contents = joinHalves(given, readSpki(await native.publicKey()).keyBytes);
    const spki = writePublicKey(contents, contents.publicKeyBytes ?? new Uint8Array());
    return new _KeyPair(contents, native, PublicKey.fromSpki(spki));
  }
  #defaultAlgorithm() {
    if (this.#contents.pssIdentifier === void 0) {
      return this.#contents.algorithm.signsWith;
    }
    const hash = this.#publicKey.pss?.hash ?? "SHA-256";
    return `rsassaPss-${hash.replace("-", "")}`;
  }
  #encode(type) {
    const { algorithm, secret } = this.#contents;
    switch (type) {
      case "pkcs8":
        return exportPkcs8(this.#contents);
      case "pkcs1":
        if (algorithm.type !== "rsa") throw badArgument2("type", "pkcs8, because pkcs1 is for RSA keys");
        return secret.slice();
      case "sec1":
        if (algorithm.curve === void 0) throw badArgument2("type", "pkcs8, because sec1 is for ECDSA keys");
        return writeSec1(this.#contents);
      default:
        throw badArgument2("type", "pkcs8, pkcs1 or sec1");
    }
  }
};
function generationChoice(options) {
  const { type } = options;
  const curve = type === "ecdsa" ? options.curve ?? "P-256" : void 0;
  const algorithm = keyAlgorithmByType(type, curve);
  if (algorithm === void 0) {
    const kinds = KEY_ALGORITHMS.map((row3) => row3.curve === void 0 ? row3.type : `${row3.type} ${row3.curve.name}`);
    throw badArgument2(curve === void 0 ? "type" : "curve", `one of ${kinds.join(", ")}`);
  }
  const bits = type === "rsa" ? options.bits ?? minimumRsaBits2 : 0;
  if (type === "rsa" && (!Number.isInteger(bits) || bits % 8 !== 0 || bits > 16384)) {
    throw badArgument2("bits", "a multiple of 8 up to 16384");
  }
  if (type === "rsa" && bits < minimumRsaBits2) {
    throw new X509Error("KEY_WEAK", `an RSA key of ${bits} bits can be broken: at least ${minimumRsaBits2} are needed`, {
      type,
      bits,
      minimum: minimumRsaBits2
    });
  }
  return { algorithm, bits };
}
function assertModernPem({ label: label2, headers, line }, hasPassphrase) {
  if (UNREADABLE_LABELS.includes(label2)) throw unsupported3(`keys in a ${label2} block`);
  if (headers?.["Proc-Type"]?.includes("ENCRYPTED") !== true) return;
  if (!hasPassphrase) {
    throw new X509Error("KEY_ENCRYPTED", `the private key on line ${line} is encrypted: pass its passphrase`, { line });
  }
  const cipher = headers["DEK-Info"]?.split(",")[0] ?? "an unnamed cipher";
  throw unsupported3(`traditional PEM encryption (${cipher}); convert the key with "openssl pkcs8 -topk8"`);
}
function unsupported3(algorithm) {
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm });
}
function badArgument2(argument, expected) {
  return new X509Error("ARGUMENT_INVALID", `${argument} makes no sense: expected ${expected}`, { argument, expected });
}
var minimumRsaBits2 = 2048;
var LABELS = {
  pkcs8: "PRIVATE KEY",
  pkcs1: "RSA PRIVATE KEY",
  sec1: "EC PRIVATE KEY"
};
var UNREADABLE_LABELS = ["DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"];
var PRIVATE_KEY_LABELS = [
  "PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
  ...UNREADABLE_LABELS
];

// packages/x509/src/issue/profile.ts
function profileByName(name, allowed) {
  const profile = profiles.find((row3) => row3.name === name);
  if (profile === void 0 || !allowed.includes(profile.name)) {
    const expected = `one of ${allowed.join(", ")}`;
    throw new X509Error("ARGUMENT_INVALID", `not a profile here: ${JSON.stringify(name)}: expected ${expected}`, {
      argument: "profile",
      expected
    });
  }
  return profile;
}
function buildExtensions(input) {
  const own2 = input.options.extensions ?? [];
  const seen = /* @__PURE__ */ new Set();
  for (const { oid } of own2) {
    if (seen.has(oid)) {
      throw new X509Error("ARGUMENT_INVALID", `the extension ${oid} is given twice`, {
        argument: "extensions",
        expected: "each extension once"
      });
    }
    seen.add(oid);
  }
  return [...profileExtensions(input).filter(({ oid }) => !seen.has(oid)), ...own2];
}
function profileExtensions(input) {
  const { profile, options, publicKey, pathLength, authorityKeyIdentifier, subjectAltName } = input;
  const { ca } = profile;
  const list = [
    extension2("subjectKeyIdentifier", false, encodeSubjectKeyIdentifier(publicKey.keyIdentifier)),
    extension2("basicConstraints", true, encodeBasicConstraints(pathLength === void 0 ? { ca } : { ca, pathLength })),
    extension2("keyUsage", true, encodeKeyUsage(options.keyUsage ?? keyUsageFor(profile, publicKey)))
  ];
  if (authorityKeyIdentifier !== void 0) {
    const value = encodeAuthorityKeyIdentifier({ keyIdentifier: authorityKeyIdentifier });
    list.splice(1, 0, extension2("authorityKeyIdentifier", false, value));
  }
  const purposes = options.extendedKeyUsage ?? profile.extendedKeyUsage;
  if (purposes.length > 0) list.push(extension2("extendedKeyUsage", false, encodeExtendedKeyUsage(purposes)));
  if (subjectAltName.length > 0) {
    list.push(extension2("subjectAltName", input.subjectIsEmpty, encodeAltName(subjectAltName)));
  }
  return list;
}
function keyUsageFor({ ca, keyUsage: keyUsage2 }, publicKey) {
  return !ca && publicKey.type === "rsa" ? [...keyUsage2, "keyEncipherment"] : keyUsage2;
}
function extension2(name, critical, value) {
  return { oid: ExtensionOid[name], name, critical, value };
}
var leaf = { ca: false, days: 90, keyUsage: ["digitalSignature"] };
var authority = { ca: true, keyUsage: ["keyCertSign", "cRLSign"], extendedKeyUsage: [] };
var profiles = [
  { name: "server", ...leaf, extendedKeyUsage: [ExtendedKeyUsage.serverAuth] },
  { name: "client", ...leaf, extendedKeyUsage: [ExtendedKeyUsage.clientAuth] },
  { name: "peer", ...leaf, extendedKeyUsage: [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth] },
  { name: "ca", ...authority, days: 3650 },
  { name: "intermediate", ...authority, days: 1825, pathLength: 0 }
];

// packages/x509/src/issue/serial-number.ts
function encodeSerialNumber(serialNumber) {
  if (serialNumber === void 0) return derInteger(randomSerial());
  if (typeof serialNumber !== "bigint" || serialNumber <= 0n || serialNumber >= 1n << 159n) {
    const text = String(serialNumber);
    throw new X509Error("SERIAL_INVALID", `not a serial number: ${text}: expected a bigint from 1 to 2^159-1`, {
      serialNumber: text
    });
  }
  return derInteger(serialNumber);
}
function randomSerial() {
  const octets = backend.randomBytes(16);
  octets[0] = (octets[0] ?? 0) & 63 | 64;
  return octets;
}

// packages/x509/src/issue/validity.ts
function encodeValidity(request) {
  const { days, issuer } = request;
  if (days !== void 0 && request.notAfter !== void 0) {
    throw new X509Error("ARGUMENT_INVALID", "both days and notAfter are given: expected one of them", {
      argument: "days",
      expected: "either days or notAfter"
    });
  }
  const now = Date.now();
  const notBefore = request.notBefore?.getTime() ?? Math.max(now - backdating, issuer?.notBefore.getTime() ?? 0);
  const start = request.notBefore === void 0 ? Math.max(now, notBefore) : notBefore;
  const byDefault = Math.min(start + request.defaultDays * day2, issuer?.notAfter.getTime() ?? Number.POSITIVE_INFINITY);
  const notAfter = request.notAfter?.getTime() ?? (days === void 0 ? byDefault : start + days * day2);
  assertValidity(notBefore, days === void 0 || days > 0 ? notAfter : Number.NaN);
  return derSequence(derTime(new Date(notBefore)), derTime(new Date(notAfter)));
}
function assertValidity(notBefore, notAfter) {
  const inRange = (time3) => time3 >= earliest2 && time3 <= latest2;
  if (inRange(notBefore) && inRange(notAfter) && Math.floor(notAfter / 1e3) > Math.floor(notBefore / 1e3)) return;
  const [from, to] = [describe3(notBefore), describe3(notAfter)];
  throw new X509Error(
    "VALIDITY_INVALID",
    `not a validity: ${from} to ${to}: expected days above 0, and an end after the start, from 1950 to 9999`,
    { notBefore: from, notAfter: to }
  );
}
function describe3(time3) {
  const date = new Date(time3);
  return Number.isNaN(date.getTime()) ? "no time" : date.toISOString();
}
var day2 = 864e5;
var backdating = 5 * 6e4;
var earliest2 = Date.UTC(1950, 0, 1);
var latest2 = Date.UTC(9999, 11, 31, 23, 59, 59);

// packages/x509/src/issue/build-certificate.ts
async function buildCertificate(signer, profile, publicKey, options) {
  const issuer = signer.certificate;
  if (options.force !== true) assertMayIssue(issuer, signer.keyPair.publicKey, publicKey, profile);
  const subjectAltName = (options.subjectAltName ?? []).map(toGeneralName);
  const subject = toName(options.subject, subjectAltName);
  assertNamed(profile, subject, subjectAltName);
  if (!profile.ca && options.pathLength !== void 0) throw badArgument3("pathLength", "it for CAs only");
  const algorithm = signer.keyPair.signatureAlgorithm(options.signatureAlgorithm);
  const extensions3 = buildExtensions({
    profile,
    options,
    publicKey,
    subjectAltName,
    subjectIsEmpty: subject.isEmpty,
    pathLength: profile.ca ? pathLengthBelow(issuer, profile, options) : void 0,
    authorityKeyIdentifier: issuer && (issuer.subjectKeyIdentifier ?? issuer.publicKey.keyIdentifier)
  });
  const algorithmDer = algorithm.der;
  const subjectDer = DistinguishedName.viewOf(subject);
  const tbs = derSequence(
    versionThree,
    encodeSerialNumber(options.serialNumber),
    algorithmDer,
    // Byte for byte: a copy that was decoded and encoded again may differ, and then no path is found. Row REQ-11.
    issuer === void 0 ? subjectDer : DistinguishedName.viewOf(issuer.subject),
    encodeValidity({
      notBefore: options.notBefore,
      notAfter: options.notAfter,
      days: options.days,
      defaultDays: profile.days,
      ...issuer && { issuer }
    }),
    subjectDer,
    publicKey.spki,
    derExplicit(3, encodeExtensions(extensions3))
  );
  const signature = await signer.keyPair.sign(tbs, { algorithm: options.signatureAlgorithm });
  return Certificate.fromDer(derSequence(tbs, algorithmDer, derBitString(signature)));
}
function assertNamed(profile, subject, names2) {
  if (!subject.isEmpty || !profile.ca && names2.length > 0) return;
  const expected = profile.ca ? "a name, which becomes the issuer of others" : "it, or a subjectAltName";
  throw badArgument3("subject", expected);
}
function badArgument3(argument, expected) {
  return new X509Error("ARGUMENT_INVALID", `cannot make a certificate: ${argument}: expected ${expected}`, {
    argument,
    expected
  });
}
var versionThree = /* @__PURE__ */ derExplicit(0, /* @__PURE__ */ derInteger(2));

// packages/x509/src/issue/chain-order.ts
function isOwnIssuer(certificate) {
  return certificate.isSelfIssued && namesIssuer(certificate, certificate);
}
function orderChain(leaf2, certificates) {
  const rest = new Map(certificates.map((certificate) => [certificate.id, certificate]));
  rest.delete(leaf2.id);
  const chain = [];
  let current = leaf2;
  while (current !== void 0) {
    const child2 = current;
    const issuer = [...rest.values()].find((candidate) => namesIssuer(child2, candidate));
    if (issuer !== void 0) {
      rest.delete(issuer.id);
      chain.push(issuer);
    }
    current = issuer;
  }
  return [...chain, ...rest.values()];
}
function namesIssuer(child2, candidate) {
  if (!child2.issuer.equals(candidate.subject)) return false;
  const wanted = child2.authorityKeyIdentifier?.keyIdentifier;
  const own2 = candidate.subjectKeyIdentifier;
  return wanted === void 0 || own2 === void 0 || bytesEqual(wanted, own2);
}

// packages/x509/src/issue/request-approval.ts
async function approvedOptions(request, approve, common) {
  if (typeof approve !== "function") {
    throw new X509Error("ARGUMENT_INVALID", "nobody decides about the request: expected the function approve", {
      argument: "approve",
      expected: "a function; to sign without a decision, use issue()"
    });
  }
  const answer = await approve(request);
  if (answer !== true && (typeof answer !== "object" || answer === null)) {
    const subject2 = request.subject.toString();
    throw new X509Error("REQUEST_REJECTED", `the request of ${subject2} was not approved`, { subject: subject2 });
  }
  const { subject, subjectAltName, publicKey } = request;
  const asked = { subject, ...subjectAltName && { subjectAltName } };
  return { ...asked, ...common, ...answer === true ? {} : answer, publicKey };
}

// packages/x509/src/private-certificate.ts
var CertificateBase = Certificate;
var PrivateCertificate = class _PrivateCertificate extends CertificateBase {
  #keyPair;
  #chain;
  constructor(certificate, keyPair, chain) {
    super(certificate);
    this.#keyPair = keyPair;
    this.#chain = Object.freeze([...chain]);
  }
  /**
   * Joins a certificate and its key. Row KEY-18.
   *
   * @throws X509Error KEY_MISMATCH
   * @example
   * PrivateCertificate.from(certificate, keyPair, { chain: [intermediate] });
   */
  static from(certificate, keyPair, options = {}) {
    assertSameKey(certificate, keyPair);
    return new _PrivateCertificate(certificate, keyPair, options.chain ?? []);
  }
  /**
   * Reads one text with a private key, its certificate and the chain, in any order. The chain comes out leaf first.
   * Row KEY-19.
   *
   * @throws X509Error KEY_MISMATCH if no certificate belongs to the key, and as `KeyPair.fromPem` and
   *   `Certificate.allFromPem`: what is missing is named by PEM_WRONG_LABEL or PEM_NO_BLOCK
   */
  static async fromPem(text, options = {}) {
    const block = readOnePem(text, PRIVATE_KEY_LABELS);
    const certificates = Certificate.allFromPem(text);
    const keyPair = await KeyPair.fromPemBlock(block, options);
    const [first] = certificates;
    const own2 = certificates.find(({ publicKey }) => publicKey.equals(keyPair.publicKey)) ?? first;
    if (own2 === void 0) throw new X509Error("PEM_NO_BLOCK", "no certificate in the text", { label: "CERTIFICATE" });
    return _PrivateCertificate.from(own2, keyPair, { chain: orderChain(own2, certificates) });
  }
  /**
   * Makes a certificate that is signed with its own key: a root (`profile: "ca"`) or a stand-alone server or client.
   * Row REQ-15.
   *
   * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, SERIAL_INVALID, VALIDITY_INVALID, KEY_WEAK,
   *   UNSUPPORTED_ALGORITHM
   * @example
   * await PrivateCertificate.selfSigned({ subjectAltName: ["localhost", "127.0.0.1"], days: 30 });
   */
  static async selfSigned(options) {
    const profile = profileByName(options.profile ?? "server", ["server", "client", "peer", "ca"]);
    const keyPair = options.keyPair ?? await KeyPair.generate(options.key);
    const certificate = await buildCertificate({ keyPair }, profile, keyPair.publicKey, options);
    return new _PrivateCertificate(certificate, keyPair, []);
  }
  /** The key pair. */
  get keyPair() {
    return this.#keyPair;
  }
  /** The certificates that lead to a root, issuer of this one first; by convention without the root. */
  get chain() {
    return this.#chain;
  }
  /** What a server sends: this certificate and its chain, in PEM. Not the key. */
  fullChainPem() {
    return [this, ...this.#chain].map((certificate) => certificate.toPem()).join("");
  }
  /**
   * Signs a certificate for a key. Row REQ-09.
   *
   * @throws X509Error NOT_A_CA (row REQ-18), and as {@link PrivateCertificate.selfSigned}
   * @example
   * const leaf = await ca.issue({ publicKey, subjectAltName: ["example.com"], days: 30 });
   */
  async issue(options) {
    const profile = profileByName(options.profile ?? "server", ISSUED_PROFILES);
    const publicKey = options.publicKey ?? options.keyPair?.publicKey;
    if (publicKey === void 0) {
      const expected = "a publicKey or a keyPair";
      throw new X509Error("ARGUMENT_INVALID", `nothing to certify: expected ${expected}`, {
        argument: "publicKey",
        expected
      });
    }
    return buildCertificate({ keyPair: this.#keyPair, certificate: this }, profile, publicKey, options);
  }
  /**
   * As {@link PrivateCertificate.issue}, and joins the certificate with its key, which is made if none is given, and
   * with the chain: this CA and its chain, unless this CA is a root.
   *
   * @throws X509Error as {@link PrivateCertificate.issue}
   */
  async issuePrivate(options) {
    const keyPair = options.keyPair ?? await KeyPair.generate(options.key);
    const certificate = await this.issue({ ...options, keyPair });
    return new _PrivateCertificate(certificate, keyPair, isOwnIssuer(this) ? this.#chain : [this, ...this.#chain]);
  }
  /**
   * Signs a request, if its signature is right and `approve` says so. Rows REQ-07, REQ-08, REQ-10.
   *
   * @throws X509Error REQUEST_REJECTED, REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, ARGUMENT_INVALID without `approve`,
   *   whatever `approve` throws, and as {@link PrivateCertificate.issue}
   * @example
   * const certificate = await ca.sign(request, { approve: ({ subjectAltName }) => isOurs(subjectAltName) });
   */
  async sign(request, options) {
    const parsed = request instanceof CertificateRequest ? request : CertificateRequest.parse(request);
    await parsed.assertVerified(options);
    const { approve, allowWeakHash: _, ...common } = options;
    return this.issue(await approvedOptions(parsed, approve, common));
  }
  /**
   * A request for a new certificate with the same subject, names and key. Row REQ-16.
   *
   * @throws X509Error as `CertificateRequest.create`
   */
  async createRequest() {
    const { subject, subjectAltName } = this;
    return CertificateRequest.create({ subject, keyPair: this.#keyPair, ...subjectAltName && { subjectAltName } });
  }
  /**
   * A new certificate with this key. Row KEY-21.
   *
   * @throws X509Error KEY_MISMATCH
   */
  renew(certificate, options = {}) {
    return _PrivateCertificate.from(certificate, this.#keyPair, { chain: options.chain ?? this.#chain });
  }
  /** As `Certificate.inspect`, and a line about the key; no secret. Row KEY-20. */
  inspect() {
    return `${super.inspect()}
${this.#keyPair.inspect()}`;
  }
  toString() {
    const name = this.subject.CN ?? this.subject.toString();
    return `<PrivateCertificate subject=${quote(name)} key=${quote(this.#keyPair.publicKey.label)}>`;
  }
  /** @internal What `console.log` shows in Node, Bun and Deno. */
  [inspectCustom]() {
    return this.toString();
  }
};
function assertSameKey(certificate, keyPair) {
  if (certificate.publicKey.equals(keyPair.publicKey)) return;
  throw new X509Error("KEY_MISMATCH", `the private key is not the one of ${certificate}`, {
    certificateKey: certificate.publicKey.spkiHash(),
    privateKey: keyPair.publicKey.spkiHash()
  });
}
var ISSUED_PROFILES = ["server", "client", "peer", "intermediate"];
export {
  AccessMethod,
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  DN,
  DistinguishedName,
  ExtendedKeyUsage,
  ExtensionOid,
  KeyPair,
  PrivateCertificate,
  PublicKey,
  TlsFeature,
  TlsKitError,
  X509Error,
  digest,
  encodeAcmeIdentifier,
  encodeAltName,
  encodeAuthorityInfoAccess,
  encodeAuthorityKeyIdentifier,
  encodeBasicConstraints,
  encodeCertificateIssuer,
  encodeCertificatePolicies,
  encodeCrlDistributionPoints,
  encodeCrlNumber,
  encodeDeltaCrlIndicator,
  encodeExtendedKeyUsage,
  encodeFreshestCrl,
  encodeInhibitAnyPolicy,
  encodeInvalidityDate,
  encodeIssuingDistributionPoint,
  encodeKeyUsage,
  encodeNameConstraints,
  encodePolicyConstraints,
  encodePolicyMappings,
  encodePrivateKeyUsagePeriod,
  encodeReasonCode,
  encodeSignedCertificateTimestamps,
  encodeSubjectDirectoryAttributes,
  encodeSubjectInfoAccess,
  encodeSubjectKeyIdentifier,
  encodeTlsFeature,
  escapeControls,
  formatGeneralName,
  generalName,
  generalSubtree,
  issueCrl,
  makeExtension,
  pemDecode,
  pemEncode,
  readSignatureAlgorithm,
  signatureAlgorithm
};
