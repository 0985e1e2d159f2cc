/** The store of Windows, through PowerShell: ROOT holds the anchors, CA helps to build paths, Disallowed is refused. */
import type { Purpose, TrustAnchor } from "@tlskit/verify";
import { type Certificate, readExtensionValue } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { ALL_PURPOSES, purposesOf } from "../anchors/purposes.ts";
import { limitIssuance, limitNames, limitPurposes } from "../anchors/restrict.ts";
import { TrustError } from "../error.ts";
import type { TrustPlatform } from "../platform/trust-platform.ts";
import type { TrustRoot } from "../trust-root.ts";
import { filledRootOf } from "./root-of.ts";
import {
  PROPERTY,
  readFiletime,
  readSerializedCertificate,
  type SerializedCertificate,
} from "./serialized-certificate.ts";
import { StoreContents } from "./store-contents.ts";
import { LIMITS, tooLarge } from "./store-location.ts";
import { runTool, type ToolCall, toolFailed } from "./system-tool.ts";
import { encodeCommand, WINDOWS_SCRIPT } from "./windows-script.ts";

/**
 * Reads the store; `undefined` if this machine has no PowerShell. Windows fetches further roots when they are needed
 * for the first time: those are not in the store before, and Windows' own list of disallowed hashes is in no store.
 *
 * @param now the moment that decides about roots with an end of trust
 * @throws TrustError TRUST_TOOL_FAILED, TRUST_SOURCE_EMPTY, TRUST_SOURCE_TOO_LARGE
 */
