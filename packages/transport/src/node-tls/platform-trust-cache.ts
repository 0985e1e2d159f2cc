// The system's trust, loaded once per process and again when its inputs have changed.

import { stat } from "node:fs/promises";
import { platformTrust, type TrustRoot } from "@tlskit/trust";

interface Loaded {
  readonly environment: string;
  readonly trust: Promise<TrustRoot>;
  readonly state: Promise<string>;
}

let loaded: Loaded | undefined;

/** The result of `platformTrust()`: the same snapshot as long as environment, files and directories are unchanged. */
export async function currentPlatformTrust(): Promise<TrustRoot> {
  const environment = environmentOf();
  const known = loaded;
  if (known?.environment === environment && (await isUnchanged(known))) return known.trust;
  // Whoever comes while the files were looked at may have loaded it already.
  if (loaded !== known && loaded?.environment === environment) return loaded.trust;
  const trust = platformTrust();
  const state = trust.then((root) => stateOf(root.source.locations));
  const attempt: Loaded = { environment, trust, state };
  loaded = attempt;
  // A failure is not kept: the next connection tries again.
  state.catch(() => {
    if (loaded === attempt) loaded = undefined;
  });
  return trust;
}

async function isUnchanged({ trust, state }: Loaded): Promise<boolean> {
  try {
    const { source } = await trust;
    return (await state) === (await stateOf(source.locations));
  } catch {
    return false;
  }
}

function environmentOf(): string {
  return JSON.stringify([process.env.SSL_CERT_FILE, process.env.SSL_CERT_DIR]);
}

/** Times and sizes of what was read; what is no path (a runtime's own roots) does not change. */
async function stateOf(locations: readonly string[]): Promise<string> {
  const states = await Promise.all(
    locations.map(async (location) => {
      try {
        const { mtimeMs, ctimeMs, size, ino } = await stat(location);
        return `${location} ${mtimeMs} ${ctimeMs} ${size} ${ino}`;
      } catch {
        return `${location} -`;
      }
    }),
  );
  return states.join("\n");
}
