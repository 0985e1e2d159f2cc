import { type Certificate, OcspRequest, OcspResponse, TlsKitError } from "@tlskit/x509";
import { RevocationFetchError, VerifyArgumentError } from "../error.ts";
import type { Complete } from "../input/complete.ts";
import { genuineCertificate } from "../input/genuine.ts";
import { invalid } from "../input/invalid.ts";
import { refuseStray } from "../input/stray-argument.ts";
import { isPublicAddress } from "./public-address.ts";
import { readBounded } from "./read-bounded.ts";
import type { RevocationFetcher, RevocationFetchRequest, RevocationSources } from "./revocation-input.ts";

/** What an {@link HttpFetch} is given. */
export interface HttpFetchInit {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** No redirect is to be followed. */
  readonly redirect: "error";
  /** Ends it, in time. */
  readonly signal: AbortSignal;
  /**
   * The addresses that were found to be public; empty where private ones are allowed. The runtimes' `fetch` does not
   * know this field and resolves the name again. One that connects to these alone closes the gap that this leaves.
   */
  readonly addresses: readonly string[];
}

/** The runtime's `fetch`, or what behaves like it. It must follow no redirect. */
export type HttpFetch = (url: string, init: HttpFetchInit) => Promise<Response>;

/** How {@link httpRevocationFetcher} goes about it. */
export interface HttpRevocationFetcherOptions {
  /** What asks: the runtime's `fetch`, or one that connects to the `addresses` that it is given alone. */
  readonly fetch: HttpFetch;
  /** All IP addresses of a host name, of both families. Needed unless private addresses are allowed. */
  readonly resolve?: ((hostname: string) => Promise<readonly string[]>) | undefined;
  /** Whether addresses of this machine and of private networks may be asked, too. Default: false. */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** Milliseconds for all that is fetched about one certificate. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
  /** The largest answer, in bytes. Default: 10 MiB. */
  readonly maxBytes?: number | undefined;
}

/**
 * A fetcher over HTTP: asks the OCSP responders that the certificate names, and if none answers, gets its CRLs. It asks
 * http and https addresses only, at most four for a certificate; it follows no redirect, takes answers up to a size and
 * within a time, and asks no private address unless told so.
 *
 * Between the check of a name's addresses and the connection, the name is resolved again by `fetch`: a name server that
 * changes its mind in between can point it at a private address, and learns nothing from it. See `HttpFetchInit`.
 *
 * @throws {VerifyArgumentError} `VERIFY_ARGUMENT_INVALID`
 * @example
 * import { lookup } from "node:dns/promises";
 * const resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);
 * const fetcher = httpRevocationFetcher({ fetch, resolve });
 * await verifyPath({ ...input, revocation: { mode: "require", fetch: fetcher } });
 */
