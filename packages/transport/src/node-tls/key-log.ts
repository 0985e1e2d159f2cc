// Writes the secrets of connections where the option `dangerouslyLogKeys` says, in the format of NSS (SSLKEYLOGFILE).

import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KeyLog } from "@tlskit/options";
import { uncaught } from "./uncaught.ts";

/** What is to be called with each line; `undefined`: nothing is logged. Asked for each connection. */
export function keyLogger(keyLog: KeyLog | undefined): ((line: Uint8Array) => void) | undefined {
  if (keyLog === undefined) return undefined;
  if (typeof keyLog === "function") return (line) => tell(keyLog, textOf(line));
  const path = keyLog === "env" ? process.env.SSLKEYLOGFILE : keyLog;
  if (path === undefined || path === "") return undefined;
  return (line) => append(path instanceof URL ? fileURLToPath(path) : path, line);
}

/** It must not end the connection. */
function tell(log: (line: string) => void, line: string): void {
  try {
    log(line);
  } catch (bug) {
    uncaught(bug);
  }
}

function append(path: string, line: Uint8Array): void {
  try {
    appendFileSync(path, `${textOf(line)}\n`, { mode: 0o600 });
  } catch (error) {
    const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
    const message = `The secrets of a connection could not be written to ${path} (${code}).`;
    process.emitWarning(message, { type: "TlsKitWarning", code: "KEY_LOG_FAILED" });
  }
}

function textOf(line: Uint8Array): string {
  return new TextDecoder().decode(line).trimEnd();
}
