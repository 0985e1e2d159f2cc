// Which application protocols an HTTP hand-over can speak: what is negotiated decides what is understood.

import { type CertificateOptions, type Role, type UnsupportedOption, UnsupportedOptionError } from "@tlskit/options";

/** The ALPN names of HTTP (RFC 7301, RFC 9113). */
export type HttpProtocol = "http/1.1" | "h2";

/**
 * The options with protocols that this hand-over speaks: those given, else all that it does.
 *
 * @throws {UnsupportedOptionError} for every other protocol
 */
export function speaking(
  options: CertificateOptions,
  protocols: readonly HttpProtocol[],
  role: Role,
): CertificateOptions {
  const given = options.acceptableProtocols;
  if (given.length === 0) return options.with({ acceptableProtocols: protocols });
  const others = given.flatMap((protocol, index): UnsupportedOption[] =>
    (protocols as readonly string[]).includes(protocol)
      ? []
      : [
          {
            path: `acceptableProtocols[${index}]`,
            reason: `This hand-over speaks ${protocols.join(" and ")}, not ${JSON.stringify(protocol)}.`,
            alternative: alternatives[`${role} ${protocol}`] ?? "Leave it out.",
          },
        ],
  );
  if (others.length > 0) throw new UnsupportedOptionError(others);
  return options;
}

const alternatives: Readonly<Record<string, string>> = {
  "client h2": "Leave it out, or use http2Connection.",
  "client http/1.1": "Leave it out, or use httpsAgent.",
  "server h2": "Leave it out, or use serveHttp2.",
};
