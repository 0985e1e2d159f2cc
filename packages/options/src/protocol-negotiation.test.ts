import { expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../test/capabilities.ts";
import { ProtocolNegotiationSupport, protocolNegotiationMechanisms } from "./index.ts";

test("OPT-47: ALPN where the runtime has it, otherwise nothing; NPN never", () => {
  expect([...protocolNegotiationMechanisms(capabilitiesExcept())]).toEqual([ProtocolNegotiationSupport.ALPN]);
  expect([...protocolNegotiationMechanisms(capabilitiesExcept({ alpn: gap("alpn") }))]).toEqual([]);
  expect(Object.keys(ProtocolNegotiationSupport)).toEqual(["NOSUPPORT", "NPN", "ALPN"]);
});
