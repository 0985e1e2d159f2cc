// An option that is undefined is as if left out, everywhere; but trust that is none is refused.

import { type EveryUndefined, type LeftOutTrial, undefinedMistakes } from "@tlskit/cases";
import { describe, expect, test } from "vitest";
import { type TwistedArguments, twistedCertificateOptions } from "../src/compat/index.ts";
import * as options from "../src/index.ts";
import { ca, identity } from "./identities.ts";
import { refusal } from "./refusal.ts";

const { AcceptableCiphers, CertificateOptions, SessionCache, optionsForClientTLS } = options;

const client: EveryUndefined<options.ClientTLSExtra> = {
  identity: undefined,
  clientCertificate: undefined,
  contextForServerName: undefined,
  trustRoot: undefined,
  clientAuth: undefined,
  clientIntermediates: undefined,
  raiseMinimumTo: undefined,
  insecurelyLowerMinimumTo: undefined,
  lowerMaximumSecurityTo: undefined,
  acceptableCiphers: undefined,
  groups: undefined,
  signatureAlgorithms: undefined,
  dhParameters: undefined,
  acceptableProtocols: undefined,
  requireProtocol: undefined,
  verifyDepth: undefined,
  profile: undefined,
  revocation: undefined,
  sessions: undefined,
  ocspStaple: undefined,
  dangerouslyLogKeys: undefined,
  dangerouslySkipVerification: undefined,
};
const { clientCertificate: _, trustRoot: __, ...either } = client;
const both: EveryUndefined<options.CertificateOptionsInit, "trustRoot"> = either;
const changes: EveryUndefined<options.CertificateOptionsChanges> = { ...either, trustRoot: undefined };
const sessions: EveryUndefined<options.SessionOptions> = {
  store: undefined,
  ticketSecret: undefined,
  rotateAfter: undefined,
};
const revocation: EveryUndefined<options.RevocationOption> = {
  scope: undefined,
  crls: undefined,
  ocspResponses: undefined,
  maxAge: undefined,
  fetch: undefined,
  staple: undefined,
};
const cipherString: EveryUndefined<options.AcceptableCiphersOptions> = {
  lenient: undefined,
  available: undefined,
  tls13: undefined,
};
const twisted: EveryUndefined<TwistedArguments> = {
  privateKey: undefined,
  certificate: undefined,
  extraCertChain: undefined,
  method: undefined,
  verify: undefined,
  caCerts: undefined,
  requireCertificate: undefined,
  trustRoot: undefined,
  raiseMinimumTo: undefined,
  insecurelyLowerMinimumTo: undefined,
  lowerMaximumSecurityTo: undefined,
  verifyDepth: undefined,
  acceptableCiphers: undefined,
  acceptableProtocols: undefined,
  dhParameters: undefined,
  verifyOnce: undefined,
  enableSingleUseKeys: undefined,
  fixBrokenPeers: undefined,
  enableSessions: undefined,
  enableSessionTickets: undefined,
  contextForServerName: undefined,
};

const told = (made: options.CertificateOptions): unknown => [made.toJSON(), made.warnings, made.clientAuth];
const trials: readonly LeftOutTrial[] = [
  { label: "CertificateOptions", every: both, call: (one) => told(new CertificateOptions(one)) },
  {
    label: "CertificateOptions of a server",
    every: both,
    given: { identity, trustRoot: ca.certificate, clientAuth: "request", acceptableProtocols: ["h2"] },
    call: (one) => told(new CertificateOptions(one)),
  },
  {
    label: "CertificateOptions without verification",
    every: both,
    given: { dangerouslySkipVerification: true },
    call: (one) => told(new CertificateOptions(one)),
  },
  {
    label: "with",
    every: changes,
    given: { raiseMinimumTo: "TLSv1.3" },
    call: (one) => told(new CertificateOptions({ identity, trustRoot: ca.certificate }).with(one)),
  },
  { label: "optionsForClientTLS", every: client, call: (one) => told(optionsForClientTLS("a.example", one).options) },
  {
    label: "optionsForClientTLS with a certificate",
    every: client,
    given: { clientCertificate: identity, trustRoot: ca.certificate },
    call: (one) => told(optionsForClientTLS("a.example", one).options),
  },
  { label: "sessions", every: sessions, call: (one) => told(new CertificateOptions({ sessions: one })) },
  {
    label: "sessions of a client",
    every: sessions,
    given: { store: new SessionCache() },
    call: (one) => told(new CertificateOptions({ sessions: one })),
  },
  {
    label: "revocation",
    every: revocation,
    given: { mode: "prefer" },
    call: (one) => told(new CertificateOptions({ revocation: one })),
  },
  {
    label: "AcceptableCiphers.fromOpenSSLCipherString",
    every: cipherString,
    call: (one) => AcceptableCiphers.fromOpenSSLCipherString("HIGH:!aNULL", one).ciphers,
  },
  { label: "SessionCache", every: { maxEntries: undefined }, call: (one) => new SessionCache(one).size },
  { label: "twistedCertificateOptions", every: twisted, call: (one) => told(twistedCertificateOptions(one)) },
];

test.each(trials)("$label: undefined is as if left out", async (trial) => {
  expect(await undefinedMistakes(trial)).toEqual([]);
});

describe("OPT-06: trust that nobody has set does not make a server that asks no client", () => {
  test.each([
    {},
    { identity },
    { identity, clientAuth: "none" },
    { identity, clientAuth: "require" },
    { dangerouslySkipVerification: true },
  ] as const)("%#", (given) => {
    const error = refusal(() => new CertificateOptions({ ...given, trustRoot: undefined } as never));
    expect(error).toMatchObject({ code: "OPTION_TYPE_INVALID", details: { path: "trustRoot" } });
    expect(error.message).toContain('"platform"');
  });
});
