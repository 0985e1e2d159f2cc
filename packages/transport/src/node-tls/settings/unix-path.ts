// The paths of UNIX sockets.

import { shownText } from "@tlskit/options";
import type { Target, UnixAddress, UnixTarget } from "../../contract.ts";
import { TransportError } from "../../error.ts";
import { invalid } from "./setting-error.ts";

/**
 * The target, if it is a UNIX socket; `undefined` for every other one.
 *
 * @throws {TransportError} `TARGET_INVALID`
 */
export function unixTargetOf(target: Target | UnixTarget): UnixTarget | undefined {
  if (typeof target !== "object" || target === null || !Object.hasOwn(target, "path")) return undefined;
  const { path, ...others } = target as { readonly path?: unknown };
  if (Object.keys(others).length === 0 && isPath(path)) return { path };
  const shown = typeof path === "string" ? shownText(path) : typeof path;
  const reason = "a UNIX socket is { path } with nothing beside it, and its path is text without NUL";
  throw new TransportError("TARGET_INVALID", `"${shown}" is no target: ${reason}.`, { target: shown, reason });
}

/** The setting `path`, checked. */
export function unixPath(value: unknown): string | undefined {
  if (value === undefined || isPath(value)) return value;
  throw invalid("path", "the path of a UNIX socket", value);
}

/** Whether this is the path of a UNIX socket; by a property of its own. */
export function isUnix<T extends object>(where: T | UnixAddress): where is UnixAddress {
  return Object.hasOwn(where, "path");
}

// Linux takes a NUL for a name outside of the file system, which no file permission protects.
function isPath(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}
