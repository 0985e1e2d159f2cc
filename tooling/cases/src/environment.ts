import process from "node:process";

/** The environment of a child process that must not see what a developer's machine trusts, logs or changes. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !hiddenVariables.has(name));
  return { ...Object.fromEntries(kept), NODE_NO_WARNINGS: "1", NO_COLOR: "1", ...more };
}

/** What makes a machine's programs trust, log or act otherwise than another's. */
export const hiddenVariables: ReadonlySet<string> = new Set([
  "BUN_OPTIONS",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_USE_ENV_PROXY",
  "OPENSSL_CONF",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
  "SSLKEYLOGFILE",
  // curl, and the fetch of Bun and Deno, would take even connections on loopback there.
  ...["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
]);
