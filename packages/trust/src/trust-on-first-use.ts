import { type KeyPin, type Purpose, type VerificationProfile, verifyPinnedLeaf } from "@tlskit/verify";
import { parseHost } from "@tlskit/verify/identity";
import type { Certificate } from "@tlskit/x509";
import { assertPurpose } from "./anchors/purposes.ts";
import { readCertificate } from "./anchors/read-certificate.ts";
import type { FirstUseRecord, FirstUseStore } from "./first-use-store.ts";
import { badArgument } from "./input/bad-argument.ts";
import { ownOptions } from "./input/own-options.ts";
import { isPin, toKeyPins } from "./key-pins.ts";
import { TrustRoot } from "./trust-root.ts";

/** A peer that was met, and what it presented. */
export interface FirstUseInput {
  /** The certificate whose key the peer has proved to hold. */
  readonly leaf: Certificate;
  /** What it sent with it. Nothing in it is trusted for anybody but this peer. */
  readonly intermediates?: Iterable<Certificate> | undefined;
  /** The host that was meant: a name or an address. The certificate must be for it, at the first use as well. */
  readonly host: string;
  /** The port of the service: another service of the host is another peer. */
  readonly port: number;
  /** Default: `server`. */
  readonly purpose?: Purpose | undefined;
  /** How formal the verifier is. Default: `compatible`. */
  readonly profile?: VerificationProfile | undefined;
  /** The moment to judge validity by. Default: now. */
  readonly at?: Date | undefined;
}

/** A peer that is known, or has just become known. */
export interface FirstUseResult {
  /** Whether it was met for the first time: nobody but the network vouched for its key. Show `pin` to somebody who knows. */
  readonly firstUse: boolean;
  /** `example.org:443`, as the store has it. */
  readonly service: string;
  /** Its key, as `sha256/…`. */
  readonly pin: string;
  /** When the key was met. */
  readonly firstSeen: Date;
  /**
   * What connections to this service can be verified with: the leaf itself if it is self-signed, else the issuers that
   * the peer sent, and the key as the only pin. Absent if the leaf's issuer was not sent: then no path can be verified.
   */
  readonly trust?: TrustRoot;
}

/**
 * Trust on first use, as SSH has it: for peers that no CA vouches for. The key of a service is remembered when it is met;
 * from then on only that key is accepted. Name, validity, purpose and strength of the certificate are checked each time,
 * so that a renewed certificate for the same key is fine, and an expired one is not.
 *
 * At the first use nobody vouches for the key: whoever is in the way then is in the way for good, or is found out later.
 *
 * @example
 * const known = new TrustOnFirstUse(new DirectoryFirstUseStore(directory));
 * const { firstUse, pin, trust } = await known.verify({ leaf, intermediates, host: "nas.local", port: 443 });
 * if (firstUse) console.log(`nas.local shows ${pin} for the first time`);
 */
export class TrustOnFirstUse {
  readonly #store: FirstUseStore;
  readonly #now: () => Date;

  /**
   * @param store remembers
   * @param options `now` is the clock, for tests
   * @throws TrustError TRUST_ARGUMENT_INVALID
   */
  constructor(store: FirstUseStore, options: { readonly now?: (() => Date) | undefined } = {}) {
    for (const method of ["get", "add", "delete"] as const) {
      if (typeof store?.[method] !== "function") throw badArgument("store", "a FirstUseStore", store);
    }
    const { now } = ownOptions(options, ["now"]);
    if (now !== undefined && typeof now !== "function") throw badArgument("now", "a function that gives a Date", now);
    this.#store = store;
    this.#now = now ?? (() => new Date());
    Object.freeze(this);
  }

