// The system's trust, read once per process, and followed from then on.

import { platformTrust, ReloadingTrust, type TrustRoot } from "@tlskit/trust";

interface Followed {
  readonly environment: string;
  readonly trust: Promise<ReloadingTrust>;
}

let followed: Followed | undefined;

/**
 * The result of `platformTrust()`: the same snapshot until the store's contents change, which is looked at every five
 * minutes, or the environment names another one, which counts at once.
 *
 * @throws {TrustError} what `platformTrust` throws; `TRUST_STALE`
 */
export async function currentPlatformTrust(): Promise<TrustRoot> {
  const environment = namedSources();
  // Nobody knows what counts then, and the error says so.
  if (environment === undefined) return await platformTrust();
  if (followed?.environment !== environment) {
    followed?.trust.then((trust) => trust.close()).catch(() => {});
    followed = follow(environment);
  }
  return (await followed.trust).snapshot();
}

/** What the environment names; undefined on Deno, if a program may not read that. */
function namedSources(): string | undefined {
  try {
    return JSON.stringify([process.env.SSL_CERT_FILE, process.env.SSL_CERT_DIR]);
  } catch {
    return undefined;
  }
}

function follow(environment: string): Followed {
  const attempt = { environment, trust: ReloadingTrust.start(() => platformTrust()) };
  // A failure is not kept: the next connection tries again.
  attempt.trust.catch(() => {
    if (followed === attempt) followed = undefined;
  });
  return attempt;
}