export function httpRevocationFetcher(options: HttpRevocationFetcherOptions): RevocationFetcher {
  const settings = readOptions(options);
  return async (given) => {
    const request = readRequest(given);
    const signal = AbortSignal.timeout(settings.timeoutMs);
    const failures: string[] = [];
    for (const { kind, url } of addressesOf(request.certificate)) {
      try {
        const answer = await (kind === "ocsp"
          ? askResponder(url, request, signal, settings)
          : getList(url, signal, settings));
        return answer;
      } catch (error) {
        failures.push(`${url}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new RevocationFetchError(failures);
  };
}

type Settings = Complete<Omit<HttpRevocationFetcherOptions, "resolve">> & Pick<HttpRevocationFetcherOptions, "resolve">;

function readRequest(given: RevocationFetchRequest): RevocationFetchRequest {
  // Own properties only: those of a prototype may be anything.
  const own: Partial<RevocationFetchRequest> = { ...given };
  const [certificate, issuer] = [genuineCertificate(own.certificate), genuineCertificate(own.issuer)];
  if (certificate === undefined) throw invalid("request.certificate", "a Certificate", own.certificate);
  if (issuer === undefined) throw invalid("request.issuer", "a Certificate", own.issuer);
  return { certificate, issuer };
}

function readOptions(options: HttpRevocationFetcherOptions): Settings {
  if (typeof options !== "object" || options === null) throw invalid("options", "an object", options);
  refuseStray(options, ["fetch", "resolve", "allowPrivateAddresses", "timeoutMs", "maxBytes"], "options");
  const { fetch, resolve, allowPrivateAddresses = false, timeoutMs = 5_000, maxBytes = 10 * 1024 * 1024 } = options;
  if (typeof fetch !== "function") throw invalid("options.fetch", "a function", fetch);
  if (resolve !== undefined && typeof resolve !== "function") throw invalid("options.resolve", "a function", resolve);
  if (typeof allowPrivateAddresses !== "boolean") {
    throw invalid("options.allowPrivateAddresses", "true or false", allowPrivateAddresses);
  }
  if (resolve === undefined && !allowPrivateAddresses) {
    throw new VerifyArgumentError("options.resolve", "given unless allowPrivateAddresses is true", "undefined");
  }
  if (!isBetween(timeoutMs, LONGEST_TIMEOUT)) {
    throw invalid("options.timeoutMs", `a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT}`, timeoutMs);
  }
  if (!isBetween(maxBytes, Number.MAX_SAFE_INTEGER)) {
    throw invalid("options.maxBytes", "a whole number above 0", maxBytes);
  }
  return { fetch, allowPrivateAddresses, timeoutMs, maxBytes, ...(resolve && { resolve }) };
}

function isBetween(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}

async function askResponder(
  url: string,
  { certificate, issuer }: RevocationFetchRequest,
  signal: AbortSignal,
  settings: Settings,
): Promise<RevocationSources> {
  // Without a nonce, so that the responder may answer with what it has signed already.
  const body = Uint8Array.from(OcspRequest.create({ certificate, issuer }, { nonce: false }).der);
  const headers = { "content-type": "application/ocsp-request", accept: "application/ocsp-response" };
  const bytes = await request(url, { method: "POST", headers, body }, signal, settings);
  const response = OcspResponse.fromDer(bytes);
  if (response.basic === undefined) throw new RevocationFetchError([`the responder says ${response.status}`]);
  return { ocspResponses: [response] };
}

async function getList(url: string, signal: AbortSignal, settings: Settings): Promise<RevocationSources> {
  const headers = { accept: "application/pkix-crl, */*;q=0.5" };
  return { crls: [await request(url, { method: "GET", headers }, signal, settings)] };
}

async function request(
  url: string,
  init: Pick<HttpFetchInit, "method" | "headers" | "body">,
  signal: AbortSignal,
  settings: Settings,
): Promise<Uint8Array> {
  const addresses = await within(signal, allowedAddresses(url, settings));
  const response = await within(signal, settings.fetch(url, { ...init, redirect: "error", signal, addresses }));
  if (response.status !== 200 || response.redirected) {
    // Not waited for: nobody needs what comes of it.
    response.body?.cancel().catch(() => undefined);
    throw new RevocationFetchError([`HTTP status ${response.status}`]);
  }
  return readBounded(response, settings.maxBytes, signal);
}

// Whatever is waited for, and whether it listens to the signal or not.
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function allowedAddresses(url: string, settings: Settings): Promise<readonly string[]> {
  const { resolve, allowPrivateAddresses } = settings;
  if (allowPrivateAddresses || resolve === undefined) return [];
  const { hostname } = new URL(url);
  const literal = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  const isLiteral = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const addresses = isLiteral ? [literal] : await resolve(hostname);
  if (addresses.length > 0 && addresses.every(isPublicAddress)) return addresses;
  throw new RevocationFetchError([`${hostname} is not, or not only, at public addresses`]);
}

interface Address {
  readonly kind: "ocsp" | "crl";
  readonly url: string;
}

// RFC 5280, sections 4.2.2.1 and 4.2.1.13.
function addressesOf(certificate: Certificate): readonly Address[] {
  const responders = optional(() => certificate.authorityInfoAccess ?? []).flatMap(({ method, location }) =>
    method === OCSP && location.type === "uri" ? [location.value] : [],
  );
  const lists = optional(() => certificate.crlDistributionPoints ?? []).flatMap(({ fullName = [] }) =>
    fullName.flatMap((name) => (name.type === "uri" ? [name.value] : [])),
  );
  return [...addressesOfKind("ocsp", responders), ...addressesOfKind("crl", lists)];
}

// In the one form that every reader of URLs understands alike: what is judged is what is asked.
function addressesOfKind(kind: Address["kind"], texts: readonly string[]): readonly Address[] {
  const urls = texts.flatMap((text) => (URL.canParse(text) ? [new URL(text)] : []));
  return urls
    .filter(isHttp)
    .slice(0, MAX_OF_A_KIND)
    .map(({ href }) => ({ kind, url: href }));
}

function isHttp({ protocol, username, password }: URL): boolean {
  return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
}

function optional<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (TlsKitError.is(error)) return [];
    throw error;
  }
}

const OCSP = "1.3.6.1.5.5.7.48.1";

// What a timer takes: a longer one would go off at once.
const LONGEST_TIMEOUT = 2_147_483_647;

const MAX_OF_A_KIND = 2;
