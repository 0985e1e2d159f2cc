/** A leaf, its CA and its root, and what is said about their revocation: for the tests of each source. */
import type { CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { expect } from "vitest";
import {
  type RevocationDoubtCode,
  type RevocationInput,
  VerificationError,
  type VerifyPathInput,
  verifyPathSync,
} from "../src/index.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";

export const root: f.Forged = f.forgeRoot();
export const ca: f.Forged = f.forgeCa(root, { subject: "CA" });
export const leaf: f.Forged = f.forgeLeaf(ca);
export const rootList: CertificateRevocationList = r.forgeCrl(root);

export type Verdict = "good" | "revoked" | RevocationDoubtCode;

export interface World {
  readonly chain?: readonly f.Forged[];
  readonly pool?: readonly f.Forged[];
  readonly crls?: readonly (CertificateRevocationList | Uint8Array)[];
  readonly ocsp?: readonly (OcspResponse | Uint8Array)[];
  readonly scope?: "leaf" | "path";
  readonly maxAge?: number;
  readonly more?: Partial<VerifyPathInput>;
}

export function inputOf(world: World, mode: RevocationInput["mode"] = "require"): VerifyPathInput {
  const { chain = [leaf, ca, root], pool = [], scope = "leaf", more } = world;
  const base = inputFor(chain);
  return {
    ...base,
    intermediates: [...(base.intermediates ?? []), ...pool.map(({ certificate }) => certificate)],
    revocation: {
      mode,
      scope,
      crls: world.crls ?? [],
      ocspResponses: world.ocsp ?? [],
      ...(world.maxAge === undefined ? {} : { maxAge: world.maxAge }),
    },
    ...more,
  };
}

export function refusalOf(input: VerifyPathInput): VerificationError | undefined {
  try {
    verifyPathSync(input);
    return undefined;
  } catch (error) {
    if (VerificationError.is(error)) return error;
    throw error;
  }
}

export function verdict(world: World): Verdict {
  const error = refusalOf(inputOf(world));
  if (error === undefined) return "good";
  const [reason] = error.reasons;
  expect(error.reasons.map(({ code }) => code)).toEqual([error.code]);
  if (reason?.code === "CERTIFICATE_REVOKED") return "revoked";
  if (reason?.code !== "REVOCATION_STATUS_UNKNOWN") throw error;
  return reason.details.why[0]?.code ?? "good";
}

/** An extension that nobody understands, and that is critical. */
export const bad: Uint8Array = f.extension("1.3.6.1.4.1.55738.1", f.tlv(0x05), true);
/** Options of a CRL that lists the leaf. */
export const listed: r.ForgeCrlOptions = { revoked: [{ certificate: leaf.certificate }] };
export const url: Uint8Array = f.uriName("http://crl.example/1");
export const withPoint = (...points: (readonly Uint8Array[])[]): f.Forged =>
  f.forgeLeaf(ca, { extensions: [r.distributionPoints(...points)] });
