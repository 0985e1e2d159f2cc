// Servers that a client must refuse, each wrong in one way.

import { optionsForClientTLS } from "@tlskit/options";
import {
  ExtendedKeyUsage,
  ExtensionOid,
  encodeNameConstraints,
  generalSubtree,
  PrivateCertificate,
} from "@tlskit/x509";
import { equal, ok } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { daysFromNow, goodServer, intermediateCa, issued, rootCa, strangerCa } from "../pki.ts";
import { clientRefuses, clientTls } from "../talk.ts";

/** The server's names, and the name that the client expects and must not find. */
function refusesName(id: string, name: string, names: readonly string[], expected: string): ConformanceCase {
  return {
    id,
    name,
    async run(context) {
      // As objects, because text that is no sensible name is not taken for one.
      const unusual = names.map((value) => (value.includes("*") ? { type: "dns" as const, value } : value));
      const identity = await issued({ names: unusual, subject: { CN: expected.slice(0, 64) } });
      const error = await clientRefuses(context, identity, ["NAME_MISMATCH", "NAME_MISSING"], {
        tls: await clientTls(expected),
      });
      equal(error.reasons.length, 1, "the name is the only reason");
    },
  };
}

const nameCases: readonly ConformanceCase[] = [
  refusesName("wrong-name", "another name is refused", ["elsewhere.example"], "www.example.org"),
  refusesName("wrong-ip-address", "another IP address is refused", ["127.0.0.2"], "127.0.0.1"),
  refusesName("common-name-only", "a name in the subject alone does not count (CLI-17, CLI-18)", [], "www.example.org"),
  refusesName("common-name-beside", "nor does it beside other names", ["elsewhere.example"], "www.example.org"),
  refusesName("partial-wildcard", "a wildcard inside a label does not count", ["w*.example.org"], "www.example.org"),
  refusesName("wildcard-two-labels", "a wildcard stands for one label only", ["*.example.org"], "a.b.example.org"),
  refusesName("wildcard-no-label", "and not for none", ["*.example.org"], "example.org"),
  refusesName("wildcard-inner-label", "and for the left-most only", ["www.*.org"], "www.example.org"),
  refusesName("wildcard-for-ip-address", "and never for an IP address", ["*.0.0.1"], "127.0.0.1"),
  refusesName("ip-address-as-email", "an e-mail address is no host name", ["www@example.org"], "example.org"),
  refusesName("uri-is-no-host", "a URI is no host name", ["https://www.example.org/"], "www.example.org"),
  refusesName("parent-domain", "the parent domain is another name", ["example.org"], "www.example.org"),
  refusesName("sibling-suffix", "a longer name that ends the same is another name", ["example.org"], "anexample.org"),
];

