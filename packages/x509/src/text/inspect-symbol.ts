// How Node, Bun and Deno all ask an object for its text in console.log, without importing any of them.

/** The method of this name is what `console.log` calls. */
export const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");
