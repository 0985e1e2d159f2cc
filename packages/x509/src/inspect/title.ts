// What print-outs call a thing: its name in words.

/** `countryName` as `Country Name`; what does not begin with a small letter stays as it is. */
export function titleOf(name: string): string {
  if (!/^[a-z]/.test(name)) return name;
  return name.replace(/^[a-z]/, (first) => first.toUpperCase()).replace(/(?<!^)[A-Z]/g, " $&");
}
