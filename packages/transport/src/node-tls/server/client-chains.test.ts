import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";
import { chainOf } from "../gate/peer-chain.ts";
import { ClientChains } from "./client-chains.ts";

const ca = await createTestCa();
const intermediate = await ca.createIntermediate();
const one = await intermediate.issue("one.example");
const other = await intermediate.issue("other.example");
const presented = chainOf([one.der, intermediate.certificate.der]);

test("what was presented with a certificate is found by that certificate", () => {
  const chains = new ClientChains();
  chains.keep(presented);
  expect(chains.of(chainOf([one.der]))?.der).toEqual(presented.der);
  expect(chains.of(chainOf([other.der]))).toBeUndefined();
  expect(chains.of(chainOf([]))).toBeUndefined();
});

test("a client that comes again takes no more room; without room nothing is kept", () => {
  const chains = new ClientChains(one.der.byteLength + intermediate.certificate.der.byteLength + 1);
  for (let i = 0; i < 3; i++) chains.keep(presented);
  expect(chains.isFull).toBe(false);
  chains.keep(chainOf([other.der]));
  expect(chains.isFull).toBe(true);
  const late = chainOf([ca.certificate.der]);
  chains.keep(late);
  expect(chains.of(late)).toBeUndefined();
  expect(chains.of(presented)).toBeDefined();
});
