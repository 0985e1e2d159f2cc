// packages/x509/src/text.ts
var unsafe = (
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu
);
function escapeControls(text) {
  return text.replace(unsafe, escapeOne);
}
function replaceControls(text, replacement) {
  return text.replace(unsafe, replacement);
}
function escapeControlsKeepingLines(text) {
  return text.replace(unsafe, (character) => character === "\n" ? "\n" : escapeOne(character));
}
function quote(text) {
  return `"${escapeControls(text.replace(/["\\]/g, "\\$&"))}"`;
}
function escapeOne(character) {
  switch (character) {
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "	":
      return "\\t";
    default: {
      const code = character.codePointAt(0) ?? 0;
      return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
    }
  }
}

// packages/x509/src/error.ts
var brand = /* @__PURE__ */ Symbol.for("tlskit.error");
var TlsKitError = class extends Error {
  /** What went wrong, for programs: `UPPER_SNAKE`, unique in the project, never renamed within a major version. */
  code;
  /** The facts behind the message, typed by the code. */
  details;
  constructor(code, message, details, options) {
    super(escapeControlsKeepingLines(message), options);
    this.code = code;
    this.details = Object.freeze(details);
    Object.defineProperty(this, brand, { value: true });
  }
  /**
   * Is this an error of tlskit? Works across copies of the package, where `instanceof` does not.
   *
   * @example
   * try { Certificate.fromPem(text) } catch (error) { if (TlsKitError.is(error)) console.log(error.code) }
   */
  static is(value) {
    return typeof value === "object" && value !== null && brand in value;
  }
  /** JSON-safe: bigint becomes decimal text, a Date ISO 8601, bytes hex, an object with `toJSON` what that returns. */
  toJSON() {
    const details = jsonSafe(this.details, 0);
    return { name: this.name, code: this.code, message: this.message, details };
  }
};
var X509Error = class extends TlsKitError {
  get name() {
    return "X509Error";
  }
  /** Is this an error of this package (of any copy of it)? */
  static is(value) {
    return TlsKitError.is(value) && value.name === "X509Error";
  }
};
var maxJsonDepth = 8;
function jsonSafe(value, depth) {
  switch (typeof value) {
    case "bigint":
      return value.toString();
    case "function":
    case "symbol":
      return void 0;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : jsonSafeObject(value, depth);
    default:
      return value;
  }
}
function jsonSafeObject(value, depth) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (depth >= maxJsonDepth) return void 0;
  if ("toJSON" in value && typeof value.toJSON === "function") return jsonSafe(value.toJSON(), depth + 1);
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (Array.isArray(value) || value instanceof Set) return Array.from(value, (item) => jsonSafe(item, depth + 1));
  const entries = value instanceof Map ? Array.from(value, ([key, item]) => [String(key), item]) : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, jsonSafe(item, depth + 1)]));
}

// packages/x509/src/der/tag.ts
var Tag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 48,
  set: 49,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30
};
function contextConstructed(number) {
  return 160 | number;
}
function contextPrimitive(number) {
  return 128 | number;
}

// packages/x509/src/der/fail.ts
function derFail(code, offset, expected) {
  throw new X509Error(code, `${sentences[code]} at offset ${offset}: expected ${expected}`, { offset, expected });
}
function tagFail(offset, expected, actual) {
  if (actual === -1) derFail("DER_TRUNCATED", offset, expected);
  const found = `0x${actual.toString(16).padStart(2, "0")}`;
  throw new X509Error("DER_UNEXPECTED_TAG", `unexpected tag ${found} at offset ${offset}: expected ${expected}`, {
    offset,
    expected,
    actual
  });
}
function limitFail(offset, what, limit) {
  throw new X509Error("DER_LIMIT_EXCEEDED", `too much at offset ${offset}: more than ${limit} ${what}`, {
    offset,
    expected: `at most ${limit} ${what}`,
    limit
  });
}
var sentences = {
  DER_TRUNCATED: "truncated DER",
  DER_TRAILING_DATA: "trailing data",
  DER_BAD_LENGTH: "bad DER length",
  DER_BAD_VALUE: "bad DER value"
};