export const serverIdentityCases: readonly ConformanceCase[] = [
  ...nameCases,
  {
    id: "expired",
    name: "an expired server is refused, with date",
    async run(context) {
      const error = await clientRefuses(
        context,
        await issued({ names: ["localhost"], notAfter: daysFromNow(-1) }),
        "CERTIFICATE_EXPIRED",
      );
      ok("notAfter" in error.details, "the date is in the details");
    },
  },
  {
    id: "not-yet-valid",
    name: "a server whose certificate is not yet valid is refused",
    run: async (context) => {
      const identity = await issued({ names: ["localhost"], notBefore: daysFromNow(1), notAfter: daysFromNow(9) });
      await clientRefuses(context, identity, "CERTIFICATE_NOT_YET_VALID");
    },
  },
  {
    id: "several-reasons",
    name: "every reason is told, not just the first",
    async run(context) {
      const identity = await issued({ names: ["elsewhere.example"], notAfter: daysFromNow(-1), profile: "client" });
      const error = await clientRefuses(context, identity, [
        "CERTIFICATE_EXPIRED",
        "NAME_MISMATCH",
        "EXTENDED_KEY_USAGE_MISMATCH",
      ]);
      const codes = error.reasons.map(({ code }) => code).sort();
      equal(codes, ["CERTIFICATE_EXPIRED", "EXTENDED_KEY_USAGE_MISMATCH", "NAME_MISMATCH"], "the reasons");
    },
  },
  {
    id: "missing-intermediate",
    name: "a server that forgets its intermediate is refused, and the missing issuer is named",
    async run(context) {
      const complete = await (await intermediateCa()).issue("localhost");
      const identity = PrivateCertificate.from(complete, complete.keyPair);
      await clientRefuses(context, identity, "UNKNOWN_ISSUER");
    },
  },
  {
    id: "untrusted-root",
    name: "a server of an unknown CA is refused, and nothing is delivered (OPT-10, CLI-11, CLI-23)",
    run: async (context) => {
      await clientRefuses(context, await (await strangerCa()).issue("localhost"), ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"]);
    },
  },
  {
    id: "untrusted-root-sent",
    name: "an unknown root does not become trusted by being sent",
    async run(context) {
      const stranger = await strangerCa();
      const identity = await stranger.issue("localhost");
      const withRoot = PrivateCertificate.from(identity, identity.keyPair, { chain: [stranger.certificate] });
      await clientRefuses(context, withRoot, "UNTRUSTED_ROOT");
    },
  },
  {
    id: "same-name-another-key",
    name: "a CA of the same name with another key is another CA",
    async run(context) {
      const { certificate } = await rootCa();
      const imitation = await PrivateCertificate.selfSigned({ subject: certificate.subject, profile: "ca" });
      const identity = await imitation.issuePrivate({ subjectAltName: ["localhost"] });
      await clientRefuses(context, identity, ["SIGNATURE_INVALID", "UNKNOWN_ISSUER", "UNTRUSTED_ROOT"]);
    },
  },
  {
    id: "self-signed",
    name: "a self-signed server is refused",
    run: async (context) => {
      const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"] });
      await clientRefuses(context, identity, "SELF_SIGNED");
    },
  },
  {
    id: "system-trust-by-default",
    name: "without a trust root, a private CA is not trusted",
    run: async (context) => {
      const tls = optionsForClientTLS("localhost");
      await clientRefuses(context, await goodServer(), ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT", "TRUST_EMPTY"], { tls });
    },
  },
  {
    id: "wrong-extended-key-usage",
    name: "a client's certificate is no server's",
    run: async (context) => {
      const identity = await issued({ names: ["localhost"], profile: "client" });
      await clientRefuses(context, identity, "EXTENDED_KEY_USAGE_MISMATCH");
    },
  },
  {
    id: "intermediate-extended-key-usage",
    name: "an intermediate for clients issues no servers",
    async run(context) {
      const { certificate } = await rootCa();
      const clientsOnly = await certificate.issuePrivate({
        subject: { CN: "for clients only" },
        profile: "intermediate",
        extendedKeyUsage: [ExtendedKeyUsage.clientAuth],
      });
      const identity = await clientsOnly.issuePrivate({ subjectAltName: ["localhost"] });
      await clientRefuses(context, identity, "EXTENDED_KEY_USAGE_MISMATCH");
    },
  },
  {
    id: "issuer-is-no-ca",
    name: "a leaf issues nothing",
    async run(context) {
      const leaf = await (await rootCa()).issue("leaf.example");
      const identity = await leaf.issuePrivate({ subjectAltName: ["localhost"], force: true });
      await clientRefuses(context, identity, ["ISSUER_NOT_CA", "KEY_USAGE_MISSING"]);
    },
  },
  {
    id: "path-length-exceeded",
    name: "a CA that may have no CA below it has none",
    async run(context) {
      const { certificate } = await intermediateCa();
      const last = await (await rootCa()).createIntermediate({ name: "the last CA", pathLength: 0 });
      ok(certificate.basicConstraints?.ca === true, "an intermediate is a CA");
      const beyond = await last.certificate.issuePrivate({
        subject: { CN: "one too many" },
        profile: "intermediate",
        force: true,
      });
      const identity = await beyond.issuePrivate({ subjectAltName: ["localhost"], force: true });
      await clientRefuses(context, identity, "PATH_LENGTH_EXCEEDED");
    },
  },
  {
    id: "verify-depth",
    name: "verifyDepth limits the number of intermediates (OPT-08)",
    async run(context) {
      const trustRoot = (await rootCa()).certificate;
      const tls = optionsForClientTLS("localhost", { trustRoot, verifyDepth: 0 });
      await clientRefuses(context, await (await intermediateCa()).issue("localhost"), "PATH_LENGTH_EXCEEDED", { tls });
    },
  },
  {
    id: "unknown-critical-extension",
    name: "a critical extension that nobody knows is refused",
    needs: ["identity-critical-extension"],
    run: async (context) => {
      const extensions = [{ oid: "1.3.6.1.4.1.99999.1", critical: true, value: new Uint8Array([5, 0]) }];
      const identity = await issued({ names: ["localhost"], extensions });
      await clientRefuses(context, identity, "CRITICAL_EXTENSION_UNKNOWN");
    },
  },
  {
    id: "name-constraint-violated",
    name: "a CA for one domain vouches for no other",
    async run(context) {
      const { certificate } = await rootCa();
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.org")] });
      const limited = await certificate.issuePrivate({
        subject: { CN: "example.org only" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.nameConstraints, critical: true, value }],
      });
      const identity = await limited.issuePrivate({ subjectAltName: ["localhost"], force: true });
      await clientRefuses(context, identity, "NAME_CONSTRAINT_VIOLATION");
    },
  },
  {
    id: "webpki-profile",
    name: "the stricter profile is the one that decides when it is asked for",
    async run(context) {
      const trustRoot = (await rootCa()).certificate;
      const tls = optionsForClientTLS("localhost", { trustRoot, profile: "webpki" });
      const identity = await issued({ names: ["localhost"], extendedKeyUsage: [] });
      await clientRefuses(context, identity, "CERTIFICATE_NOT_CONFORMING", { tls });
    },
  },
];
