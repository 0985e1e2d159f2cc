/** What the types of Bun (1.4) want of `tls`, as far as we set it: arrays that can be changed, and no `undefined` where it is not named. */
import { bunServeOptions, fetchOptions } from "./index.ts";

interface TLSOptions {
  serverName?: string;
  rejectUnauthorized?: boolean;
  requestCert?: boolean;
  ca?: string | string[] | undefined;
  cert?: string | string[] | undefined;
  key?: string | string[] | undefined;
  ciphers?: string;
}

/** `fetch` takes one. */
export async function forFetch(init: Parameters<typeof fetchOptions>[0]): Promise<{ tls?: TLSOptions }> {
  return await fetchOptions(init);
}

/** `Bun.serve` takes one, or one for each name. */
export async function forServe(
  init: Parameters<typeof bunServeOptions>[0],
): Promise<{ tls?: TLSOptions | TLSOptions[] }> {
  return { ...(await bunServeOptions(init)) };
}
