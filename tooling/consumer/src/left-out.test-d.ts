/**
 * Whoever compiles with `exactOptionalPropertyTypes` may pass `undefined` for every option, as it is taken at run time. All
 * that the entry points let be called is walked through, so that a new option that forgets it does not compile.
 */
import type * as options from "@tlskit/options";
import type * as optionsCompat from "@tlskit/options/compat";
import type * as testing from "@tlskit/testing";
import type * as tls from "@tlskit/tls";
import type * as endpoints from "@tlskit/tls/endpoints";
import type * as transport from "@tlskit/transport";
import type * as conformance from "@tlskit/transport/conformance";
import type * as nodeTls from "@tlskit/transport/node-tls";
import type * as bun from "@tlskit/transport-bun";
import type * as deno from "@tlskit/transport-deno";
import type * as node from "@tlskit/transport-node";
import type * as trust from "@tlskit/trust";
import type * as verify from "@tlskit/verify";
import type * as identity from "@tlskit/verify/identity";
import type * as publicSuffix from "@tlskit/verify/public-suffix";
import type * as x509 from "@tlskit/x509";
import type * as asn1 from "@tlskit/x509/asn1";
import type * as compat from "@tlskit/x509/compat";
import type * as containers from "@tlskit/x509/containers";
import type * as error from "@tlskit/x509/error";

type Call = (...given: never[]) => unknown;

/** What must not be `undefined`: leaving it out takes protection away, and a variable that nobody has set is no wish. */
type Refused =
  | `verifyPath${"" | "Sync"}.name`
  | "verifyPinnedLeaf.name"
  | `KeyPair#.to${"Pem" | "Der"}.passphrase`
  | "PrivateCertificate#.toPem.passphrase"
  | "new CertificateOptions.trustRoot"
  | "listenEndpoint.trustRoots";

/** What is typed elsewhere: by `node:http2`, and by what certificates and errors say. */
type Foreign =
  | `${string}http2Connection.http2.settings.customSettings`
  | `${string}.nameConstraints.${"permitted" | "excluded"}`
  | `${"namePeer" | "peerText"}.port`;

/** Values that the toolkit gives, and takes back as they are. */
type Ours =
  | x509.Extension
  | x509.RequestAttribute
  | x509.SignatureAlgorithm
  | x509.PemBlock
  | identity.PresentedIdentity
  | trust.CertificateOrigin
  | trust.SkippedSource
  | transport.ByteConnection
  | Instances;

type Instances =
  | InstancesOf<typeof options>
  | InstancesOf<typeof trust>
  | InstancesOf<typeof verify>
  | InstancesOf<typeof x509>;

/** What a runtime has. */
type Platform =
  | (string | number | bigint | boolean | symbol | null | undefined)
  | (Date | ArrayBufferView | RegExp | Error | URL | Response | CryptoKey)
  | (ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>)
  | (AbortSignal | ReadableStream | WritableStream | NodeJS.EventEmitter);

type InstancesOf<Module> = { [Name in keyof Module]: InstanceOf<Module[Name]> }[keyof Module];

/** Also of a class whose constructor is private; the prototype of a function is anything. */
type InstanceOf<Class> = Class extends { readonly prototype: infer Instance }
  ? unknown extends Instance
    ? never
    : Instance
  : never;

/** The parameters of all overloads. */
type Given<F> = F extends {
  (...given: infer A): unknown;
  (...given: infer B): unknown;
  (...given: infer C): unknown;
  (...given: infer D): unknown;
  (...given: infer E): unknown;
  (...given: infer G): unknown;
}
  ? A | B | C | D | E | G
  : F extends {
        (...given: infer A): unknown;
        (...given: infer B): unknown;
        (...given: infer C): unknown;
        (...given: infer D): unknown;
      }
    ? A | B | C | D
    : F extends { (...given: infer A): unknown; (...given: infer B): unknown; (...given: infer C): unknown }
      ? A | B | C
      : F extends { (...given: infer A): unknown; (...given: infer B): unknown }
        ? A | B
        : F extends (...given: infer A) => unknown
          ? A
          : never;

/** The names under which a value may be left out, and must not be `undefined`. */
type ClosedNames<T> = {
  [Name in keyof T & string]-?: Pick<Partial<T>, Name> extends Pick<T, Name>
    ? { readonly [One in Name]: undefined } extends Pick<T, Name>
      ? never
      : Name
    : never;
}[keyof T & string];

type Deeper = [never, 0, 1, 2, 3, 4, 5];

/** The places of {@link ClosedNames} in what a caller gives, and in what its functions return. */
type ClosedPlaces<T, Place extends string, Depth extends number = 6> = [Depth] extends [never]
  ? never
  : unknown extends T
    ? never
    : T extends Platform | Ours
      ? never
      : T extends Call
        ? ClosedPlaces<Awaited<ReturnType<T>>, `${Place}()`, Deeper[Depth]>
        : T extends readonly (infer Item)[]
          ? ClosedPlaces<Item, `${Place}[]`, Deeper[Depth]>
          :
              | (T extends Iterable<infer Item> ? ClosedPlaces<Item, `${Place}[]`, Deeper[Depth]> : never)
              | `${Place}.${ClosedNames<T>}`
              | {
                  [Name in keyof T & string]-?: ClosedPlaces<T[Name], `${Place}.${Name}`, Deeper[Depth]>;
                }[keyof T & string];

type OfGiven<Parameters, Place extends string> = Parameters extends readonly unknown[]
  ? { [Index in keyof Parameters]-?: ClosedPlaces<Parameters[Index], Place> }[number]
  : never;

type OfMethods<T, Place extends string> = T extends Platform | readonly unknown[]
  ? never
  : {
      [Name in Exclude<keyof T & string, keyof EventTarget>]-?: T[Name] extends Call
        ? OfGiven<Given<T[Name]>, `${Place}.${Name}`>
        : never;
    }[Exclude<keyof T & string, keyof EventTarget>];

/** Functions and the methods of what they return; classes, their static methods, and those of their instances. */
type OfExport<Export, Name extends string> = Export extends Call
  ? OfGiven<Given<Export>, Name> | OfMethods<Exclude<Awaited<ReturnType<Export>>, Instances>, `${Name}()`>
  : InstanceOf<Export> extends Error
    ? never
    :
        | (Export extends abstract new (
            ...given: infer Parameters
          ) => unknown
            ? OfGiven<Parameters, `new ${Name}`>
            : never)
        | OfMethods<Export, Name>
        | OfMethods<InstanceOf<Export>, `${Name}#`>;

type OfModule<Module> = { [Name in keyof Module & string]: OfExport<Module[Name], Name> }[keyof Module & string];

type Found =
  | OfModule<typeof x509>
  | OfModule<typeof containers>
  | OfModule<typeof asn1>
  | OfModule<typeof compat>
  | OfModule<typeof error>
  | OfModule<typeof verify>
  | OfModule<typeof identity>
  | OfModule<typeof publicSuffix>
  | OfModule<typeof trust>
  | OfModule<typeof options>
  | OfModule<typeof optionsCompat>
  | OfModule<typeof transport>
  | OfModule<typeof nodeTls>
  | OfModule<typeof conformance>
  | OfModule<typeof testing>
  | OfModule<typeof endpoints>
  | OfModule<typeof node>
  | OfModule<typeof bun>
  | OfModule<typeof deno>
  | OfModule<typeof tls>;

type None<Place extends never> = Place;

/** An error here names an option that does not take `undefined`, or one that is said to refuse it and does not. */
export type Checked = [None<Exclude<Found, Refused | Foreign>>, None<Exclude<Refused, Found>>];
