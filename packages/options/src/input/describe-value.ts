/**
 * Says what a wrong value is. Names types of objects and never their contents, which may be secret; short texts and
 * numbers are shown.
 */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "string":
      // A PEM text, perhaps with a key, ends up here when someone forgets to parse it.
      return value.length <= 40 && !value.includes("-----")
        ? JSON.stringify(value)
        : `a string of ${value.length} characters`;
    case "number":
    case "boolean":
      return String(value);
    case "object":
      return value instanceof URL ? describeUrl(value) : `an object of type ${typeName(value)}`;
    default:
      return typeof value;
  }
}

/**
 * A name or text as it may stand in an error: short and on one line. Whoever puts a key where a name belongs must not
 * find it in a log. For the errors of adapters.
 *
 * @example
 * shownText("-----BEGIN PRIVATE KEY-----\nMC4C…"); // "-----BEGIN PRIVATE KEY-----… (120 characters)"
 */
export function shownText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and the like are what is looked for.
  const end = text.search(/[\u0000-\u001f\u007f]/);
  if (end < 0 && text.length <= 60) return text;
  return `${text.slice(0, Math.min(end < 0 ? 30 : end, 30))}… (${text.length} characters)`;
}

// What comes after the scheme may be secret.
function describeUrl(url: URL): string {
  try {
    return `a URL of the scheme ${url.protocol}`;
  } catch {
    // It only inherits from one.
    return "an object of type URL";
  }
}

function typeName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}
