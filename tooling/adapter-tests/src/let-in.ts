// How many bad peers came in.

/** What a case says that does not hold. */
interface Result {
  readonly reason?: string;
}

const said = {
  client: /a client must refuse this server: .*got "success/,
  server: /a server must refuse this client: .*got ("an accepted connection|"success)/,
};

/** Cases that ended with the peer let in, by the role of who should have refused; not those that are red for another reason. */
export function countLetIn(results: readonly Result[]): { readonly client: number; readonly server: number } {
  const count = (pattern: RegExp): number => results.filter(({ reason = "" }) => pattern.test(reason)).length;
  return { client: count(said.client), server: count(said.server) };
}
