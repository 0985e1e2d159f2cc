/** `platformTrust` on trees of files that are made for a test. */
import { rootCertificates } from "node:tls";
import { Certificate, opensslNameHash } from "@tlskit/x509";
import { type PlatformTrustOptions, platformTrust, type TrustRoot, trustRootFromCertificates } from "../src/index.ts";
import { Tree, type TreeEntry } from "./tree.ts";

const roots = rootCertificates.map((pem) => Certificate.fromPem(pem));

/** Three roots of the web. */
export const one: Certificate = rootAt(0);
export const two: Certificate = rootAt(1);
export const three: Certificate = rootAt(2);

/** What OpenSSL calls the files of two of them in a hashed directory. */
export const hashOfOne: string = opensslNameHash(one.subject);
export const hashOfTwo: string = opensslNameHash(two.subject);

/** Two of them as one file. */
export const bundle: string = one.toPem() + two.toPem();
/** The generation of a set of these two. */
export const expected: string = trustRootFromCertificates([one, two]).generation;

/** The runtime's lists, as a test wants them. */
export function runtime(lists: {
  system?: string[];
  bundled?: string[];
}): NonNullable<PlatformTrustOptions["runtimeCertificates"]> {
  return async (list) => {
    const pem = lists[list];
    return pem === undefined ? undefined : { name: `the test's ${list} list`, pem };
  };
}

/** Options that keep this machine out. */
export const isolated: PlatformTrustOptions = {
  os: "linux",
  environment: {},
  runtimeCertificates: runtime({ bundled: [three.toPem()] }),
};

/** The set that `platformTrust` makes of a file system. */
export async function load(
  tree: Readonly<Record<string, TreeEntry>>,
  options: PlatformTrustOptions = {},
): Promise<TrustRoot> {
  await using made = await Tree.make(tree);
  return await platformTrust({ ...isolated, fileSystem: made.fileSystem, ...options });
}

function rootAt(index: number): Certificate {
  const root = roots[index];
  if (root === undefined) throw new Error("The runtime has too few roots.");
  return root;
}
