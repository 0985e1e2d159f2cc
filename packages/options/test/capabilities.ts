import { CAPABILITIES, type Capabilities, type Capability, type CapabilityName } from "../src/index.ts";

/** A table in which everything is present, but for what is given. */
export function capabilitiesExcept(changes: Partial<Record<CapabilityName, Capability>> = {}): Capabilities {
  const all = Object.keys(CAPABILITIES).map((name) => [name, true]);
  return { ...(Object.fromEntries(all) as Capabilities), ...changes };
}

/** An absent capability. */
export function gap(name: string): { readonly reason: string; readonly alternative: string } {
  return { reason: `This runtime has no ${name}.`, alternative: `Do without ${name}.` };
}
