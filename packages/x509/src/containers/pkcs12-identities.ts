// Which key of a PKCS #12 file belongs to which certificate: decided by the keys, not by what the file says of them.

import { bytesEqual, toHex } from "../bytes.ts";
import type { Certificate } from "../certificate.ts";
import { X509Error } from "../error.ts";
import { issuersOf } from "../issue/chain-order.ts";
import type { KeyPair } from "../key-pair.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import type { Pkcs12Contents } from "./pkcs12.ts";
import type { BagAttributes } from "./safe-bags.ts";

/** A certificate or key with the attributes of its bag. */
export interface Bagged<T> extends BagAttributes {
  readonly of: T;
}

/**
 * Joins keys and certificates.
 *
 * @throws X509Error KEY_MISMATCH if the file joins a key to certificates of other keys only
 */
export function joinIdentities(
  keys: readonly Bagged<KeyPair>[],
  certificates: readonly Bagged<Certificate>[],
  crls: readonly Uint8Array[],
): Pkcs12Contents {
  const all = certificates.map((bag) => bag.of);
  const taken = new Set<Bagged<Certificate>>();
  const identities: Bagged<PrivateCertificate>[] = [];
  const loose: Bagged<KeyPair>[] = [];
  for (const key of keys) {
    const own = ownCertificate(key, certificates, taken);
    if (own === undefined) {
      loose.push(key);
      continue;
    }
    taken.add(own);
    const of = PrivateCertificate.from(own.of, key.of, { chain: issuersOf(own.of, all, maxChain) });
    identities.push({ ...key, ...own, of });
  }
  const rest = certificates.filter((bag) => !taken.has(bag));
  const everything = [...identities, ...rest, ...loose];
  return Object.freeze({
    identities: Object.freeze(identities.map((bag) => bag.of)),
    certificates: Object.freeze(rest.map((bag) => bag.of)),
    keyPairs: Object.freeze(loose.map((bag) => bag.of)),
    crls: Object.freeze(crls),
    friendlyNames: new Map(
      everything.flatMap(({ of, friendlyName: name }) => (name === undefined ? [] : [[of, name]])),
    ),
    localKeyIds: new Map(everything.flatMap(({ of, localKeyId: id }) => (id === undefined ? [] : [[of, id]]))),
  });
}

/** One certificate may have been renewed for the same key: then the identifier of the file decides. */
function ownCertificate(
  key: Bagged<KeyPair>,
  certificates: readonly Bagged<Certificate>[],
  taken: ReadonlySet<Bagged<Certificate>>,
): Bagged<Certificate> | undefined {
  const joined = certificates.filter((bag) => sameId(bag, key));
  const fitting = certificates.filter((bag) => bag.of.publicKey.equals(key.of.publicKey));
  const [first] = joined;
  if (first !== undefined && fitting.length === 0) {
    const id = toHex(first.localKeyId ?? new Uint8Array(0));
    throw new X509Error("KEY_MISMATCH", `the file joins a key to ${first.of} by the identifier ${id}, wrongly`, {
      certificateKey: first.of.publicKey.spkiHash(),
      privateKey: key.of.publicKey.spkiHash(),
    });
  }
  const free = fitting.filter((bag) => !taken.has(bag));
  return free.find((bag) => joined.includes(bag)) ?? free[0];
}

function sameId(a: BagAttributes, b: BagAttributes): boolean {
  return a.localKeyId !== undefined && b.localKeyId !== undefined && bytesEqual(a.localKeyId, b.localKeyId);
}

/** Bounds the work on a file of a thousand certificates that all bear one name. */
const maxChain = 16;
