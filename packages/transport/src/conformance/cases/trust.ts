// What a set of roots says beside its certificates decides in real handshakes as it does in verifyPath.

import type { CertificateOptionsInit, ClientTLSExtra } from "@tlskit/options";
import { MemoryFirstUseStore, TrustOnFirstUse, TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { VerificationError } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
import { ConformanceFailure, equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { daysFromNow, goodClient, intermediateCa, issued, once, rootCa, strangerCa } from "../pki.ts";
import { clientRefuses, clientTls, echo, expectEcho, serverRefuses, serverTls, withPair, withServer } from "../talk.ts";

const root = once(async () => trustRootFromCertificates([(await rootCa()).certificate]));
const older = once(async () => issued({ names: ["localhost"], notBefore: daysFromNow(-20) }));
const newer = once(async () => issued({ names: ["localhost"], notBefore: daysFromNow(-1) }));
const between = daysFromNow(-10);
/** A key that nobody has. */
const spare = `sha256/${"A".repeat(43)}=`;

/** One that sends only itself, though its issuer is an intermediate. */
const bareServer = once(async () => withoutChain(await (await intermediateCa()).issue("localhost")));
const bareClient = once(async () =>
  withoutChain(await (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" })),
);

function withoutChain(identity: PrivateCertificate): PrivateCertificate {
  return PrivateCertificate.from(identity, identity.keyPair, { chain: [] });
}

/** A set as systems have them: anchors, and certificates that only help to find a path. */
async function withIntermediate(trust: TrustRoot): Promise<TrustRoot> {
  const entries = trust.anchors.map((anchor) => ({ anchor, origins: [] }));
  return new TrustRoot({ entries, source: trust.source, intermediates: [(await intermediateCa()).certificate] });
}

/** A client with this trust accepts the server, and they talk. */
async function accepts(context: ConformanceContext, identity: PrivateCertificate, trustRoot: TrustRoot): Promise<void> {
  const client = await clientTls("localhost", { trustRoot });
  await withPair(
    context,
    async (connection, server) => {
      const echoing = echo(server).catch(() => {});
      await expectEcho(connection);
      connection.abort();
      await echoing;
    },
    { server: await serverTls(identity), client },
  );
}

async function refuses(
  context: ConformanceContext,
  identity: PrivateCertificate,
  trustRoot: TrustRoot,
  code: string,
): Promise<void> {
  await clientRefuses(context, identity, code, { tls: await clientTls("localhost", { trustRoot }) });
}

async function stranger(): Promise<TrustRoot> {
  return trustRootFromCertificates([(await strangerCa()).certificate]);
}

function limit(
  id: string,
  name: string,
  trust: (whole: TrustRoot) => Promise<TrustRoot> | TrustRoot,
  expected: string,
): ConformanceCase {
  return {
    id: `trust-${id}`,
    name: `${name} (TRU-10)`,
    async run(context) {
      const limited = await trust(await root());
      if (expected === "accepted") await accepts(context, await newer(), limited);
      else await refuses(context, await newer(), limited, expected);
    },
  };
}

export const trustCases: readonly ConformanceCase[] = [
  {
    id: "trust-distrust-after",
    name: "a root that is distrusted after a date rejects a newer leaf and accepts an older one (TRU-10)",
    async run(context) {
      const limited = (await root()).distrustAfter(between);
      await accepts(context, await older(), limited);
      await refuses(context, await newer(), limited, "ANCHOR_DISTRUSTED");
    },
  },
  limit("distrust-after-server", "for servers", (all) => all.distrustAfter(between, "server"), "ANCHOR_DISTRUSTED"),
  limit("distrust-after-email", "but not for mail alone", (all) => all.distrustAfter(between, "email"), "accepted"),
  limit("purpose", "a purpose that fits", (all) => all.forPurposes("server"), "accepted"),
  limit("other-purpose", "a purpose that does not", (all) => all.forPurposes("email"), "ANCHOR_RESTRICTED"),
  limit(
    "names",
    "names that a root may vouch for",
    (all) => all.withNameConstraints({ permitted: ["localhost"] }),
    "accepted",
  ),
  limit(
    "other-names",
    "names that it may not vouch for",
    (all) => all.withNameConstraints({ excluded: ["localhost"] }),
    "NAME_CONSTRAINT_VIOLATION",
  ),
  limit("pin-leaf", "the leaf's key is pinned", async (all) => all.pin(await newer(), spare), "accepted"),
  limit(
    "pin-root",
    "the root's key is pinned",
    async (all) => all.pin((await rootCa()).certificate, spare),
    "accepted",
  ),
  limit("pin-other", "another key is pinned", async (all) => all.pin(await older(), spare), "PIN_MISMATCH"),
  limit("block-leaf", "a leaf on a block list", async (all) => all.distrust([await newer()]), "CERTIFICATE_DISTRUSTED"),
  limit("block-other", "another leaf on a block list", async (all) => all.distrust([await older()]), "accepted"),
  limit(
    "block-root",
    "the root's key on a block list, the root among the anchors",
    async (all) => (await stranger()).and(all).distrust([(await rootCa()).certificate], { by: "key" }),
    "CERTIFICATE_DISTRUSTED",
  ),
  {
    id: "trust-limits-for-clients",
    name: "a server limits whom it trusts for clients (TRU-10)",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const identity = await goodClient();
      const limits: readonly (readonly [TrustRoot, string])[] = [
        [(await root()).forPurposes("server"), "ANCHOR_RESTRICTED"],
        [(await root()).distrust([identity]), "CERTIFICATE_DISTRUSTED"],
        [(await root()).pin(await older(), spare), "PIN_MISMATCH"],
        [(await root()).distrustAfter(daysFromNow(-1000)), "ANCHOR_DISTRUSTED"],
      ];
      for (const [trustRoot, code] of limits) await serverRefuses(context, identity, code, { trustRoot } as never);
    },
  },
  {
    id: "trust-intermediates",
    name: "intermediates of the client's own complete the path of a server that sends none (TRU-08)",
    async run(context) {
      const identity = await bareServer();
      await refuses(context, identity, await root(), "UNKNOWN_ISSUER");
      await accepts(context, identity, await withIntermediate(await root()));
    },
  },
  {
    id: "trust-intermediates-are-no-anchors",
    name: "and vouch for nothing themselves (TRU-08)",
    async run(context) {
      await refuses(context, await bareServer(), await withIntermediate(await stranger()), "UNKNOWN_ISSUER");
      await refuses(
        context,
        await (await intermediateCa()).issue("localhost"),
        await withIntermediate(await stranger()),
        "UNKNOWN_ISSUER",
      );
    },
  },
  {
    id: "trust-intermediates-for-clients",
    name: "a server's own intermediates complete the path of a client that sends none",
    needs: ["server-client-auth-require", "client-identity"],
    async run(context) {
      const trustRoot = await withIntermediate(await root());
      await withPair(
        context,
        async (_client, { verifiedPath }) => equal(verifiedPath?.chain.length, 3, "the path's length"),
        {
          server: await serverTls(undefined, { trustRoot, clientAuth: "require" } as Partial<CertificateOptionsInit>),
          client: await clientTls("localhost", { identity: await bareClient() } as ClientTLSExtra),
        },
      );
    },
  },
  {
    id: "trust-first-use",
    name: "a peer that no CA vouches for is learnt from its refusal, and from then on only its key is taken",
    async run(context) {
      const known = new TrustOnFirstUse(new MemoryFirstUseStore());
      const [mine, other] = await Promise.all([selfSigned(), selfSigned()]);
      const trust = await learn(context, known, mine);
      await accepts(context, mine, trust);
      await refuses(context, other, trust, "SELF_SIGNED");
      await rejects(learn(context, known, other), "PIN_MISMATCH", "another key in its place");
    },
  },
  {
    id: "trust-first-use-issued",
    name: "nor does another certificate of the issuer that a peer sent at its first use come in",
    async run(context) {
      const known = new TrustOnFirstUse(new MemoryFirstUseStore());
      const mine = withRoot(await (await strangerCa()).issue("localhost"), (await strangerCa()).certificate);
      const other = withRoot(await (await strangerCa()).issue("localhost"), (await strangerCa()).certificate);
      const trust = await learn(context, known, mine);
      await accepts(context, mine, trust);
      await refuses(context, other, trust, "PIN_MISMATCH");
    },
  },
];

async function selfSigned(): Promise<PrivateCertificate> {
  return await PrivateCertificate.selfSigned({
    subject: { CN: "nas" },
    subjectAltName: ["localhost"],
    profile: "server",
  });
}

function withRoot(identity: PrivateCertificate, issuer: PrivateCertificate): PrivateCertificate {
  return PrivateCertificate.from(identity, identity.keyPair, { chain: [issuer] });
}

/** As users do it: the refusal shows what the peer presented, whose key the handshake has proved. */
async function learn(
  context: ConformanceContext,
  known: TrustOnFirstUse,
  identity: PrivateCertificate,
): Promise<TrustRoot> {
  let trust: TrustRoot | undefined;
  await withServer(context, await serverTls(identity), async ({ port }) => {
    const tls = await clientTls();
    const refusal = await rejects(
      context.transport.connect({ host: "127.0.0.1", port }, { tls }),
      ["SELF_SIGNED", "UNTRUSTED_ROOT"],
      "a peer that nobody vouches for",
    );
    if (!VerificationError.is(refusal)) throw new ConformanceFailure("refusal", "a VerificationError", refusal.name);
    const [leaf, ...intermediates] = refusal.chain;
    if (leaf === undefined) throw new ConformanceFailure("refusal", "the chain", "nothing");
    ({ trust } = await known.verify({ leaf, intermediates, host: "localhost", port: 443 }));
  });
  ok(trust !== undefined, "trust");
  return trust;
}