export async function readWindowsStore(platform: TrustPlatform, now: Date): Promise<TrustRoot | undefined> {
  const call: ToolCall = {
    program: `${systemRoot(platform)}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
    // With -EncodedCommand, errors come as XML unless they are asked for as text.
    args: [...SWITCHES, "-OutputFormat", "Text", "-EncodedCommand", encodeCommand(WINDOWS_SCRIPT)],
    shown: ["-EncodedCommand", "(the certificates of ROOT, CA and Disallowed)"],
  };
  const result = await runTool(platform.commands, call);
  if (result === undefined) return undefined;
  const { exitCode, stdout, stderr } = result;
  if (exitCode !== 0) throw toolFailed(call, { problem: stderr.trim() || "it failed", exitCode });
  const lines = new TextDecoder().decode(stdout).split(/\r?\n/);
  if (lines.pop() !== "" || lines.pop() !== "end") throw toolFailed(call, { problem: "its output is cut off" });
  if (lines.length > LIMITS.blocks) throw tooLarge({ path: "the stores of Windows" }, LIMITS.blocks, "blocks");
  return readLines(lines, now, call);
}

const SWITCHES: readonly string[] = ["-NoLogo", "-NoProfile", "-NonInteractive"];

/** An environment that names another place than a local directory is not believed. */
function systemRoot(platform: TrustPlatform): string {
  const path = platform.environment("SystemRoot") ?? "";
  return /^[A-Za-z]:\\[^"<>|*?:\r\n]+$/.test(path) ? path : "C:\\Windows";
}

function readLines(lines: readonly string[], now: Date, call: ToolCall): TrustRoot {
  const contents = new StoreContents("system");
  const intermediates: Certificate[] = [];
  for (const line of lines) {
    const [, place, store, base64 = ""] =
      /^(LocalMachine|CurrentUser) (Root|CA|Disallowed) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    if (place === undefined) throw toolFailed(call, { problem: "its output has a line that is none of ours" });
    const location = `Cert:\\${place}\\${store}`;
    try {
      const serialized = readSerializedCertificate(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      if (store === "Root") addRoot(contents, serialized, location, now);
      else if (store === "CA") intermediates.push(serialized.certificate);
      else {
        const origins = [{ kind: "system", location }] as const;
        contents.distrusted.push({ by: "certificate", sha256: serialized.certificate.id, origins });
      }
    } catch (error) {
      // DOMException: what is no base64.
      const isDamage = TlsKitError.is(error) || error instanceof DOMException;
      if (!isDamage) throw error;
      contents.skip(location, TlsKitError.is(error) ? error : damagedLine(error));
    }
  }
  return rootOfWindows(contents, intermediates);
}

function addRoot(contents: StoreContents, serialized: SerializedCertificate, location: string, now: Date): void {
  const { certificate } = serialized;
  const anchor = limited(serialized, now);
  if (anchor !== undefined) {
    contents.entries.push({ anchor, origins: [{ kind: "system", location }] });
    return;
  }
  const message = `The root ${certificate.id} is disabled, or trusted for no purpose that this package knows, so it is no anchor.`;
  contents.skip(location, new TrustError("TRUST_FOR_NOTHING", message, { location, sha256: certificate.id }));
}

/** @throws X509Error, TrustError for a limit that cannot be read: the root is then not trusted at all */
function limited({ certificate, properties }: SerializedCertificate, now: Date): TrustAnchor | undefined {
  let purposes: readonly Purpose[] = oidsOf(properties.get(PROPERTY.enhkeyUsage)) ?? ALL_PURPOSES;
  for (const id of [PROPERTY.disallowedFiletime, PROPERTY.disallowedCaFiletime]) {
    const since = properties.get(id);
    if (since === undefined || (since.length > 0 && readFiletime(since).getTime() > now.getTime())) continue;
    const ended = oidsOf(properties.get(PROPERTY.disallowedEnhkeyUsage)) ?? ALL_PURPOSES;
    purposes = purposes.filter((purpose) => !ended.includes(purpose));
  }
  const anchor = limitPurposes({ certificate }, purposes);
  if (anchor === undefined) return undefined;
  const unlimited = purposes.length === ALL_PURPOSES.length ? { certificate } : anchor;
  return limitNamesAndDates(unlimited, properties);
}

function limitNamesAndDates(anchor: TrustAnchor, properties: SerializedCertificate["properties"]): TrustAnchor {
  const names = properties.get(PROPERTY.rootProgramNameConstraints);
  const until = properties.get(PROPERTY.notBeforeFiletime);
  let result = names === undefined ? anchor : limitNames(anchor, readExtensionValue("nameConstraints", names));
  if (until === undefined) return result;
  const date = readFiletime(until);
  const only = oidsOf(properties.get(PROPERTY.notBeforeEnhkeyUsage));
  if (only === undefined) return limitIssuance(result, date, undefined);
  for (const purpose of only) result = limitIssuance(result, date, purpose);
  return result;
}

/** ExtKeyUsageSyntax as our purposes; an empty list, which Windows writes for "none", is none. */
function oidsOf(der: Uint8Array | undefined): readonly Purpose[] | undefined {
  if (der === undefined) return undefined;
  if (der.length === 2 && der[0] === 0x30 && der[1] === 0) return [];
  return purposesOf(readExtensionValue("extendedKeyUsage", der));
}

function rootOfWindows(contents: StoreContents, intermediates: readonly Certificate[]): TrustRoot {
  const locations = ["Cert:\\LocalMachine\\Root", "Cert:\\CurrentUser\\Root"];
  const source = { kind: "system", locations, description: "the stores ROOT and Disallowed of Windows" } as const;
  const empty = (): TrustError => {
    const message = "The ROOT stores of Windows hold no trusted certificate: repair them, or name your own roots.";
    return new TrustError("TRUST_SOURCE_EMPTY", message, {
      location: locations.join(", "),
      skipped: contents.skipped.length,
    });
  };
  return filledRootOf(contents, source, empty, intermediates);
}

function damagedLine(cause: unknown): TrustError<"SERIALIZED_CERTIFICATE_INVALID"> {
  const problem = "it is not in base64";
  const details = { offset: 0, problem };
  return new TrustError(
    "SERIALIZED_CERTIFICATE_INVALID",
    `A certificate of a Windows store cannot be read: ${problem}.`,
    details,
    { cause },
  );
}
