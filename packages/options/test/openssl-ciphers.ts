/** What the openssl program on this machine says about cipher strings. */
import { execFileSync, spawnSync } from "node:child_process";

/** Whether an openssl is here whose table of ciphers is the one that ours was made from. */
export const hasOpenSSL: boolean = /^OpenSSL 3\.0\./.test(
  spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "",
);

/** The suites that a string selects, without those of TLS 1.3, which are always there; empty if openssl refuses it. */
export function opensslExpands(text: string): readonly string[] {
  // A string that begins with a sign would pass for an option of the program.
  const safe = text.startsWith("-") ? `:${text}` : text;
  try {
    const listed = execFileSync("openssl", ["ciphers", safe], {
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return listed
      .trim()
      .split(":")
      .filter((name) => !name.startsWith("TLS_"));
  } catch {
    return [];
  }
}

/** One line of `openssl ciphers -V -stdname`. */
export interface ListedCipher {
  readonly id: number;
  readonly ianaName: string;
  readonly openSslName: string;
  readonly protocol: string;
  readonly keyExchange: string;
  readonly authentication: string;
  readonly encryption: string;
  readonly mac: string;
}

/** Every suite that openssl has, those of its legacy provider, too. */
export function opensslCiphers(): readonly ListedCipher[] {
  const providers = ["-provider", "legacy", "-provider", "default"];
  const listed = execFileSync("openssl", ["ciphers", ...providers, "-V", "-stdname", "ALL:COMPLEMENTOFALL"], {
    encoding: "utf8",
  });
  const line = /0x(..),0x(..) - (\S+)\s+- (\S+)\s+(\S+)\s+Kx=(\S+)\s+Au=(\S+)\s+Enc=(\S+)\s+Mac=(\S+)/g;
  return Array.from(listed.matchAll(line), ([, high, low, ianaName = "", openSslName = "", protocol = "", ...rest]) => {
    const [keyExchange = "", authentication = "", encryption = "", mac = ""] = rest;
    const id = Number.parseInt(`${high}${low}`, 16);
    return { id, ianaName, openSslName, protocol, keyExchange, authentication, encryption, mac };
  });
}
