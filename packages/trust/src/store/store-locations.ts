/**
 * Where operating systems keep their trust stores. Each list is in order of preference, and the first entry that exists
 * is the store: the others, where they exist as well, are links to it or copies of it.
 */

import type { HashStyle } from "./store-reader.ts";

/** The places of one operating system. */
export interface StoreLocations {
  /** PEM bundles. */
  readonly bundles: readonly string[];
  /** Directories of hash-named files, looked at only where there is no bundle. */
  readonly directories: readonly string[];
  /** Which hash files in such directories are called by. Default: the one that OpenSSL looks for. */
  readonly hashStyle?: HashStyle;
  /** Whether p11-kit may have made the bundle, from sources that say more than it does. */
  readonly p11Kit?: boolean;
}

const LINUX: StoreLocations = {
  bundles: [
    "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Arch, Gentoo, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL and CentOS since 7, Fedora
    "/etc/pki/tls/certs/ca-bundle.crt", // RHEL and CentOS before 7, Amazon Linux
    "/var/lib/ca-certificates/ca-bundle.pem", // SUSE: what the next one links to
    "/etc/ssl/ca-bundle.pem", // SUSE
    "/etc/pki/tls/cacert.pem", // OpenELEC
    "/etc/ssl/cert.pem", // Alpine without the bundle's own package
  ],
  directories: ["/etc/ssl/certs", "/etc/pki/tls/certs", "/var/lib/ca-certificates/openssl"],
  p11Kit: true,
};

const FREEBSD: StoreLocations = {
  bundles: [
    "/etc/ssl/cert.pem",
    "/usr/local/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt", // the port security/ca_root_nss
  ],
  directories: ["/etc/ssl/certs", "/usr/local/etc/ssl/certs"], // made by certctl
};

const ANDROID: StoreLocations = {
  bundles: [],
  directories: ["/apex/com.android.conscrypt/cacerts", "/system/etc/security/cacerts"],
  hashStyle: "either",
};

/** By `process.platform`. Systems that are not here have no store in files. */
export const STORE_LOCATIONS: ReadonlyMap<string, StoreLocations> = new Map([
  ["linux", LINUX],
  ["freebsd", FREEBSD],
  ["openbsd", { bundles: ["/etc/ssl/cert.pem"], directories: [] }],
  ["netbsd", { bundles: [], directories: ["/etc/openssl/certs"] }],
  ["android", ANDROID],
]);

/**
 * Where distributions put OPENSSLDIR, the directory compiled into OpenSSL. No JavaScript runtime says what its own
 * OpenSSL was compiled with (and one that brings BoringSSL or rustls has none), so the places are tried in this order.
 */
export const OPENSSL_DIRECTORIES: readonly string[] = [
  "/usr/lib/ssl", // Debian, Ubuntu
  "/etc/pki/tls", // RHEL, Fedora
  "/var/lib/ca-certificates/openssl", // SUSE
  "/etc/ssl", // Alpine, Arch, Gentoo, FreeBSD, OpenBSD
  "/usr/local/etc/openssl", // FreeBSD's port
  "/etc/openssl", // NetBSD
  "/opt/homebrew/etc/openssl@3", // Homebrew on Apple silicon
  "/usr/local/etc/openssl@3", // Homebrew on Intel
  "/usr/local/ssl", // OpenSSL's own default
];
