/** A stand-in for macOS' `security`, which answers in its documented formats, for tests. */
import { createHash } from "node:crypto";
import type { Certificate } from "@tlskit/x509";
import type { CommandResult, CommandRunner, TrustFileSystem } from "../src/index.ts";

/** What one certificate's settings are, as the property list has them; undefined leaves `trustSettings` out. */
export type SettingsOf = readonly [Certificate | string, readonly Constraint[] | undefined];

/** One usage constraint. */
export interface Constraint {
  /** The contents octets of the policy's OID, in base64. */
  readonly policy?: string;
  /** The policy's OID as dotted text, which macOS writes for policies that its older interfaces do not know. */
  readonly policyOid?: string;
  readonly policyName?: string;
  readonly policyString?: string;
  readonly result?: number;
  readonly application?: boolean;
  readonly keyUsage?: number;
}

/** A Mac. */
export interface Mac {
  readonly systemRoots?: readonly Certificate[];
  readonly systemKeychain?: readonly Certificate[];
  readonly userKeychains?: readonly Certificate[];
  /** The property lists of the domains; undefined where there are no settings. */
  readonly user?: string;
  readonly admin?: string;
  readonly system?: string;
  /** The system's text for errSecNoTrustSettings, in its language. */
  readonly noTrustSettings?: string;
}

/** Policies as `trust-settings-export` writes them. */
export const POLICY = {
  ssl: "KoZIhvdjZAED",
  basicX509: "KoZIhvdjZAEC",
  smime: "KoZIhvdjZAEI",
  codeSigning: "KoZIhvdjZAEQ",
} as const;

export const RESULT = { trustRoot: 1, trustAsRoot: 2, deny: 3, unspecified: 4 } as const;

/** The tool, and the file system that it writes to; `calls` has the arguments of each call. */
export class FakeSecurity {
  readonly calls: string[][] = [];
  readonly #mac: Mac;
  readonly #files = new Map<string, string>();

  constructor(mac: Mac) {
    this.#mac = mac;
  }

  get commands(): CommandRunner {
    return {
      run: async (program, args) => {
        this.calls.push([program, ...args]);
        return this.answer(args);
      },
      withTemporaryFile: async (use) => {
        const path = `/private/tmp/settings-${this.#files.size}`;
        try {
          return await use(path);
        } finally {
          this.#files.delete(path);
        }
      },
    };
  }

  get fileSystem(): TrustFileSystem {
    return {
      status: async (path) => (this.#files.has(path) ? { kind: "file", size: 1 } : undefined),
      readFile: async (path) => {
        const text = this.#files.get(path);
        if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
        return new TextEncoder().encode(text);
      },
      readDirectory: async () => [],
    };
  }

  answer(args: readonly string[]): CommandResult | undefined {
    const [command, ...rest] = args;
    const { noTrustSettings = "No Trust Settings were found." } = this.#mac;
    if (command === "find-certificate") return this.#find(rest.at(-1) ?? "");
    if (command === "error") {
      const line = `Error: 0xFFFF9D51 ${rest.join(" ")} ${noTrustSettings}\n`;
      return { exitCode: 1, stdout: new TextEncoder().encode(line), stderr: "" };
    }
    const [option, path = option ?? ""] = rest;
    const list = option === "-d" ? this.#mac.admin : option === "-s" ? this.#mac.system : this.#mac.user;
    if (list === undefined) {
      return failure(1, `SecTrustSettingsCreateExternalRepresentation: ${noTrustSettings}`);
    }
    this.#files.set(path, list);
    const stdout = new TextEncoder().encode("...Trust Settings exported successfully.\n");
    return { exitCode: 0, stdout, stderr: "" };
  }

  #find(keychain: string): CommandResult {
    const { systemRoots = [], systemKeychain = [], userKeychains = [] } = this.#mac;
    const found = keychain.includes("SystemRootCertificates")
      ? systemRoots
      : keychain.includes("/Library/Keychains/System.keychain")
        ? systemKeychain
        : userKeychains;
    if (found.length === 0)
      return failure(44, "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.");
    const pem = found.map((certificate) => certificate.toPem()).join("");
    return { exitCode: 0, stdout: new TextEncoder().encode(pem), stderr: "" };
  }
}

/** A property list as `security trust-settings-export` writes it. */
export function settingsList(...settings: readonly SettingsOf[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>trustList</key>
	<dict>${settings.map(entry).join("")}
	</dict>
	<key>trustVersion</key>
	<integer>1</integer>
</dict>
</plist>
`;
}

/** The key of a certificate in such a list. */
export function sha1(certificate: Certificate): string {
  return createHash("sha1").update(certificate.der).digest("hex").toUpperCase();
}

function entry([about, constraints]: SettingsOf): string {
  const identity =
    typeof about === "string"
      ? ""
      : `
			<key>issuerName</key>
			<data>
			${Buffer.from(about.issuer.der).toString("base64").replace(/.{52}/g, "$&\n\t\t\t")}
			</data>
			<key>modDate</key>
			<date>2026-08-20T14:15:32Z</date>
			<key>serialNumber</key>
			<data>
			${Buffer.from(about.serialNumberHex, "hex").toString("base64")}
			</data>`;
  const list =
    constraints === undefined
      ? ""
      : `
			<key>trustSettings</key>
			${constraints.length === 0 ? "<array/>" : `<array>${constraints.map(constraint).join("")}\n\t\t\t</array>`}`;
  return `
		<key>${typeof about === "string" ? about : sha1(about)}</key>
		<dict>${identity}${list}
		</dict>`;
}

function constraint({
  policy,
  policyOid,
  policyName,
  policyString,
  result,
  application,
  keyUsage,
}: Constraint): string {
  const lines = [
    application === true ? "<key>kSecTrustSettingsApplication</key>\n<data>AAAA</data>" : "",
    keyUsage === undefined ? "" : `<key>kSecTrustSettingsKeyUsage</key>\n<integer>${keyUsage}</integer>`,
    policy === undefined ? "" : `<key>kSecTrustSettingsPolicy</key>\n<data>\n${policy}\n</data>`,
    policyOid === undefined ? "" : `<key>kSecTrustSettingsPolicy</key>\n<string>${policyOid}</string>`,
    policyName === undefined ? "" : `<key>kSecTrustSettingsPolicyName</key>\n<string>${policyName}</string>`,
    policyString === undefined ? "" : `<key>kSecTrustSettingsPolicyString</key>\n<string>${policyString}</string>`,
    result === undefined ? "" : `<key>kSecTrustSettingsResult</key>\n<integer>${result}</integer>`,
  ];
  return `\n<dict>\n${lines.filter((line) => line !== "").join("\n")}\n</dict>`;
}

function failure(exitCode: number, stderr: string): CommandResult {
  return { exitCode, stdout: new Uint8Array(), stderr: `${stderr}\n` };
}
