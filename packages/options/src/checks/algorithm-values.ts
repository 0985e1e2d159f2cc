/** One check per kind of algorithm: ciphers, groups, signatures, Diffie-Hellman parameters. */
import { AcceptableCiphers } from "../ciphers/acceptable-ciphers.ts";
import { OptionsError } from "../error.ts";
import { describeValue, shownText } from "../input/describe-value.ts";
import { nearestName } from "../input/nearest-name.ts";
import { wrongType, wrongValue } from "../input/wrong-value.ts";
import { DiffieHellmanParameters } from "../key-exchange/diffie-hellman-parameters.ts";
import { FFDHE_NAMES, type FfdheName } from "../key-exchange/ffdhe.ts";
import { GROUP_ALIASES, GROUP_NAMES, type KeyExchangeGroup } from "../key-exchange/groups.ts";
import { SCHEME_NAMES, type SignatureScheme, schemeByOpenSslName } from "../key-exchange/signature-schemes.ts";
import type { ValueCheck } from "./option-values.ts";

/** A selection of ciphers, or what makes one (OPT-27). */
export const checkCiphers: ValueCheck<AcceptableCiphers> = (value, path) => {
  const ciphers = asCiphers(value, path);
  const [open] = [...ciphers].filter(
    ({ authentication, encryption }) => authentication === "none" || encryption === "NULL",
  );
  if (open === undefined) return ciphers;
  const why = open.encryption === "NULL" ? "does not encrypt" : "lets anyone be the server";
  const expected = 'without anonymous suites and suites without encryption; add ":!aNULL:!eNULL"';
  throw wrongValue(path, expected, `a selection with ${open.openSslName ?? open.ianaName}, which ${why}`);
};

/** Groups for key exchange, each once. */
export const checkGroups: ValueCheck<readonly KeyExchangeGroup[]> = (value, path) =>
  namesOf(value, path, GROUP_NAMES, (name) => (Object.hasOwn(GROUP_ALIASES, name) ? GROUP_ALIASES[name] : undefined));

/** Signature schemes, each once. */
export const checkSignatureAlgorithms: ValueCheck<readonly SignatureScheme[]> = (value, path) =>
  namesOf(value, path, SCHEME_NAMES, schemeByOpenSslName);

/** Diffie-Hellman parameters, or the name of some. */
export const checkDhParameters: ValueCheck<DiffieHellmanParameters> = (value, path) => {
  if (DiffieHellmanParameters.isGenuine(value)) return value;
  if (FFDHE_NAMES.includes(value as FfdheName)) return DiffieHellmanParameters.named(value as FfdheName);
  const expected = `DiffieHellmanParameters, or one of ${FFDHE_NAMES.join(", ")}`;
  throw typeof value === "string" ? wrongValue(path, expected, describeValue(value)) : wrongType(path, expected, value);
};

function asCiphers(value: unknown, path: string): AcceptableCiphers {
  if (AcceptableCiphers.isGenuine(value)) return value;
  if (typeof value === "string") return AcceptableCiphers.fromOpenSSLCipherString(value);
  if (typeof value === "function") {
    return AcceptableCiphers.fromSelector(value as Parameters<typeof AcceptableCiphers.fromSelector>[0]);
  }
  const advice = Array.isArray(value) ? "an array: AcceptableCiphers.fromNames([…]) takes names" : undefined;
  throw wrongType(path, "AcceptableCiphers, an OpenSSL cipher string, or a function that selects", value, advice);
}

/** Names out of a list; at least one, none twice. */
function namesOf<Name extends string>(
  value: unknown,
  path: string,
  known: readonly Name[],
  aliasOf: (name: string) => string | undefined,
): readonly Name[] {
  if (!Array.isArray(value)) throw wrongType(path, "an array of names", value);
  const names: Name[] = [];
  for (const [index, item] of value.entries()) {
    const place = `${path}[${index}]`;
    if (typeof item !== "string") throw wrongType(place, "a name", item);
    const name = known.find((each) => each === item);
    if (name === undefined) throw unknownName(place, item, known, aliasOf(item));
    if (names.includes(name)) throw wrongValue(place, "each name once", describeValue(item));
    names.push(name);
  }
  if (names.length === 0) throw wrongValue(path, "at least one name", "an empty array");
  return Object.freeze(names);
}

function unknownName(
  path: string,
  item: string,
  known: readonly string[],
  alias: string | undefined,
): OptionsError<"OPTION_VALUE_INVALID"> {
  const nearest = alias ?? nearestName(item, known);
  const broken = /sha1$|md5$/.test(item) ? " SHA-1 and MD5 are broken (RFC 9155)." : "";
  const advice = broken !== "" || nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const expected = `one of ${known.join(", ")}`;
  const actual = JSON.stringify(shownText(item));
  return new OptionsError("OPTION_VALUE_INVALID", `${path} must be ${expected}, but is ${actual}.${broken}${advice}`, {
    path,
    expected,
    actual,
  });
}
