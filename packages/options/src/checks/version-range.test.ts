import { describe, expect, test } from "vitest";
import { refusal } from "../../test/refusal.ts";
import { hasGolden, readGolden, type VersionRow } from "../../test/shared.ts";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  compareTLSVersions,
  isTLSVersion,
  TLS_VERSIONS,
  TLSVersion,
} from "../index.ts";
import { versionsBetween } from "./tls-version-order.ts";
import { documentedRange, type VersionArguments } from "./version-range.ts";

const NAMES = ["raiseMinimumTo", "insecurelyLowerMinimumTo", "lowerMaximumSecurityTo"] as const;

function argumentsOf(row: VersionRow): VersionArguments {
  const given = NAMES.filter((name) => row[name] !== null);
  return Object.fromEntries(given.map((name) => [name, TLSVersion[row[name] as keyof typeof TLSVersion]]));
}

function meaningOf(run: () => { min: TLSVersion; max: TLSVersion }): VersionRow["documentedMeaning"] | string {
  try {
    const { min, max } = run();
    const nameOf = (version: string) => Object.entries(TLSVersion).find(([, value]) => value === version)?.[0] ?? "";
    return versionsBetween(min, max).map(nameOf);
  } catch {
    const error = refusal(run);
    if (error.code === "OPTION_CONFLICT") return "mutually-exclusive";
    if (error.code === "TLS_VERSION_RANGE_EMPTY") {
      return error.details.minimumFrom === "raiseMinimumTo" ? "raise>max" : "min>max";
    }
    return error.code;
  }
}

function optionsRange(args: VersionArguments): { min: TLSVersion; max: TLSVersion } {
  const { minVersion, maxVersion } = new CertificateOptions(args as CertificateOptionsInit);
  return { min: minVersion, max: maxVersion };
}

/** Where ours is stricter than Twisted's documentation: SSLv3 never, insecure versions only in so many words (OPT-21). */
function ourMeaning(row: VersionRow): VersionRow["documentedMeaning"] | string {
  const meaning = row.documentedMeaning;
  if (typeof meaning === "string") return meaning;
  if (meaning.includes("SSLv3")) return "TLS_VERSION_REFUSED";
  const insecure = meaning.includes("TLSv1_0") || meaning.includes("TLSv1_1");
  return insecure && row.insecurelyLowerMinimumTo === null ? "TLS_VERSION_INSECURE" : meaning;
}

describe.skipIf(!hasGolden)("all 216 combinations of the version arguments", () => {
  const rows = hasGolden ? readGolden().versions.rows : [];

  test("OPT-18, OPT-19, OPT-20, OPT-22, OPT-23: mean what Twisted documents", () => {
    expect(rows).toHaveLength(216);
    for (const row of rows) {
      expect(
        meaningOf(() => documentedRange(argumentsOf(row))),
        JSON.stringify(row),
      ).toEqual(row.documentedMeaning);
    }
  });

  test("OPT-21: less SSLv3, and insecure versions that nobody asked for", () => {
    const outcomes = rows.map((row) => {
      const meaning = meaningOf(() => optionsRange(argumentsOf(row)));
      expect(meaning, JSON.stringify(row)).toEqual(ourMeaning(row));
      return typeof meaning === "string" ? meaning : "accepted";
    });
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    expect({ exclusive: count("mutually-exclusive"), minimum: count("min>max"), raised: count("raise>max") }).toEqual({
      exclusive: 150,
      minimum: 16,
      raised: 10,
    });
    expect(count("TLS_VERSION_REFUSED") + count("TLS_VERSION_INSECURE") + count("accepted")).toBe(40);
    expect(count("TLS_VERSION_INSECURE")).toBe(2);
  });
});

describe("versions", () => {
  test("OPT-16: TLS 1.2 and 1.3 by default", () => {
    expect(new CertificateOptions()).toMatchObject({ minVersion: "TLSv1.2", maxVersion: "TLSv1.3" });
  });

  test("OPT-17: the constants are ordered, and nothing else is a version", () => {
    expect(Object.keys(TLSVersion)).toEqual(["SSLv3", "TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"]);
    expect(TLS_VERSIONS.toSorted(compareTLSVersions)).toEqual(TLS_VERSIONS);
    expect(TLS_VERSIONS.toReversed().sort(compareTLSVersions)).toEqual(TLS_VERSIONS);
    expect([...TLS_VERSIONS].sort()).toEqual(TLS_VERSIONS);
    for (const value of ["TLSv1", "1.2", "tlsv1.2", "", 771, null]) expect(isTLSVersion(value)).toBe(false);
  });

  test.each<unknown>(["TLSv1_2", "1.2", "", 771, null, {}, ["TLSv1.2"]])("OPT-17: %j is no version", (value) => {
    for (const name of NAMES) {
      const error = refusal(() => new CertificateOptions({ [name]: value }));
      expect(error.code).toBe(typeof value === "string" ? "OPTION_VALUE_INVALID" : "OPTION_TYPE_INVALID");
      expect(error.details).toMatchObject({ path: name });
    }
  });

  test("OPT-19: a version below 1.2 leaves a warning", () => {
    const { warnings, minVersion } = new CertificateOptions({ insecurelyLowerMinimumTo: TLSVersion.TLSv1_0 });
    expect(minVersion).toBe("TLSv1.0");
    expect(warnings).toMatchObject([{ code: "INSECURE_TLS_VERSION", path: "insecurelyLowerMinimumTo" }]);
    expect(new CertificateOptions({ insecurelyLowerMinimumTo: "TLSv1.2" }).warnings).toEqual([]);
  });

  test("OPT-17: the error for SSLv3 names the option that asked for it", () => {
    const path = (args: object) => refusal(() => new CertificateOptions(args)).details;
    expect(path({ lowerMaximumSecurityTo: "SSLv3" })).toEqual({ path: "lowerMaximumSecurityTo", version: "SSLv3" });
    expect(path({ insecurelyLowerMinimumTo: "SSLv3" })).toEqual({ path: "insecurelyLowerMinimumTo", version: "SSLv3" });
  });

  test("OPT-21: the error says what to write", () => {
    const error = refusal(() => new CertificateOptions({ lowerMaximumSecurityTo: "TLSv1.1" }));
    expect(error.code).toBe("TLS_VERSION_INSECURE");
    expect(error.message).toContain('insecurelyLowerMinimumTo: "TLSv1.1"');
    const range = optionsRange({ lowerMaximumSecurityTo: "TLSv1.1", insecurelyLowerMinimumTo: "TLSv1.1" });
    expect(range).toEqual({ min: "TLSv1.1", max: "TLSv1.1" });
  });

  test("OPT-22: the error carries both ends", () => {
    const error = refusal(
      () => new CertificateOptions({ raiseMinimumTo: "TLSv1.3", lowerMaximumSecurityTo: "TLSv1.2" }),
    );
    expect(error).toMatchObject({
      code: "TLS_VERSION_RANGE_EMPTY",
      details: { min: "TLSv1.3", max: "TLSv1.2", minimumFrom: "raiseMinimumTo" },
    });
  });

  test("OPT-23: an argument that is undefined is absent", () => {
    const range = optionsRange({ raiseMinimumTo: undefined, insecurelyLowerMinimumTo: "TLSv1.1" });
    expect(range.min).toBe("TLSv1.1");
  });
});
