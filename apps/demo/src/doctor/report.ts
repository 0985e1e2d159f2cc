import type { Certificate } from "@tlskit/x509";
import { columns, columnWidths, paint, printable, wrap } from "../print.ts";
import type { Diagnosis } from "./diagnose.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** The whole diagnosis as JSON-safe data. */
export function reportJson(
  { verdict, host, port, reasons, chain, negotiated }: Diagnosis,
  now: Date = new Date(),
): unknown {
  return {
    trusted: verdict === "trusted",
    host,
    port,
    reasons: reasons.map(({ code, message, remedy, certificate }) => ({
      code,
      message,
      remedy,
      certificate: certificate ? certificate.subject.toString() : null,
    })),
    chain: chain.map((certificate) => ({
      subject: certificate.subject.toString(),
      issuer: certificate.issuer.toString(),
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      sha256: certificate.id,
    })),
    negotiated: negotiated ?? null,
    daysLeft: daysLeft(chain, now),
  };
}

/** The whole diagnosis for a person at a terminal. */
export function reportText(diagnosis: Diagnosis, now: Date = new Date()): string {
  const { verdict, host, port, trust, reasons, chain, negotiated } = diagnosis;
  const lines = [
    `${paint("bold", printable(`${host}:${port}`))}  ${paint(verdict === "trusted" ? "green" : "red", verdict.toUpperCase())}`,
  ];
  if (chain.length > 0) lines.push("", "chain, leaf first", ...chainLines(chain));
  if (reasons.length > 0) lines.push("", reasons.length === 1 ? "reason" : `${reasons.length} reasons`);
  for (const { code, message, remedy, certificate } of reasons) {
    lines.push(`  ${paint("red", code)}${certificate ? `  ${printable(nameOf(certificate))}` : ""}`);
    lines.push(wrap(message, "    "), wrap(`What to do: ${remedy}`, "    "));
  }
  const left = daysLeft(chain, now);
  lines.push("");
  if (negotiated) {
    const { version, cipher, group, alpn } = negotiated;
    lines.push(`negotiated  ${[version, cipher, group, alpn && `ALPN ${printable(alpn)}`].filter(Boolean).join(", ")}`);
  }
  if (left !== null) lines.push(`days left   ${left}`);
  lines.push(
    `trust       ${trust.size} certificates from ${printable(trust.source.locations.join(", ") || trust.source.kind)}`,
  );
  return lines.join("\n");
}

function chainLines(chain: readonly Certificate[]): string[] {
  const rows = chain.map((certificate, i) => [
    `  ${i}`,
    printable(nameOf(certificate)),
    `${day(certificate.notBefore)} to ${day(certificate.notAfter)}`,
    [certificate.publicKey.type, certificate.publicKey.curve ?? certificate.publicKey.bits].filter(Boolean).join(" "),
    `sha256 ${certificate.id.slice(0, 16)}…`,
  ]);
  const widths = columnWidths(rows);
  return rows.map((row) => columns(row, widths));
}

/** A subject may be empty (RFC 5280, section 4.1.2.6): then the names are all in the SAN. */
function nameOf(certificate: Certificate): string {
  const subject = certificate.subject.toString();
  return subject === "" ? "(no subject)" : subject;
}

/** Whole days until the first certificate of the chain ends; negative when one has; null without a chain. */
function daysLeft(chain: readonly Certificate[], now: Date): number | null {
  if (chain.length === 0) return null;
  const end = Math.min(...chain.map(({ notAfter }) => notAfter.getTime()));
  return Math.floor((end - now.getTime()) / dayMs);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
