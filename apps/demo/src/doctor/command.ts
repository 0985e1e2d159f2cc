import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { platformTrust, type TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { Certificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { WrongUsage } from "../wrong-usage.ts";
import { type Diagnosis, diagnose } from "./diagnose.ts";
import { reportJson, reportText } from "./report.ts";
import { type StartTlsProtocol, startTlsProtocols } from "./start-tls.ts";

/** `demo doctor HOST[:PORT]`: 0 trusted, 1 not trusted, 2 unreachable. */
export async function doctorCommand(args: string[]): Promise<number> {
  const parsed = parse(args);
  let diagnosis: Diagnosis;
  try {
    const trust = await trustFrom(parsed.caFile);
    diagnosis = await diagnose({ ...parsed, trust });
  } catch (error) {
    if (!TlsKitError.is(error) && !isSystemError(error)) throw error;
    // Nothing was examined: the target, a file or the trust store is not usable. The message says which, and where.
    console.error(TlsKitError.is(error) ? `${error.code}: ${error.message}` : error.message);
    return 64;
  }
  console.log(parsed.json ? JSON.stringify(reportJson(diagnosis), null, 2) : reportText(diagnosis));
  return { trusted: 0, "not trusted": 1, unreachable: 2 }[diagnosis.verdict];
}

interface Parsed {
  readonly target: string;
  readonly json: boolean;
  readonly caFile?: string;
  readonly name?: string;
  readonly timeoutMs: number;
  readonly startTls?: StartTlsProtocol;
}

function parse(args: string[]): Parsed {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      ca: { type: "string" },
      name: { type: "string" },
      timeout: { type: "string", default: "10000" },
      starttls: { type: "string" },
    },
  });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new WrongUsage("doctor takes one HOST[:PORT]");
  const timeoutMs = Number(values.timeout);
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1)
    throw new WrongUsage("--timeout takes a whole number of milliseconds");
  const { starttls } = values;
  const startTls =
    starttls === undefined || !Object.hasOwn(startTlsProtocols, starttls) ? undefined : startTlsProtocols[starttls];
  if (starttls !== undefined && startTls === undefined)
    throw new WrongUsage(`--starttls takes one of ${Object.keys(startTlsProtocols).join(", ")}`);
  return {
    target,
    json: values.json,
    ...(startTls === undefined ? {} : { startTls }),
    timeoutMs,
    ...(values.ca === undefined ? {} : { caFile: values.ca }),
    ...(values.name === undefined ? {} : { name: values.name }),
  };
}

async function trustFrom(caFile: string | undefined): Promise<TrustRoot> {
  if (caFile === undefined) return platformTrust();
  return trustRootFromCertificates(Certificate.allFromPem(await readFile(caFile)));
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "syscall" in error;
}
