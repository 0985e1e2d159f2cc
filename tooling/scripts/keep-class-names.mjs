// Gives classes their own names back. Run in the folder of a package, after its bundler.
//
// A class that mentions itself becomes `var Foo = class _Foo { … new _Foo() … }` in a bundle, and `_Foo` is what people
// then read in stack traces, in console.log and wherever an error says what it was given. The name of a class expression
// is known within it alone, so that it may as well be `Foo`. Each is replaced by a text of the same length: the source
// maps stay right.
import { globSync, readFileSync, writeFileSync } from "node:fs";

for (const file of globSync("dist/**/*.js")) {
  const before = readFileSync(file, "utf8");
  const after = withOwnNames(before, file);
  if (after !== before) writeFileSync(file, after);
}

function withOwnNames(text, file) {
  let renamed = text;
  for (const [, name, inner] of text.matchAll(/\b(?:var|let|const) (\w+) = class (_\w+)\b/g)) {
    // The bundler also avoids names that are taken: `_Foo2`, say.
    if (!inner.startsWith(`_${name}`)) continue;
    const uses = new RegExp(`(?<![\\w$.#"'\`])${inner}(?![\\w$"'\`:])`, "g");
    const all = new RegExp(`(?<![\\w$])${inner}(?![\\w$])`, "g");
    if (renamed.match(uses)?.length !== renamed.match(all)?.length) {
      throw new Error(`${file}: ${inner} is not only the name of a class`);
    }
    renamed = renamed.replace(uses, name.padStart(inner.length));
  }
  return renamed;
}
