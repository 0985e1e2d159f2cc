// Extensions again, from their typed values.

import { Tag } from "../../src/der/tag.ts";
import { derSequence } from "../../src/der/writer.ts";
import { encodeExtension } from "../../src/extensions/extension.ts";
import { extensionDecoders } from "../../src/extensions/extension-values.ts";
import { assertSubtreeForm } from "../../src/extensions/subtree-form.ts";
import { encodeGeneralName } from "../../src/general-name/general-name.ts";
import {
  type Extension,
  type ExtensionInit,
  type ExtensionName,
  ExtensionOid,
  type ExtensionValues,
  type GeneralName,
  makeExtension,
  X509Error,
} from "../../src/index.ts";
import { rebuildDer } from "./rebuild-der.ts";
import { rebuildGeneralName } from "./rebuild-name.ts";

/** Reads the value of an extension by name. */
export type ValueReader = <Name extends ExtensionName>(name: Name) => ExtensionValues[Name] | undefined;

/** Extensions in DER, each rebuilt from its value; of those without a type, or that cannot be read, octets are the value. */
export function rebuildExtensions(extensions: readonly Extension[], read: ValueReader): Uint8Array {
  return derSequence(...extensions.map((extension) => rebuildExtension(extension, read)));
}

/** One of them. */
export function rebuildExtension({ oid, critical, value }: Extension, read: ValueReader): Uint8Array {
  const name = names.get(oid);
  return encodeExtension({ oid, critical, value: (name && rebuildValue(name, read)) ?? value });
}

/** Is its value written anew, rather than taken as octets? */
export function isRebuilt(name: ExtensionName, read: ValueReader): boolean {
  return rebuildValue(name, read) !== undefined;
}

function rebuildValue(name: ExtensionName, read: ValueReader): Uint8Array | undefined {
  try {
    return rebuildTyped(name, read);
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    if (error.code === "EXTENSION_INVALID") return undefined;
    // What is read although nobody should write it.
    if (error.code === "ARGUMENT_INVALID" && (refused[name]?.(read) || hasEmptyName(read(name)))) return undefined;
    throw new Error(`what was read of ${name} cannot be written: ${error.message}`);
  }
}

function rebuildTyped<Name extends ExtensionName>(name: Name, read: ValueReader): Uint8Array {
  const value = read(name);
  if (value === undefined) throw new Error(`${name} is there, and has no value`);
  const convert = conversions[name] as ((value: ExtensionValues[Name]) => ExtensionInit[Name]) | undefined;
  const init = convert === undefined ? (value as ExtensionInit[Name]) : convert(value);
  if (name === "subjectAltName" || name === "issuerAltName") {
    // As `encodeAltName`, which wants names that are not empty.
    return derSequence(...(init as readonly GeneralName[]).map((one) => encodeGeneralName(one)));
  }
  return makeExtension(name, init).value;
}

const names: ReadonlyMap<string, ExtensionName> = new Map(
  Object.keys(extensionDecoders).map((name) => [ExtensionOid[name as ExtensionName], name as ExtensionName]),
);

const generalNames = (list: readonly GeneralName[]) => list.map(rebuildGeneralName);
const points: (list: ExtensionValues["crlDistributionPoints"]) => ExtensionInit["crlDistributionPoints"] = (list) =>
  list.map(({ fullName, relativeName, reasons, crlIssuer }) => ({
    ...(fullName && { fullName: generalNames(fullName) }),
    ...(relativeName && { relativeName: rebuildDer(relativeName) }),
    ...(reasons && { reasons }),
    ...(crlIssuer && { crlIssuer: generalNames(crlIssuer) }),
  }));
const access: (list: ExtensionValues["authorityInfoAccess"]) => ExtensionInit["authorityInfoAccess"] = (list) =>
  list.map(({ method, location }) => ({ method, location: rebuildGeneralName(location) }));

/** Where a value has parts that are DER, these are rebuilt, too. */
const conversions: { readonly [Name in ExtensionName]?: (value: ExtensionValues[Name]) => ExtensionInit[Name] } = {
  subjectAltName: generalNames,
  issuerAltName: generalNames,
  authorityKeyIdentifier: ({ issuer, ...rest }) => ({ ...rest, ...(issuer && { issuer: generalNames(issuer) }) }),
  authorityInfoAccess: access,
  subjectInfoAccess: access,
  crlDistributionPoints: points,
  freshestCrl: points,
  certificatePolicies: (list) =>
    list.map(({ oid, qualifiers }) => ({
      oid,
      ...(qualifiers && { qualifiers: qualifiers.map((one) => ({ oid: one.oid, value: rebuildDer(one.value) })) }),
    })),
  nameConstraints: ({ permitted, excluded }) => ({
    ...(permitted && { permitted: permitted.map(({ base }) => ({ base: rebuildGeneralName(base) })) }),
    ...(excluded && { excluded: excluded.map(({ base }) => ({ base: rebuildGeneralName(base) })) }),
  }),
  subjectDirectoryAttributes: (list) => list.map(({ oid, values }) => ({ oid, values: values.map(rebuildDer) })),
};

/** Values that are read, because they exist, and not written: when each is the case. */
const refused: { readonly [Name in ExtensionName]?: (read: ValueReader) => boolean } = {
  basicConstraints: (read) => read("basicConstraints")?.ca === false,
  keyUsage: (read) => read("keyUsage")?.size === 0,
  nameConstraints: (read) => {
    const { permitted = [], excluded = [] } = read("nameConstraints") ?? {};
    return [...permitted, ...excluded].some(({ base }) => isNoSubtree(base));
  },
  privateKeyUsagePeriod: (read) => {
    const { notBefore, notAfter } = read("privateKeyUsagePeriod") ?? {};
    return notBefore !== undefined && notAfter !== undefined && notBefore > notAfter;
  },
};

function isNoSubtree(base: GeneralName): boolean {
  try {
    assertSubtreeForm(base, "base");
    return false;
  } catch {
    return true;
  }
}

/** An empty DNS name, URI or mail address: outside of name constraints they mean nothing. */
export function hasEmptyName(value: unknown): boolean {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
  return /"type":"(?:dns|email|uri)","value":""/.test(text);
}

/** Does an Extensions value spell out `critical FALSE`, which the decoded value cannot tell from leaving it out? */
export function hasEncodedDefault(extensions: Uint8Array): boolean {
  return Buffer.from(extensions).includes(Uint8Array.of(Tag.boolean, 1, 0));
}
