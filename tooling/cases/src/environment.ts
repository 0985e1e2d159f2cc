import process from "node:process";

/** The environment of a child process that must not see what a developer's machine trusts, logs or changes. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !HIDDEN.has(name));
  return { ...Object.fromEntries(kept), NODE_NO_WARNINGS: "1", NO_COLOR: "1", ...more };
}

const HIDDEN: ReadonlySet<string> = new Set([
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
  "SSLKEYLOGFILE",
]);
