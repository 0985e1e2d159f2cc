/** The store of macOS, through its own tool: certificates from keychains, and the trust settings of all three domains. */
import type { Purpose } from "@tlskit/verify";
import { type Certificate, digest } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import type { DistrustEntry } from "../anchors/distrust-entry.ts";
import { ALL_PURPOSES } from "../anchors/purposes.ts";
import { TrustError } from "../error.ts";
import type { CommandResult, TrustPlatform } from "../platform/trust-platform.ts";
import type { TrustRoot } from "../trust-root.ts";
import type { CertificateOrigin } from "../trust-source.ts";
import {
  type CertificateSettings,
  DEFAULT_ROOT,
  readTrustSettings,
  type TrustSettings,
} from "./macos-trust-settings.ts";
import { filledRootOf } from "./root-of.ts";
import { StoreContents } from "./store-contents.ts";
import { LIMITS } from "./store-location.ts";
import { runTool, type ToolCall, toolFailed } from "./system-tool.ts";

const PROGRAM = "/usr/bin/security";

/** What ships with the system, and is trusted unless a setting says otherwise. */
const SYSTEM_ROOTS = "/System/Library/Keychains/SystemRootCertificates.keychain";

/** What administrators and users add, and is trusted only if a setting says so; without a path: the search list. */
const OTHER_KEYCHAINS: readonly (string | undefined)[] = ["/Library/Keychains/System.keychain", undefined];

/** The exit code of `security` for errSecItemNotFound, -25300: its low octet. */
const NOTHING_FOUND = 44;

/** errSecNoTrustSettings. */
const NO_TRUST_SETTINGS = "-25263";

/** The domains, with the option that names each; the last one is what ships with the system. */
const DOMAINS: readonly { readonly name: string; readonly options: readonly string[] }[] = [
  { name: "user", options: [] },
  { name: "admin", options: ["-d"] },
  { name: "system", options: ["-s"] },
];

/**
 * Reads the store; `undefined` if this machine has no such tool.
 *
 * @throws TrustError TRUST_TOOL_FAILED, PROPERTY_LIST_INVALID, TRUST_SOURCE_EMPTY
 */
export async function readMacosStore(platform: TrustPlatform): Promise<TrustRoot | undefined> {
  const roots = await findCertificates(platform, SYSTEM_ROOTS);
  if (roots === undefined) return undefined;
  const others = new StoreContents("system");
  for (const keychain of OTHER_KEYCHAINS) await addCertificates(platform, others, keychain);
  const domains: TrustSettings[] = [];
  let reading: Promise<string | undefined> | undefined;
  const textOfNone = (): Promise<string | undefined> => {
    reading ??= readTextOfNone(platform);
    return reading;
  };
  for (const domain of DOMAINS) domains.push(await readDomain(platform, domain, textOfNone));
  const contents = new Evaluation(domains).evaluate(roots, others);
  const keychains = OTHER_KEYCHAINS.map((keychain) => keychain ?? SEARCH_LIST);
  const source = {
    kind: "system",
    locations: [SYSTEM_ROOTS, ...keychains],
    description: "the keychains of macOS, with the trust settings of user, admin and system",
  } as const;
  return filledRootOf(contents, source, () => emptyStore());
}

const SEARCH_LIST = "the user's keychains";

async function findCertificates(platform: TrustPlatform, keychain: string): Promise<StoreContents | undefined> {
  const contents = new StoreContents("system");
  const found = await addCertificates(platform, contents, keychain);
  return found ? contents : undefined;
}

/** Whether the tool is there. */
async function addCertificates(
  { commands }: TrustPlatform,
  contents: StoreContents,
  keychain: string | undefined,
): Promise<boolean> {
  const call = {
    program: PROGRAM,
    args: ["find-certificate", "-a", "-p", ...(keychain === undefined ? [] : [keychain])],
  };
  const result = await runTool(commands, call);
  if (result === undefined) return false;
  if (result.exitCode !== 0 && result.exitCode !== NOTHING_FOUND) throw failed(call, result);
  if (result.stdout.length > 0) await contents.addPem({ path: keychain ?? SEARCH_LIST }, result.stdout);
  return true;
}

async function readDomain(
  { commands, fileSystem }: TrustPlatform,
  { name, options }: (typeof DOMAINS)[number],
  textOfNone: () => Promise<string | undefined>,
): Promise<TrustSettings> {
  return await commands.withTemporaryFile(async (path) => {
    const call = {
      program: PROGRAM,
      args: ["trust-settings-export", ...options, path],
      shown: ["trust-settings-export", ...options],
    };
    const result = await runTool(commands, call);
    if (result === undefined) throw toolFailed(call, { problem: "it is gone" });
    if (result.exitCode !== 0) {
      // A domain that cannot be read may hold denials.
      const none = await textOfNone();
      if (none !== undefined && result.stderr.trim().endsWith(`: ${none}`)) return new Map();
      throw failed(call, result);
    }
    try {
      return readTrustSettings(await fileSystem.readFile(path, LIMITS.bytes));
    } catch (cause) {
      throw toolFailed(call, { problem: `the settings of the domain ${name} cannot be read` }, { cause });
    }
  });
}

/**
 * What the tool writes where there are no settings, in the system's language: its exit code is the same for every
 * failure, so it is asked for its own text of that one error. Undefined if it does not say.
 */
async function readTextOfNone({ commands }: TrustPlatform): Promise<string | undefined> {
  const result = await runTool(commands, { program: PROGRAM, args: ["error", NO_TRUST_SETTINGS] });
  const [, text] = /^Error: 0x[0-9A-F]{8} -25263 (\S.*)$/m.exec(new TextDecoder().decode(result?.stdout)) ?? [];
  return text?.trim();
}

