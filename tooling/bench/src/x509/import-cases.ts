// Start-up: milliseconds of CPU from asking for the package to having it, in a process that has loaded nothing else.

export async function importOurs(): Promise<number> {
  return cost(() => import("@tlskit/x509"));
}

export async function importFidm(): Promise<number> {
  return cost(() => import("@fidm/x509"));
}

export async function importPeculiar(): Promise<number> {
  return cost(async () => {
    await import("reflect-metadata");
    return import("@peculiar/x509");
  });
}

async function cost(load: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await load();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
