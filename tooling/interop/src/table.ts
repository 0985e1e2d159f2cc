import type { MatrixCase } from "./matrix.ts";

/** Servers down, clients across: how many of their situations came out as expected. */
export function tableOf(cases: readonly MatrixCase[]): string {
  const servers = [...new Set(cases.map(({ server }) => server))];
  const clients = [...new Set(cases.map(({ client }) => client))];
  const cell = (server: string, client: string): string => {
    const both = cases.filter((one) => one.server === server && one.client === client);
    return `${both.filter(({ ok }) => ok).length}/${both.length}`;
  };
  const rows = [
    ["server \\ client", ...clients],
    ...servers.map((one) => [one, ...clients.map((two) => cell(one, two))]),
  ];
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(column === 0 ? 16 : 9))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