// packages/x509/src/der/oid.ts
var maxOidBytes = 127;
function assertOid(bytes, start, end) {
  if (end === start) derFail("DER_BAD_VALUE", start, "an OBJECT IDENTIFIER that is not empty");
  if (end - start > maxOidBytes) limitFail(start, "octets in an OBJECT IDENTIFIER", maxOidBytes);
  let previous = 0;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (octet === 128 && previous < 128) derFail("DER_BAD_VALUE", index, "a minimal arc of an OBJECT IDENTIFIER");
    previous = octet;
  }
  if (previous >= 128) derFail("DER_BAD_VALUE", end - 1, "the end of an arc of an OBJECT IDENTIFIER");
}
function decodeOid(bytes, start, end) {
  if (end - start !== 3) return decodeAnyOid(bytes, start, end);
  const key = (bytes[start] ?? 0) << 16 | (bytes[start + 1] ?? 0) << 8 | (bytes[start + 2] ?? 0);
  let text = shortOids.get(key);
  if (text === void 0) {
    text = decodeAnyOid(bytes, start, end);
    if (shortOids.size < 256) shortOids.set(key, text);
  }
  return text;
}
var shortOids = /* @__PURE__ */ new Map();
function decodeAnyOid(bytes, start, end) {
  assertOid(bytes, start, end);
  let text = "";
  let arc = 0;
  let big;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (big === void 0 && arc >= 2 ** 46) big = BigInt(arc);
    if (big === void 0) arc = arc * 128 + (octet & 127);
    else big = big * 128n + BigInt(octet & 127);
    if (octet >= 128) continue;
    if (text === "") text = firstArcs(big ?? arc);
    else text += `.${big ?? arc}`;
    arc = 0;
    big = void 0;
  }
  return text;
}
function encodeOid(text) {
  if (!isOidText(text)) {
    throw new X509Error("ARGUMENT_INVALID", `not an OBJECT IDENTIFIER: ${JSON.stringify(text)}`, {
      argument: "oid",
      expected: "arcs with dots between them, as in 2.5.4.3"
    });
  }
  const [first = 0n, second = 0n, ...rest] = text.split(".").map(BigInt);
  const octets = [];
  for (const arc of [first * 40n + second, ...rest]) pushArc(octets, arc);
  return Uint8Array.from(octets);
}
function oidOctets(text) {
  let octets = knownOctets.get(text);
  if (octets === void 0) {
    octets = encodeOid(text);
    if (knownOctets.size < 256) knownOctets.set(text, octets);
  }
  return octets;
}
var knownOctets = /* @__PURE__ */ new Map();
function isOidText(text) {
  return text.length <= 512 && /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/.test(text);
}
function oidName(oid) {
  return Object.hasOwn(oidNames, oid) ? oidNames[oid] : void 0;
}
function firstArcs(value) {
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${Number(value) - 40}`;
  return `2.${typeof value === "bigint" ? value - 80n : value - 80}`;
}
function pushArc(octets, arc) {
  const reversed = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) reversed.push(Number(rest & 0x7fn) | 128);
  octets.push(...reversed.reverse());
}
var oidNames = {
  "2.5.29.9": "subjectDirectoryAttributes",
  "2.5.29.14": "subjectKeyIdentifier",
  "2.5.29.15": "keyUsage",
  "2.5.29.16": "privateKeyUsagePeriod",
  "2.5.29.17": "subjectAltName",
  "2.5.29.18": "issuerAltName",
  "2.5.29.19": "basicConstraints",
  "2.5.29.20": "cRLNumber",
  "2.5.29.21": "reasonCode",
  "2.5.29.24": "invalidityDate",
  "2.5.29.27": "deltaCRLIndicator",
  "2.5.29.28": "issuingDistributionPoint",
  "2.5.29.29": "certificateIssuer",
  "2.5.29.30": "nameConstraints",
  "2.5.29.31": "cRLDistributionPoints",
  "2.5.29.32": "certificatePolicies",
  "2.5.29.32.0": "anyPolicy",
  "2.5.29.33": "policyMappings",
  "2.5.29.35": "authorityKeyIdentifier",
  "2.5.29.36": "policyConstraints",
  "2.5.29.37": "extKeyUsage",
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "2.5.29.46": "freshestCRL",
  "2.5.29.54": "inhibitAnyPolicy",
  "1.3.6.1.5.5.7.1.1": "authorityInfoAccess",
  "1.3.6.1.5.5.7.1.11": "subjectInfoAccess",
  "1.3.6.1.5.5.7.1.24": "tlsFeature",
  "1.3.6.1.5.5.7.1.31": "acmeIdentifier",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.5.5.7.48.1": "ocsp",
  "1.3.6.1.5.5.7.48.1.1": "ocspBasic",
  "1.3.6.1.5.5.7.48.1.2": "ocspNonce",
  "1.3.6.1.5.5.7.48.1.3": "ocspCrl",
  "1.3.6.1.5.5.7.48.1.4": "ocspResponse",
  "1.3.6.1.5.5.7.48.1.5": "ocspNoCheck",
  "1.3.6.1.5.5.7.48.1.6": "ocspArchiveCutoff",
  "1.3.6.1.5.5.7.48.1.7": "ocspServiceLocator",
  "1.3.6.1.5.5.7.48.1.8": "ocspPreferredSignatureAlgorithms",
  "1.3.6.1.5.5.7.48.1.9": "ocspExtendedRevoke",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
  "1.3.6.1.5.5.7.48.3": "timeStampingAccess",
  "1.3.6.1.5.5.7.48.5": "caRepository",
  "1.3.6.1.4.1.11129.2.4.2": "signedCertificateTimestampList",
  "1.3.6.1.4.1.11129.2.4.3": "certificateTransparencyPoison",
  "2.16.840.1.113730.1.1": "netscapeCertType",
  "2.16.840.1.113730.1.13": "netscapeComment",
  "1.2.840.113549.1.9.2": "unstructuredName",
  "1.2.840.113549.1.9.7": "challengePassword",
  "1.2.840.113549.1.9.8": "unstructuredAddress",
  "1.2.840.113549.1.9.14": "extensionRequest"
};

// packages/x509/src/der/time.ts
function decodeTime(bytes, tag, start, end) {
  const utc = tag === Tag.utcTime;
  const digits = utc ? 12 : 14;
  if (end - start !== digits + 1 || bytes[end - 1] !== 90) {
    derFail("DER_BAD_VALUE", start, utc ? "a time as YYMMDDHHMMSSZ" : "a time as YYYYMMDDHHMMSSZ");
  }
  let position = start;
  let year;
  if (utc) {
    year = twoDigits(bytes, position);
    year += year < 50 ? 2e3 : 1900;
  } else {
    year = twoDigits(bytes, position) * 100 + twoDigits(bytes, position + 2);
    position += 2;
  }
  const month = twoDigits(bytes, position + 2);
  const day = twoDigits(bytes, position + 4);
  const hour = twoDigits(bytes, position + 6);
  const minute = twoDigits(bytes, position + 8);
  const second = twoDigits(bytes, position + 10);
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!valid) derFail("DER_BAD_VALUE", start, "a time that exists");
  return epochMilliseconds(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1e3;
}
function encodeTimeText(time) {
  const text = generalizedTimeText(time);
  const year = text.slice(0, 4);
  return year >= "1950" && year < "2050" ? { tag: Tag.utcTime, text: text.slice(2) } : { tag: Tag.generalizedTime, text };
}
function generalizedTimeText(time) {
  const iso = time.toISOString();
  const day = `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}`;
  return `${day}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}
