/** What may be shown of options whose values are large, functions or secret. */
import type { CheckedOptions } from "./checks/checked-options.ts";

/** The redacted form of the options that have one of their own. */
export function summaries(options: CheckedOptions): Readonly<Record<string, unknown>> {
  const { contextForServerName: names, revocation, sessions, ocspStaple, dangerouslyLogKeys: keyLog } = options;
  const { clientIntermediates: pool } = options;
  return {
    ...(pool === undefined ? {} : { clientIntermediates: pool.length }),
    ...(names === undefined
      ? {}
      : { contextForServerName: names.identities.length === 0 ? "function" : names.identities.map(([name]) => name) }),
    ...(revocation === undefined
      ? {}
      : {
          revocation: {
            ...revocation,
            crls: revocation.crls.length,
            ocspResponses: revocation.ocspResponses.length,
            fetch: revocation.fetch !== undefined,
          },
        }),
    ...(sessions === undefined || sessions === false
      ? {}
      : { sessions: { ...sessions, store: sessions.store !== undefined } }),
    ...(ocspStaple === undefined ? {} : { ocspStaple: true }),
    ...(keyLog === undefined ? {} : { dangerouslyLogKeys: typeof keyLog === "function" ? "function" : String(keyLog) }),
  };
}