  /**
   * Decides about a peer, and remembers it if it is met for the first time. What is wrong with the certificate itself is
   * refused before anything is remembered.
   *
   * @throws VerificationError refused: PIN_MISMATCH is that the service had another key before
   * @throws TrustError TRUST_ARGUMENT_INVALID; FIRST_USE_RECORD_INVALID for a record that is damaged
   * @throws InvalidHostnameError for a host that is none
   */
  async verify(input: FirstUseInput): Promise<FirstUseResult> {
    const own = readInput(input);
    const service = serviceOf(own.host, own.port);
    const at = own.at ?? this.#now();
    const known = await this.#known(service);
    const pin = own.leaf.publicKey.spkiHash("sha-256", { format: "pin" });
    judge(own, at, known?.pin ?? pin);
    if (known !== undefined) return result(own, service, known, false);
    const kept = checkRecord(await this.#store.add(service, { pin, firstSeen: at }));
    // Somebody else may have met it at the same moment, and seen another key.
    if (kept.pin !== pin) judge(own, at, kept.pin);
    return result(own, service, kept, kept.firstSeen.getTime() === at.getTime());
  }

  /** What is known of a service; undefined if it was never met. @throws TrustError, InvalidHostnameError */
  async known(host: string, port: number): Promise<FirstUseRecord | undefined> {
    return await this.#known(serviceOf(host, port));
  }

  /** Forgets a service, so that its next use is the first: to be done when it has changed its key on purpose. */
  async forget(host: string, port: number): Promise<boolean> {
    return await this.#store.delete(serviceOf(host, port));
  }

  async #known(service: string): Promise<FirstUseRecord | undefined> {
    const record = await this.#store.get(service);
    return record === undefined ? undefined : checkRecord(record);
  }
}

type OwnInput = FirstUseInput & { readonly intermediates: readonly Certificate[] };

function readInput(input: FirstUseInput): OwnInput {
  const own = ownOptions(input, INPUT_NAMES, "input") as FirstUseInput;
  const { purpose, intermediates = [] } = own;
  const leaf = readCertificate(own.leaf, "leaf");
  if (purpose !== undefined && purpose !== "any") assertPurpose(purpose, "purpose");
  if (typeof intermediates !== "object" || intermediates === null || !(Symbol.iterator in intermediates)) {
    throw badArgument("intermediates", "certificates", intermediates);
  }
  const list = [...intermediates].map((one: unknown, index) => readCertificate(one, `intermediates[${index}]`));
  return { ...own, leaf, intermediates: list };
}

const INPUT_NAMES = ["leaf", "intermediates", "host", "port", "at", "purpose", "profile"] as const;

/** One canonical text for each service, however its host is written. */
function serviceOf(host: string, port: number): string {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw badArgument("port", "from 1 to 65535", port);
  const { type, value } = parseHost(host);
  return type === "ip" && value.includes(":") ? `[${value}]:${port}` : `${value}:${port}`;
}

function judge({ leaf, host, purpose = "server", profile = "compatible" }: OwnInput, at: Date, pin: string): void {
  const pins: readonly KeyPin[] = toKeyPins([pin]);
  verifyPinnedLeaf({ leaf, pins, name: host, purpose, profile, at });
}

function result(
  { leaf, intermediates }: OwnInput,
  service: string,
  record: FirstUseRecord,
  firstUse: boolean,
): FirstUseResult {
  const { pin, firstSeen } = record;
  const anchors = leaf.isSelfIssued ? [leaf] : intermediates.filter((one) => one.id !== leaf.id);
  const common = { firstUse, service, pin, firstSeen: new Date(firstSeen.getTime()) };
  if (anchors.length === 0) return Object.freeze(common);
  const origins = [{ kind: "first-use", location: service }] as const;
  const trust = new TrustRoot({
    entries: anchors.map((certificate) => ({ anchor: { certificate }, origins })),
    source: {
      kind: "first-use",
      locations: [service],
      description: `the key that ${service} had when it was first met`,
    },
    pinned: [pin],
  });
  return Object.freeze({ ...common, trust });
}

/** A store is the caller's own: what it gives is looked at. */
function checkRecord(record: FirstUseRecord): FirstUseRecord {
  const { pin, firstSeen } = typeof record === "object" && record !== null ? record : ({} as Partial<FirstUseRecord>);
  if (typeof pin !== "string" || !isPin(pin)) throw badArgument("the pin of the store's record", "sha256/…", pin);
  if (firstSeen instanceof Date && !Number.isNaN(firstSeen.getTime())) return { pin, firstSeen };
  throw badArgument("the firstSeen of the store's record", "a Date", firstSeen);
}
