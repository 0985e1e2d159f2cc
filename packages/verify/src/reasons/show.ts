import type { Certificate } from "@tlskit/x509";

/** A certificate as a sentence names it: by its common name or subject, shortened, in quotes. */
export function show(certificate: Certificate): string {
  const subject = certificate.subject.CN ?? certificate.subject.toString();
  return subject === "" ? "A certificate without subject" : `The certificate ${quote(subject)}`;
}

/** A text in quotes, shortened. Errors escape control characters by themselves. */
export function quote(text: string): string {
  return `"${shorten(text)}"`;
}

/** As much of a text as a sentence takes: names may be as long as a certificate. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A moment as people write it, to the second. */
export function showTime(time: Date): string {
  return Number.isNaN(time.getTime())
    ? "an invalid date"
    : time
        .toISOString()
        .replace("T", " ")
        .replace(/\.\d+Z/, " UTC");
}
