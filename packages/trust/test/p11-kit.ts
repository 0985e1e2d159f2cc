/** Objects of p11-kit's files, and the DER in them, for tests. */
import type { Certificate } from "@tlskit/x509";

/** An object with these attributes, as they are written in the file, and a certificate. */
export function p11Object(attributes: Readonly<Record<string, string | undefined>>, certificate?: Certificate): string {
  const lines = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\n`],
  );
  return `[p11-kit-object-v1]\n${lines.join("")}${certificate?.toPem() ?? ""}`;
}

/** Octets as p11-kit quotes them. */
export function quoted(bytes: Uint8Array): string {
  return `"${Array.from(bytes, (octet) => `%${octet.toString(16).padStart(2, "0")}`).join("")}"`;
}

/** INTEGER, of a serial number in hexadecimal as certificates show it. */
export function integerDer(hex: string): Uint8Array {
  const octets = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const contents = (octets[0] ?? 0) >= 0x80 ? [0, ...octets] : octets;
  return Uint8Array.from([0x02, contents.length, ...contents]);
}

/** Extension, not critical, with short lengths. */
export function extensionDer(oid: "2.5.29.37" | "2.5.29.30", value: Uint8Array): Uint8Array {
  const type = [0x06, 0x03, 0x55, 0x1d, Number(oid.split(".").at(-1))];
  const contents = [...type, 0x04, value.length, ...value];
  if (contents.length >= 0x80) throw new Error("too long for this");
  return Uint8Array.from([0x30, contents.length, ...contents]);
}
