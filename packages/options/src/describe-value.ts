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
      return `an object of type ${typeName(value)}`;
    default:
      return typeof value;
  }
}

function typeName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}
