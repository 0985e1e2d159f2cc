import {
  CAPABILITIES,
  type Capabilities,
  CertificateOptions,
  type CertificateOptionsInit,
  compile,
} from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { expect, test } from "vitest";
import { ticketOptions } from "./ticket-keys.ts";

const ca = await createTestCa();
const identity = await ca.issue("localhost");
const everything = Object.fromEntries(Object.keys(CAPABILITIES).map((name) => [name, true])) as Capabilities;
const ticketSecret = new Uint8Array(32).fill(7);

function ticketsOf(more: object = {}, trust: TrustRoot = TrustRoot.none()): ReturnType<typeof ticketOptions> {
  const init = { identity, sessions: { ticketSecret }, ...more } as CertificateOptionsInit;
  return ticketOptions(compile(new CertificateOptions(init), everything, "server"), trust);
}

test("OPT-37: what a session is good for is its context: the same for the same options, another for any other", async () => {
  const elsewhere = [
    ticketsOf({ identity: await ca.issue("localhost") }),
    ticketsOf({ contextForServerName: { "a.example": identity } }),
    ticketsOf({ raiseMinimumTo: "TLSv1.3" }),
    ticketsOf({ lowerMaximumSecurityTo: "TLSv1.2" }),
    ticketsOf({ acceptableProtocols: ["h2"] }),
    ticketsOf({}, trustRootFromCertificates([ca.certificate])),
  ];
  const here = ticketsOf();
  expect(ticketsOf()).toEqual(here);
  const contexts = [here, ...elsewhere].map(({ sessionIdContext }) => sessionIdContext);
  expect(new Set(contexts).size).toBe(contexts.length);
  for (const context of contexts) expect(context).toMatch(/^[\w-]{32}$/);
  const keys = [here, ...elsewhere].map(({ ticketKeys }) => String(ticketKeys?.toString("hex")));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.every((key) => key.length === 96)).toBe(true);
});

test("OPT-37: without sessions there is none, because nothing is issued", () => {
  expect(ticketsOf({ sessions: undefined })).toEqual({});
});