function twoDigits(bytes, at) {
  const high = (bytes[at] ?? 0) - 48;
  const low = (bytes[at + 1] ?? 0) - 48;
  if (high < 0 || high > 9 || low < 0 || low > 9) derFail("DER_BAD_VALUE", at, "two decimal digits");
  return high * 10 + low;
}
function daysIn(year, month) {
  if (month === 2) return year % 4 === 0 && year % 100 !== 0 || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
function epochMilliseconds(year, month, day) {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return (marchYear * 365 + leapDays + dayOfYear - daysBefore1970) * 864e5;
}
var daysBefore1970 = 719468;

// packages/x509/src/der/walk.ts
var deepest = 64;
var ends = /* @__PURE__ */ new Int32Array(deepest + 1);
function assertDer(bytes, limits) {
  walkDer(bytes, 0, bytes.length, limits);
}
function walkDer(bytes, start, end, limits) {
  const maxBytes = limits?.maxBytes ?? 1048576;
  const maxDepth = Math.min(limits?.maxDepth ?? 32, deepest);
  const maxElements = limits?.maxElements ?? 65536;
  if (end - start > maxBytes) limitFail(start, "bytes", maxBytes);
  if (end === start) derFail("DER_TRUNCATED", start, "a DER element");
  let position = start;
  let depth = 0;
  let elements = 0;
  let limit = end;
  ends[0] = end;
  do {
    if (++elements > maxElements) limitFail(position, "elements", maxElements);
    const tag = bytes[position] ?? 0;
    if ((tag & 31) === 31) tagFail(position, "a tag number below 31", tag);
    const short = position + 1 < limit ? bytes[position + 1] ?? 0 : 255;
    const valueStart = position + 1 + (short < 128 ? 1 : lengthOctets(bytes, position + 1, limit));
    const valueEnd = valueStart + (short < 128 ? short : contentLength(bytes, position + 1));
    if (valueEnd > limit) derFail("DER_TRUNCATED", position, "an element that ends within its container");
    if ((tag & 32) !== 0) {
      if (tag < 64 && !isConstructedUniversal(tag)) tagFail(position, "the primitive form of this type", tag);
      if (depth === 0 && valueEnd !== limit) derFail("DER_TRAILING_DATA", valueEnd, "the end of the structure");
      if (valueStart !== valueEnd) {
        if (++depth > maxDepth) limitFail(position, "levels of nesting", maxDepth);
        ends[depth] = limit = valueEnd;
        position = valueStart;
        continue;
      }
    } else if (tag < 64) {
      checkPrimitive(bytes, tag, position, valueStart, valueEnd);
    }
    position = valueEnd;
    while (depth > 0 && position === limit) limit = ends[--depth] ?? 0;
  } while (depth > 0);
  if (position !== end) derFail("DER_TRAILING_DATA", position, "the end of the structure");
}
function lengthOctets(bytes, at, limit) {
  if (at >= limit) derFail("DER_TRUNCATED", at, "a length");
  const first = bytes[at] ?? 0;
  if (first < 128) return 1;
  const count = first & 127;
  if (count === 0) derFail("DER_BAD_LENGTH", at, "a definite length");
  if (count > 4) derFail("DER_BAD_LENGTH", at, "a length in at most four octets");
  if (at + count >= limit) derFail("DER_TRUNCATED", at, "the whole length");
  const high = bytes[at + 1] ?? 0;
  if (high === 0 || count === 1 && high < 128) derFail("DER_BAD_LENGTH", at, "the shortest form of this length");
  if (count === 4 && high >= 128) derFail("DER_BAD_LENGTH", at, "a length below 2^31");
  return count + 1;
}
function contentLength(bytes, at) {
  const first = bytes[at] ?? 0;
  if (first < 128) return first;
  if (first === 130) return (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0);
  let length = 0;
  for (let index = at + 1; index <= at + (first & 127); index++) length = length << 8 | (bytes[index] ?? 0);
  return length;
}
function isConstructedUniversal(tag) {
  return tag === 48 || tag === 49 || tag === 40 || tag === 43 || tag === 61;
}
function checkPrimitive(bytes, tag, at, start, end) {
  switch (tag) {
    case 1:
      assertBoolean(bytes, start, end);
      return;
    case 2:
    case 10:
      assertInteger(bytes, start, end);
      return;
    case 3:
      assertBitString(bytes, start, end);
      return;
    case 5:
      if (end !== start) derFail("DER_BAD_VALUE", start, "an empty NULL");
      return;
    case 6:
      assertOid(bytes, start, end);
      return;
    case 23:
    case 24:
      decodeTime(bytes, tag, start, end);
      return;
    case 0:
    case 8:
    case 11:
    case 15:
    case 16:
    case 17:
    case 29:
      tagFail(at, "a type that may stand here in DER", tag);
      break;
    default:
      return;
  }
}
function assertBoolean(bytes, start, end) {
  const octet = bytes[start] ?? 0;
  if (end - start !== 1 || octet !== 0 && octet !== 255) derFail("DER_BAD_VALUE", start, "a BOOLEAN of 00 or FF");
}
function assertInteger(bytes, start, end) {
  if (end === start) derFail("DER_BAD_VALUE", start, "an INTEGER that is not empty");
  if (end - start === 1) return;
  const first = bytes[start] ?? 0;
  const negative = (bytes[start + 1] ?? 0) >= 128;
  if (first === 0 && !negative || first === 255 && negative) {
    derFail("DER_BAD_VALUE", start, "the shortest form of this INTEGER");
  }
}
function assertBitString(bytes, start, end) {
  if (end === start) derFail("DER_BAD_VALUE", start, "a BIT STRING that is not empty");
  const unused = bytes[start] ?? 0;
  if (unused > 7 || unused > 0 && end - start === 1) derFail("DER_BAD_VALUE", start, "0 to 7 unused bits");
  if (unused > 0 && ((bytes[end - 1] ?? 0) & (1 << unused) - 1) !== 0) {
    derFail("DER_BAD_VALUE", end - 1, "unused bits of zero");
  }
}

// packages/x509/src/bytes.ts
function isBytes(value) {
  return ArrayBuffer.isView(value) && value[Symbol.toStringTag] === "Uint8Array";
}
function copyBytes(bytes) {
  if (isBytes(bytes)) return new Uint8Array(bytes);
  throw new X509Error("ARGUMENT_INVALID", `expected a Uint8Array, got ${bytes === null ? "null" : typeof bytes}`, {
    argument: "bytes",
    expected: "a Uint8Array"
  });
}
function copyPooled(bytes) {
  if (!isBytes(bytes) || bytes.length > poolSize / 4) return copyBytes(bytes);
  if (pool === void 0 || poolUsed + bytes.length > poolSize) {
    pool = new Uint8Array(poolSize);
    poolUsed = 0;
  }
  const view = pool.subarray(poolUsed, poolUsed + bytes.length);
  view.set(bytes);
  poolUsed += bytes.length;
  return view;
}
var poolSize = 8192;
var pool;
var poolUsed = 0;
function toHex(bytes) {
  let text = "";
  for (const byte of bytes) text += hexPairs[byte];
  return text;
}
function toColonHex(bytes) {
  return Array.from(bytes, (byte) => (hexPairs[byte] ?? "").toUpperCase()).join(":");
}
function fromHex(text) {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return void 0;
  return Uint8Array.from(
    { length: text.length / 2 },
    (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16)
  );
}
function bytesEqual(a, b) {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
function compareBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
function concatBytes(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    all.set(part, position);
    position += part.length;
  }
  return all;
}
function toBase64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
}
var hexPairs = /* @__PURE__ */ Array.from(
  { length: 256 },
  (_, byte) => byte.toString(16).padStart(2, "0")
);

