/** Fetching: what is asked for, and what a fetcher cannot do. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OcspRequest } from "@tlskit/x509";
import { afterAll, describe, expect, test } from "vitest";
import {
  type HttpRevocationFetcherOptions,
  httpRevocationFetcher,
  type RevocationFetcher,
  type VerifyPathInput,
  verifyPath,
  verifyPathSync,
} from "../src/index.ts";
import { isPublicAddress } from "../src/revocation/public-address.ts";
import * as f from "./forge.ts";
import * as r from "./forge-revocation.ts";
import { inputFor } from "./inputs.ts";

const root = f.forgeRoot();
const ca = f.forgeCa(root, { subject: "CA" });
const leaf = f.forgeLeaf(ca);
const good = r.forgeCrl(ca);
const revoking = r.forgeCrl(ca, { revoked: [{ certificate: leaf.certificate }] });

function inputOf(fetch: RevocationFetcher, mode: "require" | "prefer" = "require"): VerifyPathInput {
  return { ...inputFor([leaf, ca, root]), revocation: { mode, scope: "leaf", fetch } };
}

describe("revocation.fetch", () => {
  test("is asked for the certificates whose status is not known, and decides nothing itself", async () => {
    const asked: string[] = [];
    const fetcher: RevocationFetcher = async ({ certificate, issuer }) => {
      asked.push(`${certificate.subject.CN} by ${issuer.subject.CN}`);
      return { crls: [certificate === leaf.certificate ? good : r.forgeCrl(root)] };
    };
    const base = inputOf(fetcher);
    const path = await verifyPath({ ...base, revocation: { mode: "require", fetch: fetcher } });
    expect(path.revocation.map(({ status }) => status)).toEqual(["good", "good"]);
    expect(asked).toEqual(["a.example by CA", "CA by Root"]);
    await expect(verifyPath(inputOf(async () => ({ crls: [revoking] })))).rejects.toMatchObject({
      code: "CERTIFICATE_REVOKED",
    });
    await expect(verifyPath(inputOf(async () => ({ crls: [revoking] }), "prefer"))).rejects.toMatchObject({
      code: "CERTIFICATE_REVOKED",
    });
  });

  test("is not asked for a path that is refused anyway, nor where all is known, nor under ignore", async () => {
    let asked = 0;
    const fetcher: RevocationFetcher = async () => ({ crls: ++asked > 0 ? [] : [good] });
    const base = inputOf(fetcher);
    await expect(verifyPath({ ...base, name: "b.example" })).rejects.toMatchObject({ code: "NAME_MISMATCH" });
    await expect(verifyPath({ ...base, at: new Date("2028-01-01T00:00:00Z") })).rejects.toMatchObject({
      code: "CERTIFICATE_EXPIRED",
    });
    await expect(verifyPath({ ...base, trust: [f.forgeRoot().certificate] })).rejects.toMatchObject({
      code: "UNKNOWN_ISSUER",
    });
    const known = { mode: "require", scope: "leaf", crls: [good], fetch: fetcher } as const;
    expect((await verifyPath({ ...base, revocation: known })).revocation[0]?.status).toBe("good");
    expect((await verifyPath({ ...base, revocation: { mode: "ignore", fetch: fetcher } })).revocation).toEqual([]);
    expect(asked).toBe(0);
  });

  test("what goes wrong is a why", async () => {
    const failing = inputOf(() => Promise.reject(new Error("no \u001b[31mroute")));
    await expect(verifyPath(failing)).rejects.toMatchObject({
      code: "REVOCATION_STATUS_UNKNOWN",
      details: { why: [{ code: "FETCH_FAILED", message: "Nothing could be fetched: no \\u{1b}[31mroute" }] },
    });
    const wrong = inputOf(async () => ({ crls: ["not one"] as never }), "prefer");
    expect((await verifyPath(wrong)).revocation[0]?.doubts).toMatchObject([{ code: "FETCH_FAILED" }]);
    const useless = inputOf(async () => ({ crls: [Uint8Array.of(1)] }));
    await expect(verifyPath(useless)).rejects.toMatchObject({ details: { why: [{ code: "UNREADABLE" }] } });
  });

  test("lists that can be read only once are read once", async () => {
    function* once<T>(...items: T[]): Generator<T> {
      yield* items;
    }
    const base = inputOf(async () => ({ crls: [good] }));
    const revocation = {
      mode: "require",
      crls: once(r.forgeCrl(root)),
      fetch: async () => ({ crls: [good] }),
    } as const;
    const path = await verifyPath({ ...base, intermediates: once(ca.certificate), revocation });
    expect(path.revocation.map(({ status }) => status)).toEqual(["good", "good"]);
  });

  test("what is written to while it is waited for changes nothing", async () => {
    const at = new Date(f.NOW);
    const bytes = new Uint8Array(leaf.certificate.der);
    const between = new Uint8Array(ca.certificate.der);
    const address = Buffer.from([10, 0, 0, 1]);
    const named = f.forgeLeaf(ca, { san: [f.ipName(10, 0, 0, 1)] });
    const meanwhile: RevocationFetcher = async () => {
      at.setFullYear(2040);
      for (const one of [bytes, between, address]) one.fill(0);
      return { crls: [good] };
    };
    const base = inputOf(meanwhile);
    expect((await verifyPath({ ...base, at, leaf: bytes, intermediates: [between] })).at).toEqual(f.NOW);
    address.set([10, 0, 0, 1]);
    const name = { type: "ip", value: "10.0.0.1", bytes: address, text: "10.0.0.1" } as const;
    expect((await verifyPath({ ...base, leaf: named.certificate, name })).name?.presented).toBe("IP Address:10.0.0.1");
  });

  test("what it gives is taken up to a number, however much it is", async () => {
    function* many(): Generator<Uint8Array> {
      for (let count = 0; count < 10; count++) yield Uint8Array.of(1);
      yield good.der;
    }
    await expect(verifyPath(inputOf(async () => ({ crls: many() })))).rejects.toMatchObject({
      code: "REVOCATION_STATUS_UNKNOWN",
    });
  });

  test.each<readonly [string, object]>([
    ["purpose", { purpose: "nonsense" }],
    ["intermediates", { intermediates: 5 }],
    ["revocation.crls", { revocation: { mode: "require", crls: 5, fetch: async () => ({}) } }],
  ])("an argument that is none is named, fetcher or not: %s", async (argument, change) => {
    const input = { ...inputOf(async () => ({})), ...change };
    await expect(verifyPath(input)).rejects.toMatchObject({ code: "VERIFY_ARGUMENT_INVALID", details: { argument } });
  });

  test("verifyPathSync cannot wait, and says so", () => {
    expect(() => verifyPathSync(inputOf(async () => ({})))).toThrow(/revocation.fetch/);
  });
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const listAt = (url: string): Uint8Array => r.distributionPoints([r.fullName(f.uriName(url))]);
const responderAt = (url: string): Uint8Array =>
  f.extension("1.3.6.1.5.5.7.1.1", f.tlv(0x30, f.tlv(0x30, f.oid("1.3.6.1.5.5.7.48.1"), f.uriName(url))));

const anywhere = { fetch, allowPrivateAddresses: true } as const;

function fetchFor(
  extensions: readonly Uint8Array[],
  options: HttpRevocationFetcherOptions,
): ReturnType<RevocationFetcher> {
  const { certificate } = f.forgeLeaf(ca, { extensions });
  return httpRevocationFetcher(options)({ certificate, issuer: ca.certificate });
}

describe("httpRevocationFetcher", () => {
  test("asks the responder first, without a nonce, then gets the CRL", async () => {
    const seen: string[] = [];
    const url = await serve(async (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers["content-type"] ?? ""}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.method === "GET") return response.end(good.der);
      expect(OcspRequest.fromDer(Buffer.concat(chunks)).nonce).toBeUndefined();
      return response.end(r.TRY_LATER);
    });
    const answer = await fetchFor([responderAt(`${url}/ocsp`), listAt(`${url}/list`)], anywhere);
    expect(seen).toEqual(["POST /ocsp application/ocsp-request", "GET /list "]);
    expect([...(answer.crls ?? [])]).toEqual([new Uint8Array(good.der)]);
  });

  test.each<readonly [string, unknown]>([
    ["request.certificate", null],
    ["request.certificate", { issuer: ca.certificate }],
    ["request.issuer", { certificate: leaf.certificate }],
    ["request.issuer", { certificate: leaf.certificate, issuer: "CA" }],
  ])("%s is named where it is none", async (argument, request) => {
    const fetched = httpRevocationFetcher(anywhere)(request as never);
    await expect(fetched).rejects.toMatchObject({ code: "VERIFY_ARGUMENT_INVALID", details: { argument } });
  });

  test("what cannot be read, or is no address, does not keep it from the others", async () => {
    const url = await serve((_, response) => response.end(good.der));
    const broken = f.extension("1.3.6.1.5.5.7.1.1", f.tlv(0x05));
    const points = r.distributionPoints([r.fullName(f.uriName("http://["), f.uriName(`${url}/list`))]);
    expect([...((await fetchFor([broken, points], anywhere)).crls ?? [])]).toHaveLength(1);
  });

  test("the whole way: verified over HTTP", async () => {
    const lists = new Map<string, Uint8Array>();
    const url = await serve((request, response) => response.end(lists.get(request.url ?? "")));
    const online = f.forgeLeaf(ca, { extensions: [listAt(`${url}/ca`)] });
    lists.set("/ca", r.crlDer(ca));
    const input = { ...inputFor([online, ca, root]) };
    const revocation = { mode: "require", scope: "leaf", fetch: httpRevocationFetcher(anywhere) } as const;
    expect((await verifyPath({ ...input, revocation })).revocation[0]?.status).toBe("good");
    lists.set("/ca", r.crlDer(ca, { revoked: [{ certificate: online.certificate }] }));
    await expect(verifyPath({ ...input, revocation })).rejects.toMatchObject({ code: "CERTIFICATE_REVOKED" });
  });

  test("follows no redirect, takes no error page, nothing too long, and nothing too late", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/redirect") return response.writeHead(302, { location: "/list" }).end();
      if (request.url === "/missing") return response.writeHead(404).end("sorry");
      if (request.url === "/long") return response.end(Buffer.alloc(2000));
      if (request.url === "/slow") return response.write("x");
      return undefined;
    });
    const options = { ...anywhere, maxBytes: 1000, timeoutMs: 300 };
    for (const path of ["redirect", "missing", "long", "slow", "silent"]) {
      await expect(fetchFor([listAt(`${url}/${path}`)], options), path).rejects.toMatchObject({
        code: "REVOCATION_FETCH_FAILED",
      });
    }
  });

  test("a transport or resolver that never answers is not waited for", async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const extensions = [listAt("http://crl.example/1")];
    for (const options of [
      { fetch: never, resolve: async () => ["93.184.216.34"] },
      { fetch: never, resolve: never },
    ]) {
      await expect(fetchFor(extensions, { ...options, timeoutMs: 100 })).rejects.toMatchObject({
        code: "REVOCATION_FETCH_FAILED",
      });
    }
  });

  test.each<readonly [string, number, UnderlyingDefaultSource<Uint8Array>]>([
    ["an answer of another status that does not end when it is told to", 404, { cancel: () => new Promise(() => {}) }],
    ["an answer of empty pieces", 200, { pull: (to) => to.enqueue(new Uint8Array(0)) }],
  ])("%s is not waited for", async (_, status, source) => {
    const transport = async (): Promise<Response> => new Response(new ReadableStream(source), { status });
    const options = { ...anywhere, fetch: transport, maxBytes: 1000 };
    await expect(fetchFor([listAt("http://crl.example/1")], options)).rejects.toMatchObject({
      code: "REVOCATION_FETCH_FAILED",
    });
  });

  test("asks no private address, and no other scheme", async () => {
    const asked: string[] = [];
    const options: HttpRevocationFetcherOptions = {
      fetch: async (url, { addresses }) => {
        asked.push(`${url} at ${addresses.join()}`);
        return new Response(Uint8Array.from(good.der));
      },
      resolve: async (host) =>
        ({ "in.example": ["10.0.0.1"], "mixed.example": ["93.184.216.34", "::1"] })[host] ?? ["93.184.216.34"],
    };
    const refused = [
      "http://127.0.0.1/",
      "http://0x7f.1/",
      "http://2130706433/",
      "http://[::1]/",
      "http://[::ffff:10.0.0.1]/",
      "http://in.example/",
      "http://mixed.example/",
      "ftp://crl.example/",
      "file:///etc/passwd",
      "ldap://crl.example/",
      "http://user:secret@crl.example/",
    ];
    for (const url of refused) {
      await expect(fetchFor([listAt(url)], options), url).rejects.toMatchObject({ code: "REVOCATION_FETCH_FAILED" });
    }
    expect(asked).toEqual([]);
    await fetchFor([listAt("https://crl.example/1")], options);
    expect(asked).toEqual(["https://crl.example/1 at 93.184.216.34"]);
    asked.length = 0;
    // Readers of URLs differ about the host in it.
    await fetchFor([listAt("http://CRL.example\\@in.example/1")], options);
    expect(asked).toEqual(["http://crl.example/@in.example/1 at 93.184.216.34"]);
  });

  test("two addresses of a kind at most", async () => {
    let count = 0;
    const counting = { ...anywhere, fetch: async () => new Response(null, { status: 500 + 0 * ++count }) };
    const points = Array.from({ length: 50 }, (_, index) => [r.fullName(f.uriName(`http://crl.example/${index}`))]);
    await expect(fetchFor([r.distributionPoints(...points)], counting)).rejects.toThrow();
    expect(count).toBe(2);
  });

  test.each([
    {},
    null,
    { ...anywhere, fetch: 1 },
    { fetch },
    { ...anywhere, timeoutMs: 0 },
    { ...anywhere, timeoutMs: 2 ** 31 },
    { ...anywhere, maxBytes: 2 ** 53 },
    { ...anywhere, maxBytes: 0.5 },
    { ...anywhere, resolve: "dns" },
    { ...anywhere, allowPrivateAddresses: "false" },
  ])("options that make no sense: %o", (options) => {
    expect(() => httpRevocationFetcher(options as never)).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
    );
  });
});

test.each<readonly [string, boolean]>([
  ["1.1.1.1", true],
  ["93.184.216.34", true],
  ["172.15.255.255", true],
  ["172.32.0.0", true],
  ["2606:4700::1111", true],
  ["2001:4860:4860::8888", true],
  ...[
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::",
    "3fff::1",
    "localhost",
    "",
    "1.2.3",
  ].map((address) => [address, false] as const),
])("%s is public: %s", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
