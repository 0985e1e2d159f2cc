// Built-in modules that are loaded when first wanted: who speaks no HTTP need not pay for it at start.

import type * as http from "node:http";
import type * as http2 from "node:http2";
import type * as https from "node:https";

interface Builtins {
  readonly "node:http": typeof http;
  readonly "node:http2": typeof http2;
  readonly "node:https": typeof https;
}

/** The built-in module of that name. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return process.getBuiltinModule(name) as unknown as Builtins[Name];
}