// packages/x509/src/der/string.ts
function isStringTag(tag) {
  return tag in stringTypes;
}
function decodeString(bytes, tag, start, end) {
  const ascii = asciiText(bytes, start, end);
  switch (tag) {
    case Tag.utf8String:
      return ascii ?? utf8Text(bytes, start, end);
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.numericString:
    case Tag.visibleString:
      return ascii ?? derFail("DER_BAD_VALUE", start, `ASCII in a ${stringTypes[tag]}`);
    case Tag.teletexString:
      return ascii ?? latin1Text(bytes, start, end);
    case Tag.bmpString:
      return bmpText(bytes, start, end);
    case Tag.universalString:
      return universalText(bytes, start, end);
    default:
      return derFail("DER_BAD_VALUE", start, "a character string");
  }
}
function isInAlphabet(bytes, tag, start, end) {
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (tag === Tag.printableString && !isPrintableOctet(octet)) return false;
    if (tag === Tag.numericString && !(octet === 32 || octet >= 48 && octet <= 57)) return false;
    if (tag === Tag.visibleString && (octet < 32 || octet > 126)) return false;
    if (tag === Tag.ia5String && octet > 127) return false;
  }
  return true;
}
function isPrintableText(text) {
  for (let index = 0; index < text.length; index++) if (!isPrintableOctet(text.charCodeAt(index))) return false;
  return true;
}
function isAsciiText(text) {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}
function isPrintableOctet(octet) {
  return octet >= 97 && octet <= 122 || octet >= 65 && octet <= 90 || octet >= 39 && octet <= 58 && octet !== 42 || octet === 32 || octet === 61 || octet === 63;
}
function asciiText(bytes, start, end) {
  for (let index = start; index < end; index++) if ((bytes[index] ?? 0) > 127) return void 0;
  return latin1Text(bytes, start, end);
}
function latin1Text(bytes, start, end) {
  let text = "";
  let at = start;
  for (; at + 8 <= end; at += 8) {
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
      bytes[at + 4] ?? 0,
      bytes[at + 5] ?? 0,
      bytes[at + 6] ?? 0,
      bytes[at + 7] ?? 0
    );
  }
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
var utf8;
function utf8Text(bytes, start, end) {
  utf8 ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch {
    return derFail("DER_BAD_VALUE", start, "well-formed UTF-8");
  }
}
function bmpText(bytes, start, end) {
  if ((end - start) % 2 !== 0) derFail("DER_BAD_VALUE", start, "an even number of octets in a BMPString");
  let text = "";
  for (let index = start; index < end; index += 2) {
    text += String.fromCharCode((bytes[index] ?? 0) << 8 | (bytes[index + 1] ?? 0));
  }
  if (!text.isWellFormed()) derFail("DER_BAD_VALUE", start, "no lone surrogate in a BMPString");
  return text;
}
function universalText(bytes, start, end) {
  if ((end - start) % 4 !== 0) derFail("DER_BAD_VALUE", start, "a multiple of four octets in a UniversalString");
  let text = "";
  for (let index = start; index < end; index += 4) {
    const high = (bytes[index] ?? 0) << 8 | (bytes[index + 1] ?? 0);
    const low = (bytes[index + 2] ?? 0) << 8 | (bytes[index + 3] ?? 0);
    if (high > 16 || high === 0 && low >= 55296 && low <= 57343) {
      derFail("DER_BAD_VALUE", index, "a Unicode character in a UniversalString");
    }
    text += String.fromCodePoint(high << 16 | low);
  }
  return text;
}
var stringTypes = {
  [Tag.utf8String]: "UTF8String",
  [Tag.numericString]: "NumericString",
  [Tag.printableString]: "PrintableString",
  [Tag.teletexString]: "TeletexString",
  [Tag.ia5String]: "IA5String",
  [Tag.visibleString]: "VisibleString",
  [Tag.universalString]: "UniversalString",
  [Tag.bmpString]: "BMPString"
};

