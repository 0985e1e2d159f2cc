// The text of endpoint strings, as Twisted has it: colons separate, a backslash takes the next character as it is,
// `name=value` names an argument, and brackets hold the colons of an IPv6 address together.

import { nearestName, shownText } from "@tlskit/options";
import { EndpointError } from "../error.ts";

/** One argument, with where it begins. */
export interface Argument {
  readonly name: string | undefined;
  readonly value: string;
  readonly position: number;
}

/** Arguments by name, with what to say about those that are not there. */
export interface NamedArguments {
  readonly text: string;
  get(name: string): Argument | undefined;
}

/** What a type of endpoint takes. */
export interface ArgumentTable {
  /** The names of arguments without one, in order. */
  readonly positional: readonly string[];
  readonly named: readonly string[];
  /** Names that are known from elsewhere, and what to write instead. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

/**
 * Escapes text so that it is one argument of an endpoint string: backslashes and colons (END-12). An equals sign stays
 * as it is, as in Twisted; so write positional values that may contain one with their name.
 *
 * @example
 * `tls:example.com:443:bindAddress=${quoteStringArgument("::1")}`;
 */
export function quoteStringArgument(argument: string): string {
  return argument.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
}

/** @throws {EndpointError} `ENDPOINT_INVALID` */
export function splitArguments(text: unknown): Argument[] {
  if (typeof text !== "string") throw invalid(0, "text");
  const found: Argument[] = [];
  let position = 0;
  let name: string | undefined;
  let value = "";
  const finish = (next: number): void => {
    found.push({ name, value, position });
    [position, name, value] = [next, undefined, ""];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "\\") {
      at++;
      if (at === text.length) throw invalid(at, "a character after the backslash");
      value += text[at];
    } else if (character === "[" && value === "") {
      const end = text.indexOf("]", at);
      if (end < 0) throw invalid(at, "a closing bracket");
      value = text.slice(at, end + 1);
      at = end;
    } else if (character === ":") finish(at + 1);
    else if (character === "=" && name === undefined) [name, value] = [value, ""];
    else value += character;
  }
  finish(text.length);
  return found;
}

/** Arguments by name; those without one take, in order, what the table has and nobody named. */
export function namedArguments(text: string, given: readonly Argument[], table: ArgumentTable): NamedArguments {
  const found = new Map<string, Argument>();
  const positional = given.filter(({ name }) => name === undefined);
  const free = table.positional.filter((name) => !given.some((argument) => argument.name === name));
  for (const argument of given) {
    const name = argument.name ?? free[positional.indexOf(argument)];
    if (name === undefined) {
      const expected = `name=value after ${table.positional.join(" and ")}`;
      throw invalid(argument.position, expected, "A colon in a value is written \\:, an IPv6 address [::1].");
    }
    if (!table.positional.includes(name) && !table.named.includes(name)) throw unknownName(argument, name, table);
    if (found.has(name)) throw invalid(argument.position, `${name} only once`);
    found.set(name, argument);
  }
  return { text, get: (name) => found.get(name) };
}

/** An argument that must be there, and hold something. */
export function required({ text, get }: NamedArguments, name: string, expected: string): Argument {
  const argument = get(name);
  if (argument === undefined || argument.value === "") throw invalid(argument?.position ?? text.length, expected);
  return argument;
}

/** An argument that holds something if it is there. */
export function optional({ get }: NamedArguments, name: string, expected: string): Argument | undefined {
  const argument = get(name);
  if (argument?.value === "") throw invalid(argument.position, `${expected} after ${name}=`);
  return argument;
}

/** A whole number in decimal digits. */
export function wholeNumber({ value, position }: Argument, min: number, max: number, expected: string): number {
  // Only decimal digits: Number() would take "0x1bb", " 443" and "".
  if (/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw invalid(position, expected);
}

/** A port, from `min`: where one listens, 0 is any free one. */
export function portNumber(argument: Argument, min: 0 | 1): number {
  return wholeNumber(argument, min, 65_535, `a port (a number from ${min} to 65535)`);
}

/** `[::1]` and `::1` are the same address. */
export function withoutBrackets(address: string): string {
  return address.replace(/^\[(.*)\]$/, "$1");
}

/** The error for text that makes no sense, and where. */
export function invalid(position: number, expected: string, advice?: string): EndpointError<"ENDPOINT_INVALID"> {
  const message = `The endpoint string must have ${expected} at ${position}.`;
  return new EndpointError("ENDPOINT_INVALID", advice === undefined ? message : `${message} ${advice}`, {
    position,
    expected,
  });
}

/** The error for what endpoint strings can say elsewhere. */
export function unsupported(
  name: string,
  position: number,
  alternative: string,
): EndpointError<"ENDPOINT_UNSUPPORTED"> {
  const shown = shownText(name);
  const message = `"${shown}" is not for endpoint strings here. ${alternative}`;
  return new EndpointError("ENDPOINT_UNSUPPORTED", message, { name: shown, position, alternative });
}

function unknownName({ position }: Argument, name: string, table: ArgumentTable): EndpointError {
  const alternative = Object.hasOwn(table.elsewhere, name) ? table.elsewhere[name] : undefined;
  if (alternative !== undefined) return unsupported(name, position, alternative);
  const names = [...table.positional, ...table.named];
  const nearest = nearestName(name, names);
  return invalid(
    position,
    `one of ${names.join(", ")}`,
    nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  );
}
