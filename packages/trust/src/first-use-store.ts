/** Where keys are remembered that were met for the first time. */

import { digest } from "@tlskit/x509";
import { platform } from "#platform";
import { TrustError } from "./error.ts";
import { badArgument } from "./input/bad-argument.ts";
import { isPin } from "./key-pins.ts";
import { type FileLocation, readPath } from "./platform/read-path.ts";
import type { TrustFileWriter } from "./platform/trust-platform.ts";

/** What is remembered of a service. */
export interface FirstUseRecord {
  /** The key, as `sha256/` and the hash of its SubjectPublicKeyInfo in base64. */
  readonly pin: string;
  /** When it was met. */
  readonly firstSeen: Date;
}

/**
 * A memory of keys by service (`example.org:443`). Anything that keeps records can be one: a database, a secret store.
 *
 * Whoever can write to it decides who is trusted.
 */
export interface FirstUseStore {
  /** What is remembered. A record that cannot be read must be an error, never `undefined`: that would be a first use. */
  get(service: string): Promise<FirstUseRecord | undefined>;
  /**
   * Remembers a record if there is none yet, and gives the one that is kept. It must be atomic: of two first uses at
   * the same time both get the same answer.
   */
  add(service: string, record: FirstUseRecord): Promise<FirstUseRecord>;
  /** Forgets; whether there was something. */
  delete(service: string): Promise<boolean>;
}

/** Remembers as long as the program runs. */
export class MemoryFirstUseStore implements FirstUseStore {
  readonly #records = new Map<string, FirstUseRecord>();

  /** @throws TrustError TRUST_ARGUMENT_INVALID */
  async get(service: string): Promise<FirstUseRecord | undefined> {
    const record = this.#records.get(readService(service));
    return record && copy(record);
  }

  /** @throws TrustError TRUST_ARGUMENT_INVALID */
  async add(service: string, record: FirstUseRecord): Promise<FirstUseRecord> {
    const given = readRecord(record);
    const kept = this.#records.get(readService(service)) ?? given;
    this.#records.set(service, kept);
    return copy(kept);
  }

  /** @throws TrustError TRUST_ARGUMENT_INVALID */
  async delete(service: string): Promise<boolean> {
    return this.#records.delete(readService(service));
  }
}

/**
 * Remembers in a directory, one small JSON file for each service. Files are written elsewhere and linked into place, so
 * that no reader sees half of one, and of several processes that meet a service at once one wins.
 *
 * @example
 * const store = new DirectoryFirstUseStore("/home/me/.config/my-tool/known-hosts");
 */
export class DirectoryFirstUseStore implements FirstUseStore {
  readonly #directory: string;
  readonly #files: TrustFileWriter;

  /**
   * @param directory its path or `file:` URL; it is made when the first record is written, for this user alone
   * @throws TrustError TRUST_ARGUMENT_INVALID
   */
  constructor(directory: FileLocation) {
    this.#directory = readPath(directory, "directory");
    this.#files = platform.fileWriter;
    Object.freeze(this);
  }

  /** @throws TrustError FIRST_USE_RECORD_INVALID, TRUST_SOURCE_UNREADABLE */
  async get(service: string): Promise<FirstUseRecord | undefined> {
    const path = this.#pathOf(service);
    try {
      if ((await platform.fileSystem.status(path)) === undefined) return undefined;
      return parseRecord(await platform.fileSystem.readFile(path, MAX_RECORD), service, path);
    } catch (error) {
      throw failed(error, path);
    }
  }

  /** @throws TrustError as {@link DirectoryFirstUseStore.get} */
  async add(service: string, record: FirstUseRecord): Promise<FirstUseRecord> {
    const path = this.#pathOf(service);
    const given = readRecord(record);
    const { pin, firstSeen } = given;
    const text = `${JSON.stringify({ service, pin, firstSeen: firstSeen.toISOString() }, undefined, 2)}\n`;
    // Once more, if somebody has deleted in between what was there before.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        if (await this.#files.create(this.#directory, path, new TextEncoder().encode(text))) return given;
      } catch (error) {
        throw failed(error, path);
      }
      const kept = await this.get(service);
      if (kept !== undefined) return kept;
    }
    throw failed("what is in its place leads nowhere, or is deleted again and again", path);
  }

  /** @throws TrustError TRUST_SOURCE_UNREADABLE */
  async delete(service: string): Promise<boolean> {
    const path = this.#pathOf(service);
    try {
      return await this.#files.remove(path);
    } catch (error) {
      throw failed(error, path);
    }
  }

  /** Names of services hold colons and whatever else hosts may be called; a hash is a name everywhere. */
  #pathOf(service: string): string {
    const hash = digest("SHA-256", new TextEncoder().encode(readService(service)));
    const name = Array.from(hash, (octet) => octet.toString(16).padStart(2, "0")).join("");
    return `${this.#directory}/${name}.json`;
  }
}

const MAX_RECORD = 65_536;

function parseRecord(bytes: Uint8Array, service: string, location: string): FirstUseRecord {
  const record = readJson(bytes);
  const firstSeen = typeof record.firstSeen === "string" ? new Date(record.firstSeen) : undefined;
  const isRight = record.service === service && typeof record.pin === "string" && isPin(record.pin);
  if (isRight && firstSeen !== undefined && !Number.isNaN(firstSeen.getTime())) {
    return { pin: String(record.pin), firstSeen };
  }
  const message = `What is remembered of ${JSON.stringify(service)} in ${JSON.stringify(location)} is damaged. It is not taken for a first use: look into it, and delete the file if the key is to be learnt anew.`;
  throw new TrustError("FIRST_USE_RECORD_INVALID", message, { service, location });
}

function readJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? Object.assign(Object.create(null), value) : {};
  } catch {
    return {};
  }
}

function failed(error: unknown, location: string): unknown {
  if (TrustError.is(error)) return error;
  const problem = error instanceof Error ? error.message : String(error);
  const message = `${JSON.stringify(location)} cannot be used: ${problem}`;
  return new TrustError("TRUST_SOURCE_UNREADABLE", message, { location, problem }, { cause: error });
}

function readService(service: string): string {
  if (typeof service !== "string" || service === "") throw badArgument("service", "the name of a service", service);
  return service;
}

function readRecord(record: FirstUseRecord): FirstUseRecord {
  if (typeof record !== "object" || record === null) throw badArgument("record", "a record", record);
  const { pin, firstSeen } = record;
  if (typeof pin !== "string" || !isPin(pin)) throw badArgument("record.pin", "a pin", pin);
  const isTime = firstSeen instanceof Date && !Number.isNaN(firstSeen.getTime());
  if (!isTime) throw badArgument("record.firstSeen", "a moment", firstSeen);
  return copy({ pin, firstSeen });
}

function copy({ pin, firstSeen }: FirstUseRecord): FirstUseRecord {
  return { pin, firstSeen: new Date(firstSeen.getTime()) };
}
