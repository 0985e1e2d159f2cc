import type { ConformanceCase } from "./case.ts";
import { alertCases } from "./cases/alerts.ts";
import { byteCases } from "./cases/bytes.ts";
import { cipherCases } from "./cases/ciphers.ts";
import { clientIdentityCases } from "./cases/client-identity.ts";
import { clientIntermediateCases } from "./cases/client-intermediates.ts";
import { clientProfileCases } from "./cases/client-profiles.ts";
import { clientRefusalCases } from "./cases/client-refusals.ts";
import { clientSessionCases } from "./cases/client-sessions.ts";
import { closingCases } from "./cases/closing.ts";
import { diallingCases } from "./cases/dialling.ts";
import { duringVerificationCases } from "./cases/during-verification.ts";
import { faultCases } from "./cases/faults.ts";
import { groupCases } from "./cases/groups.ts";
import { handshakeCases } from "./cases/handshake.ts";
import { hostileCases } from "./cases/hostile.ts";
import { listeningCases } from "./cases/listening.ts";
import { namedPeerCases } from "./cases/named-peers.ts";
import { negotiationCases } from "./cases/negotiation.ts";
import { observingCases } from "./cases/observing.ts";
import { ownMaterialCases } from "./cases/own-material.ts";
import { parityCases } from "./cases/parity.ts";
import { printingCases } from "./cases/printing.ts";
import { revocationCases } from "./cases/revocation.ts";
import { runtimeVerdictCases } from "./cases/runtime-verdicts.ts";
import { serverIdentityCases } from "./cases/server-identity.ts";
import { serverNameCases } from "./cases/server-names.ts";
import { sessionStoreCases } from "./cases/session-stores.ts";
import { sessionCases } from "./cases/sessions.ts";
import { signatureSchemeCases } from "./cases/signature-schemes.ts";
import { startTlsCases } from "./cases/start-tls.ts";
import { startTlsInjectionCases } from "./cases/start-tls-injection.ts";
import { streamsMidwayCases } from "./cases/streams-midway.ts";
import { ticketCases } from "./cases/tickets.ts";
import { trustCases } from "./cases/trust.ts";
import { trustChangeCases } from "./cases/trust-changes.ts";
import { unixSocketCases } from "./cases/unix-sockets.ts";
import { wrappingCases } from "./cases/wrapping.ts";

export { ConformanceFailure } from "./assert.ts";
export type { ConformanceCase, ConformanceContext } from "./case.ts";
export { httpCases } from "./http-cases.ts";
export { type ConformanceResult, type RunOptions, runConformanceCase } from "./run.ts";

/** All cases. The first one asserts that the runtime is the one claimed. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...handshakeCases,
  ...serverIdentityCases,
  ...clientIdentityCases,
  ...clientRefusalCases,
  ...clientProfileCases,
  ...clientIntermediateCases,
  ...runtimeVerdictCases,
  ...negotiationCases,
  ...ownMaterialCases,
  ...cipherCases,
  ...groupCases,
  ...signatureSchemeCases,
  ...startTlsCases,
  ...startTlsInjectionCases,
  ...wrappingCases,
  ...unixSocketCases,
  ...serverNameCases,
  ...trustCases,
  ...trustChangeCases,
  ...revocationCases,
  ...duringVerificationCases,
  ...sessionCases,
  ...sessionStoreCases,
  ...ticketCases,
  ...clientSessionCases,
  ...observingCases,
  ...printingCases,
  ...hostileCases,
  ...alertCases,
  ...faultCases,
  ...diallingCases,
  ...namedPeerCases,
  ...byteCases,
  ...streamsMidwayCases,
  ...closingCases,
  ...listeningCases,
  ...parityCases,
];