// packages/x509/src/der/reader.ts
var DerReader = class _DerReader {
  bytes;
  /** Where the next element starts. */
  position;
  end;
  /** The tag of the element last read, -1 before the first. */
  tag = -1;
  headerStart = 0;
  valueStart = 0;
  valueEnd = 0;
  constructor(bytes, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }
  /** The tag of the next element, or -1 at the end. */
  peek() {
    return this.position < this.end ? this.bytes[this.position] ?? -1 : -1;
  }
  /** Moves over the next element, whatever it is, and returns its tag. */
  next(what = "an element") {
    const at = this.position;
    if (at >= this.end) derFail("DER_TRUNCATED", at, what);
    const tag = this.bytes[at] ?? 0;
    if ((tag & 31) === 31) tagFail(at, "a tag number below 31", tag);
    const valueStart = at + 1 + lengthOctets(this.bytes, at + 1, this.end);
    const valueEnd = valueStart + contentLength(this.bytes, at + 1);
    if (valueEnd > this.end) derFail("DER_TRUNCATED", at, `the whole of ${what}`);
    this.tag = tag;
    this.headerStart = at;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.position = valueEnd;
    return tag;
  }
  /** Moves over the next element, which must have this tag. */
  expect(tag, what) {
    if (this.peek() !== tag) tagFail(this.position, what, this.peek());
    this.next(what);
  }
  /** Moves over the next element if it has this tag. */
  optional(tag) {
    if (this.peek() !== tag) return false;
    this.next();
    return true;
  }
  /** Moves over the next element, which must have this tag, and returns a reader of its contents. */
  enter(tag, what) {
    this.expect(tag, what);
    return this.contents();
  }
  /** A reader of the contents of the element last read. */
  contents() {
    return new _DerReader(this.bytes, this.valueStart, this.valueEnd);
  }
  /** Throws DER_TRAILING_DATA unless everything has been read. */
  done(what) {
    if (this.position !== this.end) derFail("DER_TRAILING_DATA", this.position, `the end of ${what}`);
  }
  /** INTEGER of any size. */
  integer(what = "INTEGER") {
    const octets = this.integerBytes(what);
    return decodeInteger(octets, 0, octets.length);
  }
  /** The contents octets of an INTEGER: two's complement, big-endian, minimal. A view. */
  integerBytes(what = "INTEGER") {
    this.expect(Tag.integer, what);
    assertInteger(this.bytes, this.valueStart, this.valueEnd);
    return this.value();
  }
  /** INTEGER of 0 to 2^31-1. */
  smallInteger(what = "INTEGER") {
    this.expect(Tag.integer, what);
    assertInteger(this.bytes, this.valueStart, this.valueEnd);
    return decodeSmallInteger(this.bytes, this.valueStart, this.valueEnd, what);
  }
  /** BOOLEAN. */
  boolean(what = "BOOLEAN") {
    this.expect(Tag.boolean, what);
    assertBoolean(this.bytes, this.valueStart, this.valueEnd);
    return this.bytes[this.valueStart] === 255;
  }
  /** OBJECT IDENTIFIER as dotted text. */
  oid(what = "OBJECT IDENTIFIER") {
    this.expect(Tag.oid, what);
    return decodeOid(this.bytes, this.valueStart, this.valueEnd);
  }
  /** BIT STRING: the octets (a view) and how many low bits of the last one do not count. */
  bitString(what = "BIT STRING") {
    this.expect(Tag.bitString, what);
    assertBitString(this.bytes, this.valueStart, this.valueEnd);
    return {
      unused: this.bytes[this.valueStart] ?? 0,
      bytes: this.bytes.subarray(this.valueStart + 1, this.valueEnd)
    };
  }
  /** OCTET STRING. A view. */
  octetString(what = "OCTET STRING") {
    this.expect(Tag.octetString, what);
    return this.value();
  }
  /** NULL. */
  null(what = "NULL") {
    this.expect(Tag.null, what);
    if (this.valueStart !== this.valueEnd) derFail("DER_BAD_VALUE", this.valueStart, "an empty NULL");
  }
  /** UTCTime or GeneralizedTime, in the form of RFC 5280. */
  time(what = "a time") {
    const tag = this.peek();
    if (tag !== Tag.utcTime && tag !== Tag.generalizedTime) tagFail(this.position, what, tag);
    this.next(what);
    return new Date(decodeTime(this.bytes, tag, this.valueStart, this.valueEnd));
  }
  /** A character string of any type. */
  string(what = "a character string") {
    const tag = this.next(what);
    return decodeString(this.bytes, tag, this.valueStart, this.valueEnd);
  }
  /** The contents of the element last read. A view. */
  value() {
    return this.bytes.subarray(this.valueStart, this.valueEnd);
  }
  /** The element last read, with its header. A view. */
  element() {
    return this.bytes.subarray(this.headerStart, this.valueEnd);
  }
  /** Moves over the next element and returns all of it. A view. */
  raw(what = "an element") {
    this.next(what);
    return this.element();
  }
};
function decodeInteger(bytes, start, end) {
  if (end - start <= 6) {
    let small = (bytes[start] ?? 0) >= 128 ? -1 : 0;
    for (let index = start; index < end; index++) small = small * 256 + (bytes[index] ?? 0);
    return BigInt(small);
  }
  const magnitude = BigInt(`0x${toHex(bytes.subarray(start, end))}`);
  return (bytes[start] ?? 0) >= 128 ? magnitude - (1n << BigInt((end - start) * 8)) : magnitude;
}
function decodeSmallInteger(bytes, start, end, what) {
  if ((bytes[start] ?? 0) >= 128) derFail("DER_BAD_VALUE", start, `${what} of 0 or more`);
  if (end - start > 4) derFail("DER_BAD_VALUE", start, `${what} below 2^31`);
  let value = 0;
  for (let index = start; index < end; index++) value = value << 8 | (bytes[index] ?? 0);
  return value;
}

