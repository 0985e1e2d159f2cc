// Signature schemes that options choose, seen on the wire.

import { type CapabilityName, SCHEMES, type SignatureScheme } from "@tlskit/options";
import { agreed, disagree, numbers, rsaServer } from "../agreement.ts";
import { equal } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { HelloExtension } from "../client-hello.ts";
import { clientTls } from "../talk.ts";

/** A scheme that not every runtime has. */
function offersScheme(name: SignatureScheme, capability: CapabilityName): ConformanceCase {
  return {
    id: `signature-scheme-${name.replaceAll("_", "-")}`,
    name: `a client can accept signatures by ${name}`,
    needs: ["client-signature-algorithms", capability],
    async run(context) {
      const signatureAlgorithms = [name, "ecdsa_secp256r1_sha256"] as const;
      const { extensions } = await clientHello(context, await clientTls("localhost", { signatureAlgorithms }));
      const offered = numbers(extensions.get(HelloExtension.signatureAlgorithms));
      equal(offered, [SCHEMES[name].id, SCHEMES.ecdsa_secp256r1_sha256.id], "the schemes offered");
    },
  };
}

export const signatureSchemeCases: readonly ConformanceCase[] = [
  {
    id: "signature-algorithms-of-the-client",
    name: "a client offers the signature schemes that it accepts, in its order, and no other",
    needs: ["client-signature-algorithms"],
    async run(context) {
      const signatureAlgorithms = ["ecdsa_secp384r1_sha384", "ecdsa_secp256r1_sha256"] as const;
      const client = { signatureAlgorithms };
      const { extensions } = await clientHello(context, await clientTls("localhost", client));
      const offered = numbers(extensions.get(HelloExtension.signatureAlgorithms));
      equal(
        offered,
        signatureAlgorithms.map((name) => SCHEMES[name].id),
        "the schemes offered",
      );
      await agreed(context, {}, client);
      await disagree(context, {}, { signatureAlgorithms: ["ed25519"] });
    },
  },
  offersScheme("rsa_pss_pss_sha256", "signature-rsa-pss-pss"),
  offersScheme("ed448", "signature-ed448"),
  offersScheme("mldsa44", "signature-ml-dsa"),
  {
    id: "signature-algorithms-of-the-server",
    name: "a server signs with the schemes that it is given, and with no other",
    needs: ["server-signature-algorithms", "client-signature-algorithms"],
    async run(context) {
      const identity = await rsaServer();
      const server = { identity, signatureAlgorithms: ["rsa_pss_rsae_sha384"] } as const;
      await agreed(context, server, {});
      // The certificate is signed with ECDSA; that must be allowed for the rest to be what is judged.
      const client = ["rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256"] as const;
      await disagree(context, server, { signatureAlgorithms: client });
      await agreed(context, { identity }, { signatureAlgorithms: client });
    },
  },
  {
    id: "signature-algorithms-default",
    name: "by default nothing is signed with SHA-1 (RFC 9155)",
    async run(context) {
      const { extensions } = await clientHello(context, await clientTls());
      const known = new Set(Object.values(SCHEMES).map(({ id }) => id));
      const others = numbers(extensions.get(HelloExtension.signatureAlgorithms)).filter((id) => !known.has(id));
      equal(others, [], "schemes of another kind");
    },
  },
];