/** Puts settings and certificates together: a denial in any domain beats trust in any other. */
class Evaluation {
  readonly #domains: readonly TrustSettings[];
  readonly #contents = new StoreContents("system");
  readonly #seen = new Set<string>();

  constructor(domains: readonly TrustSettings[]) {
    this.#domains = domains;
  }

  evaluate(roots: StoreContents, others: StoreContents): StoreContents {
    const contents = this.#contents;
    contents.skipped.push(...roots.skipped, ...others.skipped);
    for (const { anchor, origins } of roots.entries) this.#add(anchor.certificate, origins, true);
    for (const { anchor, origins } of others.entries) this.#add(anchor.certificate, origins, false);
    // Whoever denied a certificate meant it, whether or not it is in a keychain.
    for (const [sha1, settings] of this.#domains.flatMap((domain) => [...domain])) {
      if (!this.#seen.has(sha1) && deniesTls(settings)) contents.distrusted.push(...bySerialNumber(sha1, settings));
    }
    return contents;
  }

  #add(certificate: Certificate, origins: readonly CertificateOrigin[], isSystemRoot: boolean): void {
    const sha1 = toHex(digest("SHA-1", certificate.der));
    this.#seen.add(sha1);
    const own = this.#domains.flatMap((domain) => domain.get(sha1) ?? []);
    const settings =
      own.length > 0 || !isSystemRoot ? own : this.#domains.flatMap((one) => one.get(DEFAULT_ROOT) ?? []);
    const denied = new Set(settings.flatMap((one) => one.denied));
    if (settings.some(deniesTls)) {
      const distrust = { by: "certificate", sha256: certificate.id, origins: origins.map(denial) } as const;
      this.#contents.distrusted.push(distrust);
    }
    const isRoot = this.#isRoot(certificate, origins);
    if (isRoot === undefined) return;
    const trusted = new Set(settings.flatMap((one) => (isRoot ? one.trusted : one.trustedAsRoot)));
    // Only the system itself limits what it ships; what others trust it for comes on top.
    const isShipped = isSystemRoot && this.#bySystem(sha1).every(saysNothing);
    const purposes = ALL_PURPOSES.filter((one) => (isShipped || trusted.has(one)) && !denied.has(one));
    if (purposes.length > 0) this.#trust(certificate, origins, purposes);
    else if (denied.size === 0 && !settings.every(saysNothing)) this.#skipLimited(certificate, origins);
  }

  /** Undefined for a certificate whose names nobody can read, which costs that one. */
  #isRoot(certificate: Certificate, [origin]: readonly CertificateOrigin[]): boolean | undefined {
    try {
      return certificate.isSelfIssued;
    } catch (error) {
      if (!TlsKitError.is(error)) throw error;
      this.#contents.skip(origin?.location ?? PROGRAM, error, origin?.line);
      return undefined;
    }
  }

  #bySystem(sha1: string): readonly CertificateSettings[] {
    const system = this.#domains.at(-1);
    return [system?.get(sha1) ?? system?.get(DEFAULT_ROOT) ?? []].flat();
  }

  #trust(certificate: Certificate, origins: readonly CertificateOrigin[], purposes: readonly Purpose[]): void {
    const limited = purposes.length < ALL_PURPOSES.length;
    this.#contents.entries.push({ anchor: { certificate, ...(limited ? { purposes } : {}) }, origins });
  }

  #skipLimited(certificate: Certificate, origins: readonly CertificateOrigin[]): void {
    const { location = PROGRAM, line } = origins[0] ?? {};
    const message = `The certificate ${certificate.id} is trusted by one program, for one host, for a policy or a use of its key that nothing here is about, or for a place in a path that is not its own, so it is no anchor.`;
    const error = new TrustError("TRUST_FOR_NOTHING", message, { location, sha256: certificate.id });
    this.#contents.skip(location, error, line);
  }
}

/** A list has no way to distrust for some purposes only, and whoever denies TLS is not served by mail. */
function deniesTls({ denied }: CertificateSettings): boolean {
  return denied.includes("server") || denied.includes("client");
}

function saysNothing({ trusted, trustedAsRoot, limited }: CertificateSettings): boolean {
  return trusted.length === 0 && trustedAsRoot.length === 0 && !limited;
}

function denial(origin: CertificateOrigin): CertificateOrigin {
  return { ...origin, location: `the trust settings of macOS for a certificate of ${origin.location}` };
}

/** Tools write serial numbers with and without the octet that keeps them positive, so both readings are listed. */
function bySerialNumber(sha1: string, { issuer, serialNumber }: CertificateSettings): readonly DistrustEntry[] {
  if (issuer === undefined || serialNumber === undefined) return [];
  const unsigned = serialNumber.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const signed = BigInt.asIntN(serialNumber.length * 8, unsigned);
  const origins = [{ kind: "system", location: `the trust settings of macOS (${sha1})` }] as const;
  return [...new Set([unsigned, signed])].map((one) => ({ by: "serial-number", issuer, serialNumber: one, origins }));
}

function failed(call: ToolCall, { exitCode, stderr }: CommandResult): TrustError {
  return toolFailed(call, { problem: stderr.trim() || "it failed", exitCode });
}

function emptyStore(): TrustError<"TRUST_SOURCE_EMPTY"> {
  const message = "The keychains of macOS hold no trusted certificate: repair them, or name your own roots.";
  return new TrustError("TRUST_SOURCE_EMPTY", message, { location: SYSTEM_ROOTS, skipped: 0 });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