// packages/x509/src/crypto/node.ts
var HASHES = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512"
};
var loaded;
function library() {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}
var backend = nodeBackend("node");
function nodeBackend(name) {
  return {
    name,
    synchronous: true,
    digest: (hash, data) => copy(library().hash(HASHES[hash], data, "buffer")),
    randomBytes,
    importPublicKey: (algorithm, spki) => new NodePublicKey(name, algorithm, spki),
    importPrivateKey: async (algorithm, pkcs8) => new NodePrivateKey(name, algorithm, pkcs8),
    generateKey: async (algorithm, bits) => {
      const options = { modulusLength: bits, namedCurve: algorithm.curve?.name };
      const { privateKey } = await attempt(name, algorithm, "new", () => generateKeyPair(algorithm.nodeName, options));
      return copy(privateKey.export({ type: "pkcs8", format: "der" }));
    }
  };
}
function generateKeyPair(type, options) {
  const generate = library().generateKeyPair;
  return new Promise((resolve, reject) => {
    generate(type, options, (error, _, privateKey) => error === null ? resolve({ privateKey }) : reject(error));
  });
}
function randomBytes(length) {
  if (length > pool2.length) return copy(library().randomBytes(length));
  if (poolUsed2 + length > pool2.length) {
    library().randomFillSync(pool2);
    poolUsed2 = 0;
  }
  const bytes = pool2.slice(poolUsed2, poolUsed2 + length);
  pool2.fill(0, poolUsed2, poolUsed2 + length);
  poolUsed2 += length;
  return bytes;
}
var pool2 = new Uint8Array(512);
var poolUsed2 = pool2.length;
var NodePublicKey = class {
  #key;
  constructor(runtime, algorithm, spki) {
    this.#key = attemptSync(
      runtime,
      algorithm,
      "public",
      () => library().createPublicKey({ key: asBuffer(spki), format: "der", type: "spki" })
    );
  }
  async verify(scheme, signature, data) {
    return this.verifySync(scheme, signature, data);
  }
  verifySync(scheme, signature, data) {
    return withHash(scheme, () => library().verify(hashOf(scheme), data, keyFor(scheme, this.#key), signature));
  }
};
var NodePrivateKey = class {
  #key;
  constructor(runtime, algorithm, pkcs8) {
    this.#key = attemptSync(
      runtime,
      algorithm,
      "private",
      () => library().createPrivateKey({ key: asBuffer(pkcs8), format: "der", type: "pkcs8" })
    );
  }
  async sign(scheme, data) {
    return withHash(scheme, () => copy(library().sign(hashOf(scheme), data, keyFor(scheme, this.#key))));
  }
  async publicKey() {
    return copy(
      library().createPublicKey(this.#key).export(SPKI)
    );
  }
};
var SPKI = { type: "spki", format: "der" };
function hashOf(scheme) {
  return scheme.kind === "pure" ? null : HASHES[scheme.hash];
}
function keyFor(scheme, key) {
  return scheme.kind === "rsa-pss" ? { key, padding: library().constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength } : key;
}
function withHash(scheme, run) {
  try {
    return run();
  } catch (cause) {
    const hash = scheme.kind === "pure" ? "this kind of" : scheme.hash;
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      `the runtime's cryptographic library refuses to compute ${hash} signatures with this key`,
      { algorithm: scheme.kind === "pure" ? scheme.kind : `${scheme.kind} ${scheme.hash}` },
      { cause }
    );
  }
}
function attemptSync(runtime, algorithm, what, run) {
  try {
    return run();
  } catch (cause) {
    throw refusal(runtime, algorithm, what, cause);
  }
}
async function attempt(runtime, algorithm, what, run) {
  try {
    return await run();
  } catch (cause) {
    throw refusal(runtime, algorithm, what, cause);
  }
}
function refusal(runtime, algorithm, what, cause) {
  return has(algorithm) ? new X509Error(
    "KEY_INVALID",
    `the runtime (${runtime}) refused the ${what} key: expected a valid ${algorithm.label} key`,
    { expected: `a valid ${algorithm.label} key` },
    { cause }
  ) : new X509Error(
    "UNSUPPORTED_ALGORITHM",
    `this runtime (${runtime}) does not have ${algorithm.label}`,
    { algorithm: algorithm.label },
    { cause }
  );
}
function has(algorithm) {
  if (algorithm.publicKeyBytes === void 0) {
    return true;
  }
  try {
    library().generateKeyPairSync(algorithm.nodeName);
    return true;
  } catch {
    return false;
  }
}
function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function copy(bytes) {
  return new Uint8Array(bytes);
}

// packages/x509/src/crypto/subtle.ts
function subtle() {
  const found = globalThis.crypto?.subtle;
  if (found === void 0) {
    throw new X509Error(
      "UNSUPPORTED_ALGORITHM",
      "this runtime has no crypto.subtle; browsers offer it in secure contexts only: serve the page over HTTPS",
      { algorithm: "WebCrypto" }
    );
  }
  return found;
}
function binding(algorithm, scheme) {
  if (algorithm.curve !== void 0) {
    return { name: algorithm.webName, namedCurve: algorithm.curve.name };
  }
  if (algorithm.type === "rsa") {
    const name = scheme?.kind === "rsa-pss" ? "RSA-PSS" : algorithm.webName;
    return { name, hash: scheme === void 0 || scheme.kind === "pure" ? "SHA-256" : scheme.hash };
  }
  return { name: algorithm.webName };
}
function bufferSource(bytes) {
  return bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
}

export {
  escapeControls,
  replaceControls,
  quote,
  TlsKitError,
  X509Error,
  isBytes,
  copyBytes,
  copyPooled,
  toHex,
  toColonHex,
  fromHex,
  bytesEqual,
  compareBytes,
  concatBytes,
  toBase64,
  derFail,
  tagFail,
  limitFail,
  decodeOid,
  encodeOid,
  oidOctets,
  isOidText,
  oidName,
  Tag,
  contextConstructed,
  contextPrimitive,
  decodeTime,
  encodeTimeText,
  generalizedTimeText,
  assertDer,
  walkDer,
  contentLength,
  assertBoolean,
  assertInteger,
  assertBitString,
  isStringTag,
  decodeString,
  isInAlphabet,
  isPrintableText,
  isAsciiText,
  asciiText,
  DerReader,
  decodeInteger,
  decodeSmallInteger,
  backend,
  subtle,
  binding,
  bufferSource
};
