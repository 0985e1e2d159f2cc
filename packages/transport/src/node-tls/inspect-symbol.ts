/** The method of this name is what `console.log` calls on Node, Bun and Deno. */
export const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");
