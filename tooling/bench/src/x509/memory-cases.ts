// Memory: how many bytes a certificate that is kept costs beyond its DER, on the heap and beside it.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Corpus } from "./corpus.ts";

export async function memoryOurs({ pem, ders }: Corpus): Promise<number> {
  const { Certificate } = await import("@tlskit/x509");
  return bytesPerItem(ders, () => Certificate.allFromPem(pem));
}

export async function memoryOursDer({ ders }: Corpus): Promise<number> {
  const { Certificate } = await import("@tlskit/x509");
  return bytesPerItem(ders, () => ders.map((der) => Certificate.fromDer(der)));
}

export async function memoryFidm({ pem, ders }: Corpus): Promise<number> {
  const { Certificate } = await import("@fidm/x509");
  return bytesPerItem(ders, () => Certificate.fromPEMs(pem));
}

export async function memoryPeculiar({ ders }: Corpus): Promise<number> {
  await import("reflect-metadata");
  const { X509Certificate } = await import("@peculiar/x509");
  return bytesPerItem(ders, () => ders.map((der) => new X509Certificate(der)));
}

// What the native heap of OpenSSL holds does not show here, so node:crypto is no peer for this.
function bytesPerItem(ders: readonly Uint8Array[], load: () => readonly unknown[]): number {
  // What the engine compiles meanwhile is no certificate's.
  for (let round = 0; round < warm; round++) load();
  const kept: unknown[] = [];
  const before = usedBytes();
  for (let round = 0; round < rounds; round++) kept.push(...load());
  const used = usedBytes() - before;
  const own = ders.reduce((sum, der) => sum + der.length, 0) * rounds;
  return (used - own) / kept.length;
}

function usedBytes(): number {
  for (let index = 0; index < 3; index++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const rounds = 20;
const warm = 100;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
