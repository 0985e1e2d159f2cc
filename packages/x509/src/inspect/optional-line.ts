// One line of a print-out for people.

import { X509Error } from "../error.ts";

/** `label: text`; nothing without a text. What cannot be read says so in its place. */
export function optionalLine(label: string, read: () => string | undefined): readonly string[] {
  const text = readableText(read);
  return text === undefined ? [] : [`${label}: ${text}`];
}

/** The text; what cannot be read says so in its place. */
export function readableText<Text extends string | undefined>(read: () => Text): Text | string {
  try {
    return read();
  } catch (error) {
    if (X509Error.is(error)) return `(${error.code}: ${error.message})`;
    throw error;
  }
}
