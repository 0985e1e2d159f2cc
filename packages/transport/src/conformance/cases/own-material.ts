// What our own side brings: runtimes skip some of it in silence, or find out with the first peer.

import { Buffer } from "node:buffer";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  DiffieHellmanParameters,
} from "@tlskit/options";
import { trustRootFromCertificates } from "@tlskit/trust";
import { Certificate, KeyPair, PrivateCertificate } from "@tlskit/x509";
import { ok, rejects } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { goodClient, goodServer, rootCa } from "../pki.ts";
import { clientTls, serverTls } from "../talk.ts";

export const ownMaterialCases: readonly ConformanceCase[] = [
  {
    id: "never-in-clear",
    name: "a client speaks TLS whatever it is given: no options, none in them, nothing but a name",
    async run(context) {
      for (const tls of [undefined, new CertificateOptions({}), await clientTls()] as const) {
        ok((await clientHello(context, tls)).cipherSuites.length > 0, "the first record is a ClientHello");
      }
    },
  },
  {
    id: "key-of-another-certificate",
    name: "a key of another certificate is refused before anything listens or connects",
    async run() {
      const [one, other] = [await goodServer(), await goodClient()];
      const making = async (): Promise<unknown> => PrivateCertificate.from(one, other.keyPair);
      await rejects(making(), "KEY_MISMATCH", "a certificate and a key");
      const key = await other.keyPair.toPem();
      await rejects(PrivateCertificate.fromPem(`${one.toPem()}${key}`), "KEY_MISMATCH", "in one file");
    },
  },
  {
    id: "key-with-wrong-passphrase",
    name: "so is a key whose passphrase is wrong or missing",
    async run() {
      const identity = await goodServer();
      const pem = `${identity.toPem()}${await identity.keyPair.toPem({ passphrase: "right" })}`;
      await rejects(PrivateCertificate.fromPem(pem, { passphrase: "wrong" }), "KEY_WRONG_PASSPHRASE", "a wrong one");
      await rejects(PrivateCertificate.fromPem(pem), "KEY_ENCRYPTED", "none");
    },
  },
  {
    id: "key-that-may-not-sign",
    name: "so is one whose certificate does not let it sign: a CA's own",
    async run({ transport }) {
      const identity = await PrivateCertificate.selfSigned({ subject: { CN: "localhost" }, profile: "ca" });
      const tls = new CertificateOptions({ identity });
      await rejects(transport.listen({ host: "127.0.0.1", port: 0, tls }), "OPTION_VALUE_INVALID", "a server");
      const client = await clientTls("localhost", { identity });
      const connecting = transport.connect({ host: "127.0.0.1", port: 1 }, { tls: client });
      await rejects(connecting, "OPTION_VALUE_INVALID", "a client");
    },
  },
  {
    id: "key-that-is-elsewhere",
    name: "so is a key that only signs, where it is: the runtimes want the key itself",
    async run({ transport }) {
      const server = await goodServer();
      const { publicKey } = server;
      const keyPair = KeyPair.fromSigner({ publicKey, sign: (data) => server.keyPair.sign(data) });
      const identity = PrivateCertificate.from(server, keyPair);
      const tls = new CertificateOptions({ identity });
      await rejects(transport.listen({ host: "127.0.0.1", port: 0, tls }), "KEY_NOT_EXTRACTABLE", "a server");
      const client = await clientTls("localhost", { identity });
      const connecting = transport.connect({ host: "127.0.0.1", port: 1 }, { tls: client });
      await rejects(connecting, "KEY_NOT_EXTRACTABLE", "a client");
    },
  },
  {
    id: "anchors-that-are-none",
    name: "trust of which a part cannot be read is refused, not less trust",
    async run({ transport }) {
      const { certificate } = await rootCa();
      const broken = certificate.toPem().replace(/\n[^\n]+\n-----END/, "\n-----END");
      for (const pem of ["garbage", `${certificate.toPem()}${broken}`]) {
        const reading = async (): Promise<unknown> => trustRootFromCertificates(Certificate.allFromPem(pem));
        await rejects(reading(), ["PEM_NO_BLOCK", "DER_TRUNCATED"], "broken PEM");
      }
      // As text, some runtimes would skip what they cannot read, and one would never answer.
      const trustRoot = certificate.toPem() as unknown as NonNullable<ClientTLSExtra["trustRoot"]>;
      await rejects(clientTls("localhost", { trustRoot }), "OPTION_TYPE_INVALID", "text in a client's options");
      const listening = async (): Promise<unknown> =>
        transport.listen({
          host: "127.0.0.1",
          port: 0,
          tls: await serverTls(undefined, { trustRoot } as Partial<CertificateOptionsInit>),
        });
      await rejects(listening(), "OPTION_TYPE_INVALID", "text in a server's");
    },
  },
  {
    id: "dh-parameters-that-are-weak",
    name: "Diffie-Hellman parameters that are weak or none are refused, not left out",
    async run() {
      for (const pem of ["garbage", dhPem(oakley1024)]) {
        const reading = async (): Promise<unknown> => DiffieHellmanParameters.fromPem(pem);
        await rejects(reading(), "DH_PARAMETERS_INVALID", "the parameters");
      }
    },
  },
];

/** DHParameter of PKCS #3, with the generator 2. */
function dhPem(prime: Buffer): string {
  const body = Buffer.concat([Buffer.from([0x02, 0x81, prime.length + 1, 0]), prime, Buffer.from([2, 1, 2])]);
  const der = Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]);
  return `-----BEGIN DH PARAMETERS-----\n${der.toString("base64")}\n-----END DH PARAMETERS-----\n`;
}

/** The prime of 1024 bits of RFC 2409, section 6.2. */
const oakley1024 = Buffer.from(
  "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
  "hex",
);
